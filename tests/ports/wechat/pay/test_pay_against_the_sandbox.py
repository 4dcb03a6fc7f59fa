"""The live client and the sandbox understand each other: orders, payments, refunds, keys, faults.

Every request and every good answer is held against the public description of Pay v3 on its way.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import combined, orders, prepay, refunds
from jishi.ports.wechat.pay.combined import CombinedTransaction
from jishi.ports.wechat.pay.notices import RefundEnded
from jishi.ports.wechat.pay.orders import Transaction
from jishi.ports.wechat.pay.page import page_payment
from tests.ports.wechat.pay.shop import Shop, Work, number

Visit = Callable[[Work], None]


def test_an_order_is_prepaid_paid_told_and_looked_up(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        for merchant in shop.merchants[:2]:
            out_trade_no, paid = await shop.paid(merchant, attach="茶桌7")
            assert (paid.trade_state, paid.trade_type, paid.attach) == ("SUCCESS", "JSAPI", "茶桌7")
            assert paid.amount is not None
            assert (paid.amount.total_fen, paid.amount.payer_total_fen) == (1_299, 1_299)
            assert paid.payer == prepay.Payer(shop.openid)
            assert paid == await orders.query_transaction(merchant, paid.transaction_id)
            [notice] = await shop.told()
            assert notice.event_type == "TRANSACTION.SUCCESS"
            assert isinstance(notice.happening, Transaction)
            assert notice.happening.transaction_id == paid.transaction_id
            assert notice.happening.out_trade_no == out_trade_no
            assert notice.happening.amount == paid.amount
            assert notice.happening.succeeded_at == paid.succeeded_at

    visit(work)


def test_all_four_ways_of_paying_are_asked_for(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        def common() -> dict[str, object]:
            order = shop.order(expires_at=datetime.now(UTC) + timedelta(days=400))
            names = ("appid", "mchid", "description", "out_trade_no", "notify_url", "amount")
            return {name: getattr(order, name) for name in names}

        merchant = shop.merchant
        by_code = await prepay.prepay_native(merchant, prepay.NativeOrder(**common()))  # type: ignore[arg-type]  # fields of one order for another
        assert by_code.code_url.startswith("weixin://wxpay/bizpayurl")
        await shop.pay(code_url=by_code.code_url, openid=shop.openid)
        scene = prepay.H5Scene(payer_client_ip="203.0.113.7", h5_info=prepay.H5Info(type="Wap"))
        by_link = await prepay.prepay_h5(merchant, prepay.H5Order(**common(), scene_info=scene))  # type: ignore[arg-type]  # fields of one order for another
        await shop.pay(h5_url=by_link.h5_url, openid=shop.openid)
        by_app = await prepay.prepay_app(merchant, prepay.AppOrder(**common()))  # type: ignore[arg-type]  # fields of one order for another
        await shop.pay(prepay_id=by_app.prepay_id, openid=shop.openid)
        paid = [each.happening for each in await shop.told()]
        kinds = [each.trade_type for each in paid if isinstance(each, Transaction)]
        assert sorted(kinds) == ["APP", "MWEB", "NATIVE"]

    visit(work)


def test_the_same_order_is_prepaid_twice_and_another_under_its_number_is_not(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        order = shop.order()
        first = await prepay.prepay_jsapi(shop.merchant, order)
        assert (await prepay.prepay_jsapi(shop.merchant, order)).prepay_id
        signed = page_payment(shop.merchant, shop.appid, first.prepay_id)
        assert signed.package == f"prepay_id={first.prepay_id}"
        dearer = shop.order(out_trade_no=order.out_trade_no, amount=prepay.OrderAmount(total_fen=1))
        with pytest.raises(AnsweredWithError) as failure:
            await prepay.prepay_jsapi(shop.merchant, dearer)
        assert failure.value.error.number == "268498688"
        assert failure.value.is_certain

    visit(work)


def test_errors_are_told_with_their_code_and_number(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        merchant = shop.merchant
        with pytest.raises(AnsweredWithError) as missing:
            await orders.query_order(merchant, number())
        error = missing.value.error
        assert (error.status, error.code, error.number) == (404, "ORDER_NOT_EXIST", "268512771")
        with pytest.raises(AnsweredWithError) as wrong:
            await prepay.prepay_jsapi(merchant, shop.order(description=""))
        error = wrong.value.error
        assert (error.status, error.code, error.number) == (400, "PARAM_ERROR", "268435461")
        assert error.detail.field == "/description"
        assert error.is_vouched
        out_trade_no, _ = await shop.paid()
        with pytest.raises(AnsweredWithError) as paid:
            await orders.close_order(merchant, out_trade_no)
        assert paid.value.error.code == "ORDER_PAID"

    visit(work)


def test_an_order_is_closed_as_often_as_it_is_asked(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        order = shop.order()
        prepaid = await prepay.prepay_jsapi(shop.merchant, order)
        for _ in range(2):
            await orders.close_order(shop.merchant, order.out_trade_no)
        found = await orders.query_order(shop.merchant, order.out_trade_no)
        assert (found.trade_state, found.transaction_id) == ("CLOSED", "")
        said = await shop.scene.control(
            "POST", "/sandbox/payments", {"prepay_id": prepaid.prepay_id}
        )
        assert (said["is_paid"], said["reason"]) == (False, "closed")

    visit(work)


def refund_of(shop: Shop, out_trade_no: str, refund_fen: int) -> refunds.RefundOrder:
    """Give a refund of so many fen."""
    return refunds.RefundOrder(
        out_trade_no=out_trade_no,
        out_refund_no=number(),
        reason="少了一罐",
        notify_url=shop.notify_url(shop.merchant),
        amount=refunds.RefundAsked(refund_fen=refund_fen, total_fen=1_299, currency="CNY"),
    )


def test_a_part_is_refunded_and_told(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        out_trade_no, paid = await shop.paid()
        await shop.told()
        order = refund_of(shop, out_trade_no, 300)
        begun = await refunds.refund(shop.merchant, order)
        assert (begun.status, begun.amount.refund_fen) == ("PROCESSING", 300)
        assert (await refunds.refund(shop.merchant, order)).refund_id == begun.refund_id
        await shop.scene.advance(60)
        done = await refunds.query_refund(shop.merchant, order.out_refund_no)
        assert (done.status, done.transaction_id) == ("SUCCESS", paid.transaction_id)
        assert done.succeeded_at is not None
        [notice] = shop.server.notices()[-1:]
        assert notice.event_type == "REFUND.SUCCESS"
        assert isinstance(notice.happening, RefundEnded)
        assert notice.happening.out_refund_no == order.out_refund_no
        assert notice.happening.amount.refund_fen == 300
        with pytest.raises(AnsweredWithError) as failure:
            await refunds.refund(shop.merchant, refund_of(shop, out_trade_no, 1_000))
        assert failure.value.error.status == 400

    visit(work)


def test_a_refund_that_fails_is_sent_to_a_card(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        out_trade_no, _ = await shop.paid()
        await shop.scene.arm("refund_abnormal")
        order = refund_of(shop, out_trade_no, 1_299)
        begun = await refunds.refund(shop.merchant, order)
        await shop.scene.advance(60)
        found = await refunds.query_refund(shop.merchant, order.out_refund_no)
        assert found.status == "ABNORMAL"
        asked = refunds.AbnormalRefund(
            out_refund_no=order.out_refund_no,
            type="USER_BANK_CARD",
            bank_type="ICBC_DEBIT",
            bank_account="6222000000000000",
            real_name="林小满",
        )
        again = await refunds.settle_abnormal_refund(shop.merchant, begun.refund_id, asked)
        assert again.status == "PROCESSING"
        await shop.scene.advance(24 * 3_600)
        found = await refunds.query_refund(shop.merchant, order.out_refund_no)
        assert found.status == "SUCCESS"

    visit(work)


def combination(shop: Shop) -> combined.CombinedJsapiOrder:
    """Give the orders of two merchants in one."""
    return combined.CombinedJsapiOrder(
        combine_appid=shop.appid,
        combine_mchid=shop.merchant.mchid,
        combine_out_trade_no=number(),
        notify_url=shop.notify_url(shop.merchant),
        combine_payer_info=prepay.Payer(shop.openid),
        sub_orders=[
            combined.SubOrder(
                mchid=each.mchid,
                out_trade_no=number(),
                description="茶",
                attach="桌7",
                amount=combined.SubAmount(total_fen=total_fen),
            )
            for each, total_fen in zip(shop.merchants, (300, 500, 700), strict=True)
        ],
    )


def test_orders_of_several_merchants_are_paid_together(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        order = combination(shop)
        prepaid = await combined.combine_jsapi(shop.merchant, order)
        await shop.pay(prepay_id=prepaid.prepay_id)
        found = await combined.query_combined(shop.merchant, order.combine_out_trade_no)
        assert [each.trade_state for each in found.sub_orders] == ["SUCCESS"] * 3
        totals = [each.amount.total_fen for each in found.sub_orders if each.amount]
        assert totals == [300, 500, 700]
        [notice] = await shop.told()
        assert isinstance(notice.happening, CombinedTransaction)
        assert notice.happening.combine_out_trade_no == order.combine_out_trade_no
        assert [each.transaction_id for each in notice.happening.sub_orders] == [
            each.transaction_id for each in found.sub_orders
        ]
        alone = await orders.query_order(shop.other, order.sub_orders[1].out_trade_no)
        assert alone.trade_state == "SUCCESS"

    visit(work)


def test_orders_of_several_merchants_are_closed_together(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        order = combination(shop)
        await combined.combine_jsapi(shop.merchant, order)
        subs = [combined.SubClosing(each.mchid, each.out_trade_no) for each in order.sub_orders]
        number_of = order.combine_out_trade_no
        await combined.close_combined(shop.merchant, number_of, shop.appid, subs)
        found = await combined.query_combined(shop.merchant, number_of)
        assert {each.trade_state for each in found.sub_orders} == {"CLOSED"}

    visit(work)
