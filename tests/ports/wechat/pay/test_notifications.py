"""What WeChat tells by itself is read, and told apart from what it told before."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from litestar.datastructures import Headers

from jishi.ports.wechat.pay import Notice, NoticeReader, Rejection
from jishi.ports.wechat.pay.combined import CombinedTransaction
from jishi.ports.wechat.pay.notices import (
    ComplaintMoved,
    RefundEnded,
    RefundNoticeAmount,
    ShareMoved,
    ShareReceiver,
    TransferEnded,
)
from jishi.ports.wechat.pay.orders import Transaction
from tests.ports.wechat.pay.noticing import (
    COMBINED,
    COMPLAINED,
    PAID,
    REFUNDED,
    SHARED,
    TRANSFERRED,
    Seen,
    envelope,
    read,
)
from tests.ports.wechat.pay.platform import (
    MCHID,
    NOW,
    Platform,
    a_merchant,
    pair,
)


@pytest.mark.parametrize(
    ("event", "plain", "original", "kind"),
    [
        ("TRANSACTION.SUCCESS", PAID, "transaction", Transaction),
        ("TRANSACTION.SUCCESS", COMBINED, "combine-transaction", CombinedTransaction),
        ("REFUND.SUCCESS", REFUNDED, "refund", RefundEnded),
        ("REFUND.ABNORMAL", REFUNDED | {"refund_status": "ABNORMAL"}, "refund", RefundEnded),
        ("REFUND.CLOSED", REFUNDED | {"refund_status": "CLOSED"}, "refund", RefundEnded),
        ("TRANSACTION.SUCCESS", SHARED, "profitsharing", ShareMoved),
        ("PROFITSHARING.RETURN", SHARED, "profitsharing", ShareMoved),
        ("PROFITSHARING", SHARED, "", ShareMoved),
        ("COMPLAINT.CREATE", COMPLAINED, "complaint", ComplaintMoved),
        ("COMPLAINT.STATE_CHANGE", COMPLAINED, "complaint", ComplaintMoved),
        ("MCHTRANSFER.BILL.FINISHED", TRANSFERRED, "mch_payment", TransferEnded),
        ("SECURITY_ECHO.SUCCESS", {"echo_message": "hello"}, "security", type(None)),
    ],
    ids=range(12),
)
def test_each_event_has_its_record(event: str, plain: Any, original: str, kind: type) -> None:
    notice = read(envelope(event, plain, original))
    assert isinstance(notice, Notice)
    assert type(notice.happening) is kind
    assert (notice.notice_id, notice.event_type) == ("EV-2018022511223320873", event)
    assert json.loads(notice.plain) == plain
    assert notice.created_at == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    assert not notice.is_repeated


def test_what_happened_is_told_in_fen_and_moments() -> None:
    refund = read(envelope("REFUND.SUCCESS", REFUNDED, "refund"))
    assert isinstance(refund, Notice)
    assert refund.happening == RefundEnded(
        mchid=MCHID, transaction_id="42", out_trade_no="P1", refund_id="50", out_refund_no="R1",
        status="SUCCESS", succeeded_at=datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC),
        user_received_account="支付用户零钱",
        amount=RefundNoticeAmount(
            total_fen=199, refund_fen=99, payer_total_fen=199, payer_refund_fen=99
        ),
    )  # fmt: skip
    share = read(envelope("TRANSACTION.SUCCESS", SHARED, "profitsharing"))
    assert isinstance(share, Notice)
    assert isinstance(share.happening, ShareMoved)
    assert share.happening.receiver == ShareReceiver(
        type="MERCHANT_ID", account=MCHID, amount_fen=9, description="佣金"
    )
    combined = read(envelope("TRANSACTION.SUCCESS", COMBINED, "transaction"))
    assert isinstance(combined, Notice)
    assert isinstance(combined.happening, CombinedTransaction)
    [sub] = combined.happening.sub_orders
    assert sub.amount is not None
    assert (sub.amount.total_fen, sub.amount.payer_total_fen) == (100, 90)


def test_a_notice_that_was_dealt_with_is_told_apart() -> None:
    seen = Seen()
    first = read(envelope("REFUND.SUCCESS", REFUNDED), seen=seen)
    again = read(envelope("REFUND.SUCCESS", REFUNDED), seen=seen)
    assert isinstance(first, Notice)
    assert isinstance(again, Notice)
    assert (first.is_repeated, again.is_repeated) == (False, False)
    asyncio.run(seen.remember(first.notice_id))
    replayed = read(envelope("REFUND.SUCCESS", REFUNDED), seen=seen)
    assert isinstance(replayed, Notice)
    assert replayed.is_repeated
    assert replayed.happening == first.happening


def test_headers_are_found_however_they_are_written() -> None:
    def shout(headers: dict[str, str]) -> None:
        told = dict(headers)
        headers.clear()
        headers.update({name.title(): value for name, value in told.items()})

    assert isinstance(read(envelope("TRANSACTION.SUCCESS", PAID), shout), Notice)


def test_a_new_key_is_looked_for_once() -> None:
    platform = Platform()
    body = json.dumps(envelope("TRANSACTION.SUCCESS", PAID)).encode()

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids)
            now = datetime.fromtimestamp(NOW, UTC)
            assert isinstance(await reader.read(platform.signed(body).headers, body, now), Notice)
            platform.signing = pair("new platform")
            platform.serial = platform.signing.serial
            platform.listed.append(platform.signing)
            headers = platform.signed(body).headers
            assert isinstance(await reader.read(headers, body, now), Notice)
            assert platform.downloads == 2

    asyncio.run(scene())


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce", "serial"])
def test_what_is_said_twice_is_not_believed(name: str) -> None:
    platform = Platform()
    body = json.dumps(envelope("TRANSACTION.SUCCESS", PAID)).encode()
    told = platform.signed(body).headers
    pairs = [(known.encode(), value.encode()) for known, value in told.items()]

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids)
            now = datetime.fromtimestamp(NOW, UTC)
            assert isinstance(await reader.read(Headers(pairs), body, now), Notice)
            again = [*pairs, *(each for each in pairs if each[0].endswith(f"-{name}".encode()))]
            assert len(again) == len(pairs) + 1
            read = await reader.read(Headers(again), body, now)
            assert isinstance(read, Rejection)
            assert read.reason == "unsigned"

    asyncio.run(scene())
