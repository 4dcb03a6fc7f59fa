"""Signing in, and out: who the reader is known as, and the ways to be known."""

from collections.abc import Sequence
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import Cookie

from jishi import people
from jishi.kernel import Refused
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, is_in_wechat, text
from jishi.web.person import go_out, person_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.language import own_path
from jishi.web.storefront.shown import show
from jishi.web.visitor import token


@get("/sign-in", opt=VISITOR)
async def sign_in(request: Asked) -> Response[bytes]:
    """Show who the reader is known as, or how he may be known."""
    return await show_sign_in(request, own_path(request.query_params.get("back", "")))


async def show_sign_in(
    request: Asked, back: str, *, refused: Refused | None = None, cookies: Sequence[Cookie] = (),
    written: str = "",
) -> Response[bytes]:  # fmt: skip
    """Show the page, and why it did not work."""
    answer, the_house = token(request), house(request)
    known = await people.identities(the_house.market, the_house.secret, person_of(request))
    page = {
        "back": back,
        "way": quote(back, safe=""),
        "person": person_of(request),
        "known": [(each.kind, masked(each)) for each in known if each.kind != "unionid"],
        "in_wechat": is_in_wechat(request),
        "ways": sorted(await people.post.carriers()),
        "written": written,
        "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    shown = show(request, "sign_in.html", page, status=status, cookies=[*answer.cookies, *cookies])
    shown.headers["cache-control"] = "private, no-store"
    return shown


def masked(identity: people.Identity) -> str:
    """Show what somebody is known by without its middle; an openid says nothing to anybody."""
    if identity.kind == "openid":
        return ""
    if identity.kind == "email":
        name, _, host = identity.name.partition("@")
        return f"{name[:1]}***@{host}"
    return people.masked_phone(identity.name.removeprefix("+86"))


@post("/sign-out", opt=VISITOR, status_code=303)
async def sign_out(request: Asked) -> Response[bytes]:
    """Sign out, here or everywhere."""
    form = await request.form()
    cookies = await go_out(request, everywhere=text(form, "everywhere") == "1")
    return go_to("/", cookies)
