"""The shop on a port: `python -m tests.sandbox.phone.serving PORT SANDBOX`."""

import os
import sys
import time
from pathlib import Path
from string import Template
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar, MediaType, Request, Response, get, post

from jishi.ports.wechat.signing import push_signature
from tests.sandbox.phone.shop import Shop, drawn
from tests.sandbox.scene import opened_notice

PAGES = Path(__file__).parent / "pages"
PICTURE = Path(__file__).parents[3] / "jishi" / "sample" / "pictures" / "longjing-tea.webp"
WELCOME = "你好，我是山里人家。茶是自己种的，想喝就说。"
Asked = Request[Any, Any, Any]
GUARDED = {"content-security-policy": "frame-ancestors 'none'", "x-frame-options": "DENY"}


def shop_of(request: Asked) -> Shop:
    """Give the shop."""
    shop = request.app.state["shop"]
    assert isinstance(shop, Shop)
    return shop


def page(name: str, **given: str) -> Response[str]:
    """Answer with a page."""
    text = Template((PAGES / name).read_text("utf-8")).safe_substitute(given)
    return Response(text, media_type=MediaType.HTML, headers=GUARDED)


def address(request: Asked) -> str:
    """Give the page's address, as the shop knows it."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{shop_of(request).base}{request.url.path}{query}"


@get("/")
async def product(request: Asked) -> Response[str]:
    """Show the product; `?bad` signs the page badly, `?far` shares what is not ours."""
    shop, asked = shop_of(request), request.query_params
    config = shop.config(address(request), is_good="bad" not in asked)
    link = "https://far.example/" if "far" in asked else f"{shop.base}/?from=share"
    return page("product.html", config=config, base=shop.base, link=link)


@get("/workshop")
async def workshop(request: Asked) -> Response[str]:
    """Show a page that tries everything."""
    shop = shop_of(request)
    config = shop.config(address(request))
    return page("workshop.html", config=config, base=shop.base, notice=shop.notice)


@get("/poster")
async def poster_page() -> Response[str]:
    """Show the poster."""
    return page("poster.html")


@get("/style.css")
async def style() -> Response[bytes]:
    """Give the style."""
    return Response((PAGES / "style.css").read_bytes(), media_type="text/css")


@get("/poster.png")
async def poster(request: Asked) -> Response[bytes]:
    """Draw the code on the poster."""
    return Response(drawn(f"{shop_of(request).base}/?from=poster"), media_type="image/png")


@get("/picture.webp")
async def picture() -> Response[bytes]:
    """Give the product's picture."""
    return Response(PICTURE.read_bytes(), media_type="image/webp")


@post("/orders", status_code=200)
async def order(request: Asked) -> dict[str, object]:
    """Order; whoever is not known yet is sent to WeChat first."""
    shop, openid = shop_of(request), request.cookies.get("openid", "")
    if openid:
        return await shop.prepay(openid)
    asked = (
        f"appid={shop.account['appid']}&redirect_uri={shop.base}/welcome"
        "&response_type=code&scope=snsapi_base&state=buy#wechat_redirect"
    )
    return {"login": f"https://open.weixin.qq.com/connect/oauth2/authorize?{asked}"}


@post("/transfers", status_code=200)
async def transfer(request: Asked) -> dict[str, object]:
    """Send the person money."""
    return await shop_of(request).transfer(request.cookies["openid"])


@get("/login")
async def login(request: Asked) -> Response[str]:
    """Ask who it is, with name and face."""
    shop = shop_of(request)
    place = (
        f"https://open.weixin.qq.com/connect/oauth2/authorize?appid={shop.account['appid']}"
        f"&redirect_uri={shop.base}/welcome&response_type=code&scope=snsapi_userinfo&state=in"
    )
    return Response("", status_code=302, headers={"location": place})


@get("/welcome")
async def welcome(request: Asked) -> Response[str]:
    """Come back from WeChat, known by name."""
    shop = shop_of(request)
    asked = {
        "appid": shop.account["appid"], "secret": shop.account["secret"],
        "code": request.query_params["code"], "grant_type": "authorization_code",
    }  # fmt: skip
    told = (await shop.http.get("/sns/oauth2/access_token", params=asked)).json()
    place = f"{shop.base}/?at=home"
    answer = Response("", status_code=302, headers={"location": place})
    answer.set_cookie("openid", told["openid"], samesite="lax", domain="127.0.0.1")
    answer.set_cookie("snapshot", str(told.get("is_snapshotuser", 0)))
    return answer


@get("/orders/{number:str}")
async def paid(number: str) -> Response[str]:
    """Show an order that was paid."""
    return page("order.html", number=number)


@post("/notify", status_code=200)
async def notify(request: Asked) -> dict[str, str]:
    """Take a notification, and thank."""
    shop = shop_of(request)
    told = opened_notice(shop.merchant, await request.body())
    if told.get("trade_state") == "SUCCESS" and told["out_trade_no"] in shop.orders:
        await shop.thank(told["out_trade_no"])
    return {"code": "SUCCESS"}


@post("/wechat", status_code=200)
async def push(request: Asked) -> Response[str]:
    """Take what WeChat pushes, and answer in the chat."""
    shop, asked = shop_of(request), request.query_params
    body = (await request.body()).decode()
    good = push_signature(shop.account["token"], asked["timestamp"], asked["nonce"])
    assert good == asked["signature"]
    said = ""
    if part(body, "Event") == "subscribe":
        said = WELCOME
    elif part(body, "EventKey") == "weather":
        said = f"山上有雾，十六度，正好喝茶。\n{shop.base}/"
    elif part(body, "MsgType") == "text":
        said = f"收到：{part(body, 'Content')}"
    if not said:
        return Response("success", media_type=MediaType.TEXT)
    reply = (
        f"<xml><ToUserName><![CDATA[{part(body, 'FromUserName')}]]></ToUserName>"
        f"<FromUserName><![CDATA[{part(body, 'ToUserName')}]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{said}]]></Content></xml>"
    )
    return Response(reply, media_type="application/xml")


def part(body: str, name: str) -> str:
    """Give a part of a pushed message."""
    found = body.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
    return found.removeprefix("<![CDATA[").removesuffix("]]>")


@get("/facts")
async def facts(request: Asked) -> dict[str, str]:
    """Tell the tests what they need."""
    shop = shop_of(request)
    return {
        "notice": shop.notice, "code": shop.code, "article": shop.article,
        "appid": shop.account["appid"], "code_url": await shop.code_url(),
    }  # fmt: skip


def build() -> Litestar:
    """Build the shop from its environment."""
    shop = Shop(os.environ["SHOP_BASE"], os.environ["SHOP_WECHAT"])
    handlers = [
        product, workshop, poster_page, style, poster, picture, order, transfer, login, welcome,
        paid, notify, push, facts,
    ]  # fmt: skip
    app = Litestar(handlers, on_startup=[shop.open], openapi_config=None, logging_config=None)
    app.state["shop"] = shop
    return app


def main() -> None:
    """Serve the shop."""
    port, wechat = sys.argv[1:]
    os.environ.update(SHOP_BASE=f"http://127.0.0.1:{port}", SHOP_WECHAT=wechat)
    Server(
        "tests.sandbox.phone.serving:build", factory=True, address="127.0.0.1", port=int(port),
        interface=Interfaces.ASGI, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


if __name__ == "__main__":
    main()
