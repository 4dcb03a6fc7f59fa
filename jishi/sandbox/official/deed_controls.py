"""The deeds of persons at the control door, so that a test in any language can act as a person.

A person is named by `person_id`, or by the `openid` that the account knows.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Awaitable

from msgspec import Struct

from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.articles.media_rules import format_of
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.cast import person_by_openid
from jishi.sandbox.doors import control
from jishi.sandbox.official import following, revoking, subscribing, talking, tapping
from jishi.sandbox.official.meeting import Undone
from jishi.sandbox.official.qr import picture
from jishi.sandbox.program import login, shipping

WORDS = {
    "nobody": "nobody has this id, or this openid in the account",
    "no_account": "no such account, or not of the right kind",
    "not_following": "the person does not follow the account",
    "is_following": "the person follows the account already",
    "no_menu": "the account has no menu for this person",
    "no_button": "the menu has no such button",
    "no_template": "the account has no such notice",
    "no_session": "the person never logged in to this program",
    "not_yours": "this order is not this person's",
    "refused": "this cannot be done now, or not with this",
}


class Who(Asked, frozen=True, kw_only=True):
    """A person before an account."""

    appid: str = ""
    person_id: int = 0
    openid: str = ""


class Follow(Who, frozen=True, kw_only=True):
    """Through what the person came; `scene_value` is the ticket or the text of a code."""

    scene: str = "ADD_SCENE_SEARCH"
    scene_value: str = ""


class Scan(Asked, frozen=True):
    """Scan a code, by its text; at an account's code the person follows."""

    person_id: int
    text: str
    will_follow: bool = True


class Tap(Who, frozen=True, kw_only=True):
    """Tap a button: its place ("1", "1.0"), its key or its name."""

    button: str
    given: str = ""


class Say(Who, frozen=True, kw_only=True):
    """Write a line."""

    text: str


class SendPicture(Who, frozen=True, kw_only=True):
    """Send a picture (base64); without one, a drawn one."""

    picture: str = ""


class SendPlace(Who, frozen=True, kw_only=True):
    """Send a place, in degrees."""

    latitude: str
    longitude: str
    label: str = ""


class Enter(Who, frozen=True, kw_only=True):
    """Enter the customer chat of a mini program."""

    session_from: str = ""


class Mute(Who, frozen=True, kw_only=True):
    """Take the account's messages no more, or again."""

    has_muted: bool = True


class Subscribe(Who, frozen=True, kw_only=True):
    """Allow one message of each of these notices, and refuse others."""

    template_ids: list[str]
    rejected: list[str] = []
    popup_scene: int = 1


class Withdraw(Who, frozen=True, kw_only=True):
    """Take one's word back."""

    template_ids: list[str]


class ProgramCode(Who, frozen=True, kw_only=True):
    """A code of a mini program: `login` or `phone`."""

    kind: str = "login"


class Receive(Who, frozen=True, kw_only=True):
    """Confirm a receipt."""

    transaction_id: str


@control("POST", "/sandbox/deeds/follow")
async def follow(call: ControlCall, asked: Follow) -> Struct | Refusal:
    """Follow an account."""
    person_id = await _who(call, asked)
    return await _done(
        following.follow(call.tx, person_id, asked.appid, asked.scene, asked.scene_value)
    )


@control("POST", "/sandbox/deeds/unfollow")
async def unfollow(call: ControlCall, asked: Who) -> Struct | Refusal:
    """Leave an account."""
    return await _done(following.unfollow(call.tx, await _who(call, asked), asked.appid))


@control("POST", "/sandbox/deeds/scan")
async def scan(call: ControlCall, asked: Scan) -> Struct | Refusal:
    """Scan a code."""
    return await _done(
        following.scan(call.tx, asked.person_id, asked.text, will_follow=asked.will_follow)
    )


@control("POST", "/sandbox/deeds/menu")
async def tap(call: ControlCall, asked: Tap) -> Struct | Refusal:
    """Tap a button of the menu."""
    person_id = await _who(call, asked)
    return await _done(tapping.tap_menu(call.tx, person_id, asked.appid, asked.button, asked.given))


@control("POST", "/sandbox/deeds/say")
async def say(call: ControlCall, asked: Say) -> Struct | Refusal:
    """Write a line."""
    return await _done(talking.say_words(call.tx, await _who(call, asked), asked.appid, asked.text))


@control("POST", "/sandbox/deeds/picture")
async def send_picture(call: ControlCall, asked: SendPicture) -> Struct | Refusal:
    """Send a picture."""
    try:
        content = b64decode(asked.picture, validate=True) or picture("picture")
    except (NotBase64, ValueError):
        return bad_parameter("/picture", "base64")
    media_type = format_of(content)
    if not media_type.startswith("image/"):
        return bad_parameter("/picture", "a PNG, JPEG, GIF or BMP")
    person_id = await _who(call, asked)
    return await _done(
        talking.send_picture(
            call.tx, person_id, asked.appid, content, media_type, call.world.base_url
        )
    )


@control("POST", "/sandbox/deeds/place")
async def send_place(call: ControlCall, asked: SendPlace) -> Struct | Refusal:
    """Send a place."""
    person_id = await _who(call, asked)
    return await _done(
        talking.send_place(
            call.tx, person_id, asked.appid, asked.latitude, asked.longitude, asked.label
        )
    )


@control("POST", "/sandbox/deeds/location")
async def report_place(call: ControlCall, asked: SendPlace) -> Struct | Refusal:
    """Let the account know where one is."""
    person_id = await _who(call, asked)
    return await _done(
        talking.report_place(call.tx, person_id, asked.appid, asked.latitude, asked.longitude)
    )


@control("POST", "/sandbox/deeds/service-chat")
async def enter(call: ControlCall, asked: Enter) -> Struct | Refusal:
    """Enter the customer chat of a mini program."""
    person_id = await _who(call, asked)
    return await _done(talking.enter_service(call.tx, person_id, asked.appid, asked.session_from))


@control("POST", "/sandbox/deeds/mute")
async def mute(call: ControlCall, asked: Mute) -> Struct | Refusal:
    """Take the account's messages no more, or again."""
    person_id = await _who(call, asked)
    return await _done(
        talking.refuse_messages(call.tx, person_id, asked.appid, has_muted=asked.has_muted)
    )


@control("POST", "/sandbox/deeds/subscription")
async def subscribe(call: ControlCall, asked: Subscribe) -> Struct | Refusal:
    """Answer a page that asks to send notices."""
    person_id = await _who(call, asked)
    return await _done(
        subscribing.accept_subscription(
            call.tx, person_id, asked.appid, asked.template_ids, asked.rejected,
            asked.popup_scene,
        )
    )  # fmt: skip


@control("POST", "/sandbox/deeds/withdrawal")
async def withdraw(call: ControlCall, asked: Withdraw) -> Struct | Refusal:
    """Take one's word back for notices."""
    person_id = await _who(call, asked)
    return await _done(
        subscribing.withdraw_subscription(call.tx, person_id, asked.appid, asked.template_ids)
    )


@control("POST", "/sandbox/deeds/revocation")
async def revoke(call: ControlCall, asked: Who) -> Struct | Refusal:
    """Take back what the account was allowed to know."""
    return await _done(revoking.revoke(call.tx, await _who(call, asked), asked.appid))


@control("POST", "/sandbox/deeds/program-code")
async def program_code(call: ControlCall, asked: ProgramCode) -> Struct | Refusal:
    """Give a mini program a code."""
    person_id = await _who(call, asked)
    return await _done(login.give_code(call.tx, person_id, asked.appid, asked.kind))


@control("POST", "/sandbox/deeds/program-data")
async def program_data(call: ControlCall, asked: Who) -> Struct | Refusal:
    """Give a mini program the person's data, sealed with the session's key."""
    return await _done(login.user_data(call.tx, await _who(call, asked), asked.appid))


@control("POST", "/sandbox/deeds/receipt")
async def receive(call: ControlCall, asked: Receive) -> Struct | Refusal:
    """Confirm the receipt of an order."""
    person_id = await _who(call, asked)
    return await _done(shipping.receive(call.tx, person_id, asked.appid, asked.transaction_id))


async def _who(call: ControlCall, asked: Who) -> int:
    if not asked.openid:
        return asked.person_id
    person = await person_by_openid(call.tx, asked.appid, asked.openid)
    return person.person_id if person else 0


async def _done(deed: Awaitable[Struct]) -> Struct | Refusal:
    result = await deed
    if not isinstance(result, Undone):
        return result
    return Refusal(409, result.reason.upper(), WORDS[result.reason])
