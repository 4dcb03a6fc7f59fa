"""What forbids a verdict: each gate of an experiment, by the one thing that closes it."""

from msgspec.structs import replace

from jishi.gauges import conversion, media, weight
from jishi.gauges.questions import WEIGHT
from jishi.gauges.spreads import Spread
from jishi.gauges.types import Interval
from jishi.gauges.verdicts import Verdict, gates_closed, judge_on


def as_planned() -> media.Sums:
    """Give nine in ten with cards, as was planned, who were like the others before."""
    arms = {
        name: Spread(units, {"before": units * mean}, {"before*before": units * (mean**2 + 1)})
        for name, units, mean in (("cards", 36_000, 2.0), ("plain", 4_000, 2.0))
    }
    return media.Sums(arms, days=56, planned={"cards": 0.9, "plain": 0.1}, issues=8)


def test_content_is_judged_as_it_was_planned_and_not_on_a_difference_from_before() -> None:
    sums = as_planned()
    assert gates_closed(media.footing(sums, 1)) == ()
    assert gates_closed(media.footing(replace(sums, planned={}), 1)) == ("uneven_arms",)
    assert gates_closed(media.footing(replace(sums, issues=7), 1)) == ("too_few_issues",)
    plain = Spread(4_000, {"before": 4_000 * 2.1}, {"before*before": 4_000 * (2.1**2 + 1)})
    loud = replace(sums, arms=sums.arms | {"plain": plain})
    assert gates_closed(media.footing(loud, 1)) == ("loud_placebo",)


def test_buyers_who_spent_more_before_were_not_won_by_a_reward() -> None:
    def arm(before: float) -> Spread:
        return Spread(500, {"before": 500 * before}, {"before*before": 500 * (before**2 + 1)})

    alike = conversion.Sums({"deep": arm(1), "none": arm(1)}, {}, {}, (), 90, {})
    assert gates_closed(conversion.footing(alike, 1)) == ()
    loud = replace(alike, arms={"deep": arm(1.5), "none": arm(1)})
    assert gates_closed(conversion.footing(loud, 1)) == ("loud_placebo",)


def test_slow_pages_need_not_wait_for_searches() -> None:
    """One number beyond its limit is enough, but not on a handful."""
    slow, empty = Interval(1.2, 1.4), Interval(0.2, 0.3)
    few = weight.Sums({0: 9_999}, 999, 250, 0, 0, {}, {}, 30)
    assert gates_closed(weight.footing(few, 1)) == ("too_few",)
    pages = replace(few, pages={0: 10_000})
    footing = weight.footing(pages, 1)
    assert footing.unripe.keys() == {"zero_result_share"}
    assert judge_on(footing, WEIGHT.claim, {"latency_p95_seconds": slow}) is Verdict.HOLDS
    quick = {"latency_p95_seconds": Interval(0.4, 0.5), "zero_result_share": empty}
    assert judge_on(footing, WEIGHT.claim, quick) is Verdict.UNDECIDED
    enough = weight.footing(replace(pages, searches=1_000), 1)
    assert judge_on(enough, WEIGHT.claim, quick) is Verdict.HOLDS
