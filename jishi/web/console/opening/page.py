"""Opening a shop: who stands behind it, what is still to do, and the gate."""

from collections.abc import Sequence
from uuid import uuid4

import msgspec
from litestar import Response, get, post

from jishi import goods, money
from jishi.goods.views import Licence, ShopRow
from jishi.kernel import MARKET, Answer, Refused
from jishi.pages.words import Words
from jishi.trade.launch import Launch, launch
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, language_of, number, text
from jishi.web.console.frame import done, show_console
from jishi.web.member import Member, staff_of
from jishi.web.policy import staff
from jishi.web.storefront.legal import grounds_said

FIELDS = ("legal_name", "registration", "exemption", "address", "phone", "mail", "filing")


class Item(msgspec.Struct, frozen=True):
    """Something of the list: what, whether it is done, and where it is done."""

    said: str
    is_done: bool
    why: str
    path: str = ""


class Facts(msgspec.Struct, frozen=True):
    """What the page and the gate are made of."""

    shop: ShopRow
    licence: Licence | None
    markets: Licence | None
    ready: Launch
    can_be_paid: bool


@get("/console/opening", opt=staff("settings", is_in_a_shop=True))
async def opening(request: Asked) -> Response[bytes]:
    """Show the list before opening, who sells, and how the shop trades."""
    return await show_opening(request)


async def show_opening(
    asked: Asked, refused: Refused | None = None, filled: dict[str, str] | None = None
) -> Response[bytes]:
    """Show the page; after a refusal with the reason and what was filled in."""
    member, facts = staff_of(asked), await facts_of(asked)
    words = house(asked).engine.words[language_of(asked)]
    stated = facts.licence
    items = items_of(facts, words)
    page = {
        "shop": facts.shop, "items": items, "is_ready": is_ready(items),
        "left": sum(not each.is_done for each in items), "state": state_of(facts.shop),
        "filled": {**fields_of(stated), **(filled or {})},
        "grounds": list(grounds_said(words).items()),
        "days_min": goods.keeping_rules.NOTICE_DAYS_MIN,
        "is_sample": stated is not None and stated.exemption == "sample",
        "may_state_markets": member.is_operator, "markets": fields_of(facts.markets),
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/opening/page.html", page, status=status)


def fields_of(stated: Licence | None) -> dict[str, str]:
    """Give what a form of it holds."""
    return {name: getattr(stated, name) if stated else "" for name in FIELDS}


async def facts_of(asked: Asked) -> Facts:
    """Read what the shop has ready."""
    member, market = staff_of(asked), house(asked).market
    shop = await market.look(goods.views.shop_of_book, of_book=member.book)
    ready = await market.look(launch, book=member.book)
    assert shop is not None, "the route is of a shop"
    assert ready is not None
    return Facts(
        shop=shop, ready=ready,
        licence=await licence_of(asked, member.book), markets=await licence_of(asked, MARKET),
        can_be_paid=bool(await money.gateway.payee(member.book)),
    )  # fmt: skip


async def licence_of(asked: Asked, book: int) -> Licence | None:
    """Give who stands behind a shop, or behind the market."""
    return await house(asked).market.look(goods.views.licence, of_book=book)


def state_of(shop: ShopRow) -> str:
    """Name how a shop trades."""
    if shop.closed_at is not None:
        return "closing"
    return "open" if shop.is_listed else "trial"


def gate(facts: Facts, words: Words) -> bool:
    """Tell whether a shop may open to everybody."""
    return is_ready(items_of(facts, words))


def is_ready(items: Sequence[Item]) -> bool:
    """Tell whether nothing is left to do."""
    return all(each.is_done for each in items)


def items_of(facts: Facts, words: Words) -> list[Item]:
    """Give the list before opening, in the order of the first hour."""
    _ = words.say
    ready, shop = facts.ready, facts.shop.shop
    trial = f"/shops/{shop}/products/{ready.product}" if ready.product else ""
    return [
        Item(
            _("公示经营者"), facts.licence is not None,
            _("法律要求买家看得到谁在卖。"), "#licence",
        ),
        Item(
            _("公示平台的经营者"), facts.markets is not None,
            _("由平台的运营者填写，每一页的页脚都能看到。"), "#markets",
        ),
        Item(
            _("能收款"), facts.can_be_paid,
            _("微信支付的商户号和密钥，由运营者设置。"), "/console/settings/payment",
        ),
        Item(
            _("能买的商品"), ready.products > 0,
            _("至少一件在售、有库存的商品。"), "/console/goods",
        ),
        Item(
            _("试一笔真实的付款"), ready.was_paid,
            _("打开这件商品，买下、付款，再申请退款，看看每一步。"), trial,
        ),
    ]  # fmt: skip


@post("/console/opening/licence", opt=staff("settings", is_in_a_shop=True), status_code=303)
async def state_licence(request: Asked) -> Response[bytes]:
    """State who stands behind the shop; an operator also who runs the market."""
    form = await request.form()
    filled = {name: text(form, name).strip() for name in FIELDS}
    member = staff_of(request)
    is_markets = text(form, "of") == "market" and member.is_operator
    answer = await ask_licence(request, member, MARKET if is_markets else member.book, filled)
    if isinstance(answer, Refused):
        return await show_opening(request, answer, None if is_markets else filled)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, "/console/opening", _("主体信息已公示。"))


async def ask_licence(asked: Asked, member: Member, book: int, filled: dict[str, str]) -> Answer:
    """Ask for it."""
    return await house(asked).market.ask(
        goods.StateLicence(
            key=uuid4(), book=book, actor_id=member.staff_id,
            legal_name=filled["legal_name"], registration=filled["registration"],
            exemption=filled["exemption"], address=filled["address"], phone=filled["phone"],
            mail=filled["mail"], filing=filled["filing"],
        )
    )  # fmt: skip


@post("/console/opening", opt=staff("settings", is_in_a_shop=True), status_code=303)
async def set_opening(request: Asked) -> Response[bytes]:
    """Open the shop when nothing is left to do, put it on trial, or announce its closing."""
    form, member = await request.form(), staff_of(request)
    words = house(request).engine.words[language_of(request)]
    state = text(form, "state")
    if state == "open" and not gate(await facts_of(request), words):
        return await show_opening(request, Refused("opening_not_ready"))
    answer = await house(request).market.ask(
        goods.SetOpening(
            key=uuid4(), book=member.book, actor_id=member.staff_id, state=state,
            in_days=number(text(form, "in_days"), -1),
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_opening(request, answer)
    _ = words.say
    said = {
        "open": _("开业了，所有人都能找到。"), "trial": _("试营业中，只有拿到链接的人能买。"),
        "closing": _("停业已公示。"),
    }  # fmt: skip
    return done(request, "/console/opening", said[state])
