"""A sandbox for a test: in this process on its ASGI application, or really served on a port."""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple

import httpx

from jishi.ports.wechat.sealing import unseal
from jishi.ports.wechat.signing import (
    Authorization,
    answer_message,
    is_signed,
    request_message,
    sign,
)
from jishi.sandbox.app import create
from jishi.sandbox.cast import Account, Merchant, Person, people
from jishi.sandbox.certificates import read_private
from jishi.sandbox.passing import do_due
from jishi.sandbox.world import World
from tests.free_ports import free_port

BASE = "http://127.0.0.1:8001"
HEADERS = {
    "Accept": "application/json",
    "User-Agent": "jishi-tests",
    "Content-Type": "application/json",
}
START_SECONDS_MAX = 60


class Scene(NamedTuple):
    """A sandbox in this process; time passes when the test says so."""

    world: World
    http: httpx.AsyncClient
    account: Account
    mini: Account
    merchant: Merchant
    merchants: list[Merchant]
    people: list[Person]

    async def signed(
        self,
        method: str,
        target: str,
        body: object | None = None,
        *,
        merchant: Merchant | None = None,
        raw: bytes | None = None,
        serial: str = "",
    ) -> httpx.Response:
        """Send a signed request as a merchant; `raw` is the body byte for byte."""
        return await signed(
            self.http, merchant or self.merchant, method, target, body, raw=raw, serial=serial
        )

    async def control(self, method: str, path: str, body: object | None = None) -> Any:
        """Use the control door; the answer's JSON, after seeing that it was good."""
        content = b"" if body is None else json.dumps(body).encode()
        answer = await self.http.request(method, path, content=content)
        assert answer.is_success, (answer.status_code, answer.text)
        return answer.json() if answer.content else None

    async def due(self) -> None:
        """Do everything that is due and wait until it has come home."""
        for _ in range(3):
            await do_due(self.world)
            await self.world.courier.come_home()
        async with self.world.transaction() as tx:
            await self.world.courier.write_down(tx)

    async def advance(self, seconds: int) -> None:
        """Wind the clock."""
        await self.control("POST", "/sandbox/clock", {"advance_seconds": seconds})

    async def arm(self, kind: str, **more: object) -> None:
        """Arm a fault."""
        await self.control("POST", "/sandbox/faults", {"kind": kind, **more})

    def verified(self, answer: httpx.Response) -> httpx.Response:
        """See that WeChat signed an answer."""
        assert is_from_wechat(self.world, answer.headers, answer.content), answer.text
        return answer


async def signed(
    http: httpx.AsyncClient,
    merchant: Merchant,
    method: str,
    target: str,
    body: object | None = None,
    *,
    raw: bytes | None = None,
    serial: str = "",
) -> httpx.Response:
    """Send a signed request as a merchant."""
    content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
    now, nonce = int(time.time()), secrets.token_hex(16)
    signature = sign(
        read_private(merchant.private_pem), request_message(method, target, now, nonce, content)
    )
    told = Authorization(merchant.mchid, nonce, now, merchant.serial, signature)
    headers = {**HEADERS, "Authorization": told.header()}
    if serial:
        headers["Wechatpay-Serial"] = serial
    return await http.request(method, target, content=content, headers=headers)


def is_from_wechat(world: World, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether the sandbox signed this."""
    key = world.keys.of(headers["Wechatpay-Serial"])
    message = answer_message(headers["Wechatpay-Timestamp"], headers["Wechatpay-Nonce"], body)
    assert key is not None
    return is_signed(key.private_key.public_key(), message, headers["Wechatpay-Signature"])


def opened_notice(merchant: Merchant, body: bytes) -> Any:
    """Open what a notification carries."""
    sealed = json.loads(body)["resource"]
    key = merchant.apiv3_key.encode()
    return json.loads(unseal(key, sealed["nonce"], sealed["associated_data"], sealed["ciphertext"]))


@asynccontextmanager
async def a_sandbox(
    url: str, *, receiver: Any = None, is_passing: bool = False, seed: int = 1
) -> AsyncIterator[Scene]:
    """Lend a sandbox; `receiver` is an ASGI app that all deliveries go to."""
    out = (
        httpx.AsyncClient(transport=httpx.ASGITransport(receiver), timeout=5) if receiver else None
    )
    world = World(url, BASE, http=out, luck=random.Random(seed))
    app = create(world)
    await world.open(is_passing=is_passing)
    try:
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # litestar's types are its own

        async with httpx.AsyncClient(transport=transport, base_url=BASE, timeout=30) as http:
            known_accounts = list(world.accounts.values())
            service = next(each for each in known_accounts if each.kind == "service")
            mini = next(each for each in known_accounts if each.kind == "mini")
            merchants = list(world.merchants.values())
            async with world.transaction() as tx:
                known = await people(tx)
            yield Scene(world, http, service, mini, merchants[0], merchants, known)
    finally:
        await world.close()


@contextmanager
def a_running_sandbox(url: str) -> Iterator[str]:
    """Serve a sandbox in a process of its own; give its address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "JISHI_DATABASE_URL": url}
    process = subprocess.Popen(
        [sys.executable, "-m", "jishi.sandbox", "127.0.0.1", str(port)], env=environment
    )
    try:
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                if httpx.get(f"{base}/sandbox/clock").is_success:
                    break
            except httpx.TransportError:
                pass
            assert process.poll() is None, "it ended"
            assert time.monotonic() < deadline, "it did not start"
            time.sleep(0.1)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
