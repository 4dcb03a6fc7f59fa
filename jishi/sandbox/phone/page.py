"""The page with the phone: who holds it, and the sandbox beside it."""

from litestar import Response, get
from litestar.datastructures import Cookie
from litestar.params import FromPath

from jishi.pages import LANGUAGES
from jishi.pages.words import Words
from jishi.sandbox.cast import people
from jishi.sandbox.phone.asked import LANGUAGE, Asked, asked_text, holder_of, language_of, world_of
from jishi.sandbox.phone.origins import PHONE, hosts
from jishi.sandbox.phone.templates import engine, render
from jishi.sandbox.phone.words import spoken

YEAR_SECONDS = 365 * 24 * 3600
SHEETS = ("desk.css", "phone.css", "lists.css", "talk.css", "sheets.css", "panel.css")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob: http://*.webview.localhost:*; "
    "frame-src http://*.webview.localhost:*; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


@get(["/", "/phone"])
async def phone(request: Asked) -> Response[str]:
    """Give the phone to somebody: to who had it last, or to the first."""
    async with world_of(request).transaction() as tx:
        known = [each.person_id for each in await people(tx)]
    last = request.cookies.get("person", "")
    person_id = int(last) if last in map(str, known) else known[0]
    return _elsewhere(request, f"/phone/people/{person_id}")


@get("/phone/people/{person:str}")
async def person_page(request: Asked, person: FromPath[str]) -> Response[str]:
    """Show a person's phone, and the sandbox beside it."""
    if not _is_at_home(request):
        return _elsewhere(request, f"/phone/people/{person}")
    world = world_of(request)
    wish = asked_text(request, LANGUAGE)
    language = wish if wish in LANGUAGES else language_of(request)
    async with world.transaction() as tx:
        holder = await holder_of(tx, person)
        known = await people(tx)
        now = tx.now
    words = engine().words[language]
    html = render(language, "page.html", {
        "person": holder, "people": known, "now": now, "base": world.base_url,
        "hosts": " ".join(sorted(hosts(world))), "sheets": SHEETS, "tabs": tabs(words),
        "words": spoken(words),
    })  # fmt: skip
    cookies = [_cookie("person", person)]
    if wish in LANGUAGES:
        cookies.append(_cookie(LANGUAGE, wish))
    return Response(html, headers=HEADERS, cookies=cookies, media_type="text/html")


def tabs(words: Words) -> list[tuple[str, str, str]]:
    """Give the tabs beside the phone: their names, their marks, and what they are called."""
    _ = words.say
    return [
        ("calls", "code", _("网页调用")),
        ("exchanges", "list", _("检查器")),
        ("faults", "bolt", _("故障")),
        ("clock", "clock", _("时钟")),
        ("deliveries", "truck", _("投递")),
        ("post", "mail", _("短信")),
        ("carriage", "place", _("快递")),
        ("credentials", "key", _("凭据")),
    ]


def _is_at_home(request: Asked) -> bool:
    return request.headers.get("host", "").partition(":")[0] == PHONE


def _elsewhere(request: Asked, path: str) -> Response[str]:
    """Send the browser to the phone's own host, where its pages are of the same site."""
    _, colon, port = request.headers.get("host", "").partition(":")
    place = f"http://{PHONE}{colon}{port}{path}"
    return Response("", status_code=307, headers={"location": place, "cache-control": "no-store"})


def _cookie(name: str, value: str) -> Cookie:
    return Cookie(
        name, path="/phone", value=value, max_age=YEAR_SECONDS, samesite="lax", httponly=True
    )
