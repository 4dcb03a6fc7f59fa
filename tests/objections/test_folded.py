"""Who is forgotten still counts: with his sums the answers are those that he would have given."""

from jishi.evidence.folding import sums_of
from jishi.gauges.terms import Terms
from jishi.objections import Answer
from jishi.objections.answering import answer_all
from tests.gauges.lakes import Pond

DAY = 200
GONE = 3


def pond(*, without: int = 0) -> Pond:
    """Give a market of six people in every experiment with persons; one may be missing."""
    found = Pond()
    for unit in (1, 2, 3, 4, 5, 6):
        if unit == without:
            continue
        side = unit % 2
        for name, arms in (
            ("prompts", ("prompted", "quiet")), ("cards", ("cards", "plain")),
            ("depth", ("deep", "none")), ("named", ("named", "unnamed")),
            ("ladder", ("none", "1")), ("recommender", ("recommended", "popular")),
        ):  # fmt: skip
            found.assigned(name, arms[side], unit, 50)
        found.assigned("prompts", ("prompted", "quiet")[side], unit, 100, "withdrawn")
        for day in range(40, DAY, 5 + unit):
            found.seen("article.open", unit, day)
            found.seen("share.open", unit, day, actor_id=9)
        found.seen("follow", unit, 50, source="poster" if side else "", amount_fen=300)
        found.seen("article.share", unit, 60 + unit)
        for day in range(55, DAY, 9 + unit):
            found.seen("order.pay", unit, day, amount_fen=1_000 * unit, entry="share_friend")
        for _ in range(unit):
            found.sent(unit, 60)
    # Everybody's, so that the newest day is the same whoever is missing.
    found.seen("page.view", 0, DAY)
    return found


def arms(answers: tuple[Answer, ...]) -> dict[tuple[str, str], tuple[int, dict[str, float]]]:
    return {
        (answer.question, arm.name): (arm.units, {k: round(v, 9) for k, v in arm.means.items()})
        for answer in answers
        for arm in answer.arms
    }


def drawn(answers: tuple[Answer, ...]) -> list[tuple[str, str, float, float]]:
    """Give what is drawn of the questions whose plots are of persons in arms."""
    return [
        (answer.question, series.name, point.x, round(point.value, 9))
        for answer in answers
        if answer.question in {"habit", "media", "conversion"}
        for series in answer.plot.series
        for point in series.points
    ]


def test_answers_do_not_change_because_somebody_left() -> None:
    whole, rest = pond().lake(), pond(without=GONE).lake()
    folded = sums_of(whole, Terms(), [GONE])
    before = answer_all(whole, Terms(), DAY, is_simulated=False)
    after = answer_all(rest, Terms(), DAY, is_simulated=False, folded=folded)
    assert arms(after) == arms(before)
    assert drawn(after) == drawn(before)
    assert {name for name, _ in arms(before)} >= {
        "habit", "media", "conversion", "boundary", "ecology", "weight",
    }  # fmt: skip
    # The control: without his sums they would.
    assert arms(answer_all(rest, Terms(), DAY, is_simulated=False)) != arms(before)
