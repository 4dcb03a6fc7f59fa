"""Does a product card cost an article its readers? Content value with cards and without.

Both arms follow the account; one sees cards, later both read the same without. What each follower
got out of it is counted by follower, not by who opened: cards change who opens. The after-effect
is the post-period of H. Hohnhold, D. O'Brien, D. Tang, Focusing on the Long-term: It's Good for
Users and Business, KDD 2015.
"""

import ibis
from ibis import Table, Value
from msgspec import Struct
from msgspec.structs import replace

from jishi.gauges.lake import Lake
from jishi.gauges.questions import MEDIA
from jishi.gauges.spreads import Spread, spreads
from jishi.gauges.terms import Terms
from jishi.gauges.trials import difference_of_means, footing_of, pair, ratio_of_means, shifted
from jishi.gauges.types import Reading, Seen
from jishi.gauges.verdicts import Footing
from jishi.gauges.windows import (
    assigned,
    by_unit,
    deeds,
    ever,
    percent,
    plan_of,
    seen_weeks,
    total,
    week_of,
    weekly,
    with_deeds,
)

ARMS = ("cards", "plain")
DONE, SHARE, FAVOURITE, RETURN = 1, 3, 2, 1
"""What a finished article, a share, a favourite and a return within a week are worth."""

READ_WHOLE = 100
RETURN_DAYS = 7
ASKS = (
    "article.open", "article.publish", "article.progress", "article.share", "article.favourite",
    "order.pay", "order.refund", "unfollow",
)  # fmt: skip
"""All that is asked of the lake; a return is an open, an issue what is published."""

BEFORE_DAYS = 28
ISSUES_MIN = 8
MEASURES = ("after", "before", "left", "margin", "value")


class Sums(Struct, frozen=True):
    """The arms, how long it lasted, the plan, and the issues in which the arms differed."""

    arms: dict[str, Spread]
    days: int
    planned: dict[str, float]
    issues: int


def expression(lake: Lake, terms: Terms, newest: int) -> Table:
    """Give each follower's content value before, during and after, his margin, and if he left."""
    same = assigned(lake, "cards", "same").select("unit_id", same="day")
    units = assigned(lake, "cards").left_join(same, "unit_id").drop("unit_id_right")
    units = units.mutate(same=units.same.fill_null(newest + 1))
    rows = with_deeds(units, _valued(lake))
    rows = rows.filter(rows.day >= rows.start - BEFORE_DAYS)
    rows = rows.mutate(week=week_of(rows.day, rows.same))
    since = rows.day >= rows.start
    found = by_unit(
        units,
        rows,
        after=total(rows.day >= rows.same, rows.points),
        before=total(~since, rows.points),
        left=ever(since & (rows.has_left == 1)),
        margin=percent(total(since, rows.kept_fen), terms.margin_percent),
        value=total(since & (rows.day < rows.same), rows.points),
        **weekly(rows.week, rows.points),
    )
    return seen_weeks(found, found.same, found.day, newest).drop("day", "same")


def _valued(lake: Lake) -> Table:
    """Give what was done with articles and what it is worth, beside money and who left.

    All of it as numbers: these are the most rows of all.
    """
    read = deeds(lake, ["article.progress"], "value")
    paid, back = (deeds(lake, [kind], "amount_fen") for kind in ("order.pay", "order.refund"))
    return _worth(read.filter(read.value >= READ_WHOLE), points=DONE).union(
        _worth(deeds(lake, ["article.share"]), points=SHARE),
        _worth(deeds(lake, ["article.favourite"]), points=FAVOURITE),
        _worth(_returns(lake), points=RETURN),
        _worth(paid, kept_fen=paid.amount_fen),
        _worth(back, kept_fen=-back.amount_fen),
        _worth(deeds(lake, ["unfollow"]), has_left=1),
    )


def _worth(rows: Table, points: int = 0, kept_fen: Value | int = 0, has_left: int = 0) -> Table:
    """Say of deeds of one type what each is worth."""
    return rows.select(
        "person_id",
        "day",
        points=ibis.literal(points, "int64"),
        kept_fen=ibis.literal(kept_fen, "int64") if isinstance(kept_fen, int) else kept_fen,
        has_left=ibis.literal(has_left, "int64"),
    )


def _returns(lake: Lake) -> Table:
    """Give the days on which somebody opened an article again, a day to a week after the last.

    Of several opens of a day only one has a gap before it, whichever comes first.
    """
    rows = deeds(lake, ["article.open"])
    before = ibis.window(group_by=rows.person_id, order_by=rows.day)
    rows = rows.mutate(gap=rows.day - rows.day.lag().over(before))
    return rows.filter(rows.gap >= 1, rows.gap <= RETURN_DAYS).drop("gap")


def gather(lake: Lake, terms: Terms, newest: int) -> Sums:
    """Ask the lake."""
    plan = plan_of(lake, "cards", newest)
    return Sums(
        arms=spreads(expression(lake, terms, newest), MEASURES),
        days=plan.days,
        planned=plan.planned,
        issues=_issues(lake, newest + 1 - plan.days),
    )


def _issues(lake: Lake, first: int) -> int:
    """Count the articles that came out while the arms differed."""
    rows = lake.events
    rows = rows.filter(rows.type == "article.publish", rows.day >= first)
    same = assigned(lake, "cards", "same").aggregate(same=ibis._.day.min())
    joined = rows.cross_join(same)
    joined = joined.filter(joined.same.isnull() | (joined.day < joined.same))
    return int(joined.object_id.nunique().to_pyarrow().as_py())


def measured(sums: Sums, level: float, terms: Terms) -> dict[str, Reading]:
    """Give the ratio of values, what was learnt after, and what cards are worth (fen a reader)."""
    two = pair(sums.arms, *ARMS)
    if two is None:
        return {}
    cards, plain = two
    found = {}
    if plain.totals["value"]:
        found["content_value_ratio"] = ratio_of_means(
            cards.moments("value"), plain.moments("value"), level
        )
    if plain.totals["after"]:
        after = ratio_of_means(cards.moments("after"), plain.moments("after"), level)
        found["learning"] = shifted(after, -1)
    net = {"margin": 1, "left": -terms.follower_worth_fen}
    found["net_value"] = difference_of_means(cards.combined(net), plain.combined(net), level)
    return found


def footing(sums: Sums, age_days: int) -> Footing:
    """Say what the verdict would stand on: followers, and issues enough for more than novelty."""
    seen = Seen(sums.days, age_days, sums.planned)
    found = footing_of(MEDIA, sums.arms, ARMS, seen, before="before")
    return replace(found, issues=sums.issues, issues_min=ISSUES_MIN)
