"""What a developer may see and set about accounts, beside what persons do."""

import secrets

from msgspec import Struct

from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control
from jishi.sandbox.official.chat import Message, chat
from jishi.sandbox.official.errcodes import KNOWN, meaning
from jishi.sandbox.official.one_time import template_of
from jishi.sandbox.official.template_rules import fields
from jishi.sandbox.official.templates import NOTICE, TEMPLATE, Template, keep, templates
from jishi.sandbox.program.shipping import find_order, remind_to_ship
from jishi.sandbox.program.shipping_store import OrderKey
from jishi.sandbox.reading import number

NEWEST = 2**62


class Messages(Struct, frozen=True):
    """A page of a chat, the newest first."""

    messages: list[Message]


class NewTemplate(Asked, frozen=True):
    """A template like one the account has in reality, under the same id if one is given."""

    title: str
    content: str
    template_id: str = ""
    kind: str = TEMPLATE
    example: str = ""


class AllTemplates(Struct, frozen=True):
    """What an account may send: templates, notices, and the one for one-time subscriptions."""

    templates: list[Template]
    notices: list[Template]
    one_time_template_id: str


class Number(Struct, frozen=True):
    """An error number explained."""

    errcode: int
    errmsg: str
    meaning: str


class Numbers(Struct, frozen=True):
    """All error numbers."""

    errcodes: list[Number]


class Reminder(Asked, frozen=True):
    """Remind a mini program of an order that waits to be shipped."""

    appid: str
    transaction_id: str


@control("GET", "/sandbox/chats/{appid}/{person_id}")
async def show_chat(call: ControlCall) -> Messages | Refusal:
    """Show a chat; `before` leads to the next page."""
    person_id, before = number(call.path["person_id"]), number(call.query.get("before", ""))
    if person_id is None:
        return bad_parameter("/person_id", "a number")
    return Messages(await chat(call.tx, call.path["appid"], person_id, before or NEWEST))


@control("POST", "/sandbox/accounts/{appid}/templates")
async def add_template(call: ControlCall, asked: NewTemplate) -> Template | Refusal:
    """Add a template that the library here does not have."""
    if call.path["appid"] not in call.world.accounts:
        return Refusal(404, "NOT_FOUND", "no account has this appid")
    if asked.kind not in {TEMPLATE, NOTICE}:
        return bad_parameter("/kind", f"{TEMPLATE} or {NOTICE}")
    if not fields(asked.content):
        return bad_parameter("/content", "a template has fields like {{thing1.DATA}}")
    template = Template(
        asked.template_id or secrets.token_urlsafe(32), asked.kind, "", asked.title,
        asked.content, asked.example, "", "", is_long_term=False,
    )  # fmt: skip
    await keep(call.tx, call.path["appid"], template)
    return template


@control("GET", "/sandbox/accounts/{appid}/templates")
async def list_templates(call: ControlCall) -> AllTemplates | Refusal:
    """List what an account may send."""
    account = call.world.accounts.get(call.path["appid"])
    if account is None:
        return Refusal(404, "NOT_FOUND", "no account has this appid")
    return AllTemplates(
        await templates(call.tx, appid=account.appid, kind=TEMPLATE),
        await templates(call.tx, appid=account.appid, kind=NOTICE),
        template_of(account),
    )


@control("GET", "/sandbox/errcodes")
async def list_errcodes(_call: ControlCall) -> Numbers:
    """List the error numbers with their meaning in Chinese."""
    return Numbers(
        [Number(number, known.words, meaning(number)) for number, known in KNOWN.items()]
    )


@control("POST", "/sandbox/shipping-reminders")
async def remind(call: ControlCall, asked: Reminder) -> Refusal | None:
    """Have the event pushed that reminds of an unshipped order."""
    account = call.world.accounts.get(asked.appid)
    key = OrderKey(2, asked.transaction_id)
    order = await find_order(call.tx, asked.appid, key) if account else None
    if account is None or order is None:
        return Refusal(404, "NOT_FOUND", "no such paid order")
    await remind_to_ship(call.tx, account, order)
    return None
