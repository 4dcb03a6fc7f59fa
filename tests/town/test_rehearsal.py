"""A rehearsal says what a policy changes, month by month, and how sure that is."""

from msgspec.structs import replace

from jishi.town.diary import COUNTS
from jishi.town.frontier import PUSHY
from jishi.town.rehearsal import Rehearsal, rehearse

SMALL = Rehearsal(people=1_500, months=2, draws=3, threads=2)


def test_the_same_policy_changes_nothing() -> None:
    fans = rehearse(PUSHY, PUSHY, SMALL)
    assert tuple(fans) == COUNTS
    for fan in fans.values():
        assert fan.present == fan.new
        assert len(fan.change) == SMALL.months
        assert all(band == (0, 0, 0) for band in (*fan.change, fan.altogether))


def test_fewer_messages_are_fewer_unfollows_in_every_draw() -> None:
    told: list[int] = []
    fans = rehearse(PUSHY, replace(PUSHY, limit_week=1.0), SMALL, told.append)
    assert sorted(told) == [0, 1, 2]
    assert fans["contacts"].altogether.high < -0.5
    assert fans["unfollows"].altogether.high < 0
    for fan in fans.values():
        for band in (*fan.present, *fan.new, *fan.change, fan.altogether):
            assert band.low <= band.value <= band.high


def test_it_is_the_same_on_any_number_of_threads() -> None:
    quiet = replace(PUSHY, touches_week=0)
    assert rehearse(PUSHY, quiet, SMALL) == rehearse(PUSHY, quiet, SMALL._replace(threads=1))
