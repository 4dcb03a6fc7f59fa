"""Broadcasts: one message to everybody, to a tag, or to named fans; four a month reach a person.

Source: official accounts, "Broadcasting". The same `clientmsgid` (or, without one, the same
content on the same day) is one broadcast. Who has had four this month in Beijing is left out.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.alarms import set_alarm
from jishi.sandbox.answers import Answered, Errcode
from jishi.sandbox.articles.reading import forget_broadcast
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.official.broadcast_words import (
    Asked,
    Broadcast,
    Filter,
    Made,
    Preview,
    shown,
)
from jishi.sandbox.official.chat import PREVIEW, as_json, say
from jishi.sandbox.official.fans import named, reach
from jishi.sandbox.official.limits import amount, day_begin, month_begin
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.rights import service
from jishi.sandbox.official.sending import SEND_AFTER, SEND_ALARM, recipients
from jishi.sandbox.reading import number

ALL, SOME, PREVIEWS = (
    "/cgi-bin/message/mass/sendall",
    "/cgi-bin/message/mass/send",
    "/cgi-bin/message/mass/preview",
)
BAD_OPENID, BAD_LIST_SIZE, AT_LEAST_TWO, NOT_FOLLOWING = 40003, 40032, 40130, 43004
NO_QUOTA, KNOWN_ID, RETRIED_TOO_SOON, ID_TOO_LONG, BAD_TAG = 45028, 45065, 45066, 45067, 45159
BAD_SPEED, NO_SPEED, BAD_MESSAGE = 45083, 45084, 40035
OPENIDS_MIN, OPENIDS_MAX, CLIENT_ID_MAX, TOO_MANY = 2, 10_000, 64, 45009
RETRY_PAUSE = timedelta(minutes=1)
REAL_SPEEDS = (80, 60, 45, 30, 10)
SPEED_OTHERWISE = 0


class Sent(Answered, frozen=True):
    """It will be sent, or it was asked for before."""

    errcode: int
    errmsg: str
    msg_id: int
    msg_data_id: int | None = None


class ByMsg(Asked, frozen=True):
    """A broadcast, by its number."""

    msg_id: int | str = 0
    article_idx: int = 0


class Status(Struct, frozen=True):
    """How far it is."""

    msg_id: int
    msg_status: str


class Speed(Asked, frozen=True):
    """Which gear, 0 the fastest."""

    speed: int | None = None


class SpeedTold(Struct, frozen=True):
    """The gear, and what it means in ten thousands a minute."""

    speed: int
    realspeed: int


class Kept(Struct, frozen=True):
    """A broadcast as it is kept."""

    msg_id: int
    state: str
    made_at: datetime


class Count(Struct, frozen=True):
    """Broadcasts to everybody, since the day and since the month began."""

    of_day: int
    of_month: int


class Gear(Struct, frozen=True):
    """A speed as it is kept."""

    speed: int


sql = queries(__file__)
by_client_id = sql.one("by_client_id", Kept)
by_msg_id = sql.one("by_msg_id", Kept)
add_broadcast = sql.one("add_broadcast", Kept)
add_targets = sql.run("add_targets")
to_all_count = sql.one("to_all_count", Count)
mark_deleted = sql.run("mark_deleted")
put_speed = sql.run("put_speed")
gear = sql.one("gear", Gear)
one_by_one = sql.run("one_by_one")


@service("POST", ALL)
async def send_all(call: OfficialCall, asked: Broadcast) -> Sent | Errcode:
    """Broadcast to everybody, or to the fans with a tag."""
    chosen = asked.filter or Filter()
    if not chosen.is_to_all and chosen.tag_id is None:
        return Errcode(BAD_TAG)
    return await _submit(call, asked, ALL, [])


@service("POST", SOME)
async def send_some(call: OfficialCall, asked: Broadcast) -> Sent | Errcode:
    """Broadcast to named fans."""
    openids = asked.touser if isinstance(asked.touser, list) else []
    if len(openids) < OPENIDS_MIN:
        return Errcode(AT_LEAST_TWO)
    if len(openids) > OPENIDS_MAX:
        return Errcode(BAD_LIST_SIZE)
    known = await named(call.tx, appid=call.account.appid, openids=openids)
    if not known:
        return Errcode(BAD_OPENID)
    return await _submit(call, asked, SOME, [each.person_id for each in known])


@service("POST", PREVIEWS)
async def preview(call: OfficialCall, asked: Preview) -> Sent | Errcode:
    """Show a broadcast to one fan; it costs nothing."""
    whom = await reach(call.tx, call.account.appid, asked.touser)
    if whom is None:
        return Errcode(BAD_OPENID)
    if not whom.is_following:
        return Errcode(NOT_FOLLOWING)
    if refusal := await spend_call(call, PREVIEWS):
        return refusal
    made = await shown(call, asked, is_preview=True)
    if isinstance(made, Errcode):
        return made
    message_id = await say(
        call.tx, call.account.appid, whom.person_id, PREVIEW, asked.msgtype, made.content
    )
    return Sent(0, "preview success", message_id)


@service("POST", "/cgi-bin/message/mass/get")
async def tell(call: OfficialCall, asked: ByMsg) -> Status | Errcode:
    """Tell how far a broadcast is."""
    found = await _found(call, asked)
    return Status(found.msg_id, found.state) if found else Errcode(BAD_MESSAGE)


@service("POST", "/cgi-bin/message/mass/delete")
async def delete(call: OfficialCall, asked: ByMsg) -> Errcode | None:
    """Take a broadcast's articles off; the messages stay, and lead nowhere."""
    found = await _found(call, asked)
    if found is None:
        return Errcode(BAD_MESSAGE)
    await forget_broadcast(call.tx, call.account.appid, found.msg_id, asked.article_idx)
    if not asked.article_idx:
        await mark_deleted(call.tx, appid=call.account.appid, msg_id=found.msg_id)
    return None


@service("POST", "/cgi-bin/message/mass/speed/get")
async def tell_speed(call: OfficialCall) -> SpeedTold:
    """Tell the gear."""
    found = await gear(call.tx, appid=call.account.appid) or Gear(SPEED_OTHERWISE)
    return SpeedTold(found.speed, REAL_SPEEDS[found.speed])


@service("POST", "/cgi-bin/message/mass/speed/set")
async def set_speed(call: OfficialCall, asked: Speed) -> Errcode | None:
    """Choose the gear."""
    if asked.speed is None:
        return Errcode(NO_SPEED)
    if not 0 <= asked.speed < len(REAL_SPEEDS):
        return Errcode(BAD_SPEED)
    await put_speed(call.tx, appid=call.account.appid, speed=asked.speed)
    return None


async def _submit(  # noqa: PLR0911 - one a reason
    call: OfficialCall, asked: Broadcast, operation: str, person_ids: list[int]
) -> Sent | Errcode:
    if len(asked.clientmsgid) > CLIENT_ID_MAX:
        return Errcode(ID_TOO_LONG)
    await one_by_one(call.tx, appid=call.account.appid)
    client_id = asked.clientmsgid or _digest(call)
    if known := await by_client_id(call.tx, appid=call.account.appid, client_id=client_id):
        if call.now - known.made_at < RETRY_PAUSE:
            return Errcode(RETRIED_TOO_SOON)
        return Sent(KNOWN_ID, "clientmsgid exist", known.msg_id, known.msg_id)
    if refusal := await spend_call(call, operation):
        return Errcode(NO_QUOTA) if refusal.errcode == TOO_MANY else refusal
    chosen = asked.filter or Filter()
    is_to_all = operation == ALL and chosen.is_to_all
    if await _is_spent(call, chosen, person_ids, is_to_all=is_to_all):
        return Errcode(NO_QUOTA)
    made = await shown(call, asked, is_preview=False)
    if isinstance(made, Errcode):
        return made
    return await _keep(call, asked, made, client_id, person_ids, is_to_all=is_to_all)


async def _is_spent(
    call: OfficialCall, chosen: Filter, person_ids: list[int], *, is_to_all: bool
) -> bool:
    if is_to_all:
        used = await to_all_count(
            call.tx, appid=call.account.appid, day_begins_at=day_begin(call.now),
            month_begins_at=month_begin(call.now),
        )  # fmt: skip
        assert used is not None
        return used.of_day >= amount("broadcast.all", call.now) or used.of_month >= amount(
            "broadcast.person", call.now
        )
    aimed = await recipients(
        call.tx, call.account.appid, None if person_ids else chosen.tag_id, person_ids
    )
    return bool(aimed.targets) and not aimed.person_ids


async def _keep(  # noqa: PLR0913 - it has so many parts
    call: OfficialCall, asked: Broadcast, made: Made, client_id: str, person_ids: list[int],
    *, is_to_all: bool,
) -> Sent:  # fmt: skip
    chosen = asked.filter or Filter()
    kept = await add_broadcast(
        call.tx, appid=call.account.appid, kind=asked.msgtype, content=as_json(made.content),
        client_id=client_id, is_to_all=is_to_all,
        tag_id=None if is_to_all or person_ids else chosen.tag_id,
    )  # fmt: skip
    assert kept is not None
    if person_ids:
        await add_targets(call.tx, msg_id=kept.msg_id, person_ids=person_ids)
    await made.claim(call.tx, kept.msg_id)
    await set_alarm(call.tx, SEND_ALARM, str(kept.msg_id), call.now + SEND_AFTER)
    return Sent(0, "send job submission success", kept.msg_id, kept.msg_id)


async def _found(call: OfficialCall, asked: ByMsg) -> Kept | None:
    msg_id = number(str(asked.msg_id))
    if msg_id is None:
        return None
    return await by_msg_id(call.tx, appid=call.account.appid, msg_id=msg_id)


def _digest(call: OfficialCall) -> str:
    day = day_begin(call.now).date().isoformat()
    return f"{day} {sha256(call.body).hexdigest()}"
