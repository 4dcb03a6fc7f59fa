"""What forbids a verdict: each gate of an experiment, by the one thing that closes it."""

from msgspec.structs import replace

from jishi.gauges import conversion, media
from jishi.gauges.spreads import Spread
from jishi.gauges.verdicts import gates_closed


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
