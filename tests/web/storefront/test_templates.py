"""Templates: Jinja2 renders each of them to the same page as minijinja."""

import asyncio
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from uuid import uuid4

import jinja2
import pytest

from jishi import people
from jishi.discovery import IndexGoods
from jishi.kernel import new_id, new_public_id
from jishi.pages import LANGUAGES, Engine, critical_styles
from jishi.pages.engine import known, source
from jishi.people.wechat_account import AccountSettings
from jishi.ports.messages import Message
from jishi.ports.wechat.official import Hosts
from jishi.web import files
from jishi.web.app import TEMPLATES
from tests.conftest import opened
from tests.web.person import prove, sign_in
from tests.web.reader import ORDERS, Reader, change, checkout_path, fields, product_path, words
from tests.web.storefront.test_addresses import save
from tests.web.storefront.test_after_sale import asked_for, pay
from tests.web.storefront.test_logistics import heard
from tests.web.storefront.test_parcels import BY_PARCEL, ship
from tests.web.wechat import WECHAT

Rendered = tuple[str, str, dict[str, object], str]


def by_jinja(language: str, template: str, page: Mapping[str, object]) -> str:
    """Render with the other engine."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: source(TEMPLATES, name)),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    given: dict[str, object] = {"styles": critical_styles(), **files.GIVEN}
    environment.globals.update({**known(Engine([], given).words[language]), **given})
    return environment.get_template(template).render(**page)


async def index(url: str, book: int) -> None:
    """Let the shop's goods be found."""
    async with opened(url) as market:
        await market.ask(IndexGoods(key=uuid4(), book=book, actor_id=0))


def visit_all(reader: Reader, book: int, owner_url: str) -> None:
    """Read every page in many of its states."""
    order = reader.order(book)
    asyncio.run(index(owner_url, book))
    wrong = {**reader.checkout(book), "seen0": "1", "remark0": "a < b & 'c'"}
    for path in ("/", "/orders", order, "/language?back=/orders", "/nowhere", product_path(book),
                 checkout_path(book), checkout_path(book, quantity=99), "/search",
                 "/search?q=<b>", "/search?q=tea", f"{order}/payment", "/legal/rules",
                 f"{order}/invoice"):  # fmt: skip
        reader.get(path)
    reader.post(ORDERS, wrong)
    reader.put(book, 1)
    reader.put(book, 2, quantity=9)
    dearer = "update goods.skus set price_fen = price_fen + 1 where book = $1"
    asyncio.run(change(owner_url, (dearer, [book])))
    reader.get(f"{product_path(book)}?put=1")
    reader.get("/categories")
    reader.get("/checkout")
    purchase = reader.purchase(owner_url)
    for path in (purchase, f"{purchase}/payment"):
        reader.get(path)
    asyncio.run(pay(owner_url, owner_url, book, "paid"))
    asyncio.run(change(owner_url, (f"{BY_PARCEL} where book = $1", [book])))
    asyncio.run(ship(owner_url, owner_url, book, 1))
    asyncio.run(heard(owner_url, owner_url, book, "accepted"))
    reader.get(f"{order}/logistics")
    case = reader.send(f"{order}/after-sale", asked_for(reader, order)).headers["location"]
    for path in (order, case):
        reader.get(path)
    reader.get("/me")
    sign_in(reader)
    for path in (
        "/addresses",
        "/addresses/new",
        "/me",
        "/me/name",
        "/me/privacy",
        "/me/privacy/erasure",
        "/me/privacy/erasure?sent=1",
    ):
        reader.get(path)
    save(reader)
    reader.get(f"{reader.order(book)}/address")
    off = "update goods.products set is_live = false where book = $1"
    asyncio.run(change(owner_url, (off, [book])))
    reader.get(product_path(book))
    reader.get("/cart")
    reader.get(f"/shops/shop-{book}/categories/tea")
    come_in(reader)


class Silent:
    """Brings messages to nobody."""

    async def send(self, message: Message) -> None:
        """Take it."""


def come_in(reader: Reader) -> None:
    """Sign in, with all that one can be known by."""
    people.wechat_account.settings = AccountSettings(appid="wx1", secret="", hosts=Hosts())
    for path in ("/sign-in", "/sign-in/wechat?back=/cart", "/sign-in/wechat/return?code=1"):
        reader.get(path, **{"user-agent": WECHAT})
    people.post.known = {"phone": Silent(), "email": Silent()}
    form = fields(reader.get("/sign-in").text)
    for name in ("?", "a@b.example", f"139{new_id() % 10**8:08}"):
        reader.post("/sign-in/codes", {**form, "name": name})
        reader.get("/sign-in/code")
    prove(
        reader, sign_in(reader), people.Proved("openid", new_public_id(), "wx1"),
        people.Proved("phone", f"+86{new_id()}"), people.Proved("email", f"{new_id()}@b.example"),
    )  # fmt: skip
    assert words(reader.get("/sign-in").text).count("***") == 2


def test_two_engines_agree_on_every_page(
    reader: Reader, book: int, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    category = "insert into goods.categories (book, category_id, public_id, title) \
                values ($1, 7, 'tea', '<茶>')"
    asyncio.run(change(owner_url, (category, [book])))
    render, rendered = Engine.render, list[Rendered]()

    def listen(engine: Engine, language: str, template: str, page: dict[str, object]) -> str:
        html = render(engine, language, template, page)
        rendered.append((language, template, page, html))
        return html

    monkeypatch.setattr(Engine, "render", listen)
    visit_all(reader, book, owner_url)
    seen = {template for _, template, _, _ in rendered}
    whole = {file.name for file in Path(TEMPLATES[0]).glob("*.html") if is_page(file)}
    assert seen == whole
    for _, template, page, html in rendered:
        for language in LANGUAGES:
            ours = html if language == "zh-CN" else None
            again = render(engine_of(reader), language, template, page)
            assert ours is None or ours == again
            assert unescape(again) == unescape(by_jinja(language, template, page)), template


def is_page(file: Path) -> bool:
    """Tell a page from what pages include."""
    return '{% extends "layout.html" %}' in file.read_text("utf-8")


def engine_of(reader: Reader) -> Engine:
    """Give the application's engine."""
    engine = reader.client.app.state["house"].engine
    assert isinstance(engine, Engine)
    return engine
