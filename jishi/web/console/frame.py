"""The frame of every page of the console: who is in, the way through, what was just done."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from jishi.staff.rules import NEWS_MAX
from jishi.web.answer import go_to, show
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.nav import at, nav
from jishi.web.member import staff_of
from jishi.web.visitor import cookie, token

FLASH, FLASH_SECONDS = "told", 60


class Flash(msgspec.Struct, frozen=True):
    """What was just done, and where a form undoes it; nowhere when it cannot be undone."""

    said: str
    undo_path: str = ""


class Tab(msgspec.Struct, frozen=True):
    """One of several lists of the same things."""

    path: str
    said: str
    is_here: bool
    count: int | None = None


def show_console(
    asked: Asked,
    template: str,
    page: Mapping[str, object],
    *,
    status: int = 200,
    cookies: Sequence[Cookie] = (),
) -> Response[bytes]:
    """Render a page of the console for the member who asks; no cache keeps it."""
    member, answer = staff_of(asked), token(asked)
    words = house(asked).engine.words[language_of(asked)]
    places = nav(member, words)
    flash = told(asked)
    given = {
        "member": member, "nav": places, "here_entry": at(asked.scope["path"], places),
        "token": answer.value, "flash": flash, "tabs": [], "next": "",
        "news_max": NEWS_MAX, **page,
    }  # fmt: skip
    gone = [cookie(asked, FLASH, "", 0)] if FLASH in asked.cookies else []
    shown = show(asked, template, given, status=status, cookies=[*answer.cookies, *gone, *cookies])
    shown.headers["cache-control"] = "private, no-store"
    return shown


def done(asked: Asked, path: str, said: str, *, undo_path: str = "") -> Response[bytes]:
    """Send the member on, and tell him there what was done."""
    body = urlsafe_b64encode(msgspec.json.encode(Flash(said, undo_path))).decode()
    value = f"{body}.{house(asked).secret.sign(FLASH, body)}"
    return go_to(path, [cookie(asked, FLASH, value, FLASH_SECONDS)])


def told(asked: Asked) -> Flash | None:
    """Give what the page before this one did."""
    body, _, signature = asked.cookies.get(FLASH, "").partition(".")
    if not body or not house(asked).secret.is_signed(FLASH, body, signature):
        return None
    return msgspec.json.decode(urlsafe_b64decode(body), type=Flash)
