"""Fuzzing what WeChat sends us: whatever comes, a parser answers or refuses, within bounds."""

import asyncio
import json
import random
import time
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from jishi.ports.wechat.official import BadPush, Push, open_push
from jishi.ports.wechat.official.push import read_push
from jishi.ports.wechat.pay import Notice, NoticeReader, Rejection
from tests.conftest import IS_SOAK
from tests.ports.wechat.mutations import spoilt
from tests.ports.wechat.official.pushes import NOW, PLAIN, SAFE, event, json_event, message, query
from tests.ports.wechat.official.pushes import sealed as sealed_push
from tests.ports.wechat.pay.noticing import PAID, envelope
from tests.ports.wechat.pay.platform import NOW as SIGNED_AT
from tests.ports.wechat.pay.platform import Platform, a_merchant

PUSHES = 120_000 if IS_SOAK else 1_500
NOTICES = 60_000 if IS_SOAK else 700
MEMORY_MAX = 64 * 1024 * 1024
SECONDS_MAX = 2.0
"""For one input: a thousand times what a genuine one takes."""


def hunted(inputs: int, work: Callable[[random.Random], None]) -> None:
    """Do so many inputs; no one may take long, nor all together keep memory."""
    seed = random.randrange(2**32)
    luck = random.Random(seed)
    tracemalloc.start()
    try:
        for number in range(inputs):
            began = time.monotonic()
            try:
                work(luck)
            except BaseException:
                print(f"seed {seed}, input {number}")
                raise
            assert time.monotonic() - began < SECONDS_MAX, (seed, number)
        assert tracemalloc.get_traced_memory()[1] < MEMORY_MAX, seed
    finally:
        tracemalloc.stop()


def test_no_push_breaks_the_parser_or_grows_in_it() -> None:
    genuine = [
        event("subscribe", "<EventKey>qrscene_1</EventKey><Ticket>t</Ticket>"),
        message("text", "<Content><![CDATA[你好 ]]></Content>"),
        message("location", "<Location_X>23.1</Location_X><Location_Y>113.3</Location_Y>"
                            "<Scale>20</Scale><Label>x</Label>"),
        json_event("user_enter_tempsession", SessionFrom="x"),
    ]  # fmt: skip

    def work(luck: random.Random) -> None:
        body = spoilt(luck, luck.choice(genuine))
        try:
            push = read_push(body)
        except BadPush:
            return
        assert isinstance(push, Push)
        grown = sum(len(name) + len(value) for name, value in push.fields.items())
        assert grown <= 4 * len(body) + 200, "it expanded"

    hunted(PUSHES, work)


def test_no_sealed_push_breaks_the_door() -> None:
    asked, body = sealed_push(SAFE, message("text", "<Content>1</Content>").decode())

    def work(luck: random.Random) -> None:
        gate = luck.choice([PLAIN, SAFE])
        named: Mapping[str, str] = luck.choice([asked, query(gate), {}])
        try:
            push = open_push(gate, named, spoilt(luck, body), NOW)
        except BadPush:
            return
        assert isinstance(push, Push)

    hunted(PUSHES // 3, work)


async def read_spoilt(luck: random.Random, inputs: int) -> int:
    """Read so many spoilt notifications, half of them signed as they are; give how many passed."""
    platform = Platform()
    genuine = json.dumps(envelope("TRANSACTION.SUCCESS", PAID), ensure_ascii=False).encode()
    at, passed = datetime.fromtimestamp(SIGNED_AT, UTC), 0
    async with a_merchant(platform) as merchant:
        reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids)
        for _ in range(inputs):
            body = genuine if luck.random() < 0.1 else spoilt(luck, genuine)
            headers = dict(platform.signed(body).headers)
            if luck.random() < 0.5:
                name = luck.choice(sorted(headers))
                headers[name] = luck.choice(["", "x", "1" * 400, "é", "\u0661" * 10, "-1"])
            said = await reader.read(headers, body, at)
            if isinstance(said, Rejection):
                assert 400 <= said.status < 600
                continue
            assert isinstance(said, Notice)
            passed += 1
    return passed


def test_no_notification_breaks_its_reader() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    passed = asyncio.run(read_spoilt(random.Random(seed), NOTICES))
    assert 0 < passed < NOTICES / 2, "the genuine ones pass, and little else"
