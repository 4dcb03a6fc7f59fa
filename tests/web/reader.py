"""A reader: follows links, fills in forms, and sees what a browser without scripts would."""

import asyncio
import re
from collections.abc import Iterable
from html import unescape

import asyncpg
import httpx
from litestar import Litestar
from litestar.testing import TestClient

from jishi.kernel import new_id
from tests.shops import seed_shops

INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
ORIGIN = "http://market.example"


class Reader:
    """One browser with its cookies."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self.client = client
        self.language = "zh-CN"

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        headers = {"accept-language": self.language, **headers}
        return self.client.get(path, headers=headers, follow_redirects=False)

    def post(self, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
        """Send a form as a browser does."""
        headers = {"accept-language": self.language, "origin": ORIGIN, **headers}
        return self.client.post(path, data=form, headers=headers, follow_redirects=False)

    def send(self, path: str, form: dict[str, str], *pictures: bytes) -> httpx.Response:
        """Send a form with photographs as a browser does; without any the field is empty."""
        form = {name: value for name, value in form.items() if name != "photographs"}
        files = [("photographs", ("a.webp", each, "image/webp")) for each in pictures]
        headers = {"accept-language": self.language, "origin": ORIGIN}
        return self.client.post(
            path, data=form, headers=headers, follow_redirects=False,
            files=files or [("photographs", ("", b"", "application/octet-stream"))],
        )  # fmt: skip

    def forget(self) -> None:
        """Become another browser."""
        self.client.cookies.clear()

    def checkout(self, book: int, number: int = 1, quantity: int = 1) -> dict[str, str]:
        """Choose a product and give the form that would order it."""
        page = self.get(checkout_path(book, number, quantity))
        assert page.status_code == 200, page.text[-900:]
        return fields(page.text)

    def order(self, book: int, number: int = 1, quantity: int = 1) -> str:
        """Order, and give the path of the order."""
        answer = self.post(ORDERS, self.checkout(book, number, quantity))
        assert answer.status_code == 303, answer.text[-900:]
        return answer.headers["location"]

    def put(self, book: int, number: int = 1, quantity: int = 1) -> httpx.Response:
        """Put a product in the cart, as its page's form would."""
        form = {
            "product": f"product-{book}-{number}", "o0": "100克", "quantity": str(quantity),
        }  # fmt: skip
        return self.post(f"/shops/shop-{book}/cart", form)

    def cart(self, do: str, **changed: str) -> httpx.Response:
        """Press a button of the cart, with some of its fields changed."""
        return self.post("/cart", {**fields(self.get("/cart").text), "do": do, **changed})

    def purchase(self, owner_url: str) -> str:
        """Order in two new shops at once, and give the path of the purchase."""
        first = new_id() >> 20
        asyncio.run(seed_shops(owner_url, first, shops=2, skus=3))
        self.put(first)
        self.put(first + 1)
        answer = self.post(ORDERS, fields(self.get("/checkout").text))
        assert answer.status_code == 303, answer.text[-900:]
        return answer.headers["location"]


def fields(html: str) -> dict[str, str]:
    """Give the named inputs of a page with what they hold; of radios, the checked one."""
    found = {}
    for tag in INPUT.findall(html):
        given = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        if given.get("type") != "radio" or " checked" in tag:
            found[given["name"]] = given.get("value", "")
    return found


def words(html: str) -> str:
    """Give what can be read on a page."""
    body = re.sub(r"<(style|script|head|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


def product_path(book: int, number: int = 1) -> str:
    """Give the address of a seeded product."""
    return f"/shops/shop-{book}/products/product-{book}-{number}"


ORDERS = "/checkout"
"""The address that takes orders."""


def checkout_path(book: int, number: int = 1, quantity: int = 1, option: str = "100克") -> str:
    """Give the address of the checkout, as the product's form would."""
    query = f"product=product-{book}-{number}&o0={option}&quantity={quantity}"
    return f"/shops/shop-{book}/checkout?{query}"


async def change(owner_url: str, *statements: tuple[str, Iterable[object]]) -> None:
    """Change the shop's tables as the owner, in one transaction."""
    connection = await asyncpg.connect(owner_url)
    try:
        async with connection.transaction():
            for statement, values in statements:
                await connection.execute(statement, *values)
    finally:
        await connection.close()


async def count(owner_url: str, statement: str, *values: object) -> int:
    """Count something as the owner, whom row-level security does not stop."""
    connection = await asyncpg.connect(owner_url)
    try:
        async with connection.transaction():
            await connection.execute("set local role jishi_verifier")
            return int(await connection.fetchval(statement, *values) or 0)
    finally:
        await connection.close()
