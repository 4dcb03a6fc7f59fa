"""What can go wrong in a call to WeChat, and what is certain afterwards.

Each failure carries its facts and nothing secret: no query (it may hold a token), no header, no
body. `is_certain` tells whether this call surely changed nothing over there; where it did not,
ask again with the same number, or query, before deciding anything.
"""

from msgspec import Struct


class WechatFailure(Exception):
    """A call that brought no answer to use; `operation` is the method and the path."""

    def __init__(self, operation: str, words: str) -> None:
        super().__init__(f"{operation}: {words}")
        self.operation = operation

    @property
    def is_certain(self) -> bool:
        """Tell whether it is certain that nothing changed."""
        return False


class ErrorDetail(Struct, frozen=True):
    """Which field was to blame; `value` is the JSON of what was sent, so it is not for logs."""

    field: str = ""
    issue: str = ""
    location: str = ""
    value: str = ""


class ErrorAnswer(Struct, frozen=True, kw_only=True):
    """An error that WeChat answered.

    `number` is the digits after the last dash of `Request-ID` ("WeChat Pay v3, troubleshooting"),
    or an official account's `errcode`; empty where there is none. `is_vouched` tells that its
    signature was checked, or that this door signs nothing. `is_doubtful` tells that an earlier
    try of the same call may have been carried out.
    """

    status: int
    code: str
    message: str
    number: str = ""
    request_id: str = ""
    detail: ErrorDetail = ErrorDetail()
    is_vouched: bool = True
    is_doubtful: bool = False


class AnsweredWithError(WechatFailure):
    """WeChat answered, and said no."""

    def __init__(self, operation: str, error: ErrorAnswer) -> None:
        said = f"{error.status} {error.code} {error.message}"
        super().__init__(operation, f"{said} ({error.request_id or error.number or 'no id'})")
        self.error = error

    @property
    def is_certain(self) -> bool:
        """Tell whether it is certain that nothing changed: a vouched "no", not a breakdown."""
        error = self.error
        return error.is_vouched and not error.is_doubtful and error.status < SERVER_ERROR


class AnswerNotTrusted(WechatFailure):
    """An answer came that may not be used; `reason` is one word of it.

    `unsigned`, `probe`, `wrong_algorithm`, `stale`, `unknown_serial`, `forged` (its signature);
    `hash_differs`, `too_large`, `unreadable` (what it says).
    """

    def __init__(self, operation: str, reason: str) -> None:
        super().__init__(operation, f"the answer cannot be trusted: {reason}")
        self.reason = reason


class Unreachable(WechatFailure):
    """No answer came; `reason` is the word of the last try, `tries` how many there were."""

    def __init__(self, operation: str, reason: str, tries: int) -> None:
        super().__init__(operation, f"no answer after {tries} tries: {reason}")
        self.reason, self.tries = reason, tries


class NotSent(Unreachable):
    """Nothing was sent: no connection was made."""

    @property
    def is_certain(self) -> bool:
        """Tell that nothing changed."""
        return True


class OutcomeUnknown(Unreachable):
    """It was sent, or part of it; whether it was carried out nobody knows here."""


SERVER_ERROR = 500


def number_of(request_id: str) -> str:
    """Give the digits after the last dash of a `Request-ID`; empty where there are none."""
    last = request_id.rpartition("-")[2]
    return last if last.isascii() and last.isdigit() else ""
