"""What an answer of WeChat Pay says: the record asked for, or an error."""

from http import HTTPStatus
from typing import TypeVar

import msgspec
from msgspec import Struct

from jishi.ports.wechat.failures import (
    AnswerNotTrusted,
    ErrorAnswer,
    ErrorDetail,
    number_of,
)
from jishi.ports.wechat.transport import Answer

T = TypeVar("T")


class _Blamed(Struct, frozen=True):
    field: str | None = None
    issue: str | None = None
    location: str | None = None
    value: msgspec.Raw = msgspec.Raw(b"null")


class _Trouble(Struct, frozen=True):
    code: str = ""
    message: str = ""
    detail: msgspec.Raw = msgspec.Raw(b"null")


def error_in(answer: Answer, *, is_vouched: bool) -> ErrorAnswer | None:
    """Give the error that an answer is; none when it is none."""
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    trouble = _lenient(answer.body, _Trouble) or _Trouble()
    blamed = _lenient(trouble.detail, _Blamed) or _Blamed()
    request_id = answer.headers.get("request-id", "")
    return ErrorAnswer(
        status=answer.status,
        code=trouble.code,
        message=trouble.message,
        number=number_of(request_id),
        request_id=request_id,
        detail=ErrorDetail(
            blamed.field or "",
            blamed.issue or "",
            blamed.location or "",
            bytes(blamed.value).decode(errors="replace"),
        ),
        is_vouched=is_vouched,
        is_doubtful=answer.is_doubtful,
    )


def record_in(answer: Answer, kind: type[T], operation: str) -> T:
    """Read the record of a good answer; names we do not know are passed over.

    Raises AnswerNotTrusted when it is not the record asked for.
    """
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AnswerNotTrusted(operation, "unreadable") from error


def _lenient(body: bytes | msgspec.Raw, kind: type[T]) -> T | None:
    """Read what can be read; a breakdown may answer anything."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
