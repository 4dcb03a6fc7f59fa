"""Answers of the official-account and mini-program interfaces: always 200, often an error.

Source: official accounts, "Interface calls" (errcode, errmsg and its rid).
"""

from typing import TypeVar

import msgspec

from jishi.ports.wechat.failures import AnsweredWithError, AnswerNotTrusted, ErrorAnswer
from jishi.ports.wechat.official.errcodes import BUSY, ErrcodeAnswered
from jishi.ports.wechat.transport import Answer, passes

A = TypeVar("A", bound=msgspec.Struct)

OK = 200
# Texts that people wrote come back with control characters in them, which JSON forbids.
_CONTROLS = bytes.maketrans(bytes(range(0x20)), b" " * 0x20)


class Verdict(msgspec.Struct, frozen=True):
    """How a call went; no errcode at all says that it went well."""

    errcode: int = 0
    errmsg: str = ""


class Done(msgspec.Struct, frozen=True):
    """The answer to a call that has nothing more to say."""


def verdict_of(answer: Answer) -> Verdict:
    """Read how a call went; an answer that is no JSON object (a picture, say) went well."""
    if answer.body.lstrip()[:1] != b"{":
        return Verdict()
    try:
        return _decoded(answer.body, Verdict)
    except msgspec.DecodeError:
        return Verdict()


def is_passing(answer: Answer) -> bool:
    """Tell whether the same call may go better in a moment."""
    return passes(answer) or verdict_of(answer).errcode == BUSY


def refuse(operation: str, answer: Answer, accepts: frozenset[int] = frozenset()) -> None:
    """Raise what went wrong, unless nothing did or its errcode is one that the call accepts."""
    if answer.status != OK:
        raise AnsweredWithError(
            operation,
            ErrorAnswer(
                status=answer.status, code="", message="", is_doubtful=answer.is_doubtful
            ),
        )  # fmt: skip
    verdict = verdict_of(answer)
    if verdict.errcode and verdict.errcode not in accepts:
        raise ErrcodeAnswered(
            operation, verdict.errcode, verdict.errmsg, is_doubtful=answer.is_doubtful
        )


def read(operation: str, answer: Answer, kind: type[A], accepts: frozenset[int]) -> A:
    """Read an answer. Raises ErrcodeAnswered, AnsweredWithError or AnswerNotTrusted."""
    refuse(operation, answer, accepts)
    return decoded(operation, answer.body, kind)


def decoded(operation: str, body: bytes, kind: type[A]) -> A:
    """Read JSON. Raises AnswerNotTrusted."""
    try:
        return _decoded(body, kind)
    except msgspec.DecodeError as error:
        raise AnswerNotTrusted(operation, "unreadable") from error


def _decoded(body: bytes, kind: type[A]) -> A:
    try:
        return msgspec.json.decode(body, type=kind, strict=False)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.json.decode(body.translate(_CONTROLS), type=kind, strict=False)
