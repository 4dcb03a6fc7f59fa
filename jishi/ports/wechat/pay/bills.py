"""Bills: ask for a day's bill, fetch it, and see by its hash that it is whole.

Sources: WeChat Pay v3, "Apply for a trade bill", "Apply for a fund bill", "Apply for a sharing
bill", "Download a bill". A bill is ready from ten in the morning of the next day, and for three
months; its address is good for 30 seconds. The hash is of the bill unpacked. The answer to a
download is not signed.
"""

import asyncio
import zlib
from collections.abc import Iterator
from datetime import date
from hashlib import sha1
from hmac import compare_digest
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.pay.channel import target
from jishi.ports.wechat.pay.merchant import Merchant
from jishi.ports.wechat.pay.wire import Told

PACKED_BYTES_MAX = 64 * 1024 * 1024
"""What is held in memory: some ten million lines, packed."""

BYTES_MAX = 2 * 1024 * 1024 * 1024
CHUNK_BYTES = 256 * 1024
GZIP = b"\x1f\x8b"
GZIP_WINDOW = 31

TradeBillKind = Literal["ALL", "SUCCESS", "REFUND"]
FundAccount = Literal["BASIC", "OPERATION", "FEES"]


class BillTicket(Told, frozen=True, kw_only=True):
    """Where a bill can be fetched for 30 seconds, and its hash."""

    hash_type: str
    hash_value: str
    download_url: str


class BrokenBill(Exception):
    """What was fetched does not unpack, or unpacks to too much; `reason` is one word of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bill(Struct, frozen=True):
    """A bill as it was fetched; `chunks` gives it unpacked, piece by piece."""

    content: bytes

    def chunks(self) -> Iterator[bytes]:
        """Unpack it as it is read. Raises BrokenBill (`unreadable`, `too_large`)."""
        if not self.content.startswith(GZIP):
            yield from _pieces(self.content)
            return
        size = 0
        for chunk in _unpacked(self.content):
            size += len(chunk)
            if size > BYTES_MAX:
                raise BrokenBill("too_large")
            yield chunk


async def apply_trade_bill(
    merchant: Merchant, day: date, kind: TradeBillKind = "ALL"
) -> BillTicket:
    """Ask for the payments and refunds of a day; NO_STATEMENT_EXIST when there were none."""
    path = target("/v3/bill/tradebill", bill_date=day.isoformat(), bill_type=kind, tar_type="GZIP")
    return await merchant.get(BillTicket, path)


async def apply_fund_flow_bill(
    merchant: Merchant, day: date, account: FundAccount = "BASIC"
) -> BillTicket:
    """Ask for what came into an account and left it on a day."""
    path = target(
        "/v3/bill/fundflowbill",
        bill_date=day.isoformat(),
        account_type=account,
        tar_type="GZIP",
    )
    return await merchant.get(BillTicket, path)


async def apply_sharing_bill(merchant: Merchant, day: date) -> BillTicket:
    """Ask for what was shared and returned on a day."""
    path = target("/v3/profitsharing/bills", bill_date=day.isoformat(), tar_type="GZIP")
    return await merchant.get(BillTicket, path)


async def download(merchant: Merchant, ticket: BillTicket) -> Bill:
    """Fetch a bill. Raises AnswerNotTrusted: `hash_differs`, `unreadable`, `too_large`.

    Of the address only the path and the query count: it is fetched where all else is asked.
    """
    url = urlsplit(ticket.download_url)
    operation = f"GET {url.path}"
    if not url.path.startswith("/v3/") or ticket.hash_type != "SHA1":
        raise AnswerNotTrusted(operation, "unreadable")
    bill = Bill(await merchant.download(f"{url.path}?{url.query}", bytes_max=PACKED_BYTES_MAX))
    try:
        digest = await asyncio.to_thread(_digest, bill)
    except BrokenBill as broken:
        raise AnswerNotTrusted(operation, broken.reason) from broken
    if not compare_digest(digest.encode(), ticket.hash_value.lower().encode()):
        raise AnswerNotTrusted(operation, "hash_differs")
    return bill


def _digest(bill: Bill) -> str:
    digest = sha1(usedforsecurity=False)
    for chunk in bill.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK_BYTES):
        yield content[start : start + CHUNK_BYTES]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Unpack one gzip stream, never more than a chunk at a time."""
    unpacker = zlib.decompressobj(GZIP_WINDOW)
    try:
        for piece in _pieces(content):
            waiting = piece
            while waiting:
                yield unpacker.decompress(waiting, CHUNK_BYTES)
                waiting = b"" if unpacker.eof else unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise BrokenBill("unreadable") from error
    if not unpacker.eof or unpacker.unused_data:
        raise BrokenBill("unreadable")
