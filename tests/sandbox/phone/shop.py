"""A small shop in WeChat: what it knows, and what it asks of WeChat."""

import asyncio
import io
import json
import secrets
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import segno

from jishi.ports.wechat.signing import page_payment_message, page_signature, sign
from jishi.sandbox.cast import Merchant
from jishi.sandbox.certificates import read_private
from jishi.sandbox.pay.rules import BEIJING
from tests.sandbox.scene import signed

SDK_CALLS = [
    "updateAppMessageShareData", "updateTimelineShareData", "chooseWXPay", "scanQRCode",
    "getLocation", "hideMenuItems", "chooseImage", "uploadImage", "openAddress", "checkJsApi",
]  # fmt: skip
ARTICLE = (
    "<p>清明前两天，天还没亮，我们就上山了。</p>"
    "<p>芽尖上挂着露水，一芽一叶，要用指甲轻轻一提，不能掐。采满一篓要三个钟头，炒出来只有二两。</p>"
    "<p>今年的茶已经到店里了。</p>"
)
COVER = Path(__file__).parent / "pages" / "cover.jpg"
TRIES_MAX = 40


class Shop:
    """The shop: where it is, where WeChat is, its credentials, its orders."""

    def __init__(self, base: str, wechat: str) -> None:
        self.base = base
        self.http = httpx.AsyncClient(base_url=wechat, timeout=20)
        self.account: dict[str, Any] = {}
        self.token = self.ticket = self.template = self.notice = self.article = self.code = ""
        self.orders: dict[str, str] = {}

    async def open(self) -> None:
        """Take credentials, a token and a ticket; set templates, an article, the menu, a code."""
        known = (await self.http.get("/sandbox/credentials")).json()
        self.account = next(each for each in known["accounts"] if each["kind"] == "service")
        self.merchant = Merchant(**known["merchants"][0])
        settings = f"/sandbox/accounts/{self.account['appid']}"
        await self.http.put(settings, json={"push_url": f"{self.base}/wechat"})
        asked = {
            "grant_type": "client_credential", "appid": self.account["appid"],
            "secret": self.account["secret"],
        }  # fmt: skip
        self.token = (await self.http.get("/cgi-bin/token", params=asked)).json()["access_token"]
        self.ticket = (await self.ask("GET", "/cgi-bin/ticket/getticket?type=jsapi"))["ticket"]
        paid = "商品：{{thing1.DATA}}\n金额：{{amount2.DATA}}\n时间：{{time3.DATA}}"
        self.template = await self.take_template("template", "付款成功通知", paid)
        sent = "商品:{{thing1.DATA}}\n单号:{{character_string2.DATA}}"
        self.notice = await self.take_template("notice", "发货通知", sent)
        await self.publish()
        await self.set_menu()
        code = await self.ask("POST", "/cgi-bin/qrcode/create", {
            "action_name": "QR_LIMIT_STR_SCENE",
            "action_info": {"scene": {"scene_str": "tea-house"}},
        })  # fmt: skip
        self.code = code["url"]

    async def take_template(self, kind: str, title: str, content: str) -> str:
        """Take a template of our own."""
        path = f"/sandbox/accounts/{self.account['appid']}/templates"
        body = {"kind": kind, "title": title, "content": content}
        told = (await self.http.post(path, json=body)).json()
        return str(told["template_id"])

    async def set_menu(self) -> None:
        """Set the menu under the chat."""
        await self.ask("POST", "/cgi-bin/menu/create", {"button": [
            {"name": "买茶", "sub_button": [
                {"type": "view", "name": "明前龙井", "url": f"{self.base}/"},
                {"type": "view", "name": "工具间", "url": f"{self.base}/workshop"},
            ]},
            {"type": "click", "name": "今天天气", "key": "weather"},
            {"type": "view", "name": "茶园手记", "url": self.article},
        ]})  # fmt: skip

    async def publish(self) -> None:
        """Publish an article with a picture."""
        answer = await self.http.post(
            "/cgi-bin/material/add_material",
            params={"access_token": self.token, "type": "image"},
            files={"media": ("cover.jpg", COVER.read_bytes(), "image/jpeg")},
        )
        draft = await self.ask("POST", "/cgi-bin/draft/add", {"articles": [{
            "title": "清明前两天，我们上山采茶", "author": "老陈", "digest": "一芽一叶，是等来的。",
            "content": ARTICLE, "content_source_url": f"{self.base}/",
            "thumb_media_id": answer.json()["media_id"],
        }]})  # fmt: skip
        sent = await self.ask(
            "POST", "/cgi-bin/freepublish/submit", {"media_id": draft["media_id"]}
        )
        for _ in range(TRIES_MAX):
            asked = {"publish_id": sent["publish_id"]}
            told = await self.ask("POST", "/cgi-bin/freepublish/get", asked)
            if details := told.get("article_detail"):
                self.article = details["item"][0]["article_url"]
                return
            await self.http.post("/sandbox/clock", json={"advance_seconds": 5})
            await asyncio.sleep(0.1)
        raise AssertionError("the article was not published")

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask WeChat as the account."""
        joint = "&" if "?" in path else "?"
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        url = f"{path}{joint}access_token={self.token}"
        return (await self.http.request(method, url, content=content)).json()

    def config(self, url: str, *, is_good: bool = True) -> str:
        """Sign a page."""
        now, nonce = int(time.time()), secrets.token_hex(8)
        ticket = self.ticket if is_good else "stale"
        given = {
            "debug": False, "appId": self.account["appid"], "timestamp": now, "nonceStr": nonce,
            "signature": page_signature(ticket, nonce, now, url), "jsApiList": SDK_CALLS,
            "openTagList": ["wx-open-subscribe"],
        }  # fmt: skip
        return json.dumps(given)

    async def prepay(self, openid: str) -> dict[str, object]:
        """Order at WeChat, and sign what the page hands to the phone."""
        number = f"TEA{secrets.token_hex(6)}"
        self.orders[number] = openid
        body = {**self.order(number), "payer": {"openid": openid}}
        answer = await self.pay("/v3/pay/transactions/jsapi", body)
        package = f"prepay_id={answer['prepay_id']}"
        now, nonce = str(int(time.time())), secrets.token_hex(8)
        message = page_payment_message(self.account["appid"], now, nonce, package)
        signature = sign(read_private(self.merchant.private_pem), message)
        payment = {
            "timestamp": now, "nonceStr": nonce, "package": package, "signType": "RSA",
            "paySign": signature,
        }  # fmt: skip
        return {"number": number, "payment": payment}

    async def code_url(self) -> str:
        """Order at WeChat for whoever scans the code."""
        number = f"TEA{secrets.token_hex(6)}"
        answer = await self.pay("/v3/pay/transactions/native", self.order(number))
        return str(answer["code_url"])

    def order(self, number: str) -> dict[str, object]:
        """Give the part that every order has."""
        return {
            "appid": self.account["appid"], "mchid": self.merchant.mchid,
            "description": "明前龙井 250 克", "out_trade_no": number,
            "notify_url": f"{self.base}/notify", "amount": {"total": 12800, "currency": "CNY"},
        }  # fmt: skip

    async def transfer(self, openid: str) -> dict[str, object]:
        """Send a person money, to be confirmed on the phone."""
        answer = await self.pay("/v3/fund-app/mch-transfer/transfer-bills", {
            "appid": self.account["appid"], "out_bill_no": f"OUT{secrets.token_hex(6)}",
            "transfer_scene_id": "1005", "openid": openid, "transfer_amount": 880,
            "transfer_remark": "九月的佣金",
            "transfer_scene_report_infos": [
                {"info_type": "岗位类型", "info_content": "分享者"},
                {"info_type": "报酬说明", "info_content": "九月的佣金"},
            ],
        })  # fmt: skip
        return {
            "mchId": self.merchant.mchid, "appId": self.account["appid"],
            "package": answer["package_info"],
        }  # fmt: skip

    async def pay(self, path: str, body: object) -> Any:
        """Ask WeChat Pay."""
        answer = await signed(self.http, self.merchant, "POST", path, body)
        assert answer.is_success, answer.text
        return answer.json()

    async def thank(self, number: str) -> None:
        """Send the template message that thanks for a payment."""
        await self.ask("POST", "/cgi-bin/message/template/send", {
            "touser": self.orders[number], "template_id": self.template,
            "url": f"{self.base}/orders/{number}",
            "data": {"thing1": {"value": "明前龙井 250 克"}, "amount2": {"value": "¥128.00"},
                     "time3": {"value": f"{datetime.now(BEIJING):%Y-%m-%d %H:%M}"}},
        })  # fmt: skip


def drawn(text: str, *, scale: int = 8) -> bytes:
    """Draw a code."""
    out = io.BytesIO()
    segno.make_qr(text).save(out, kind="png", scale=scale, border=3)
    return out.getvalue()
