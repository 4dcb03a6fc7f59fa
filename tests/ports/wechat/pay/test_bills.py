"""A bill is fetched whole or not at all: its hash, its packing, its size are looked at."""

import asyncio
import gzip
from hashlib import sha1

import httpx
import pytest

from jishi.ports.wechat.failures import AnsweredWithError, AnswerNotTrusted
from jishi.ports.wechat.pay import bills
from tests.ports.wechat.pay.operations import DAY
from tests.ports.wechat.pay.platform import Platform, a_merchant, signature_faults

PLAIN = "交易时间,商户号\n`2021-01-28 17:07:11,`1601959334\n".encode() * 50_000
URL = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=g44b_-IUH1"
HASH = sha1(PLAIN, usedforsecurity=False).hexdigest()


def fetched(
    content: bytes, *, url: str = URL, kind: str = "SHA1", status: int = 200, digest: str = HASH
) -> tuple[bills.Bill, Platform]:
    """Apply for a bill and fetch it; the second answer is not signed."""
    platform = Platform()
    ticket = {"hash_type": kind, "hash_value": digest, "download_url": url}
    platform.answers = [
        platform.says(ticket),
        lambda _: httpx.Response(status, content=content),
    ]

    async def scene() -> bills.Bill:
        async with a_merchant(platform) as merchant:
            return await bills.download(merchant, await bills.apply_trade_bill(merchant, DAY))

    return asyncio.run(scene()), platform


def reason(content: bytes, *, url: str = URL, kind: str = "SHA1", digest: str = HASH) -> str:
    """Say why a bill was not taken."""
    with pytest.raises(AnswerNotTrusted) as failure:
        fetched(content, url=url, kind=kind, digest=digest)
    assert "token" not in str(failure.value)
    return failure.value.reason


@pytest.mark.parametrize("content", [PLAIN, gzip.compress(PLAIN)], ids=["plain", "packed"])
def test_a_bill_is_fetched_with_a_signature_and_unpacked(content: bytes) -> None:
    bill, platform = fetched(content)
    assert b"".join(bill.chunks()) == PLAIN
    assert max(map(len, bill.chunks())) <= bills.CHUNK_BYTES
    applied, download = platform.requests
    assert applied.url.query == b"bill_date=2026-01-01&bill_type=ALL&tar_type=GZIP"
    assert download.url == "https://one.example/v3/billdownload/file?token=g44b_-IUH1"
    assert signature_faults(applied) == signature_faults(download) == []


def test_the_hash_is_of_the_bill_unpacked_in_either_case_of_letters() -> None:
    assert fetched(gzip.compress(PLAIN), digest=HASH.upper())[0].content


def test_a_bill_with_a_changed_byte_is_not_taken() -> None:
    changed = PLAIN.replace(b"1601959334", b"1601959335", 1)
    assert reason(changed) == "hash_differs"
    assert reason(gzip.compress(changed)) == "hash_differs"
    assert reason(b"") == "hash_differs"
    assert reason(PLAIN, digest="嘿") == "hash_differs"


def test_a_bill_that_does_not_unpack_is_not_taken() -> None:
    packed = gzip.compress(PLAIN)
    assert reason(packed[:-9]) == "unreadable"
    assert reason(packed + b"more") == "unreadable"
    assert reason(packed[:100] + b"\xff" + packed[101:]) == "unreadable"
    assert reason(PLAIN, kind="SHA256") == "unreadable"


def test_a_bill_from_elsewhere_is_not_fetched() -> None:
    assert reason(PLAIN, url="https://evil.example/file?token=1") == "unreadable"


def test_a_bill_that_grows_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bills, "BYTES_MAX", len(PLAIN) - 1)
    assert reason(gzip.compress(PLAIN)) == "too_large"
    monkeypatch.setattr(bills, "PACKED_BYTES_MAX", 1_000)
    assert reason(PLAIN) == "too_large"


def test_a_bill_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AnsweredWithError) as failure:
        fetched(b'{"code":"NO_STATEMENT_EXIST","message":"x"}', status=400)
    assert failure.value.error.code == "NO_STATEMENT_EXIST"
    assert not failure.value.error.is_vouched
