"""Reconciling by the clock: each book is compared with its own lines of the bill, once."""

import asyncio
import gzip
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha1

import httpx

from jishi import money
from jishi.kernel import MARKET, Refused, new_id, verify
from jishi.money.reconcile import read_last, reconcile_days
from jishi.money.reconcile_rules import BEIJING, first_day, last_ready_day
from jishi.ports.wechat.transport import Transport
from jishi.sandbox.bills.rows import Flow, Traded
from jishi.sandbox.bills.writing import fund_bill, trade_bill
from tests.conftest import Cluster, clone, on, opened, run_as_owner
from tests.money.billing import FOUND, let_a_day_pass, line_of, paid, rows, yesterday
from tests.ports.wechat.pay.platform import APIV3_KEY, HOSTS, PUBLIC_KEY_ID, Platform, pair
from tests.shops import seed_shops
from tests.trade.paying import APPID, MCHID

URL = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=g44b_-IUH1"


def row_of(line: money.reconcile_rules.BillLine) -> Traded:
    """Give a line as WeChat has it."""
    return Traded(
        traded_at=line.traded_at, paid_at=line.traded_at, asked_at=None, appid=APPID, mchid=MCHID,
        device_id="", transaction_id=line.transaction_id, out_trade_no=line.out_number,
        openid="o1", trade_type="NATIVE", bank_type="OTHERS", description="龙井`新茶, 一罐",
        attach="", total_fen=line.amount_fen, fee_fen=line.fee_fen, refund_id="0",
        out_refund_no="0", refund_fen=0, channel="",
    )  # fmt: skip


def flows_of(lines: list[money.reconcile_rules.BillLine]) -> list[Flow]:
    """Give what moves when these are paid: each payment, and its fee."""
    return [
        Flow(
            moved_at=line.traded_at, mchid=MCHID, business_id=line.transaction_id,
            flow_id=f"{line.transaction_id}{kind}", name="交易", kind=kind, moved_fen=fen,
            part_fen=0, voucher_no=line.out_number, balance_fen=0,
        )
        for line in lines
        for kind, fen in (("交易", line.amount_fen), ("扣除交易手续费", -line.fee_fen))
    ]  # fmt: skip


def platform_with(*texts: str) -> Platform:
    """Give a WeChat Pay whose bills say this, one after the other, packed."""
    platform = Platform()
    platform.serial = PUBLIC_KEY_ID
    for text in texts:
        digest = sha1(text.encode(), usedforsecurity=False).hexdigest()
        ticket = {"hash_type": "SHA1", "hash_value": digest, "download_url": URL}
        packed = gzip.compress(text.encode())
        platform.answers.append(platform.says(ticket))
        platform.answers.append(partial(given, packed))
    return platform


def given(packed: bytes, _request: httpx.Request) -> httpx.Response:
    """Give a packed bill."""
    return httpx.Response(200, content=packed)


def open_gateway(platform: Platform) -> None:
    """Let the market be paid through that WeChat."""

    async def read() -> money.PaySettings:
        return money.PaySettings(
            base_urls=HOSTS, appid=APPID, mchid=MCHID, serial=pair("merchant").serial,
            private_pem=pair("merchant").private_pem, apiv3_key=APIV3_KEY,
            public_key_id=PUBLIC_KEY_ID, public_key_pem=platform.signing.public_pem,
            notify_url="https://market.example/wechat/pay/notices",
        )  # fmt: skip

    mocked = httpx.AsyncClient(transport=httpx.MockTransport(platform.handle))
    money.gateway.open(read, transport=Transport(HOSTS, client=mocked, means=platform.time.means()))


def test_each_book_has_its_lines_and_the_market_what_is_nobodys() -> None:
    async def scene(login: str, owner: str) -> None:
        first, second = new_id() >> 20, (new_id() >> 20) + 1
        await seed_shops(owner, first)
        await seed_shops(owner, second)
        async with opened(login) as market:
            ours, theirs = await paid(market, first), await paid(market, second)
            for book in (first, second):
                await let_a_day_pass(owner, book)
            stranger = line_of(ours, out_number="of-another-system", amount_fen=5, fee_fen=0)
            dear = line_of(theirs, amount_fen=theirs.amount_fen + 1)
            lines = [line_of(ours), stranger, dear]
            text = trade_bill([row_of(each) for each in lines])
            platform = platform_with(text, fund_bill(flows_of(lines)))
            open_gateway(platform)
            try:
                answers = await money.reconcile(market, yesterday())
                assert list(answers)[-1] == MARKET
                counts = {
                    book: len(answer.found)
                    for book, answer in answers.items()
                    if isinstance(answer, money.DayReconciled)
                }
                assert counts == {first: 0, second: 1, MARKET: 1}
                asked = len(platform.requests)
                await reconcile_days(market)  # the newest day is done
                assert len(platform.requests) == asked
                platform.requests.clear()
                again = await money.reconcile(market, yesterday())
                assert list(again.values()) == [Refused("day_reconciled")] * 3
            finally:
                await money.gateway.close()
        fen = theirs.amount_fen
        assert await rows(owner, FOUND, first) == []
        assert await rows(owner, FOUND, second) == [("amount", theirs.out_trade_no, fen, fen + 1)]
        unknown = ("only_theirs", "of-another-system", None, 5)
        assert await rows(owner, FOUND, MARKET) == [unknown]
        assert [kept.promise async for kept in verify(owner) if kept.broken] == []

    async def alone() -> None:
        async with clone() as name:
            await scene(on(Cluster.login_url, name), on(Cluster.owner_url, name))

    asyncio.run(alone())


def test_a_merchant_who_may_not_see_its_account_is_compared_without_it() -> None:
    async def scene(login: str, owner: str) -> None:
        book = new_id() >> 20
        await seed_shops(owner, book)
        async with opened(login) as market:
            ours = await paid(market, book)
            await let_a_day_pass(owner, book)
            platform = platform_with(trade_bill([row_of(line_of(ours))]))
            platform.answers.append(
                platform.says({"code": "NO_AUTH", "message": "商户无权限"}, 403)
            )
            open_gateway(platform)
            try:
                answers = await money.reconcile(market, yesterday())
            finally:
                await money.gateway.close()
            answer = answers[book]
            assert isinstance(answer, money.DayReconciled)
            assert (answer.found, answer.line_count, answer.flow_count) == ([], 1, None)

    async def alone() -> None:
        async with clone() as name:
            await scene(on(Cluster.login_url, name), on(Cluster.owner_url, name))

    asyncio.run(alone())


def test_while_paying_is_not_set_up_nothing_is_asked(database_url: str) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            await reconcile_days(market)

    asyncio.run(scene())


def test_a_bill_is_there_from_ten_in_the_morning_in_beijing() -> None:
    before = datetime(2026, 11, 23, 9, 59, tzinfo=BEIJING).astimezone(UTC)
    after = datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING).astimezone(UTC)
    assert last_ready_day(before).isoformat() == "2026-11-21"
    assert last_ready_day(after).isoformat() == "2026-11-22"


def test_the_first_day_compared_is_that_on_which_the_market_began() -> None:
    ready, began = date(2026, 11, 22), date(2026, 11, 19)
    assert first_day(None, began, ready) == began
    assert first_day(date(2026, 11, 20), began, ready) == date(2026, 11, 21)
    # Of older days there is no bill any more.
    assert first_day(None, date(2025, 1, 1), ready) == date(2026, 8, 25)


def test_a_market_that_was_looked_at_late_is_compared_from_its_first_day() -> None:
    async def scene(login: str, owner: str) -> None:
        await run_as_owner(owner, "update kernel.books set opened_at = now() - interval '3 days'")
        async with opened(login) as market:
            found = await market.look(read_last, book=MARKET)
            assert found is not None
            assert found.day is None
            assert found.began_on == datetime.now(BEIJING).date() - timedelta(days=3)

    async def alone() -> None:
        async with clone() as name:
            await scene(on(Cluster.login_url, name), on(Cluster.owner_url, name))

    asyncio.run(alone())
