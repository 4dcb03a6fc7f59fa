"""The client wechatpayv3 in its four forms, its source untouched: an attribute points it here."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import wechatpayv3
from wechatpayv3 import async_

from tests.ports.conformance.conftest import Stage

SYNC, ASYNC = "sync", "async"
CERTIFICATE, PUBLIC_KEY = "certificate", "public_key"


class Said(NamedTuple):
    """A client's answer: the status, and the JSON (or the bytes of a file)."""

    status: int
    told: Any


class Client:
    """A client of either form."""

    def __init__(self, inner: Any, kinds: Any, runner: asyncio.Runner | None) -> None:
        self.inner, self.kinds, self.runner = inner, kinds, runner

    def do(self, name: str, *args: Any, **more: Any) -> Said:
        """Call an operation."""
        result = getattr(self.inner, name)(*args, **more)
        status, body = self.runner.run(result) if self.runner else result
        if isinstance(body, str):
            return Said(status, json.loads(body) if body else None)
        return Said(status, body)

    def good(self, name: str, *args: Any, **more: Any) -> Any:
        """Call an operation that is taken; give what was told."""
        said = self.do(name, *args, **more)
        assert said.status in {200, 204}, said
        return said.told

    def refused(self, name: str, *args: Any, **more: Any) -> tuple[int, str]:
        """Call an operation that is refused; give the status and the code."""
        said = self.do(name, *args, **more)
        assert said.status >= 400, said
        return said.status, said.told["code"]

    def callback(self, headers: dict[str, str], body: bytes) -> Any:
        """Read a notification."""
        result = self.inner.callback(headers, body)
        return self.runner.run(result) if self.runner and asyncio.iscoroutine(result) else result


@contextmanager
def a_client(
    stage: Stage, form: str, mode: str, folder: Path, *, merchant: int = 0, **changed: Any
) -> Iterator[Client]:
    """Lend a client of this form that verifies by these means; `changed` spoils its settings."""
    whose = stage.merchants[merchant]
    stage.control("PUT", f"/sandbox/merchants/{whose['mchid']}", {"signing_mode": mode})
    settings = {
        "mchid": whose["mchid"],
        "private_key": whose["private_pem"],
        "cert_serial_no": whose["serial"],
        "appid": stage.service["appid"],
        "apiv3_key": whose["apiv3_key"],
        "notify_url": f"{stage.ear.url}/pay",
        "timeout": (3, 20) if form == SYNC else 20,
    }
    if mode == PUBLIC_KEY:
        settings |= {"public_key": stage.public_key_pem, "public_key_id": stage.public_key_id}
    else:
        # What an earlier run downloaded: it asks for certificates before it can be pointed here.
        folder.mkdir(exist_ok=True)
        for number, pem in enumerate(stage.certificates):
            (folder / f"{number}.pem").write_text(pem, encoding="utf-8")
        settings |= {"cert_dir": str(folder)}
    settings |= changed
    if form == SYNC:
        client = wechatpayv3.WeChatPay(wechatpayv3.WeChatPayType.JSAPI, **settings)
        client._core._gate_way = stage.base
        yield Client(client, wechatpayv3.WeChatPayType, None)
        return
    with asyncio.Runner() as runner:
        inner = async_.AsyncWeChatPay(async_.WeChatPayType.JSAPI, **settings)
        inner._core._gate_way = stage.base
        runner.run(inner.__aenter__())
        yield Client(inner, async_.WeChatPayType, runner)
        runner.run(inner.__aexit__(None, None, None))
