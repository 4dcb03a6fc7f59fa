"""Text security check: whether words may be shown to others.

Source: mini programs, "Text security check", versions 1 and 2.
"""

import secrets

from msgspec import Struct

from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.doors import official
from jishi.sandbox.official.fans import reach
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.program.safety_words import is_risky, needs_review

CHECK = "/wxa/msg_sec_check"
BAD_OPENID, BAD_PARAMETER, RISKY, EMPTY = 40003, 40097, 87014, 44004
LETTERS_MAX, SCENES = 2500, {1, 2, 3, 4}
PASS, REVIEW, REFUSE = ("pass", 100), ("review", 20006), ("risky", 20001)


class Check(Lenient, frozen=True):
    """Words to check: in a scene, by whom (version 2), or alone (version 1)."""

    content: str = ""
    version: int = 1
    scene: int = 0
    openid: str = ""
    title: str = ""
    nickname: str = ""
    signature: str = ""


class Verdict(Struct, frozen=True):
    """What is advised, and why."""

    suggest: str
    label: int


class Detail(Struct, frozen=True):
    """What one of the ways of looking found."""

    strategy: str
    errcode: int
    suggest: str
    label: int
    prob: int


class Checked(Struct, frozen=True):
    """The verdict."""

    errcode: int
    errmsg: str
    result: Verdict
    detail: list[Detail]
    trace_id: str


@official("POST", CHECK)
async def check(call: OfficialCall, asked: Check) -> Checked | Errcode | None:  # noqa: PLR0911 - one a reason
    """Check words."""
    if not asked.content:
        return Errcode(EMPTY)
    if len(asked.content) > LETTERS_MAX:
        return Errcode(BAD_PARAMETER)
    if refusal := await spend_call(call, CHECK):
        return refusal
    words = f"{asked.content} {asked.title} {asked.nickname} {asked.signature}"
    if asked.version == 1:
        return Errcode(RISKY) if is_risky(words) else None
    if asked.scene not in SCENES:
        return Errcode(BAD_PARAMETER)
    if await reach(call.tx, call.account.appid, asked.openid) is None:
        return Errcode(BAD_OPENID)
    suggest, label = REFUSE if is_risky(words) else REVIEW if needs_review(words) else PASS
    detail = [Detail("content_model", 0, suggest, label, 90)]
    return Checked(0, "ok", Verdict(suggest, label), detail, secrets.token_hex(16))
