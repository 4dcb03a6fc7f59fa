"""Tracking: what is new is kept once, under the number that the parcel has, and nobody's phone."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from jishi import fulfilment
from jishi.fulfilment.tracking import rules
from jishi.fulfilment.tracking.types import Scan
from jishi.kernel import Refused, verify
from tests.fulfilment.parcel_scene import Scene, bought, correct, ship

NOW = datetime.now(UTC).replace(microsecond=0)
SCANS = "select count(*) from fulfilment.scans where book = $1"
NOTICES = """
select count(*) from staff.notices
 where book = $1 and about_id = $2 and kind = 'parcel_troubled'
"""
MENDED = "fulfilment.news_of_a_parcel_is_of_a_number_it_had"


def scan(state: str, hours: int = 0, words: str = "") -> Scan:
    """Note a state, so many hours from now."""
    return rules.kept(NOW + timedelta(hours=hours), state, "深圳", words or state)


def track(
    parcel: int, book: int, *scans: Scan, carrier: str = "SF", tracking: str = "SF1234567"
) -> fulfilment.TrackParcel:
    """Tell what a carrier noted."""
    return fulfilment.TrackParcel(
        key=uuid4(), book=book, actor_id=0, parcel=parcel, carrier=carrier,
        tracking_number=tracking, scans=scans,
    )  # fmt: skip


async def sent(on: Scene) -> int:
    """Ship all of it, and give the parcel's number."""
    await on.market.ask(ship(on))
    (parcel,) = await on.market.look(
        fulfilment.parcels.views.parcels, book=on.book, of_book=on.book, order_id=on.order_id
    )
    return parcel.number


async def seen(on: Scene) -> list[tuple[str, str]]:
    """Give what is shown of the order's parcels, the newest first."""
    found = await on.market.look(
        fulfilment.tracking.views.scans, book=on.book, of_book=on.book, order_id=on.order_id
    )
    return [(each.state, each.words) for each in found]


def test_news_is_kept_once_and_shown_newest_first(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            parcel = await sent(on)
            first = [scan("accepted", -5), scan("in_transit", -4)]
            told = await on.market.ask(track(parcel, on.book, *first))
            assert isinstance(told, fulfilment.ParcelTracked)
            assert (told.subject_id, told.state, told.scans_count) == (on.order_id, "in_transit", 2)
            again = await on.market.ask(track(parcel, on.book, *first))
            assert again == Refused("no_news", is_final=False)
            late = [scan("delivered"), *first, scan("delivered")]
            more = await on.market.ask(track(parcel, on.book, *late))
            assert isinstance(more, fulfilment.ParcelTracked)
            assert (more.was, more.state, more.scans_count) == ("in_transit", "delivered", 1)
            assert await seen(on) == [(each, each) for each in
                                      ("delivered", "in_transit", "accepted")]  # fmt: skip
            assert await on.state() == "shipped", "what is delivered is not yet received"
            one, other = track(parcel, on.book, scan("lost")), track(parcel, on.book, scan("lost"))
            answers = await asyncio.gather(on.market.ask(one), on.market.ask(other))
            assert sum(isinstance(each, Refused) for each in answers) == 1

    asyncio.run(scene())


def test_what_is_refused_is_not_kept(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            parcel = await sent(on)
            good = scan("accepted")
            naive = Scan(datetime(2026, 1, 1), "accepted", "", "")  # noqa: DTZ001 - it is refused
            for asked, reason in (
                (track(1, on.book, good), "parcel_unknown"),
                (track(parcel, on.book, good, tracking="SF7"), "number_corrected"),
                (track(parcel, on.book, good, carrier="ZTO"), "number_corrected"),
                (track(parcel, on.book), "scans_unclear"),
                (track(parcel, on.book, *[good] * 201), "scans_unclear"),
                (track(parcel, on.book, Scan(NOW, "flying", "", "")), "scans_unclear"),
                (track(parcel, on.book, Scan(NOW, "lost", "", "x" * 201)), "scans_unclear"),
                (track(parcel, on.book, Scan(NOW, "lost", "\x00", "")), "scans_unclear"),
                (track(parcel, on.book, naive), "scans_unclear"),
                (track(parcel, on.book, scan("lost", 24 * 400)), "scans_unclear"),
            ):
                answer = await on.market.ask(asked)
                assert isinstance(answer, Refused), reason
                assert answer.reason == reason
            for at in range(0, rules.SCANS_OF_A_PARCEL_MAX, 100):
                many = [scan("in_transit", words=str(n)) for n in range(at, at + 100)]
                assert isinstance(
                    await on.market.ask(track(parcel, on.book, *many)), fulfilment.ParcelTracked
                )
            full = await on.market.ask(track(parcel, on.book, good))
            assert isinstance(full, Refused)
            assert full.reason == "too_many_scans"
            assert await on.owner.fetchval(SCANS, on.book) == rules.SCANS_OF_A_PARCEL_MAX

    asyncio.run(scene())


def test_a_corrected_parcel_is_told_of_by_its_new_number(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            parcel = await sent(on)
            await on.market.ask(track(parcel, on.book, scan("lost")))
            await on.market.ask(correct(on, parcel))
            assert await seen(on) == []
            new = track(parcel, on.book, scan("accepted"), carrier="ZTO", tracking="ZT7654321")
            assert isinstance(await on.market.ask(new), fulfilment.ParcelTracked)
            assert await seen(on) == [("accepted", "accepted")]
            await kept_promise(owner_url, 0)
            await foreign(on, parcel)
            await kept_promise(owner_url, 1)
            await on.owner.execute("alter table fulfilment.scans disable trigger user")
            await on.owner.execute("delete from fulfilment.scans where mark = 'x'")
            await on.owner.execute("alter table fulfilment.scans enable trigger user")

    asyncio.run(scene())


async def foreign(on: Scene, parcel: int) -> None:
    """Break the promise: news of a number that the parcel never had."""
    await on.owner.execute(
        "insert into fulfilment.scans values ($1, 1, 1, $2, 'SF', 'NEVER', now(), 'lost', '', '',"
        " 'x')", on.book, parcel,
    )  # fmt: skip


async def kept_promise(owner_url: str, broken: int) -> None:
    """Verify the promise."""
    found = [each async for each in verify(owner_url, [MENDED])]
    assert [each.broken for each in found] == [broken]


def test_nobodys_telephone_number_is_kept() -> None:
    told = "【深圳】快递员张三（13800138000，0755-26001234）正在派送\n请保持电话畅通"
    kept = rules.kept(NOW, "in_transit", "深圳 " * 40, told)
    assert kept.words == "【深圳】快递员张三（138****8000，0755-****234）正在派送 请保持电话畅通"
    assert len(kept.place) == rules.PLACE_CHARACTERS_MAX
    assert rules.kept(NOW, "lost", "", "单号 SF13800138000123").words == "单号 SF13800138000123"


@pytest.mark.parametrize(
    ("state", "failures", "minutes"),
    [("", 0, 60), ("out_for_delivery", 0, 40), ("lost", 0, 24 * 60), ("", 1, 2), ("", 3, 18),
     ("in_transit", 99, 12 * 60)],
)  # fmt: skip
def test_askers_wait_longer_after_each_failure(state: str, failures: int, minutes: int) -> None:
    assert rules.pause_after(state, failures) == timedelta(minutes=minutes)
    assert rules.pause_after("delivered", failures) is None


def test_the_shop_is_told_once_of_each_trouble(database_url: str, owner_url: str) -> None:
    async def scene() -> None:
        async with bought(database_url, owner_url) as on:
            parcel, scans, counts = await sent(on), list[Scan](), []
            for hours, state in enumerate(("accepted", "troubled", "troubled", "in_transit",
                                           "lost", "lost", "returned")):  # fmt: skip
                scans.append(scan(state, hours - 9))
                await on.market.ask(track(parcel, on.book, *scans), wait=5)
                counts.append(await on.owner.fetchval(NOTICES, on.book, on.order_id))
            assert counts == [0, 1, 1, 1, 2, 2, 3]

    asyncio.run(scene())
