"""Every operation of the client once, with every field that it can send."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from jishi.ports.wechat.pay import (
    Merchant,
    bills,
    combined,
    complaints,
    echo,
    orders,
    prepay,
    refunds,
    sharing,
    transfers,
)
from tests.ports.wechat.pay.platform import APPID, MCHID, OPENID

TRANSACTION, TRADE_NO = "4200000000202601011234567890", "P2026010112345"
UNTIL = datetime(2026, 1, 2, 3, 4, 5, 678, UTC)
DAY = date(2026, 1, 1)
NOTIFY = "https://shop.example/notices"


class Operation(NamedTuple):
    """What is asked, and whether asking twice is asking once."""

    name: str
    ask: Callable[[Merchant], Awaitable[object]]
    is_repeatable: bool = True


AMOUNT = prepay.OrderAmount(total_fen=199)
PAYER = prepay.Payer(OPENID)
DETAIL = prepay.OrderDetail(
    cost_price_fen=299,
    invoice_id="f1",
    goods_detail=[
        prepay.OrderGoods(
            merchant_goods_id="sku-1", wechatpay_goods_id="1001", goods_name="茶",
            quantity=1, unit_price_fen=199,
        )
    ],
)  # fmt: skip
STORE = prepay.Store(id="s1", name="西湖店", area_code="330106", address="龙井路一号")
SCENE = prepay.Scene(payer_client_ip="203.0.113.7", device_id="d1", store_info=STORE)
H5 = prepay.H5Info(
    type="Wap", app_name="集市", app_url="https://shop.example", bundle_id="com.example",
    package_name="com.example",
)  # fmt: skip
H5_SCENE = prepay.H5Scene(
    payer_client_ip="203.0.113.7", device_id="d1", store_info=STORE, h5_info=H5
)


def common() -> dict[str, Any]:
    """Give what every order has."""
    return {
        "appid": APPID, "mchid": MCHID, "description": "龙井 一罐", "out_trade_no": TRADE_NO,
        "notify_url": NOTIFY, "amount": AMOUNT, "expires_at": UNTIL, "attach": "a",
        "goods_tag": "g", "limit_pay": ["no_credit"], "has_fapiao": True, "detail": DETAIL,
        "settle_info": prepay.Settling(is_profit_shared=True),
    }  # fmt: skip


SUBS = [
    combined.SubOrder(
        mchid=mchid, out_trade_no=number, description="茶", attach="a", goods_tag="g",
        amount=combined.SubAmount(total_fen=100),
        settle_info=prepay.Settling(is_profit_shared=False),
    )
    for mchid, number in [("1900000117", "S1"), ("1900000125", "S2")]
]  # fmt: skip


def whole() -> dict[str, Any]:
    """Give what every combined order has."""
    return {
        "combine_appid": APPID, "combine_mchid": MCHID, "combine_out_trade_no": "C1",
        "sub_orders": SUBS, "notify_url": NOTIFY, "starts_at": UNTIL, "expires_at": UNTIL,
        "limit_pay": ["no_balance"],
    }  # fmt: skip


COMBINED_SCENE = combined.CombinedScene(payer_client_ip="203.0.113.7", device_id="d1")
REFUND = refunds.RefundOrder(
    transaction_id=TRANSACTION, out_trade_no=TRADE_NO, out_refund_no="R1", reason="不要了",
    notify_url=NOTIFY, funds_account="AVAILABLE",
    amount=refunds.RefundAsked(
        refund_fen=99, total_fen=199, currency="CNY",
        sources=[refunds.RefundSource("AVAILABLE", 99)],
    ),
    goods_detail=[
        refunds.RefundGoods(
            merchant_goods_id="sku-1", wechatpay_goods_id="1001", goods_name="茶",
            unit_price_fen=199, refund_fen=99, quantity=1,
        )
    ],
)  # fmt: skip
ABNORMAL = refunds.AbnormalRefund(
    out_refund_no="R1", type="USER_BANK_CARD", bank_type="ICBC_DEBIT",
    bank_account="6222000000000000", real_name="张三",
)  # fmt: skip
SHARING = sharing.SharingAsked(
    appid=APPID, transaction_id=TRANSACTION, out_order_no="F1", is_last=True,
    receivers=[
        sharing.Share(
            type="PERSONAL_OPENID", account=OPENID, amount_fen=9, description="佣金", name="张三"
        )
    ],
)  # fmt: skip
TRANSFER = transfers.TransferAsked(
    appid=APPID, out_bill_no="T1", openid=OPENID, amount_fen=400_000, transfer_remark="佣金",
    transfer_scene_id="1005", user_name="张三", notify_url=NOTIFY, user_recv_perception="劳务报酬",
    transfer_scene_report_infos=[transfers.SceneReport("岗位类型", "推广员")],
    user_recv_style=transfers.TransferStyle("CONFIRM_PAGE"),
)  # fmt: skip
RECEIVER = sharing.NewReceiver(
    appid=APPID, type="PERSONAL_OPENID", account=OPENID, name="张三", relation_type="CUSTOM",
    custom_relation="推广员",
)  # fmt: skip


ALL = [
    Operation(
        "prepay_jsapi",
        lambda m: prepay.prepay_jsapi(
            m, prepay.JsapiOrder(**common(), payer=PAYER, scene_info=SCENE)
        ),
    ),
    Operation(
        "prepay_native",
        lambda m: prepay.prepay_native(m, prepay.NativeOrder(**common(), scene_info=SCENE)),
    ),
    Operation(
        "prepay_h5", lambda m: prepay.prepay_h5(m, prepay.H5Order(**common(), scene_info=H5_SCENE))
    ),
    Operation(
        "prepay_app", lambda m: prepay.prepay_app(m, prepay.AppOrder(**common(), scene_info=SCENE))
    ),
    Operation("query_transaction", lambda m: orders.query_transaction(m, TRANSACTION)),
    Operation("query_order", lambda m: orders.query_order(m, TRADE_NO)),
    Operation("close_order", lambda m: orders.close_order(m, TRADE_NO)),
    Operation("refund", lambda m: refunds.refund(m, REFUND)),
    Operation("query_refund", lambda m: refunds.query_refund(m, "R1")),
    Operation(
        "settle_abnormal_refund", lambda m: refunds.settle_abnormal_refund(m, "50000", ABNORMAL)
    ),
    Operation("apply_trade_bill", lambda m: bills.apply_trade_bill(m, DAY, "SUCCESS")),
    Operation("apply_fund_flow_bill", lambda m: bills.apply_fund_flow_bill(m, DAY, "FEES")),
    Operation("apply_sharing_bill", lambda m: bills.apply_sharing_bill(m, DAY)),
    Operation(
        "combine_jsapi",
        lambda m: combined.combine_jsapi(
            m,
            combined.CombinedJsapiOrder(
                **whole(), combine_payer_info=PAYER, scene_info=COMBINED_SCENE
            ),
        ),
    ),
    Operation(
        "combine_native",
        lambda m: combined.combine_native(
            m, combined.CombinedOrder(**whole(), scene_info=COMBINED_SCENE)
        ),
    ),
    Operation(
        "combine_app",
        lambda m: combined.combine_app(
            m, combined.CombinedOrder(**whole(), scene_info=COMBINED_SCENE)
        ),
    ),
    Operation(
        "combine_h5",
        lambda m: combined.combine_h5(
            m,
            combined.CombinedH5Order(
                **whole(),
                scene_info=combined.CombinedH5Scene(
                    payer_client_ip="203.0.113.7", device_id="d1", h5_info=H5
                ),
            ),
        ),
    ),
    Operation("query_combined", lambda m: combined.query_combined(m, "C1")),
    Operation(
        "close_combined",
        lambda m: combined.close_combined(
            m, "C1", APPID, [combined.SubClosing(each.mchid, each.out_trade_no) for each in SUBS]
        ),
    ),
    Operation("add_receiver", lambda m: sharing.add_receiver(m, RECEIVER), is_repeatable=False),
    Operation(
        "delete_receiver",
        lambda m: sharing.delete_receiver(
            m, sharing.FormerReceiver(appid=APPID, type="MERCHANT_ID", account="1900000117")
        ),
        is_repeatable=False,
    ),
    Operation("share", lambda m: sharing.share(m, SHARING)),
    Operation("query_sharing", lambda m: sharing.query_sharing(m, "F1", TRANSACTION)),
    Operation(
        "unfreeze",
        lambda m: sharing.unfreeze(
            m,
            sharing.Unfreezing(transaction_id=TRANSACTION, out_order_no="F2", description="余款"),
        ),
    ),
    Operation(
        "ask_return",
        lambda m: sharing.ask_return(
            m,
            sharing.ReturnAsked(
                out_order_no="F1",
                out_return_no="B1",
                return_mchid="1900000117",
                amount_fen=9,
                description="退货",
            ),
        ),
    ),
    Operation("query_return", lambda m: sharing.query_return(m, "B1", "F1")),
    Operation("query_unsplit", lambda m: sharing.query_unsplit(m, TRANSACTION)),
    Operation("start_transfer", lambda m: transfers.start_transfer(m, TRANSFER)),
    Operation("query_transfer", lambda m: transfers.query_transfer(m, "T1")),
    Operation("query_transfer_bill", lambda m: transfers.query_transfer_bill(m, "13300")),
    Operation("cancel_transfer", lambda m: transfers.cancel_transfer(m, "T1")),
    Operation("echo", lambda m: echo.echo(m, "hello", NOTIFY), is_repeatable=False),
    Operation("list_complaints", lambda m: complaints.list_complaints(m, DAY, DAY, limit=5)),
    Operation("show_complaint", lambda m: complaints.show_complaint(m, "200201")),
    Operation("list_negotiations", lambda m: complaints.list_negotiations(m, "200201")),
    Operation(
        "reply",
        lambda m: complaints.reply(
            m,
            "200201",
            complaints.Reply(
                mchid=MCHID,
                content="已补发",
                images=["m1"],
                jump_url="https://shop.example/1",
                jump_url_text="查看",
            ),
        ),
        is_repeatable=False,
    ),
    Operation("complete", lambda m: complaints.complete(m, "200201"), is_repeatable=False),
    Operation(
        "decide_refund",
        lambda m: complaints.decide_refund(
            m, "200201", complaints.RefundDecision(action="APPROVE", launch_refund_days=0)
        ),
        is_repeatable=False,
    ),
    Operation("set_address", lambda m: complaints.set_address(m, NOTIFY), is_repeatable=False),
    Operation(
        "change_address", lambda m: complaints.change_address(m, NOTIFY), is_repeatable=False
    ),
    Operation("show_address", complaints.show_address),
    Operation("forget_address", complaints.forget_address, is_repeatable=False),
]
