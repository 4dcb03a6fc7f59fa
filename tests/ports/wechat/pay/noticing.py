"""Notifications as WeChat sends them, for tests to spoil."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from jishi.ports.wechat.pay import Notice, NoticeReader, Rejection
from tests.ports.wechat.pay.platform import (
    APPID,
    MCHID,
    NOW,
    OPENID,
    Platform,
    a_merchant,
    sealed,
)

WHEN = "2026-09-21T22:13:20+08:00"
PAID = {
    "transaction_id": "42", "amount": {"total": 199, "payer_total": 199, "currency": "CNY",
    "payer_currency": "CNY"}, "mchid": MCHID, "trade_state": "SUCCESS", "bank_type": "OTHERS",
    "success_time": WHEN, "payer": {"openid": OPENID}, "out_trade_no": "P1", "appid": APPID,
    "trade_state_desc": "支付成功", "trade_type": "JSAPI", "attach": "", "added_later": {},
}  # fmt: skip
COMBINED = {
    "combine_appid": APPID, "combine_mchid": MCHID, "combine_out_trade_no": "C1",
    "combine_payer_info": {"openid": OPENID}, "scene_info": {"device_id": "d1"},
    "sub_orders": [
        {"mchid": "1900000117", "trade_type": "JSAPI", "trade_state": "SUCCESS",
         "bank_type": "CMC", "attach": "a", "amount": {"total_amount": 100, "currency": "CNY",
         "payer_amount": 90, "payer_currency": "CNY"}, "success_time": WHEN,
         "transaction_id": "43", "out_trade_no": "S1"},
    ],
}  # fmt: skip
REFUNDED = {
    "mchid": MCHID, "transaction_id": "42", "out_trade_no": "P1", "refund_id": "50",
    "out_refund_no": "R1", "refund_status": "SUCCESS", "success_time": WHEN,
    "user_received_account": "支付用户零钱",
    "amount": {"total": 199, "refund": 99, "payer_total": 199, "payer_refund": 99},
}  # fmt: skip
SHARED = {
    "mchid": "1900000117", "transaction_id": "42", "order_id": "30", "out_order_no": "F1",
    "receiver": {"type": "MERCHANT_ID", "account": MCHID, "amount": 9, "description": "佣金"},
    "success_time": WHEN,
}  # fmt: skip
TRANSFERRED = {
    "out_bill_no": "T1", "transfer_bill_no": "13", "state": "SUCCESS", "mch_id": MCHID,
    "transfer_amount": 400_000, "openid": OPENID, "fail_reason": "", "create_time": WHEN,
    "update_time": WHEN,
}  # fmt: skip
COMPLAINED = {"complaint_id": "2002", "action_type": "CREATE_COMPLAINT"}


def envelope(event: str, plain: Any, original: str = "transaction") -> dict[str, Any]:
    """Give a notification as it is sent."""
    raw = plain if isinstance(plain, bytes) else json.dumps(plain, ensure_ascii=False).encode()
    return {
        "id": "EV-2018022511223320873",
        "create_time": WHEN,
        "event_type": event,
        "resource_type": "encrypt-resource",
        "summary": "摘要",
        "resource": {"original_type": original, **sealed(raw, original)},
    }


def read(
    body: dict[str, Any] | bytes,
    change: Callable[[dict[str, str]], None] = lambda _: None,
    *,
    later: float = 0,
    seen: "Seen | None" = None,
) -> Notice | Rejection:
    """Let WeChat sign and send, and read it; `change` spoils the headers."""
    platform = Platform()
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    headers = dict(platform.signed(raw).headers)
    change(headers)

    async def scene() -> Notice | Rejection:
        async with a_merchant(platform) as merchant:
            reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids, seen)
            return await reader.read(headers, raw, datetime.fromtimestamp(NOW + later, UTC))

    return asyncio.run(scene())


class Seen:
    """Remembers ids in memory."""

    def __init__(self) -> None:
        self.ids: set[str] = set()

    async def has_seen(self, notice_id: str) -> bool:
        """Tell whether it was remembered."""
        return notice_id in self.ids

    async def remember(self, notice_id: str) -> None:
        """Keep it."""
        self.ids.add(notice_id)
