"""The sheets that come up from below: what a person is asked, and what can be chosen."""

from datetime import datetime

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.cast import Person
from jishi.sandbox.pay.cashier import Bill, show_code
from jishi.sandbox.pay.cashier import show as show_bill
from jishi.sandbox.phone.asked import (
    Asked,
    asked_text,
    holder_of,
    language_of,
    show,
    world_of,
)
from jishi.sandbox.phone.chats import UNREAD_MAX, chats, others
from jishi.sandbox.phone.templates import engine
from jishi.sandbox.transfers.confirming import waiting

TEMPLATES_MAX = 10
PAYMENTS_MAX = 20
CHOOSING = {"person", "group", "moment", "more", "share"}
WORDED = {"words", "place", "pictures", "refused"}
AVATARS = ("🌸", "🐼", "🦊", "🐳", "🍵", "🌙", "🎋", "🐯", "🍉", "🏔️", "🦉", "🌵", "🎻", "🧶")


class City(Struct, frozen=True):
    """A city and where it lies: "latitude,longitude" in degrees."""

    name: str
    place: str


CITIES = (
    City("深圳", "22.5431,114.0579"),
    City("北京", "39.9042,116.4074"),
    City("杭州", "30.2741,120.1551"),
    City("成都", "30.5728,104.0668"),
    City("哈尔滨", "45.8038,126.5350"),
    City("喀什", "39.4704,75.9898"),
)


class NoticeTemplate(Struct, frozen=True):
    """A notice that an account may ask to send."""

    template_id: str
    title: str


class Payment(Struct, frozen=True):
    """What a person paid."""

    transaction_id: str
    payee: str
    description: str
    total_fen: int
    paid_at: datetime


sql = queries(__file__)
payments = sql.many("payments", Payment)
notice_templates = sql.many("notice_templates", NoticeTemplate)


@get("/phone/people/{person:str}/sheets/{name:str}")
async def sheet(request: Asked, person: FromPath[str], name: FromPath[str]) -> Response[str]:
    """Show a sheet."""
    async with world_of(request).transaction() as tx:
        holder = await holder_of(tx, person)
        if maker := MAKERS.get(name):
            return await maker(request, tx, holder)
        if name in CHOOSING:
            return await choose(request, tx, holder, name)
    if name not in WORDED:
        raise NotFoundException
    texts = {each: asked_text(request, each) for each in ("words", "label", "place", "kind")}
    title = engine().words[language_of(request)].say("微信支付")
    return show(request, f"sheet_{name}.html", person=holder, title=title, **texts)


async def choose(request: Asked, tx: Tx, holder: Person, name: str) -> Response[str]:
    """Show a sheet on which people, faces or chats are chosen."""
    found = await chats(tx, person_id=holder.person_id, unread_max=UNREAD_MAX)
    rooms = [each for each in found if not each.is_account]
    listed = {each.face_ids[0] for each in rooms if len(each.face_ids) == 1}
    friends = await others(tx, person_id=holder.person_id)
    return show(
        request, f"sheet_{name}.html", person=holder, avatars=AVATARS, cities=CITIES,
        rooms=rooms, others=friends,
        unlisted=[each for each in friends if each.person_id not in listed],
    )  # fmt: skip


async def cashier(request: Asked, tx: Tx, holder: Person) -> Response[str]:
    """Show what is to be paid, or why it cannot be."""
    _ = engine().words[language_of(request)].say
    code = asked_text(request, "code_url")
    prepay_id = asked_text(request, "prepay_id")
    bill = await show_code(tx, code) if code else await show_bill(tx, prepay_id)
    if bill is not None and bill.state == "NOTPAY":
        return show(request, "sheet_cashier.html", person=holder, bill=bill)
    words = {
        "SUCCESS": _("这笔订单已经付过"), "REFUND": _("这笔订单已经付过"),
        "CLOSED": _("这笔订单已经关闭"), "EXPIRED": _("这笔订单过期了，请重新下单"),
    }  # fmt: skip
    said = words.get(state_of(bill), _("没有这笔订单"))
    return show(request, "sheet_refused.html", title=_("微信支付"), words=said)


def state_of(bill: Bill | None) -> str:
    """Give a bill's state; nothing for none."""
    return bill.state if bill else ""


async def notices(request: Asked, tx: Tx, holder: Person) -> Response[str]:
    """Ask whether notices may be sent."""
    appid = asked_text(request, "appid")
    wanted = asked_text(request, "ids").split(",")[:TEMPLATES_MAX]
    account = world_of(request).accounts[appid]
    found = await notice_templates(tx, appid=appid, template_ids=wanted)
    return show(
        request, "sheet_notices.html", person=holder, account=account, templates=found
    )  # fmt: skip


async def transfer(request: Asked, tx: Tx, holder: Person) -> Response[str]:
    """Ask whether money that was sent is taken."""
    package = asked_text(request, "package")
    found = await waiting(tx, package)
    if found is None or found.person_id != holder.person_id:
        raise NotFoundException
    return show(request, "sheet_transfer.html", transfer=found)


async def complaint(request: Asked, tx: Tx, holder: Person) -> Response[str]:
    """Ask of what a person complains: of a payment."""
    found = await payments(tx, person_id=holder.person_id, payments_max=PAYMENTS_MAX)
    return show(request, "sheet_complaint.html", person=holder, payments=found)


async def allow(request: Asked, _tx: Tx, holder: Person) -> Response[str]:
    """Ask whether a page may know where one is, or one's address."""
    _ = engine().words[language_of(request)].say
    if asked_text(request, "what") == "place":
        title, words = _("网页想知道你的位置"), _("把现在的位置告诉这个网页？")
        place = f"{holder.city} {holder.latitude}, {holder.longitude}"
        return show(request, "sheet_allow.html", title=title, words=words, mark="place",
                    shown=place)  # fmt: skip
    title, words = _("网页想用你的收货地址"), _("把下面的地址交给这个网页？")
    address = f"{holder.name} {holder.phone} {holder.city}"
    return show(request, "sheet_allow.html", title=title, words=words, mark="person", shown=address)


MAKERS = {
    "cashier": cashier,
    "transfer": transfer,
    "complaint": complaint,
    "notices": notices,
    "allow": allow,
}
