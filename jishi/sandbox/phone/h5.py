"""The page that an H5 order leads a browser to: outside WeChat, where a phone would open WeChat.

Source: WeChat Pay v3, "H5 payment": the link holds for five minutes; `redirect_url` is where the
payer goes afterwards.
"""

from urllib.parse import urlsplit

from litestar import Response, get, post
from litestar.response import Redirect

from jishi.pages import choose_language
from jishi.sandbox.cast import people
from jishi.sandbox.control_door import is_foreign
from jishi.sandbox.pay.cashier import Paid, settle_by, show_h5
from jishi.sandbox.pay.links import H5_PATH, by_h5
from jishi.sandbox.phone.templates import render
from jishi.sandbox.reading import number
from jishi.sandbox.routes import Asked, incoming
from jishi.sandbox.world import World

HTML = "text/html"


@get(H5_PATH)
async def h5_cashier(request: Asked) -> Response[str]:
    """Show what is to be paid."""
    return await page(request)


@post(H5_PATH, status_code=200)
async def h5_payment(request: Asked) -> Response[str] | Redirect:
    """Pay in somebody's name; then go where the shop said."""
    if is_foreign(await incoming(request)):
        return Response("", status_code=403, media_type=HTML)
    form = await request.form()
    person, password = str(form.get("person", "")), str(form.get("password", ""))
    person_id = number(person)
    if person_id is None:
        return await page(request)
    done = await settle_by(world_of(request), by_h5(url_of(request)), person_id, password)
    if isinstance(done, Paid):
        back = back_of(request)
        return Redirect(back, status_code=303) if back else await page(request)
    return await page(request, done.words)


async def page(request: Asked, why: str = "") -> Response[str]:
    """Render the page, with the reason why nothing was paid."""
    world = world_of(request)
    async with world.transaction() as tx:
        bill, known = await show_h5(tx, url_of(request)), await people(tx)
    language = choose_language(
        request.cookies.get("lang", ""), request.headers.get("accept-language", "")[:200]
    )
    shown = {"bill": bill, "people": known, "why": why, "back": back_of(request)}
    return Response(render(language, "h5.html", shown), media_type=HTML)


def url_of(request: Asked) -> str:
    """Give the link that was opened."""
    return f"{H5_PATH}?{request.scope['query_string'].decode('latin-1')}"


def back_of(request: Asked) -> str:
    """Give where the shop wants the payer to go; only the web is somewhere."""
    back = request.query_params.get("redirect_url", "")
    return back if urlsplit(back).scheme in {"http", "https"} else ""


def world_of(request: Asked) -> World:
    """Give the world of this application."""
    world = request.app.state["world"]
    assert isinstance(world, World)
    return world
