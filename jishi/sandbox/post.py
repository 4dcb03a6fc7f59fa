"""What comes to people beside WeChat: text messages and mail, kept so that one can read them here.

A developer's program hands them over at the control door, as at a provider's; the same number
is kept once.
"""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Lenient, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control

KINDS = ("sms", "mail")
POST_MAX = 100
CHARACTERS_MAX = 4_000


class Handed(Lenient, frozen=True):
    """A message as it is handed over."""

    to: str
    words: str
    subject: str = ""


class Piece(Struct, frozen=True):
    """A message that came."""

    post_id: int
    kind: str
    recipient: str
    subject: str
    words: str
    came_at: datetime


class Inbox(Struct, frozen=True):
    """Messages, the newest first."""

    messages: list[Piece]


sql = queries(__file__)
keep = sql.run("keep")
newest = sql.many("newest", Piece)


@control("POST", "/sandbox/messages/{kind}")
async def hand_over(call: ControlCall, handed: Handed) -> Refusal | None:
    """Take a text message or mail; its number is in the header `webhook-id`."""
    kind, message_id = call.path["kind"], call.headers.get("webhook-id", "")
    if kind not in KINDS:
        return bad_parameter("/kind", "sms or mail", location="path")
    if not message_id or not handed.to or not handed.words:
        return bad_parameter("/words", "a number, a recipient and words")
    if max(map(len, (message_id, handed.to, handed.subject, handed.words))) > CHARACTERS_MAX:
        return bad_parameter("/words", f"up to {CHARACTERS_MAX} characters")
    await keep(
        call.tx, message_id=message_id, kind=kind, recipient=handed.to, subject=handed.subject,
        words=handed.words,
    )  # fmt: skip
    return None


@control("GET", "/sandbox/messages")
async def inbox(call: ControlCall) -> Inbox:
    """Show what came, the newest first; `to` names whose."""
    found = await newest(call.tx, recipient=call.query.get("to", ""), post_max=POST_MAX)
    return Inbox(found)
