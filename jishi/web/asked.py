"""What a handler is asked with: the request, and the house behind it."""

from uuid import UUID

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict, State
from litestar.exceptions import ValidationException

from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.pages import Engine, choose_language
from jishi.web.metrics import Metrics

LANGUAGE = "lang"
Asked = Request[None, None, State]
NUMBER_MAX = 2**63 - 1


class House(msgspec.Struct):
    """What every handler may use; the secret is read when the market opens.

    `books` remembers in which book a product is, by the public ids of its shop and itself.
    """

    market: Market
    engine: Engine
    metrics: Metrics
    secret: Secret
    is_ready_until: float = 0.0
    books: dict[tuple[str, str], int] = {}


def house(asked: Asked) -> House:
    """Give the house of this application."""
    found = asked.app.state["house"]
    assert isinstance(found, House)
    return found


def language_of(asked: Asked) -> str:
    """Give the reader's language."""
    headers = asked.headers
    return choose_language(
        asked.cookies.get(LANGUAGE, ""), headers.get("accept-language", "")[:200]
    )


def is_secure(asked: Asked) -> bool:
    """Tell whether the reader's browser speaks https to us, or to the proxy before us.

    Anybody may send that header; whoever lies loses only his own cookies.
    """
    return "https" in (asked.scope["scheme"], asked.headers.get("x-forwarded-proto"))


def is_in_wechat(asked: Asked) -> bool:
    """Tell whether the reader's browser calls itself WeChat's."""
    return "MicroMessenger" in asked.headers.get("user-agent", "")


def text(form: FormMultiDict, name: str) -> str:
    """Give a field of a form as text; nothing where it is missing, a file, or no text at all.

    A NUL character is in nobody's text, and PostgreSQL keeps none.
    """
    value = form.get(name)
    return value if isinstance(value, str) and "\x00" not in value else ""


def number(value: str, other: int) -> int:
    """Read a whole number that a database can hold, or give the other one."""
    is_number = value.isascii() and value.isdecimal() and len(value) <= 19  # noqa: PLR2004 - digits of 2^63
    return int(value) if is_number and int(value) <= NUMBER_MAX else other


def key_of(form: FormMultiDict) -> UUID:
    """Read the key that the form was made with."""
    try:
        return UUID(text(form, "key"))
    except ValueError as error:
        raise ValidationException from error
