"""What an operation may answer: a record, a refusal in WeChat's words, or a file."""

from msgspec import Struct

BAD_PARAMETER, EXTRA_PARAMETER, SIGN_FAILED = 268435461, 270924358, 268443699
TOO_FREQUENT, SYSTEM_FAILED = 268447840, 268435462


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that is read strictly: a missing, odd or unknown field is refused."""


class Lenient(Struct, frozen=True):
    """A body whose unknown fields are passed over, as the official-account side does."""


class Answered(Struct, frozen=True, omit_defaults=True):
    """An answer; a field without a value is left out."""


class Refusal(Struct, frozen=True):
    """Pay's "no": a status, a code, words, and the number at the end of Request-ID."""

    status: int
    code: str
    message: str
    number: int = BAD_PARAMETER
    field: str = ""
    issue: str = ""
    location: str = "body"
    value: str = ""


class Errcode(Struct, frozen=True):
    """The official account's "no": HTTP 200 and a number."""

    errcode: int
    errmsg: str = ""


class Download(Struct, frozen=True):
    """A file."""

    content: bytes
    media_type: str
    filename: str = ""
    is_signed: bool = False


class _Detail(Struct, frozen=True, omit_defaults=True):
    field: str = ""
    issue: str = ""
    location: str = ""
    value: str = ""


class PayTrouble(Struct, frozen=True, omit_defaults=True):
    """The body of a refusal of Pay."""

    code: str
    message: str
    detail: _Detail | None = None


def trouble(refusal: Refusal) -> PayTrouble:
    """Give a refusal's body; the detail only where a field is to blame."""
    if not (refusal.field or refusal.issue):
        return PayTrouble(refusal.code, refusal.message)
    detail = _Detail(refusal.field, refusal.issue, refusal.location, refusal.value)
    return PayTrouble(refusal.code, refusal.message, detail)


def bad_parameter(field: str, issue: str, *, location: str = "body", value: str = "") -> Refusal:
    """Refuse a parameter; `field` is its JSON pointer, `/amount/total`."""
    words = f"输入源“/{location}{field}”校验失败：{issue}"
    return Refusal(400, "PARAM_ERROR", words, BAD_PARAMETER, field, issue, location, value)
