"""Rehearsing: two policies meet the same towns; the same policy twice changes nothing."""

from jishi.cli.dials import PRESENT
from jishi.town.policy import Policy
from jishi.town.rehearsing import FANS, Rehearsal, rehearse
from jishi.town.simulations.types import Band, Tried

PUSHY = Policy(touches_week=7, limit_week=None)
NOTHING = Band(0.0, 0.0, 0.0)


def rehearsed(tried: Policy, worlds: int = 2) -> Rehearsal:
    *counted, found = rehearse(Policy(), tried, people=1_500, worlds=worlds, seed=4)
    assert counted == list(range(1, worlds + 1))
    assert isinstance(found, Rehearsal)
    return found


def test_the_same_policy_changes_nothing_at_all() -> None:
    """Common luck: whatever differs is the policy's doing."""
    found = rehearsed(Policy())
    assert all(band == NOTHING for fan in found.months.values() for band in fan)
    assert set(found.year.values()) == {NOTHING}
    assert {move.change for move in found.moves} == {NOTHING, None}


def test_pressing_sells_first_and_drives_away_later() -> None:
    found = rehearsed(PUSHY)
    assert found.tried.limit_week is None
    assert {len(fan) for fan in found.months.values()} == {12}
    assert found.first_month["orders"].low > 0 > found.months["orders"][-1].high
    assert found.year["unfollows"].low > 0
    ecology = next(move for move in found.moves if move.question == "ecology")
    assert ecology.better == "less"
    assert ecology.change == found.year["unfollows"]
    assert found.first_month.keys() == found.year.keys() == set(FANS)


def test_worlds_differ_in_what_is_assumed() -> None:
    found = rehearsed(PUSHY, worlds=3)
    assert found.year["orders"].low < found.year["orders"].middle < found.year["orders"].high


def test_the_present_policy_is_one_wherever_it_is_written() -> None:
    """The page's dials, the command's and the town's own begin at the same place."""
    assert PRESENT.policy() == Policy()
    dials = (Tried().touches_week, Tried().cards, Tried().share_quota, Tried().discount_percent)
    assert dials == (
        PRESENT.touches_week, PRESENT.cards, PRESENT.share_quota, PRESENT.discount_percent,
    )  # fmt: skip
