"""A shop on the live client, and a WeChat that runs here: what one says, the other must take."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

import httpx

from jishi.ports.wechat.pay import (
    Credentials,
    Merchant,
    Notice,
    NoticeReader,
    Rejection,
    open_merchant,
    orders,
    prepay,
)
from jishi.ports.wechat.pay.keys import PUBLIC_KEY_PREFIX
from jishi.ports.wechat.transport import Transport
from jishi.sandbox import cast
from jishi.sandbox.keys import PUBLIC_KEY_ID
from tests.ports.wechat import openapi
from tests.ports.wechat.reference import OPENAPI
from tests.sandbox.scene import BASE, Scene

Work: TypeAlias = Callable[["Shop"], Awaitable[None]]
OTHER = "http://127.0.0.2:8001"


class Server:
    """The shops' server: reads what WeChat tells, by the reader of whom it is for."""

    def __init__(self) -> None:
        self.readers: dict[str, NoticeReader] = {}
        self.read: list[Notice | Rejection] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take one notification; its path names the merchant."""
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        reader = self.readers[scope["path"].strip("/")]
        said = await reader.read(headers, body, datetime.now(UTC))
        self.read.append(said)
        status = said.status if isinstance(said, Rejection) else 204
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def notices(self) -> list[Notice]:
        """Give what was taken."""
        return [each for each in self.read if isinstance(each, Notice)]

    def rejected(self) -> list[str]:
        """Give why what was not taken was not."""
        return [each.reason for each in self.read if isinstance(each, Rejection)]


class Shop:
    """Three merchants of the sandbox on the live client: by public key, certificate, public key."""

    def __init__(self, scene: Scene, server: Server) -> None:
        self.scene, self.server = scene, server
        self.appid = scene.account.appid
        self.openid = cast.openid(self.appid, scene.people[0].unionid)
        self.calls: list[httpx.Response] = []
        self.faults: list[str] = []
        self.merchants = [self.on_client(each) for each in scene.merchants[:3]]
        self.merchant, self.other, self.third = self.merchants
        server.read.clear()
        server.readers = {
            each.mchid: NoticeReader(each.credentials, each.keys, each.appids)
            for each in self.merchants
        }

    def on_client(self, merchant: cast.Merchant, base_url: str = BASE) -> Merchant:
        """Give a merchant on the live client."""
        is_public = merchant.signing_mode == "public_key"
        pem = self.scene.world.keys.public_pem()
        return open_merchant(
            Credentials.read(
                mchid=merchant.mchid,
                serial=merchant.serial,
                private_pem=merchant.private_pem,
                apiv3_key=merchant.apiv3_key,
            ),
            self.transport(base_url),
            appids=[self.scene.account.appid, self.scene.mini.appid],
            public_keys={PUBLIC_KEY_ID: pem} if is_public else {},
            has_certificates=not is_public,
        )

    def transport(self, base_url: str) -> Transport:
        """Give how the merchant reaches the sandbox."""
        return Transport([base_url, BASE], client=self.scene.http)

    async def judge(self, answer: httpx.Response) -> None:
        """Hold both sides against the public description of Pay v3."""
        await answer.aread()
        request, url = answer.request, str(answer.request.url)
        if not request.url.path.startswith("/v3/") or not OPENAPI.exists():
            return
        self.calls.append(answer)
        asked = openapi.faults_of_request(
            request.method, url, dict(request.headers), request.content
        )
        said = openapi.faults_of_answer(request.method, url, answer.status_code, answer.content)
        faults = [*asked, *(said if answer.is_success else ())]
        name = f"{request.method} {request.url.path}"
        self.faults += [f"{name}: {each}" for each in faults if not is_excepted(each)]

    def notify_url(self, merchant: Merchant) -> str:
        """Give where a merchant is told."""
        return f"http://shop.test/{merchant.mchid}"

    def order(self, merchant: Merchant | None = None, **changed: Any) -> prepay.JsapiOrder:
        """Give an order of the first person's, 1,299 fen."""
        whose = merchant or self.merchant
        told: dict[str, Any] = {
            "appid": self.appid,
            "mchid": whose.mchid,
            "description": "龙井 100克",
            "out_trade_no": number(),
            "notify_url": self.notify_url(whose),
            "amount": prepay.OrderAmount(total_fen=1_299),
            "payer": prepay.Payer(self.openid),
        }
        return prepay.JsapiOrder(**told | changed)

    async def paid(
        self, merchant: Merchant | None = None, **changed: Any
    ) -> tuple[str, orders.Transaction]:
        """Prepay an order, pay it, and look it up; give its number too."""
        whose = merchant or self.merchant
        order = self.order(whose, **changed)
        prepaid = await prepay.prepay_jsapi(whose, order)
        await self.pay(prepay_id=prepaid.prepay_id)
        return order.out_trade_no, await orders.query_order(whose, order.out_trade_no)

    async def pay(self, **asked: Any) -> None:
        """Have it paid."""
        said = await self.scene.control("POST", "/sandbox/payments", asked)
        assert said["is_paid"], said

    async def told(self) -> list[Notice]:
        """Let what is due be brought; give the new notices."""
        before = len(self.server.notices())
        await self.scene.due()
        return self.server.notices()[before:]


def is_excepted(fault: str) -> bool:
    """Tell what is right though the description says otherwise, each for its reason.

    Sub-merchants are of service providers; the header is for hidden fields, whether they come or
    not; complaints, and the second address of downloads, are not in the folder.
    """
    return fault.endswith("'sub_mchid' is a required property") or fault in {
        "header: Wechatpay-Serial is required",
        openapi.UNDESCRIBED,
    }


def number() -> str:
    """Give a number that was never used."""
    return f"S{secrets.token_hex(12)}"


def is_public(serial: str) -> bool:
    """Tell a public key's id from a certificate's number."""
    return serial.startswith(PUBLIC_KEY_PREFIX)


async def visited(scene: Scene, server: Server, work: Work) -> None:
    """Let a shop visit the sandbox; nothing is left of an earlier visit."""
    await scene.control("DELETE", "/sandbox/faults")
    async with scene.world.transaction() as tx:
        await tx.connection.execute("delete from sandbox.deliveries")
        await tx.connection.execute("update sandbox.people set balance_fen = 100000000")
    await scene.world.reload()
    shop = Shop(scene, server)
    scene.http.event_hooks = {"response": [shop.judge]}
    try:
        await work(shop)
    finally:
        scene.http.event_hooks = {"response": []}
    assert not shop.faults, "\n".join(shop.faults)
