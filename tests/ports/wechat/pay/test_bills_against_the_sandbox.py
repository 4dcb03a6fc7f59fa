"""The bills that the sandbox writes are read to the fen, and agree with what happened."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import bills, refunds, sharing
from jishi.ports.wechat.pay.bill_kinds import FUNDS, SHARING, TRADE
from jishi.ports.wechat.pay.bill_lines import BillLines
from jishi.ports.wechat.pay.wire import CHINA
from tests.ports.wechat.pay.sharers import parts, shareable
from tests.ports.wechat.pay.shop import Shop, Work, number

Visit = Callable[[Work], None]


async def day_over(shop: Shop) -> date:
    """Give the day it is, and let it pass until its bills are there."""
    now = datetime.fromisoformat((await shop.scene.control("GET", "/sandbox/clock"))["now"])
    day = now.astimezone(CHINA).date()
    ready = datetime(day.year, day.month, day.day, 10, 1, tzinfo=CHINA) + timedelta(days=1)
    await shop.scene.advance(int((ready - now.astimezone(UTC)).total_seconds()))
    return day


def test_bills_agree_with_what_was_paid_refunded_and_shared(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        merchant = shop.third
        before = await day_over(shop)
        _, paid = await shop.paid(merchant, description="龙井`新茶, 一罐", attach="桌,7")
        order = refunds.RefundOrder(
            transaction_id=paid.transaction_id,
            out_refund_no=number(),
            amount=refunds.RefundAsked(refund_fen=299, total_fen=1_299, currency="CNY"),
        )
        await refunds.refund(merchant, order)
        day = await day_over(shop)
        assert day > before
        bill = await bills.download(merchant, await bills.apply_trade_bill(merchant, day))
        lines = BillLines(bill.chunks(), TRADE)
        payment, refund = lines
        assert (payment.transaction_id, payment.total_fen) == (paid.transaction_id, 1_299)
        assert (payment.openid, payment.attach) == (shop.openid, "桌,7")
        assert (refund.out_refund_no, refund.refund_fen) == (order.out_refund_no, 299)
        assert (lines.totals.count, lines.totals.refund_fen) == (2, 299)
        assert lines.totals.fee_fen == payment.fee_fen + refund.fee_fen
        ticket = await bills.apply_trade_bill(merchant, day, "SUCCESS")
        alone = BillLines((await bills.download(merchant, ticket)).chunks(), TRADE)
        assert [each.transaction_id for each in alone] == [paid.transaction_id]
        ticket = await bills.apply_fund_flow_bill(merchant, day)
        funds = BillLines((await bills.download(merchant, ticket)).chunks(), FUNDS)
        flows = [(each.direction, each.moved_fen) for each in funds]
        assert ("收入", 1_299) in flows
        assert funds.totals.in_fen == sum(fen for way, fen in flows if way == "收入")
        assert funds.totals.out_fen == sum(fen for way, fen in flows if way == "支出")
        with pytest.raises(AnsweredWithError) as failure:
            await bills.apply_sharing_bill(merchant, day)
        assert failure.value.error.code == "NO_STATEMENT_EXIST"

    visit(work)


def test_a_sharing_bill_has_each_part(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        await day_over(shop)
        paid = await shareable(shop)
        asked = parts(shop, paid, is_last=True)
        await sharing.share(shop.merchant, asked)
        await shop.scene.advance(60)
        day = await day_over(shop)
        ticket = await bills.apply_sharing_bill(shop.merchant, day)
        lines = BillLines((await bills.download(shop.merchant, ticket)).chunks(), SHARING)
        found = [each for each in lines if each.out_order_no == asked.out_order_no]
        assert sorted(each.share_fen for each in found if each.share_fen in {50, 100}) == [50, 100]
        assert {each.transaction_id for each in found} == {paid.transaction_id}

    visit(work)


def test_a_bill_is_not_there_before_its_time_nor_for_ever(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        day = await day_over(shop)
        with pytest.raises(AnsweredWithError) as early:
            await bills.apply_trade_bill(shop.merchant, day + timedelta(days=1))
        assert early.value.error.code in {"STATEMENT_CREATING", "NO_STATEMENT_EXIST"}
        await shop.paid()
        day = await day_over(shop)
        ticket = await bills.apply_trade_bill(shop.merchant, day)
        await shop.scene.advance(31)
        with pytest.raises(AnsweredWithError) as late:
            await bills.download(shop.merchant, ticket)
        assert late.value.error.code == "INVALID_REQUEST"

    visit(work)
