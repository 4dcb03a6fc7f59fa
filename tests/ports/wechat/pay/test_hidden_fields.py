"""Names, cards and phone numbers are hidden on the way, for WeChat and for us."""

import asyncio
import json
from typing import Any

import pytest

from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.pay import Merchant, complaints, echo, refunds, sharing, transfers
from jishi.ports.wechat.sealing import hide, reveal
from tests.ports.wechat.pay.operations import ABNORMAL, DAY, RECEIVER, SHARING, TRANSFER
from tests.ports.wechat.pay.platform import Platform, a_merchant, pair
from tests.ports.wechat.pay.test_openapi_conformance import COMPLAINT, NEGOTIATION

STARTED = {
    "out_bill_no": "T1", "transfer_bill_no": "13", "create_time": "2026-01-01T10:00:00+08:00",
    "state": "WAIT_USER_CONFIRM", "package_info": "affffddafdfafddffda==",
}  # fmt: skip
FINISHED = STARTED | {
    "mch_id": "1900000109", "appid": "wx8888888888888888", "state": "SUCCESS",
    "transfer_amount": 400_000, "transfer_remark": "佣金", "update_time": STARTED["create_time"],
}  # fmt: skip
SHARED = {
    "transaction_id": "42", "out_order_no": "F1", "order_id": "30", "state": "FINISHED",
    "receivers": [{
        "amount": 9, "description": "佣金", "type": "PERSONAL_OPENID", "account": "o1",
        "result": "CLOSED", "fail_reason": "NO_RELATION",
        "create_time": "2026-01-01T10:00:00+08:00", "finish_time": "2026-01-01T10:00:01+08:00",
    }],
}  # fmt: skip
REFUND = {
    "refund_id": "50", "out_refund_no": "R1", "transaction_id": "42", "out_trade_no": "P1",
    "channel": "BALANCE", "user_received_account": "工商银行0000", "status": "PROCESSING",
    "create_time": "2026-01-01T10:00:00+08:00", "funds_account": "AVAILABLE",
    "amount": {
        "total": 199, "refund": 99, "payer_total": 199, "payer_refund": 99, "currency": "CNY",
        "settlement_refund": 99, "settlement_total": 199, "discount_refund": 0, "refund_fee": 1.0,
    },
}  # fmt: skip


def mine(text: str) -> str:
    """Hide a text for the merchant."""
    return hide(pair("merchant").key.public_key(), text)


def theirs(hidden: str) -> str:
    """Open what was hidden for WeChat."""
    return reveal(pair("platform").key, hidden)


async def started(merchant: Merchant) -> None:
    """Start a transfer."""
    begun = await transfers.start_transfer(merchant, TRANSFER)
    assert begun.package_info == "affffddafdfafddffda=="


async def shared(merchant: Merchant) -> None:
    """Share a payment."""
    [share] = (await sharing.share(merchant, SHARING)).receivers
    assert (share.result, share.fail_reason, share.amount_fen) == ("CLOSED", "NO_RELATION", 9)


async def added(merchant: Merchant) -> None:
    """Add a receiver."""
    await sharing.add_receiver(merchant, RECEIVER)


async def settled(merchant: Merchant) -> None:
    """Say what becomes of a refund."""
    refund = await refunds.settle_abnormal_refund(merchant, "50", ABNORMAL)
    assert refund.amount.settlement_refund_fen == 99


@pytest.mark.parametrize("is_public", [True, False], ids=["public_key", "certificate"])
@pytest.mark.parametrize(
    ("asked", "answer", "paths"),
    [
        (started, STARTED, {"user_name": "张三"}),
        (shared, SHARED, {"receivers.0.name": "张三"}),
        (added, {"type": "PERSONAL_OPENID", "account": "o1"}, {"name": "张三"}),
        (settled, REFUND, {"bank_account": "6222000000000000", "real_name": "张三"}),
    ],
    ids=["transfer", "sharing", "receiver", "refund"],
)
def test_what_is_sensitive_is_hidden_for_wechat(
    asked: Any, answer: object, paths: dict[str, str], is_public: bool
) -> None:
    platform = Platform()
    platform.answers = [platform.says(answer)]

    async def scene() -> None:
        async with a_merchant(platform, is_public=is_public) as merchant:
            await asked(merchant)

    asyncio.run(scene())
    [request] = platform.requests
    assert request.headers["wechatpay-serial"] == platform.serial
    for path, clear in paths.items():
        said = json.loads(request.content)
        for step in path.split("."):
            said = said[int(step) if step.isdigit() else step]
        assert theirs(said) == clear


def test_without_something_sensitive_no_certificate_is_needed() -> None:
    platform = Platform()
    platform.answers = [
        platform.says(STARTED),
        platform.says(SHARED),
        platform.says({"type": "MERCHANT_ID", "account": "1900000117"}),
        platform.says(REFUND),
    ]

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            await transfers.start_transfer(
                merchant,
                transfers.TransferAsked(
                    appid="wx1", out_bill_no="T1", openid="o1", amount_fen=10,
                    transfer_remark="佣金", transfer_scene_id="1005",
                    transfer_scene_report_infos=[],
                ),
            )  # fmt: skip
            share = sharing.Share(
                type="MERCHANT_ID", account="1900000117", amount_fen=1, description="x"
            )
            await sharing.share(
                merchant,
                sharing.SharingAsked(
                    appid="wx1", transaction_id="42", out_order_no="F1", receivers=[share],
                    is_last=False,
                ),
            )  # fmt: skip
            await sharing.add_receiver(
                merchant,
                sharing.NewReceiver(
                    appid="wx1", type="MERCHANT_ID", account="1", relation_type="SUPPLIER"
                ),
            )
            await refunds.settle_abnormal_refund(
                merchant,
                "50",
                refunds.AbnormalRefund(out_refund_no="R1", type="MERCHANT_BANK_CARD"),
            )

    asyncio.run(scene())
    assert all("wechatpay-serial" not in each.headers for each in platform.requests)
    assert json.loads(platform.requests[1].content)["unfreeze_unsplit"] is False


@pytest.mark.parametrize(
    ("hidden", "clear"),
    [
        (mine("13800000001"), "13800000001"),
        (hide(pair("platform").key.public_key(), "13800000001"), ""),
        ("not base64", ""),
    ],
    ids=["ours", "another's", "nobody's"],
)
def test_what_is_hidden_for_us_is_opened_or_left_out(hidden: str, clear: str) -> None:
    platform = Platform()
    complaint = COMPLAINT | {"payer_phone": hidden}
    page = {"data": [complaint, COMPLAINT], "limit": 50, "offset": 0, "total_count": 2}
    transfer = FINISHED | {"user_name": hidden}
    platform.answers = [platform.says(each) for each in (page, complaint, transfer, transfer)]

    async def scene() -> None:
        async with a_merchant(platform, is_public=True) as merchant:
            first, second = (await complaints.list_complaints(merchant, DAY, DAY)).data
            assert (first.payer_phone, second.payer_phone) == (clear, "")
            assert first.orders[0].amount_fen == 3
            assert (await complaints.show_complaint(merchant, "2002")).payer_phone == clear
            assert (await transfers.query_transfer(merchant, "T1")).user_name == clear
            assert (await transfers.query_transfer_bill(merchant, "13")).user_name == clear

    asyncio.run(scene())
    assert platform.requests[0].url.query == (
        b"limit=50&offset=0&begin_date=2026-01-01&end_date=2026-01-01&complainted_mchid=1900000109"
    )


def test_what_was_done_about_a_complaint_is_listed() -> None:
    platform = Platform()
    platform.answers = [platform.says({"data": [NEGOTIATION], "limit": 300, "offset": 0})]

    async def scene() -> complaints.Negotiations:
        async with a_merchant(platform, is_public=True) as merchant:
            return await complaints.list_negotiations(merchant, "2002")

    [done] = asyncio.run(scene()).data
    assert (done.operator, done.operate_type) == ("投诉人", "USER_CREATE_COMPLAINT")


def test_an_echo_proves_the_keys_both_ways() -> None:
    platform = Platform()

    def echoing(hidden: str) -> echo.Echo:
        platform.requests.clear()
        platform.answers = [
            platform.says({"echo_message": "hello", "encrypted_echo_message": hidden})
        ]

        async def scene() -> echo.Echo:
            async with a_merchant(platform) as merchant:
                return await echo.echo(merchant, "hello")

        return asyncio.run(scene())

    heard = echoing(mine("hello"))
    assert (heard.message, heard.hidden_message) == ("hello", "hello")
    assert theirs(json.loads(platform.requests[0].content)["encrypted_echo_message"]) == "hello"
    with pytest.raises(AnswerNotTrusted) as failure:
        echoing("")
    assert failure.value.reason == "unreadable"
