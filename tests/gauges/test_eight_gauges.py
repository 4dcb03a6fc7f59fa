"""Each gauge on a lake small enough to count by hand: exactly these sums, and no others."""

import math

import pytest

from jishi.gauges import boundary, conversion, ecology, habit, media, moments, operation, weight
from jishi.gauges.terms import Terms
from jishi.gauges.types import Interval, Reading
from tests.gauges.lakes import Pond

TERMS = Terms(margin_percent=50, follower_worth_fen=1_000, current_arm="none", low_arm="1")


def test_a_habit_is_what_is_left_of_the_lift() -> None:
    pond = Pond()
    for unit in (1, 2, 3, 4):
        arm = "prompted" if unit % 2 else "quiet"
        pond.assigned("prompts", arm, unit, 100)
        pond.assigned("prompts", arm, unit, 114, "withdrawn")
    # Of one reminded: one before, two in the two weeks, one too early after, two in weeks 5 to 8.
    for day in (99, 100, 113, 114, 142, 169, 170):
        pond.seen("order.pay", 1, day, entry="msg" if day < 142 else "direct")
    pond.seen("order.pay", 2, 110)
    pond.seen("order.pay", 9, 110)
    sums = habit.gather(pond.lake(), TERMS, newest=170)
    assert {name: arm.totals for name, arm in sums.arms.items()} == {
        "prompted": {"after": 2 / 4, "before": 1, "during": 2 / 2},
        "quiet": {"after": 0, "before": 0, "during": 1 / 2},
    }
    assert (sums.repeats, sums.unprompted, sums.days) == (6, 3, 71)
    weeks = sums.arms["prompted"].weeks
    assert [(week, weeks[week].total) for week in weeks if weeks[week].total] == [
        (-2, 1), (-1, 1), (0, 1), (4, 1), (7, 1),
    ]  # fmt: skip
    assert [(week, done.units) for week, done in weeks.items()] == [
        (week, 2) for week in (-2, -1, *range(8))
    ]
    persistence = habit.measured(sums, 0.95, TERMS)["persistence"]
    assert persistence.value == pytest.approx((0.25 - 0) / (0.5 - 0.25))
    # A day earlier nobody has been seen to the end of his eighth week.
    assert habit.gather(pond.lake(), TERMS, newest=168).arms == {}


def test_an_article_is_worth_what_its_readers_do() -> None:
    pond = Pond()
    for unit in (1, 2):
        arm = "cards" if unit == 1 else "plain"
        pond.assigned("cards", arm, unit, 100)
        pond.assigned("cards", arm, unit, 130, "same")
    # Opened on day 100 and again after 7 (a return) and after 8 (none); read once to its end.
    for day in (100, 107, 115):
        pond.seen("article.open", 1, day)
    pond.seen("article.progress", 1, 107, value=100.0)
    pond.seen("article.progress", 1, 115, value=75.0)
    pond.seen("article.share", 1, 120)
    pond.seen("article.favourite", 2, 120)
    pond.seen("article.share", 2, 99)
    for number, day in ((1, 99), (2, 100), (3, 129), (3, 129), (4, 130)):
        pond.seen("article.publish", 0, day, object_id=number)
    pond.seen("article.share", 2, 131)
    pond.seen("order.pay", 1, 131, amount_fen=900)
    pond.seen("order.refund", 1, 132, amount_fen=300)
    pond.seen("unfollow", 1, 133)
    sums = media.gather(pond.lake(), TERMS, newest=140)
    assert {name: arm.totals for name, arm in sums.arms.items()} == {
        "cards": {"before": 0, "value": 1 + 1 + 3, "after": 0, "margin": 300, "left": 1},
        "plain": {"before": 3, "value": 2, "after": 3, "margin": 0, "left": 0},
    }
    assert sums.issues == 2
    plain = {week: its.total for week, its in sums.arms["plain"].weeks.items()}
    assert plain == {-4: 0, -3: 0, -2: 2, -1: 0, 0: 3}
    twice = {name: arm + arm for name, arm in sums.arms.items()}
    found = media.measured(media.Sums(twice, sums.days, {}, sums.issues), 0.95, TERMS)
    assert found["content_value_ratio"].value == 5 / 2
    assert found["learning"].value == -1
    assert found["net_value"].value == 300 - 1_000


def test_a_follower_is_worth_his_margin_less_his_cost() -> None:
    pond = Pond()
    for unit, arm in ((1, "deep"), (2, "deep"), (3, "none"), (4, "none")):
        pond.assigned("depth", arm, unit, 100)
    pond.seen("follow", 1, 100, amount_fen=300, source="poster")
    pond.seen("follow", 2, 100, amount_fen=300, source="poster")
    pond.seen("follow", 3, 101, source="friend")
    pond.seen("order.pay", 1, 150, amount_fen=1_000)
    pond.seen("order.pay", 3, 279, amount_fen=400)
    pond.seen("order.pay", 3, 281, amount_fen=9_900)  # a day beyond the horizon
    pond.seen("order.pay", 1, 99, amount_fen=9_900)  # a day before
    pond.seen("order.refund", 1, 151, amount_fen=200)
    sums = conversion.gather(pond.lake(), TERMS, newest=400)
    assert {name: arm.totals for name, arm in sums.arms.items()} == {
        "deep": {
            "before": 1, "bought": 1, "bought_again": 0, "followed": 2, "gained": 400 - 600,
        },
        "none": {"before": 0, "bought": 1, "bought_again": 0, "followed": 1, "gained": 200},
    }  # fmt: skip
    assert {name: (arm.units, arm.totals["gained"]) for name, arm in sums.sources.items()} == {
        "poster": (2, -200),
        "friend": (1, 200),
    }
    worth = conversion.measured(sums, 0.95, TERMS)["margin_after_cost"]
    assert worth.value == pytest.approx((-100 - 100) / (1 - 0.5))


def test_friends_who_trade_are_still_opened() -> None:
    pond = Pond()
    for unit in (1, 2, 3, 4):
        pond.assigned("told", "told" if unit % 2 else "private", unit, 90)
        pond.assigned("named", "named" if unit % 2 else "unnamed", unit, 90)
        for day in (91, 92):
            pond.seen("share.open", unit, day, actor_id=7)
        pond.seen("order.pay", unit, 100, actor_id=7, object_id=unit, entry="share_friend")
    pond.seen("order.pay", 1, 101, actor_id=8, object_id=50, entry="share_friend")
    pond.seen("share.open", 1, 101, actor_id=8)  # another friend's
    pond.seen("share.open", 3, 130, actor_id=7)  # the thirtieth day
    pond.seen("share.open", 2, 131, actor_id=7)  # too late
    pond.seen("share.open", 4, 101, actor_id=7)
    pond.seen("order.dispute", 3, 120, object_id=3)
    sums = boundary.gather(pond.lake(), TERMS, newest=140)
    assert {name: (arm.units, arm.totals["again"]) for name, arm in sums.told.items()} == {
        "told": (2, 1),
        "private": (2, 1),
    }
    assert sums.named["named"].totals == {"before": 0, "opens": 6, "orders": 3}
    assert sums.named["unnamed"].totals == {"before": 0, "opens": 6, "orders": 2}
    assert (sums.friendly, sums.disputed) == (5, 1)
    assert boundary.measured(sums, 0.95, TERMS)["conversion_ratio"].value == 3 / 2
    # Whose month is not over yet says nothing.
    assert boundary.gather(pond.lake(), TERMS, newest=129).told == {}


def test_who_left_a_rung_still_counts_in_it() -> None:
    pond = Pond()
    for unit, arm in ((1, "none"), (2, "none"), (3, "1"), (4, "1")):
        pond.assigned("ladder", arm, unit, 100)
        for day in (80, 101, 171, 200):
            if unit != 2 or day < 150:
                pond.seen("article.open", unit, day)
        for week in range(15):
            for _ in range(4 if arm == "none" else 1):
                pond.sent(unit, 100 + 7 * week)
        pond.sent(unit, 99)
        pond.sent(unit, 120, decision="deny")
        pond.sent(unit, 120, kind="transactional")
    pond.seen("unfollow", 2, 150)
    pond.seen("complaint", 1, 150)
    pond.seen("page.view", 1, 204)
    sums = ecology.gather(pond.lake(), TERMS, newest=204)
    assert {name: arm.totals for name, arm in sums.arms.items()} == {
        "none": {
            "activity": 1, "before": 2, "contacts": 8, "early": 2, "harms": 2, "touches": 120,
        },
        "1": {
            "activity": 2, "before": 2, "contacts": 2, "early": 2, "harms": 0, "touches": 30,
        },
    }  # fmt: skip
    found = ecology.measured(sums, 0.95, TERMS)
    assert found["slope"].value == pytest.approx(math.log(0.5 / 1) / 3)
    assert found["survival_loss"].value == 0.5
    assert found["harm"].value == pytest.approx(2 / (120 / 1_000))


def test_shares_wear_out_within_each_sharer() -> None:
    pond = Pond()
    for sharer in (1, 2):
        for number in range(10):
            share = sharer * 100 + number
            pond.seen("share.create", sharer, 100 + number, share_id=share, actor_id=sharer,
                      touch_id=101 if sharer == 2 else 0)  # fmt: skip
            for opener in range(20 - number * sharer):
                pond.seen("share.open", 500 + opener, 106 + number, share_id=share)
            pond.seen("share.open", 900, 107 + number, share_id=share)  # the eighth day
    pond.seen("order.pay", 500, 110, share_id=101, depth=1)
    pond.seen("order.pay", 501, 110, share_id=101, depth=2)
    pond.seen("order.pay", 502, 110)
    sums = moments.gather(pond.lake(), TERMS, newest=116)
    assert sorted(zip(sums.sharer, sums.earlier, sums.opens, strict=True)) == [
        (sharer, number, 20 - number * (sharer + 1)) for sharer in (0, 1) for number in range(10)
    ]
    assert (sums.buyers, sums.far, sums.days) == (2, 1, 17)
    assert sums.litters.parents == (1, 1)  # the second sharer came by a share of the first
    found = moments.measured(sums, 0.95, TERMS)
    assert found["decay"].value < -0.2
    assert found["half_life"].value == pytest.approx(2 ** (-1 / found["decay"].value))
    assert (found["breakout"].value, found["reproduction"].value) == (0.5, 0.5)
    # A share whose week is not over is left out.
    assert len(moments.gather(pond.lake(), TERMS, newest=114).sharer) == 18


@pytest.mark.parametrize(("decay", "half"), [(-1.0, 2), (-0.0005, math.inf), (0.1, math.inf)])
def test_openings_that_hardly_wear_never_halve(decay: float, half: float) -> None:
    found = moments.halved(Reading(decay, Interval(decay - 1, decay + 2)))
    assert found.value == half
    assert found.interval.low == 2 ** (1 / (1 - decay))
    assert found.interval.high == math.inf


def test_weight_is_counted_and_slow_pages_are_at_their_place() -> None:
    pond = Pond()
    for number in range(100):
        pond.seen("page.perf", 0, 100, value=0.2 if number < 95 else 3.0)
        pond.seen("search.query", 0, 100, quantity=0 if number < 9 else 4)
        pond.seen("pay.start", 1, 100, object_id=number)
        if number < 97:
            pond.seen("order.pay", 1, 101, object_id=number)
    pond.seen("pay.start", 1, 100, object_id=5)  # begun twice, paid once
    for unit in (1, 2, 3, 4):
        pond.assigned("recommender", "recommended" if unit < 3 else "popular", unit, 101)
    pond.seen("order.pay", 3, 101, object_id=300)
    sums = weight.gather(pond.lake(), TERMS, newest=101)
    assert (sums.searches, sums.empty, sums.begun, sums.paid) == (100, 9, 100, 97)
    assert {name: arm.totals["orders"] for name, arm in sums.arms.items()} == {
        "recommended": 97,
        "popular": 1,
    }
    found = weight.measured(sums, 0.95, TERMS)
    assert found["latency_p95_seconds"].value == pytest.approx(0.2, rel=0.011)
    assert found["latency_p95_seconds"].interval.high == pytest.approx(3.0, rel=0.011)
    assert found["zero_result_share"].value == 0.09
    assert found["recommender_lift"].value == 96
    footing = weight.footing(sums, 0)
    assert footing.units == 100
    # Ten thousand pages are needed, a thousand searches, a thousand payments begun.
    assert footing.unripe == {
        "latency_p95_seconds": 100, "zero_result_share": 10, "payment_success": 10,
    }  # fmt: skip


def test_an_order_is_perfect_if_nothing_was_wrong() -> None:
    pond = Pond()
    for order in range(1, 8):
        pond.seen("order.pay", 1, 100, object_id=order)
    for order in (1, 2, 3, 4, 5):
        pond.seen("shipment.ship", 1, 103 if order == 2 else 102, object_id=order)
        if order != 3:
            pond.seen("shipment.receive", 1, 110, object_id=order)
    pond.seen("pickup.verify", 1, 101, object_id=6)
    pond.seen("order.refund", 1, 111, object_id=4)
    pond.seen("order.dispute", 1, 111, object_id=5)
    pond.seen("order.pay", 1, 107, object_id=8)  # not two weeks old yet
    for number, day in ((1, 119), (2, 120), (3, 118)):
        pond.seen("settle.due", 0, 118, object_id=number)
        pond.seen("settle.paid", 0, day, object_id=number)
    pond.seen("settle.due", 0, 117, object_id=4)
    pond.seen("settle.due", 0, 120, object_id=5)
    for number, day in ((1, 113), (2, 113), (3, 114)):
        pond.seen("recon.break", 0, day, object_id=number)
    pond.seen("recon.clear", 0, 116, object_id=2)
    sums = operation.gather(pond.lake(), TERMS, newest=120)
    # 1 and 6 were; 2 was late, 3 never came, 4 went back, 5 was disputed, 7 was never sent.
    assert sums.course == {100: (7, 2)}
    assert (sums.orders, sums.perfect) == (7, 2)
    assert (sums.due, sums.in_time) == (4, 2)
    # The fourth sum is not settled yet: it takes four days at least.
    assert sums.settled == {0: 1, 1: 1, 2: 1, 4: 1}
    # The first difference is open since the 113th, the second took three days, the third is young.
    assert (sums.unexplained, sums.breaks) == (1, 0)
    assert sums.cleared == {3: 1, 8: 1}
    found = operation.measured(sums, 0.95, TERMS)
    assert found["unexplained_differences"].interval.low == 1
    assert (found["settlement_days_p95"].value, found["explained_days_p95"].value) == (4, 8)
    assert found["breaks"].value == 0
    later = operation.gather(pond.lake(), TERMS, newest=127)
    assert operation.measured(later, 0.95, TERMS)["breaks"].value == 2 / 8 * 10_000


def test_what_is_open_today_is_not_in_time_by_tomorrow() -> None:
    pond = Pond()
    pond.seen("settle.due", 0, 119, object_id=1)
    pond.seen("settle.paid", 0, 119, object_id=2)  # of no sum that is known
    sums = operation.gather(pond.lake(), TERMS, newest=120)
    assert (sums.due, sums.in_time) == (1, 0)


def test_orders_through_friends_are_held_beside_the_others() -> None:
    pond = Pond()
    for order in range(1, 11):
        pond.seen("order.pay", order, 100, object_id=order, share_id=order % 2, depth=1)
    pond.seen("order.refund", 1, 105, object_id=1)
    pond.seen("order.dispute", 1, 104, object_id=1)
    pond.seen("review.post", 3, 105, object_id=3, value=2.0)
    pond.seen("review.post", 2, 105, object_id=2, value=3.0)
    pond.seen("order.dispute", 4, 105, object_id=4)
    pond.seen("order.pay", 11, 107, object_id=11, share_id=7)  # not two weeks old yet
    pond.seen("order.refund", 11, 108, object_id=11)
    sums = moments.gather(pond.lake(), TERMS, newest=120)
    assert sums.regrets == {"shared": (5, 2), "others": (5, 1)}
    assert moments.measured(sums, 0.95, TERMS)["obligation"].value == pytest.approx(2)
    unmarred = Pond()
    for order in range(1, 11):
        unmarred.seen("order.pay", order, 100, object_id=order, share_id=order % 2)
    nothing = moments.gather(unmarred.lake(), TERMS, newest=120)
    assert "obligation" not in moments.measured(nothing, 0.95, TERMS)
