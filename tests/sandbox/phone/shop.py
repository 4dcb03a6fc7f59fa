"""A small shop in WeChat, served on a port: `python -m tests.sandbox.phone.shop PORT SANDBOX`."""

import asyncio
import io
import json
import os
import secrets
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import segno
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar, MediaType, Request, Response, get, post

from jishi.ports.wechat.signing import page_payment_message, page_signature, push_signature, sign
from jishi.sandbox.cast import Merchant
from jishi.sandbox.certificates import read_private
from tests.sandbox.phone import pages
from tests.sandbox.scene import opened_notice, signed

PICTURE = Path(__file__).parents[3] / "jishi" / "sample" / "pictures" / "longjing-tea.webp"
SDK_CALLS = [
    "updateAppMessageShareData", "updateTimelineShareData", "chooseWXPay", "scanQRCode",
    "getLocation", "hideMenuItems", "chooseImage", "openAddress", "checkJsApi",
]  # fmt: skip
WELCOME = "你好，我是山里人家。茶是自己种的，想喝就说。"


class Shop:
    """What the shop knows: where WeChat is, its credentials, its orders."""

    def __init__(self, base: str, wechat: str) -> None:
        self.base, self.wechat = base, wechat
        self.http = httpx.AsyncClient(base_url=wechat, timeout=20)
        self.account: dict[str, Any] = {}
        self.token = self.ticket = self.template = self.notice = ""
        self.orders: dict[str, str] = {}

    async def open(self) -> None:
        """Take credentials, a token and a ticket; set the menu, the templates, an article."""
        known = (await self.http.get("/sandbox/credentials")).json()
        self.account = known["accounts"][0]
        self.merchant = Merchant(**known["merchants"][0])
        appid = self.account["appid"]
        await self.http.put(f"/sandbox/accounts/{appid}", json={"push_url": f"{self.base}/wechat"})
        answer = await self.http.get(
            "/cgi-bin/token",
            params={"grant_type": "client_credential", "appid": appid,
                    "secret": self.account["secret"]},
        )  # fmt: skip
        self.token = answer.json()["access_token"]
        self.ticket = (await self.ask("GET", "/cgi-bin/ticket/getticket?type=jsapi"))["ticket"]
        told = await self.http.post(f"/sandbox/accounts/{appid}/templates", json={
            "kind": "template", "title": "付款成功通知",
            "content": "商品：{{thing1.DATA}}\n金额：{{amount2.DATA}}\n时间：{{time3.DATA}}",
        })  # fmt: skip
        self.template = told.json()["template_id"]
        told = await self.http.post(f"/sandbox/accounts/{appid}/templates", json={
            "kind": "notice", "title": "发货通知",
            "content": "商品:{{thing1.DATA}}\n单号:{{character_string2.DATA}}",
        })  # fmt: skip
        self.notice = told.json().get("template_id", "")
        await self.publish()
        await self.ask("POST", "/cgi-bin/menu/create", {"button": [
            {"name": "买茶", "sub_button": [
                {"type": "view", "name": "明前龙井", "url": f"{self.base}/"},
                {"type": "view", "name": "工具间", "url": f"{self.base}/workshop"},
            ]},
            {"type": "click", "name": "今天天气", "key": "weather"},
            {"type": "view", "name": "茶园手记", "url": self.article or f"{self.base}/"},
        ]})  # fmt: skip
        code = await self.ask("POST", "/cgi-bin/qrcode/create", {
            "action_name": "QR_LIMIT_STR_SCENE",
            "action_info": {"scene": {"scene_str": "tea-house"}},
        })  # fmt: skip
        self.code = code["url"]

    async def publish(self) -> None:
        """Publish an article with a picture."""
        self.article = ""
        cover = io.BytesIO()
        segno.make("tea").save(cover, kind="png", scale=12)
        told = await self.http.post(
            "/cgi-bin/material/add_material",
            params={"access_token": self.token, "type": "image"},
            files={"media": ("cover.png", cover.getvalue(), "image/png")},
        )
        draft = await self.ask("POST", "/cgi-bin/draft/add", {"articles": [{
            "title": "清明前两天，我们上山采茶", "author": "老陈", "digest": "一芽一叶，是等来的。",
            "content": f'<p>清明前两天，天还没亮，我们就上山了。</p><p>芽尖上挂着露水，一芽一叶，要用指甲轻轻一提，不能掐。采满一篓要三个钟头，炒出来只有二两。</p><p>今年的茶在店里：<a href="{self.base}/">明前龙井</a></p>',
            "thumb_media_id": told.json().get("media_id", ""),
        }]})  # fmt: skip
        sent = await self.ask("POST", "/cgi-bin/freepublish/submit",
                              {"media_id": draft.get("media_id", "")})  # fmt: skip
        for _ in range(40):
            await self.http.post("/sandbox/clock", json={"advance_seconds": 5})
            told_of = await self.ask("POST", "/cgi-bin/freepublish/get",
                                     {"publish_id": sent.get("publish_id")})  # fmt: skip
            if details := told_of.get("article_detail"):
                self.article = details["item"][0]["article_url"]
                return
            await asyncio.sleep(0.1)

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask WeChat as the account."""
        joint = "&" if "?" in path else "?"
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = await self.http.request(
            method, f"{path}{joint}access_token={self.token}", content=content
        )
        return answer.json()

    def config(self, url: str, *, is_good: bool = True) -> str:
        """Sign a page."""
        now, nonce = int(time.time()), secrets.token_hex(8)
        given = {
            "debug": False, "appId": self.account["appid"], "timestamp": now, "nonceStr": nonce,
            "signature": page_signature(self.ticket if is_good else "stale", nonce, now, url),
            "jsApiList": SDK_CALLS, "openTagList": ["wx-open-subscribe"],
        }  # fmt: skip
        return json.dumps(given)

    async def prepay(self, openid: str) -> dict[str, object]:
        """Order at WeChat, and sign what the page hands to the phone."""
        number = f"TEA{secrets.token_hex(6)}"
        answer = await signed(self.http, self.merchant, "POST", "/v3/pay/transactions/jsapi", {
            "appid": self.account["appid"], "mchid": self.merchant.mchid,
            "description": "明前龙井 250 克", "out_trade_no": number,
            "notify_url": f"{self.base}/notify", "amount": {"total": 12800, "currency": "CNY"},
            "payer": {"openid": openid},
        })  # fmt: skip
        package = f"prepay_id={answer.json()['prepay_id']}"
        now, nonce = str(int(time.time())), secrets.token_hex(8)
        message = page_payment_message(self.account["appid"], now, nonce, package)
        signature = sign(read_private(self.merchant.private_pem), message)
        self.orders[number] = openid
        return {"number": number, "payment": {
            "timestamp": now, "nonceStr": nonce, "package": package, "signType": "RSA",
            "paySign": signature,
        }}  # fmt: skip

    async def thank(self, number: str) -> None:
        """Send the template message that thanks for a payment."""
        await self.ask("POST", "/cgi-bin/message/template/send", {
            "touser": self.orders[number], "template_id": self.template,
            "url": f"{self.base}/orders/{number}",
            "data": {"thing1": {"value": "明前龙井 250 克"}, "amount2": {"value": "¥128.00"},
                     "time3": {"value": time.strftime("%Y-%m-%d %H:%M")}},
        })  # fmt: skip


def html(text: str) -> Response[str]:
    """Answer with a page."""
    headers = {"content-security-policy": "frame-ancestors 'none'", "x-frame-options": "DENY"}
    return Response(text, media_type=MediaType.HTML, headers=headers)


def build() -> Litestar:
    """Build the shop from its environment."""
    shop = Shop(os.environ["SHOP_BASE"], os.environ["SHOP_WECHAT"])

    @get("/")
    async def product(request: Request[Any, Any, Any]) -> Response[str]:
        url = f"{shop.base}{request.url.path}" + (
            f"?{request.url.query}" if request.url.query else ""
        )
        config = shop.config(url, is_good="bad" not in request.query_params)
        body = pages.PRODUCT.format(config=config, base=shop.base, link=f"{shop.base}/?from=share")
        return html(pages.page("明前龙井", body))

    @get("/workshop")
    async def workshop(request: Request[Any, Any, Any]) -> Response[str]:
        url = f"{shop.base}/workshop" + (f"?{request.url.query}" if request.url.query else "")
        config = shop.config(url)
        body = pages.WORKSHOP.format(config=config, base=shop.base, notice=shop.notice)
        return html(pages.page("工具间", body))

    @get("/poster")
    async def poster_page() -> Response[str]:
        return html(pages.page("海报", pages.POSTER, has_sdk=False))

    @get("/poster.png")
    async def poster() -> Response[bytes]:
        drawn = io.BytesIO()
        segno.make(f"{shop.base}/?from=poster").save(drawn, kind="png", scale=8, border=3)
        return Response(drawn.getvalue(), media_type="image/png")

    @get("/picture.webp")
    async def picture() -> Response[bytes]:
        return Response(PICTURE.read_bytes(), media_type="image/webp")

    @post("/orders", status_code=200)
    async def order(request: Request[Any, Any, Any]) -> dict[str, object]:
        openid = request.cookies.get("openid", "")
        if not openid:
            asked = (
                f"appid={shop.account['appid']}&redirect_uri={shop.base}/welcome"
                "&response_type=code&scope=snsapi_base&state=buy#wechat_redirect"
            )
            return {"login": f"https://open.weixin.qq.com/connect/oauth2/authorize?{asked}"}
        return await shop.prepay(openid)

    @get("/welcome")
    async def welcome(request: Request[Any, Any, Any]) -> Response[str]:
        told = await shop.http.get("/sns/oauth2/access_token", params={
            "appid": shop.account["appid"], "secret": shop.account["secret"],
            "code": request.query_params["code"], "grant_type": "authorization_code",
        })  # fmt: skip
        answer = Response("", status_code=302, headers={"location": f"{shop.base}/?at=home"})
        answer.set_cookie("openid", told.json()["openid"], samesite="lax", domain="127.0.0.1")
        return answer

    @get("/orders/{number:str}")
    async def paid(number: str) -> Response[str]:
        return html(pages.page("订单", pages.ORDER.format(number=number), has_sdk=False))

    @post("/notify", status_code=200)
    async def notify(request: Request[Any, Any, Any]) -> dict[str, str]:
        told = opened_notice(shop.merchant, await request.body())
        if told.get("trade_state") == "SUCCESS":
            await shop.thank(told["out_trade_no"])
        return {"code": "SUCCESS"}

    @get("/wechat")
    async def verify(request: Request[Any, Any, Any]) -> Response[str]:
        return Response(request.query_params.get("echostr", ""), media_type=MediaType.TEXT)

    @post("/wechat", status_code=200)
    async def push(request: Request[Any, Any, Any]) -> Response[str]:
        asked, body = request.query_params, (await request.body()).decode()
        good = push_signature(shop.account["token"], asked["timestamp"], asked["nonce"])
        assert good == asked["signature"]
        part = lambda name: body.partition(f"<{name}>")[2].partition(f"</{name}>")[0]  # noqa: E731 - short
        bare = lambda name: part(name).removeprefix("<![CDATA[").removesuffix("]]>")  # noqa: E731 - short
        said = ""
        if bare("Event") == "subscribe":
            said = WELCOME
        elif bare("EventKey") == "weather":
            said = f"山上有雾，十六度，正好喝茶。\n{shop.base}/"
        elif bare("MsgType") == "text":
            said = f"收到：{bare('Content')}"
        if not said:
            return Response("success", media_type=MediaType.TEXT)
        xml = (
            f"<xml><ToUserName><![CDATA[{bare('FromUserName')}]]></ToUserName>"
            f"<FromUserName><![CDATA[{bare('ToUserName')}]]></FromUserName>"
            f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
            f"<Content><![CDATA[{said}]]></Content></xml>"
        )
        return Response(xml, media_type="application/xml")

    @get("/facts")
    async def facts() -> dict[str, str]:
        return {"notice": shop.notice, "code": shop.code, "article": shop.article,
                "appid": shop.account["appid"]}  # fmt: skip

    return Litestar(
        [product, workshop, poster_page, poster, picture, order, welcome, paid, notify, verify,
         push, facts],
        on_startup=[shop.open], openapi_config=None,
    )  # fmt: skip


def main() -> None:
    """Serve the shop."""
    port, wechat = sys.argv[1:]
    os.environ.update(SHOP_BASE=f"http://127.0.0.1:{port}", SHOP_WECHAT=wechat)
    Server(
        "tests.sandbox.phone.shop:build", factory=True, address="127.0.0.1", port=int(port),
        interface=Interfaces.ASGI, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()
