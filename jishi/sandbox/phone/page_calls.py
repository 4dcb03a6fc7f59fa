"""What a page asks of WeChat: judged here, done by the phone, and noted for the inspector."""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from jishi.ports.wechat.signing import page_payment_message, page_signature
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.articles.media_store import keep_medium
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.cast import Account, person_of
from jishi.sandbox.doors import control
from jishi.sandbox.inspector import Exchange
from jishi.sandbox.official.talking import MEDIA_LIFE
from jishi.sandbox.official.tickets import BAD_SIGNATURE, OK, check_page_config, signer
from jishi.sandbox.pay.page import PagePayment, check_page_payment
from jishi.sandbox.phone.photos import photo_by_id
from jishi.sandbox.phone.sheets import notice_templates
from jishi.sandbox.transfers.confirming import waiting
from jishi.sandbox.transfers.transfers import WAITING

METHOD = "JSAPI"
GOOD, BAD = 200, 400
PAYMENT = "get_brand_wcpay_request"
BAD_LINK = "link must be in js secure domain list"


class PageCall(Asked, frozen=True):
    """What a page asks; `page` is its true address, `shown` where the WebView shows it."""

    person_id: int
    name: str
    asked: msgspec.Raw
    page: str
    shown: str = ""


class Note(Asked, frozen=True):
    """How a call went that the phone answered itself."""

    person_id: int
    name: str
    asked: msgspec.Raw
    answer: msgspec.Raw
    page: str
    trouble: str = ""


class Answer(Struct, frozen=True, omit_defaults=True):
    """What the page hears, in WeChat's own names."""

    err_msg: str
    err_desc: str = ""
    serverId: str = ""  # noqa: N815 - the protocol's name


class Verdict(Struct, frozen=True, omit_defaults=True):
    """The answer, or the sheet that asks the person; `then` is what is done when it is allowed."""

    answer: Answer | None = None
    sheet: str = ""
    trouble: str = ""
    signed: str = ""
    then: str = ""
    body: dict[str, str | int] = {}


class Config(Struct, frozen=True, rename="camel"):
    """What `wx.config` hands over with every call."""

    verify_app_id: str = ""
    verify_timestamp: str = ""
    verify_nonce_str: str = ""
    verify_signature: str = ""
    verify_js_api_list: list[str] = []


class Link(Struct, frozen=True):
    """The part of a share card that is judged."""

    link: str = ""


class Package(Struct, frozen=True):
    """What names a transfer that waits."""

    package: str = ""


class Notices(Struct, frozen=True, rename={"ids": "tmplIds"}):
    """The notices that a page asks to send."""

    ids: list[str] = []


class Chosen(Struct, frozen=True):
    """A picture that was chosen before."""

    photo_id: str = ""


Judge = Callable[[ControlCall, PageCall], Awaitable[Verdict]]
JUDGES: dict[str, Judge] = {}


def judges(*names: str) -> Callable[[Judge], Judge]:
    """Name the calls that this judges."""

    def keep(judge: Judge) -> Judge:
        JUDGES.update(dict.fromkeys(names, judge))
        return judge

    return keep


@control("POST", "/sandbox/page-calls")
async def judge_call(call: ControlCall, asked: PageCall) -> Verdict | Refusal:
    """Judge what a page asks: the answer at once, or the sheet that asks the person."""
    judge = JUDGES.get(asked.name)
    if judge is None:
        return bad_parameter("/name", f"one of {', '.join(sorted(JUDGES))}")
    if await person_of(call.tx, asked.person_id) is None:
        return bad_parameter("/person_id", "nobody has this id")
    try:
        verdict = await judge(call, asked)
    except msgspec.ValidationError as error:
        verdict = refused(asked.name, f"fail, {error}")
    if verdict.answer is not None:
        note(call, asked, msgspec.json.encode(verdict.answer), verdict)
    return verdict


@control("POST", "/sandbox/page-calls/notes")
async def note_call(call: ControlCall, asked: Note) -> None:
    """Note how a call went."""
    note(call, asked, bytes(asked.answer), Verdict(trouble=asked.trouble))


def note(call: ControlCall, asked: PageCall | Note, said: bytes, verdict: Verdict) -> None:
    """Show the inspector a call of a page."""
    call.world.inspector.note(
        Exchange(
            noted_at=call.now,
            direction="in",
            operation=asked.name,
            method=METHOD,
            url=asked.page,
            request_headers="",
            request_body=pretty(bytes(asked.asked)),
            status=BAD if verdict.trouble else GOOD,
            answer_headers="",
            answer_body=pretty(said),
            signed_message=verdict.signed,
            trouble=verdict.trouble,
        )
    )


def pretty(body: bytes) -> str:
    """Write JSON so that people read it."""
    return json.dumps(json.loads(body.decode(errors="replace")), ensure_ascii=False, indent=2)


def refused(name: str, why: str) -> Verdict:
    """Answer no, and why."""
    return Verdict(Answer(f"{name}:{why}"), trouble=why)


@judges("preVerifyJSAPI")
async def verify(call: ControlCall, asked: PageCall) -> Verdict:
    """Judge `wx.config`: by the page's true address, or by the one that its script sees here."""
    told = msgspec.json.decode(asked.asked, type=Config)
    page = asked.page.partition("#")[0]
    said = await check_page_config(
        call.tx, told.verify_app_id, told.verify_timestamp, told.verify_nonce_str,
        told.verify_signature, page, told.verify_js_api_list,
    )  # fmt: skip
    known = await signer(call.tx, appid=told.verify_app_id)
    tickets = known.tickets if known else []
    if said == BAD_SIGNATURE and is_signed_as_shown(told, tickets, asked.shown):
        said = OK
    signed = (
        f"jsapi_ticket={tickets[-1] if tickets else ''}&noncestr={told.verify_nonce_str}"
        f"&timestamp={told.verify_timestamp}&url={page}"
    )
    if said == OK:
        return Verdict(Answer(f"{asked.name}:ok"), signed=signed)
    return Verdict(Answer(f"{asked.name}:fail_{said}"), trouble=said, signed=signed)


def is_signed_as_shown(told: Config, tickets: list[str], shown: str) -> bool:
    """Tell whether a page signed the address that its script reads in `location`."""
    if not (told.verify_timestamp.isascii() and told.verify_timestamp.isdigit()):
        return False
    moment = int(told.verify_timestamp)
    return any(
        page_signature(each, told.verify_nonce_str, moment, shown) == told.verify_signature.lower()
        for each in tickets
    )


@judges("updateAppMessageShareData", "updateTimelineShareData")
async def share(call: ControlCall, asked: PageCall) -> Verdict:
    """Judge a share card: its link leads to one of the account's own domains."""
    account = account_of(call, asked)
    link = msgspec.json.decode(asked.asked, type=Link).link
    host = urlsplit(link).hostname or ""
    is_shown = urlsplit(asked.shown).hostname == host
    if account is None or not (is_shown or host in account.js_domains):
        return refused(asked.name, BAD_LINK)
    return Verdict(Answer(f"{asked.name}:ok"))


def account_of(call: ControlCall, asked: PageCall) -> Account | None:
    """Find the account whose page this is, by what `wx.config` said."""
    told = msgspec.json.decode(asked.asked, type=Config)
    return call.world.accounts.get(told.verify_app_id)


@judges("getBrandWCPayRequest")
async def pay(call: ControlCall, asked: PageCall) -> Verdict:
    """Judge a payment: the cashier opens, or the phone says why not."""
    given = msgspec.json.decode(asked.asked, type=dict[str, object])
    told = {name: str(given.get(name, "")) for name in PagePayment.__struct_fields__}
    bill = await check_page_payment(call.tx, PagePayment(**told))
    if isinstance(bill, str):
        signed = page_payment_message(
            told["appId"], told["timeStamp"], told["nonceStr"], told["package"]
        ).decode()
        return Verdict(Answer(f"{PAYMENT}:fail", bill), trouble=bill, signed=signed)
    sheet = f"/phone/people/{asked.person_id}/sheets/cashier?prepay_id={quote(bill.prepay_id)}"
    return Verdict(sheet=sheet)


@judges("requestMerchantTransfer")
async def take_money(call: ControlCall, asked: PageCall) -> Verdict:
    """Judge a transfer to be confirmed: it waits for this person."""
    package = msgspec.json.decode(asked.asked, type=Package).package
    found = await waiting(call.tx, package)
    if found is None or found.person_id != asked.person_id or found.state != WAITING:
        return refused(asked.name, "fail, no transfer waits for this person")
    sheet = f"/phone/people/{asked.person_id}/sheets/transfer?package={quote(package)}"
    body: dict[str, str | int] = {"package_info": package, "person_id": asked.person_id}
    return Verdict(sheet=sheet, then="POST /sandbox/transfers/confirmation", body=body)


@judges("requestSubscribeMessage")
async def ask_notices(call: ControlCall, asked: PageCall) -> Verdict:
    """Judge a wish to send notices: the account has taken these templates."""
    wanted = msgspec.json.decode(asked.asked, type=Notices).ids
    account = account_of(call, asked)
    appid = account.appid if account else ""
    if not await notice_templates(call.tx, appid=appid, template_ids=wanted):
        return refused("subscribe", "fail, no template data return")
    ids, person_id = quote(",".join(wanted)), asked.person_id
    sheet = f"/phone/people/{person_id}/sheets/notices?appid={appid}&ids={ids}"
    body: dict[str, str | int] = {"appid": appid, "person_id": person_id}
    return Verdict(sheet=sheet, then="POST /sandbox/deeds/subscription", body=body)


@judges("uploadImage")
async def upload(call: ControlCall, asked: PageCall) -> Verdict:
    """Hand a chosen picture to the account, which may fetch it for three days."""
    account = account_of(call, asked)
    found = await photo_by_id(
        call.tx, photo_id=msgspec.json.decode(asked.asked, type=Chosen).photo_id
    )
    if account is None or found is None:
        return refused(asked.name, "fail")
    media_id = await keep_medium(
        call.tx, account.appid, "image", "picture", found.media_type, found.bytes,
        expires_at=call.now + MEDIA_LIFE,
    )  # fmt: skip
    return Verdict(Answer(f"{asked.name}:ok", serverId=media_id))
