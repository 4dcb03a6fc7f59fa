"""A buyer on a phone, as lean as a client can be: a connection, cookies, what a browser sends."""

import asyncio
import json
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode

from bench.http import HOST, Wire, wire
from bench.payments import PORT as WECHAT

PORT = WECHAT - 1
SHOP = 3_000
PAID, SEE_OTHER = "付款成功", 303
SOLD_OUT = 0
"""No status: the checkout itself said so, and had no button."""

LOOK_SECONDS = 0.05
"""A buyer looks again after so long, then after twice as long: a phone's page does after four."""

PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile"
INPUT = re.compile(r"<input[^>]*>")
NAMED = re.compile(r'name="([^"]+)"')
VALUED = re.compile(r'value="([^"]*)"')
COOKIE = re.compile(rb"set-cookie: ([^=]+)=([^;\r]*)", re.IGNORECASE)
LOCATION = re.compile(rb"location: ([^\r]+)", re.IGNORECASE)
PREPAID = re.compile(r"prepay_id=(wx[0-9a-f]+)")


class Buyer:
    """A shopper's browser: one connection to the market, one to where he pays."""

    def __init__(self, market: Wire, wechat: Wire, *, has_sandbox: bool) -> None:
        self.market, self.wechat, self.has_sandbox = market, wechat, has_sandbox
        self.cookies: dict[str, str] = {}

    async def ask(
        self, path: str, form: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:  # fmt: skip
        """Ask for a page, or send a form; give the status, where it leads and the page."""
        body = urlencode(form).encode() if form is not None else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{'POST' if form is not None else 'GET'} {path} HTTP/1.1\r\nhost: {HOST}:{PORT}\r\n"
            f"user-agent: {PHONE}\r\naccept-language: zh-CN\r\norigin: http://{HOST}:{PORT}\r\n"
            f"cookie: {cookies}\r\ncontent-length: {len(body)}\r\n"
            "content-type: application/x-www-form-urlencoded\r\n\r\n"
        )
        status, told, page = await self.market.send(head.encode() + body)
        for name, value in COOKIE.findall(told):
            self.cookies[name.decode()] = value.decode()
        leads = LOCATION.search(told)
        return status, leads[1].decode() if leads else "", page.decode()

    async def order(self, shop: int) -> tuple[int, str]:
        """Order one piece of a shop's first product at once; give the status and its path."""
        query = urlencode({"product": f"product-{shop}-1", "quantity": "1", "o0": "100克"})
        _, _, page = await self.ask(f"/shops/shop-{shop}/checkout?{query}")
        if "key" not in (form := fields(page)):
            return SOLD_OUT, ""
        status, path, _ = await self.ask("/checkout", form)
        return status, path

    async def order_from_cart(self) -> str:
        """Read the product, put it in the cart, go to the checkout, order; give the path."""
        await self.ask(f"/shops/shop-{SHOP}/products/product-{SHOP}-1")
        put = {"product": f"product-{SHOP}-1", "quantity": "1", "o0": "100克"}
        await self.ask(f"/shops/shop-{SHOP}/cart", put)
        _, _, cart = await self.ask("/cart")
        _, checkout, _ = await self.ask("/cart", {**fields(cart), "do": "checkout"})
        _, _, page = await self.ask(checkout)
        status, path, page = await self.ask("/checkout", fields(page))
        assert status == SEE_OTHER, (status, page[:500])
        return path

    async def pay(self, order: str) -> None:
        """Begin to pay, pay, and look until the market knows."""
        _, _, page = await self.ask(order)
        _, cashier, _ = await self.ask(f"{order}/payment", {"form": fields(page)["form"]})
        _, _, page = await self.ask(cashier)
        while not (prepaid := PREPAID.search(unescape(page))):
            await asyncio.sleep(0.02)
            _, _, page = await self.ask(cashier)
        await self.tell_wechat(prepaid[1])
        pause = LOOK_SECONDS
        while PAID not in (page := (await self.ask(cashier))[2]):
            await asyncio.sleep(pause)
            pause *= 2

    async def tell_wechat(self, prepay_id: str) -> None:
        """Pay, at the sandbox or at the stub."""
        path = "/sandbox/payments" if self.has_sandbox else f"/pay/{prepay_id}"
        body = json.dumps({"prepay_id": prepay_id}).encode()
        head = f"POST {path} HTTP/1.1\r\nhost: {HOST}:{WECHAT}\r\naccept: application/json\r\n"
        status, _, said = await self.wechat.send(
            f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
        )
        assert status in (200, 204), (status, said)


def fields(page: str) -> dict[str, str]:
    """Give what a page's forms would send, untouched."""
    found = {}
    for each in INPUT.findall(page):
        name, value = NAMED.search(each), VALUED.search(each)
        if name and 'type="checkbox"' not in each and 'type="radio"' not in each:
            found[unescape(name[1])] = unescape(value[1]) if value else ""
    return found


async def buyer(*, has_sandbox: bool) -> Buyer:
    """Give a new shopper."""
    return Buyer(await wire(PORT), await wire(WECHAT), has_sandbox=has_sandbox)
