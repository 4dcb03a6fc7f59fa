"""The language: chosen by the reader, remembered for a year."""

import msgspec
from litestar import Response, get, post

from jishi.pages import LANGUAGES
from jishi.web.answer import go_to
from jishi.web.asked import LANGUAGE, Asked, text
from jishi.web.policy import PUBLIC
from jishi.web.storefront.shown import show
from jishi.web.visitor import YEAR_SECONDS, cookie, token
from jishi.web.words import LANGUAGE_NAMES

PATH_CHARACTERS_MAX = 1_000


class Choice(msgspec.Struct, frozen=True):
    """A language to choose."""

    code: str
    name: str


CHOICES = [Choice(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]


@get("/language", opt=PUBLIC)
async def language(request: Asked) -> Response[bytes]:
    """Ask for the language."""
    answer = token(request)
    back = own_path(request.query_params.get("back", ""))
    page = {"languages": CHOICES, "back": back, "token": answer.value}
    return show(request, "language.html", page, cookies=answer.cookies)


@post("/language", opt=PUBLIC, status_code=303)
async def choose(request: Asked) -> Response[bytes]:
    """Remember the language, and go back to where the reader was."""
    form = await request.form()
    wish = text(form, "language")
    cookies = [cookie(request, LANGUAGE, wish, YEAR_SECONDS)] if wish in LANGUAGES else []
    return go_to(own_path(text(form, "back")), cookies)


def own_path(path: str) -> str:
    """Give the path if it leads to a page of ours, else the front page.

    Two slashes, or a backslash that a browser takes for one, would lead to another host.
    """
    is_plain = path.isascii() and path.isprintable() and len(path) <= PATH_CHARACTERS_MAX
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if is_plain and is_ours else "/"
