"""Beside the phone: page calls, inspector, faults, clock, deliveries, post, credentials."""

from datetime import datetime, timedelta

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.pages.words import Words
from jishi.sandbox import carriage, faults, post
from jishi.sandbox.alarms import next_alarms
from jishi.sandbox.courier import Parcel, parcels
from jishi.sandbox.doors import OFFICIAL, PAY
from jishi.sandbox.inspector import Line, Whole, whole
from jishi.sandbox.keys import PUBLIC_KEY_ID
from jishi.sandbox.phone.asked import Asked, asked_text, language_of, show, world_of
from jishi.sandbox.phone.page_calls import METHOD
from jishi.sandbox.phone.rooms import NEWEST, number
from jishi.sandbox.phone.screens import SHOP
from jishi.sandbox.phone.templates import engine

LINES_MAX = 60
SDK_NAMES = {
    "preVerifyJSAPI": "wx.config", "getBrandWCPayRequest": "wx.chooseWXPay",
    "geoLocation": "wx.getLocation", "imagePreview": "wx.previewImage",
    "editAddress": "wx.openAddress", "requestSubscribeMessage": "wx-open-subscribe",
}  # fmt: skip
"""What pages call what the bridge is asked for."""

MINUTE, HOUR, DAY = 60, 3600, 86400
MONTH = 30 * DAY
DONE = ("taken", "replied", "answered 2")
"""How the outcome of a delivery begins that was taken."""


class Call(Struct, frozen=True):
    """What a page asked of WeChat."""

    exchange_id: int
    noted_at: datetime
    operation: str
    url: str
    request_body: str
    answer_body: str
    said: str
    signed_message: str
    trouble: str


class Due(Struct, frozen=True):
    """What will happen by itself, and in how long."""

    kind: str
    subject: str
    due_at: datetime
    left: str


class Sent(Struct, frozen=True):
    """A delivery as it stands: `waiting`, `done` or `over`."""

    delivery_id: int
    kind: str
    url: str
    subject: str
    tries: int
    outcome: str
    state: str
    made_at: datetime
    due_at: datetime


sql = queries(__file__)
page_calls = sql.many("page_calls", Call)
spoken_lines = sql.many("spoken_lines", Line)


@get("/phone/panel/calls")
async def calls(request: Asked) -> Response[str]:
    """Show what pages asked of WeChat."""
    world = world_of(request)
    async with world.transaction() as tx:
        await world.inspector.write_down(tx)
        found = await page_calls(tx, method=METHOD, lines_max=LINES_MAX)
    return show(request, "panel_calls.html", calls=found, sdk_names=SDK_NAMES)


@get("/phone/panel/exchanges")
async def exchanges(request: Asked) -> Response[str]:
    """Show what was said between WeChat and servers."""
    world = world_of(request)
    direction, text = asked_text(request, "direction"), asked_text(request, "text")
    has_trouble = asked_text(request, "trouble") == "1"
    async with world.transaction() as tx:
        await world.inspector.write_down(tx)
        found = await spoken_lines(
            tx, direction=direction, text=text, is_trouble=has_trouble, lines_max=LINES_MAX,
            method=METHOD,
        )  # fmt: skip
    return show(
        request, "panel_exchanges.html", exchanges=found, direction=direction, text=text,
        has_trouble=has_trouble,
    )  # fmt: skip


@get("/phone/panel/exchanges/{exchange:str}")
async def exchange(request: Asked, exchange: FromPath[str]) -> Response[str]:
    """Show one exchange with everything."""
    async with world_of(request).transaction() as tx:
        found: Whole | None = await whole(tx, exchange_id=number(exchange))
    if found is None:
        raise NotFoundException
    return show(request, "panel_exchange.html", each=found)


@get("/phone/panel/faults")
async def fault_menu(request: Asked) -> Response[str]:
    """Show what can go wrong, and what is armed."""
    world = world_of(request)
    async with world.transaction() as tx:
        await world.faults.write_down(tx)
        armed = await faults.all_armed(tx)
    _ = engine().words[language_of(request)].say
    titles = {
        faults.CALL: _("服务器来问的时候"),
        faults.NOTICE: _("微信去通知的时候"),
        faults.DEED: _("事情本身"),
    }
    return show(
        request, "panel_faults.html", armed=armed,
        kinds={each.name: each for each in faults.KINDS},
        places=[(title, [each for each in faults.KINDS if each.place == place])
                for place, title in titles.items()],
        operations=sorted({each.path for each in (*PAY, *OFFICIAL)}),
    )  # fmt: skip


@get("/phone/panel/clock")
async def clock_panel(request: Asked) -> Response[str]:
    """Show the time, how to wind it, and what comes by itself."""
    world = world_of(request)
    words = engine().words[language_of(request)]
    async with world.transaction() as tx:
        due = await _due(tx, words)
        now = tx.now
    return show(
        request, "panel_clock.html", now=now, due=due, winds=winds(words),
        ahead=lasting(words, world.clock.ahead),
    )  # fmt: skip


async def _due(tx: Tx, words: Words) -> list[Due]:
    alarms = await next_alarms(tx, taken_max=LINES_MAX)
    waiting = [each for each in await parcels(tx, before=NEWEST, parcels_max=LINES_MAX)
               if each.ended_at is None]  # fmt: skip
    found = [(each.due_at, each.kind, each.subject) for each in alarms]
    found += [(each.due_at, each.kind, each.url) for each in waiting]
    return [
        Due(kind, subject, due_at, lasting(words, due_at - tx.now))
        for due_at, kind, subject in sorted(found)
    ]


def winds(words: Words) -> list[tuple[int, str]]:
    """Give how far the clock is wound by each button."""
    _ = words.say
    return [
        (15, _("15 秒")), (MINUTE, _("1 分钟")), (HOUR, _("1 小时")), (DAY, _("1 天")),
        (MONTH, _("30 天")),
    ]  # fmt: skip


def lasting(words: Words, span: timedelta) -> str:
    """Say how long something lasts, in its largest unit; nothing for no time."""
    n_, seconds = words.count, int(span.total_seconds())
    if seconds >= DAY:
        return n_("{n} 天", seconds // DAY)
    if seconds >= HOUR:
        return n_("{n} 小时", seconds // HOUR)
    if seconds >= MINUTE:
        return n_("{n} 分钟", seconds // MINUTE)
    return n_("{n} 秒", seconds) if seconds > 0 else ""


@get("/phone/panel/deliveries")
async def delivery_list(request: Asked) -> Response[str]:
    """Show what was and will be brought to servers."""
    world = world_of(request)
    async with world.transaction() as tx:
        await world.courier.write_down(tx)
        found = await parcels(tx, before=NEWEST, parcels_max=LINES_MAX)
    return show(request, "panel_deliveries.html", parcels=[sent(each) for each in found])


def sent(parcel: Parcel) -> Sent:
    """Give a delivery as it stands."""
    ended = "done" if parcel.outcome.startswith(DONE) else "over"
    return Sent(
        parcel.delivery_id, parcel.kind, parcel.url, parcel.subject, parcel.tries,
        parcel.outcome, "waiting" if parcel.ended_at is None else ended, parcel.made_at,
        parcel.due_at,
    )  # fmt: skip


@get("/phone/panel/post")
async def post_box(request: Asked) -> Response[str]:
    """Show the text messages and the mail that came."""
    async with world_of(request).transaction() as tx:
        found = await post.newest(tx, recipient="", post_max=LINES_MAX)
    return show(request, "panel_post.html", pieces=found)


@get("/phone/panel/carriage")
async def carriage_list(request: Asked) -> Response[str]:
    """Show the parcels that the carrier here was asked after."""
    async with world_of(request).transaction() as tx:
        found = await carriage.newest(tx, carried_max=LINES_MAX)
        parcels_now = carriage.shown(found, tx.now)
    _ = engine().words[language_of(request)].say
    return show(
        request, "panel_carriage.html", parcels=parcels_now,
        states={
            "accepted": _("已揽收"), "in_transit": _("运输中"), "out_for_delivery": _("派送中"),
            "delivered": _("已签收"), "troubled": _("有问题"), "lost": _("已丢失"),
            "returned": _("已退回"),
        },
        tones={
            **dict.fromkeys(("accepted", "in_transit", "out_for_delivery"), "waiting"),
            **dict.fromkeys(("troubled", "lost", "returned"), "over"), "delivered": "done",
        },
        troubles=[("", _("正常送达")), ("lost", _("让它丢失")), ("returned", _("让它退回"))],
    )  # fmt: skip


@get("/phone/panel/credentials")
async def credential_page(request: Asked) -> Response[str]:
    """Show ids, secrets and keys, and how to point clients here."""
    world = world_of(request)
    return show(
        request, "panel_credentials.html", accounts=list(world.accounts.values()),
        merchants=list(world.merchants.values()), public_key_id=PUBLIC_KEY_ID,
        public_key_pem=world.keys.public_pem(), shop=SHOP,
        certificates=[each.certificate_pem for each in world.keys.certificates(world.clock.now())],
        point="\n".join(f"{name:<24}{world.base_url}" for name in HOSTS),
    )  # fmt: skip


HOSTS = ("api.weixin.qq.com", "api.mch.weixin.qq.com", "mp.weixin.qq.com", "open.weixin.qq.com")
"""WeChat's hosts: all of them are here."""
