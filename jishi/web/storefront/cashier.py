"""The cashier: paying an order in the way that suits where its buyer is, and how it went."""

import ipaddress
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote
from uuid import UUID, uuid4, uuid5

import msgspec
import segno
from litestar import Response, get, post
from litestar.params import FromPath

from jishi import money, trade
from jishi.kernel import Refused, new_id
from jishi.money.views import OpenPayment
from jishi.pages.formats import minutes_left
from jishi.ports.wechat.failures import WechatFailure
from jishi.trade.views import OrderPage
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, is_in_wechat, is_secure, key_of, text
from jishi.web.person import shopper_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.orders import find_order, show_order
from jishi.web.storefront.purchase import together_of
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in_wechat import silent_way
from jishi.web.visitor import token

WAIT_SECONDS_MAX = 4
STARTS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686903")
"""The namespace of starts' keys: one form starts one attempt, however often it is sent."""


@post("/shops/{shop:str}/orders/{order:str}/payment", opt=VISITOR, status_code=303)
async def start(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Begin to pay, then show by what; WeChat is asked at once, and later if it is away."""
    page = await find_order(request, shop, order)
    if silent := await silent_way(request, path_of(page), is_paying=True):
        return silent
    refused = await begin(request, page, way_of(request))
    if refused and refused.reason != "payment_open":
        return await show_order(request, page, refused=refused)
    return go_to(path_of(page))


async def begin(request: Asked, page: OrderPage, way: str) -> Refused | None:
    """Start an attempt; give the reason why not, or none."""
    settings = await money.gateway.ready()
    if settings is None:
        return Refused("paying_not_set_up")
    mchid = await money.gateway.payee(page.book)
    if not mchid:
        return Refused("shop_cannot_be_paid")
    attempt_id = new_id()
    if address := address_of(request):
        money.gateway.note_client(attempt_id, address)
    answer = await house(request).market.ask(
        trade.StartPayment(
            key=uuid5(STARTS, f"{page.order} {attempt_id}"), book=page.book,
            actor_id=shopper_of(request), order_id=page.order_id, attempt_id=attempt_id,
            appid=settings.appid, mchid=mchid, way=way,
        ),
        wait=WAIT_SECONDS_MAX,
    )  # fmt: skip
    return answer if isinstance(answer, Refused) else None


@get("/shops/{shop:str}/orders/{order:str}/payment", opt=VISITOR)
async def cashier(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Show by what the order is paid, or how that went."""
    return await show_cashier(request, await find_order(request, shop, order))


@post("/shops/{shop:str}/orders/{order:str}/payment/inquiry", opt=VISITOR, status_code=303)
async def inquiry(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Ask WeChat now whether it is paid, because the buyer says so."""
    page = await find_order(request, shop, order)
    key = key_of(await request.form())
    await house(request).market.ask(
        trade.LookForPayment(
            key=key, book=page.book, actor_id=shopper_of(request), order_id=page.order_id
        ),
        wait=WAIT_SECONDS_MAX,
    )
    return go_to(f"{path_of(page)}?asked=1")


@post("/shops/{shop:str}/orders/{order:str}/payment/withdrawal", opt=VISITOR, status_code=303)
async def withdrawal(request: Asked, shop: FromPath[str], order: FromPath[str]) -> Response[bytes]:
    """Pay in another way: what was begun is closed at WeChat first, so nobody pays twice."""
    page = await find_order(request, shop, order)
    form = await request.form()
    answer = await house(request).market.ask(
        trade.WithdrawPayment(
            key=key_of(form), book=page.book, actor_id=shopper_of(request), order_id=page.order_id
        ),
        wait=WAIT_SECONDS_MAX,
    )
    refused = answer if isinstance(answer, Refused) else None
    if refused is None or refused.reason == "no_payment_open":
        way = text(form, "way")
        refused = await begin(request, page, way if way in money.rules.WAYS else "native")
    if refused:
        return await show_cashier(request, await find_order(request, shop, order), refused)
    return go_to(path_of(page))


async def show_cashier(
    request: Asked, page: OrderPage, refused: Refused | None = None
) -> Response[bytes]:
    """Show where the payment stands and what can be done; asks nobody outside."""
    is_open = page.state == "awaiting_payment"
    attempt = await house(request).market.look(
        money.views.open_payment, book=page.book, of_book=page.book, order_id=page.order_id
    )
    if attempt and attempt.combined and (whole := await together_of(request, page)):
        return go_to(f"/purchases/{whole.purchase}/payment")
    answer = token(request)
    was_asked = "asked" in request.query_params
    shown = {
        "page": page,
        "path": path_of(page),
        "stand": stand_of(page.state, attempt),
        "minutes": minutes_left(page.pay_until, datetime.now(UTC)) if is_open else 0,
        "code": code_of(attempt),
        "link": link_of(request, path_of(page), attempt),
        "sheet": await sheet_of(attempt, page.book),
        "was_asked": was_asked,
        "is_refreshed": page.state == "closing" or (is_open and refreshes(attempt, was_asked)),
        "token": answer.value,
        "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(request, "cashier.html", shown, status=status, cookies=answer.cookies)


def stand_of(state: str, attempt: OpenPayment | None) -> str:
    """Say in a word where paying stands; the page has a part for each."""
    if state == "awaiting_payment":
        return "unbegun" if attempt is None else attempt.way if attempt.code_url else "coming"
    return state if state in {"closing", "closed"} else "paid"


def refreshes(attempt: OpenPayment | None, was_asked: bool) -> bool:  # noqa: FBT001 - one caller
    """Tell whether the page looks again by itself: not under a sheet, which it would close."""
    return attempt is not None and (was_asked or attempt.way == "native" or not attempt.code_url)


def code_of(attempt: OpenPayment | None) -> str:
    """Draw the code that a phone scans; empty where the attempt is paid otherwise."""
    if attempt is None or attempt.way != "native" or not attempt.code_url:
        return ""
    drawn = BytesIO()
    segno.make(attempt.code_url, error="m").save(
        drawn, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, svgns=True, nl=False
    )
    return drawn.getvalue().decode()


def link_of(request: Asked, path: str, attempt: OpenPayment | None) -> str:
    """Give where a browser outside WeChat pays, and comes back from."""
    if attempt is None or attempt.way != "h5" or not attempt.code_url:
        return ""
    scheme = "https" if is_secure(request) else "http"
    back = f"{scheme}://{request.headers.get('host', '')}{path}?asked=1"
    return f"{attempt.code_url}&redirect_url={quote(back, safe='')}"


async def sheet_of(attempt: OpenPayment | None, book: int) -> str:
    """Give what opens WeChat's sheet, signed for this showing."""
    if attempt is None or attempt.way != "jsapi" or not attempt.code_url:
        return ""
    try:
        sheet = await money.gateway.sheet(attempt.code_url, book, attempt.mchid)
        return msgspec.json.encode(sheet).decode()
    except (money.NotSetUp, WechatFailure):
        return ""


def path_of(page: OrderPage) -> str:
    """Give the cashier's address."""
    return f"/shops/{page.shop}/orders/{page.order}/payment"


def way_of(request: Asked) -> str:
    """Give the way that suits the browser: WeChat's sheet, a link on a phone, or a code."""
    if is_in_wechat(request):
        return "jsapi"
    agent = request.headers.get("user-agent", "")
    return "h5" if "Mobile" in agent or "Android" in agent else "native"


def address_of(request: Asked) -> str:
    """Give the payer's address; the one a proxy tells first. Whoever lies cannot pay by link."""
    told = request.headers.get("x-forwarded-for", "").partition(",")[0].strip()
    client = request.scope.get("client")
    for address in (told, client[0] if client else ""):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            continue
    return ""
