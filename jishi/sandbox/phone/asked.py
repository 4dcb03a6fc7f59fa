"""What a handler of the phone's pages is asked with, and what it answers."""

from collections.abc import Mapping

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import NotFoundException

from jishi.kernel import Tx
from jishi.pages import choose_language
from jishi.sandbox.cast import Person, person_of
from jishi.sandbox.phone.rooms import number
from jishi.sandbox.phone.templates import render
from jishi.sandbox.world import World

LANGUAGE = "lang"
Asked = Request[None, None, State]
HEADERS = {"cache-control": "no-store", "vary": "accept-language, cookie"}


def world_of(asked: Asked) -> World:
    """Give the world that this application plays."""
    world = asked.app.state["world"]
    assert isinstance(world, World)
    return world


def language_of(asked: Asked) -> str:
    """Give the reader's language."""
    accepted = asked.headers.get("accept-language", "")[:200]
    return choose_language(asked.cookies.get(LANGUAGE, ""), accepted)


def show(asked: Asked, template: str, **page: object) -> Response[str]:
    """Render a page, or a part of one, for this reader."""
    return Response(
        render(language_of(asked), template, page), headers=HEADERS, media_type="text/html"
    )


async def holder_of(tx: Tx, person: str) -> Person:
    """Find who holds the phone in an address."""
    found = await person_of(tx, number(person))
    if found is None:
        raise NotFoundException
    return found


def asked_text(asked: Asked, name: str) -> str:
    """Give a part of the address's query, without what PostgreSQL cannot keep."""
    found: Mapping[str, str] = asked.query_params
    return found.get(name, "").replace("\x00", "")
