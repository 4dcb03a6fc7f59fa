"""What decide accepts the tables accept: any request is an event or a refusal, never an error.

Ids and amounts reach to the end of 64 bits, texts are empty, long, strange and have NULs; each
example asks a batch at once, so that what one takes the next one misses.
"""

import asyncio
from base64 import b64encode
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import goods, ledger, money, trade
from jishi.kernel import MARKET, Market, Refused, Request, new_id, new_public_id, verify
from tests.conftest import IS_SOAK, opened
from tests.goods.test_upload_picture import png, webp
from tests.ledger.scene import two_books
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import HOME

EXAMPLES = 400 if IS_SOAK else 40
ENDS = st.sampled_from([-(2**63), -1, 0, 1, 2, 3, 2**31, 2**63 - 1])
TEXTS = st.sampled_from(["", "a", "茶", "x" * 61, "x" * 5_000, "\x00", "a\x00b", "'; drop", "🍵"])


relaxed = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def ask_all(url: str, requests: list[Request]) -> list[object]:
    """Ask a batch at once; an error would be raised here. What is refused changes nothing."""

    async def scene() -> list[object]:
        async with opened(url) as market:
            answers = await asyncio.gather(*map(market.ask, requests))
            pairs = zip(requests, answers, strict=True)
            refused = [each for each, answer in pairs if isinstance(answer, Refused)]
            before = await events(market)
            again = await asyncio.gather(*map(market.ask, refused))
            happened = [answer for answer in again if not isinstance(answer, Refused)]
            assert await events(market) == before + len(happened)
            return list(answers)

    return asyncio.run(scene())


async def events(market: Market) -> int:
    """Count what happened, in every book."""
    async with market.database.connection() as connection:
        return int(await connection.fetchval("select sum(event_count) from kernel.books"))


lines = st.lists(
    st.tuples(st.integers(0, 4), st.integers(-1, 6) | ENDS, st.sampled_from(["seen", "other"])),
    max_size=4,
)

destinations = st.just(HOME) | st.builds(
    trade.Destination,
    delivery=st.sampled_from(["parcel", "pickup", "same_city", "", "\x00"]),
    address_id=ENDS,
    division=st.sampled_from(["440305", "44", "", "44030\x00", "４４０３０５", "x" * 6]),
    store_id=ENDS,
)


@relaxed
@given(baskets=st.lists(st.tuples(lines, TEXTS, destinations, ENDS), min_size=1, max_size=5))
def test_any_order_is_an_event_or_a_refusal(
    database_url: str, owner_url: str,
    baskets: list[tuple[list[tuple[int, int, str]], str, trade.Destination, int]],
) -> None:  # fmt: skip
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=3, stock=5))
    requests: list[Request] = []
    for basket, remark, to, purchase_id in baskets:
        wanted = tuple(
            trade.Line(sku_of(book, n), quantity, price_of(n) if seen == "seen" else 7)
            for n, quantity, seen in basket
        )
        order_id = new_id()
        requests += [
            trade.PlaceOrder(
                key=uuid4(), book=book, actor_id=7, order_id=order_id,
                public_id=new_public_id(), lines=wanted, remark=remark, destination=to,
                seen_freight_fen=0, purchase_id=purchase_id,
            ),
            trade.CancelOrder(key=uuid4(), book=book, actor_id=7, order_id=order_id),
            trade.ExpireOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id),
            trade.CloseOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id),
        ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)


@relaxed
@given(asked=st.lists(st.tuples(st.integers(0, 4), ENDS, st.none() | ENDS), max_size=6))
def test_any_price_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[int, int, int | None]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=3))
    requests: list[Request] = [
        goods.PriceSku(
            key=uuid4(), book=book, actor_id=0, sku_id=sku_of(book, n), price_fen=price,
            compare_fen=compare,
        )
        for n, price, compare in asked
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(asked)


@relaxed
@given(asked=st.lists(st.tuples(TEXTS, TEXTS, TEXTS, st.booleans()), max_size=5))
def test_any_shop_is_an_event_or_a_refusal(
    database_url: str, asked: list[tuple[str, str, str, bool]]
) -> None:
    book = new_id()
    requests: list[Request] = [
        goods.OpenShop(
            key=uuid4(), book=MARKET, actor_id=0, shop_book=book if is_same else new_id(),
            store_id=new_id(), public_id=public_id or new_public_id(), name=name,
            name_en=name_en, store_name=name, store_name_en=name_en,
        )
        for name, name_en, public_id, is_same in asked
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(asked)


@relaxed
@given(asked=st.lists(st.tuples(TEXTS, st.integers(0, 3)), max_size=5))
def test_any_picture_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[str, int]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    data = [webp(8, 8), b"", b"GIF89a", png(30_000, 30_000)]
    requests: list[Request] = [
        goods.UploadPicture(
            key=uuid4(), book=book, actor_id=0, name=name, renditions=(b64encode(data[n]).decode(),)
        )
        for name, n in asked
    ]
    assert len(ask_all(database_url, requests)) == len(asked)


@relaxed
@given(asked=st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=6))
def test_any_rates_are_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[int, int]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=1))
    requests: list[Request] = [
        money.SetRates(
            key=uuid4(), book=book, actor_id=0, wechat_bps=wechat, commission_bps=commission
        )
        for wechat, commission in asked
    ]
    assert len(ask_all(database_url, requests)) == len(asked)


kinds = st.sampled_from(["allowance", "spent", "held", "week", "shelf", "unheard-of"])


@relaxed
@given(
    asked=st.lists(
        st.tuples(ENDS, ENDS, kinds, kinds, ENDS, st.sampled_from([7, 8])), min_size=1, max_size=5
    )
)
def test_any_hold_is_an_event_or_a_refusal_all_its_way(
    database_url: str, owner_url: str, asked: list[tuple[int, int, str, str, int, int]]
) -> None:
    """Whatever may be held may also be confirmed, or lapse, be declined and released."""

    async def scene() -> None:
        async with two_books(database_url, owner_url) as it:
            for amount, seconds, giver_kind, taker_kind, unit, holder in asked:
                hold_id = new_id()
                hold = ledger.HoldAmount(
                    key=uuid4(), book=it.people, actor_id=7, hold_id=hold_id, for_book=it.shop,
                    unit=unit if unit > 3 else 2, amount=amount, giver_kind=giver_kind,
                    giver=7, taker_kind=taker_kind, taker=holder, seconds=seconds,
                )  # fmt: skip
                await it.market.ask(hold)
                for settle in (ledger.LapseHold, ledger.ReleaseHold, ledger.ConfirmHold):
                    await it.market.ask(
                        settle(key=uuid4(), book=it.people, actor_id=0, hold_id=hold_id)
                    )
                await it.market.ask(
                    ledger.DeclineHold(
                        key=uuid4(), book=it.shop, actor_id=0, hold_id=hold_id,
                        from_book=it.people,
                    )
                )  # fmt: skip

    asyncio.run(scene())


def test_after_all_that_every_promise_is_kept(owner_url: str) -> None:
    async def broken() -> list[str]:
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert asyncio.run(broken()) == []
