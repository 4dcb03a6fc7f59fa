"""Signing in by a code that comes to a phone or by mail: asked for, then given back.

Between the two this browser remembers, in a cookie that only we can read, to what the code went;
so neither an address of ours nor a log holds a phone. Whether anybody is known by it is never told.
"""

import ipaddress
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import Cookie

from jishi import people
from jishi.kernel import Refused
from jishi.people import sealing
from jishi.people.privacy.rules import PURPOSES
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, language_of, text
from jishi.web.person import come_in, shopping
from jishi.web.policy import VISITOR
from jishi.web.storefront.consents import agree
from jishi.web.storefront.language import own_path
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in import masked, show_sign_in
from jishi.web.visitor import cookie, token

CLAIM, SECONDS = "claim", 600
NAME_CHARACTERS_MAX = 254
CODE_CHARACTERS_MAX = 20


@post("/sign-in/codes", opt=VISITOR, status_code=303)
async def send(request: Asked) -> Response[bytes]:
    """Send a code, and ask for it; when one was sent just now, that one is asked for."""
    form, the_house = await request.form(), house(request)
    back, written = own_path(text(form, "back")), text(form, "name")[:NAME_CHARACTERS_MAX]
    proved = people.claimed(written)
    if proved is None:
        refused = Refused("name_unreadable")
        return await show_sign_in(request, back, refused=refused, written=written)
    answer = await people.send_code(
        the_house.market, the_house.secret, proved, network_of(request),
        lambda code: letter(request, proved, code),
    )  # fmt: skip
    remembered = [remember(request, proved)]
    if isinstance(answer, Refused) and answer.reason != "code_sent_lately":
        return await show_sign_in(request, back, refused=answer, written=written)
    if isinstance(answer, Refused):
        return show_code(request, back, proved, refused=answer, cookies=remembered)
    return go_to(f"/sign-in/code?back={quote(back, safe='')}", remembered)


def letter(asked: Asked, proved: people.Proved, code: str) -> people.Letter:
    """Write what is sent, in the reader's language."""
    _ = house(asked).engine.words[language_of(asked)].say
    words = _("【集市】您的登录验证码是 {code}，10 分钟内有效。请不要告诉任何人。", code=code)
    return people.Letter(proved.name, _("您的登录验证码"), words)


@get("/sign-in/code", opt=VISITOR)
async def ask(request: Asked) -> Response[bytes]:
    """Ask for the code that was sent."""
    back, proved = own_path(request.query_params.get("back", "")), remembered_in(request)
    if proved is None:
        return go_to(f"/sign-in?back={quote(back, safe='')}")
    return show_code(request, back, proved)


def show_code(
    request: Asked, back: str, proved: people.Proved, *, refused: Refused | None = None,
    cookies: Sequence[Cookie] = (),
) -> Response[bytes]:  # fmt: skip
    """Show the page that asks for the code, and why it did not work."""
    answer = token(request)
    page = {
        "back": back,
        "way": quote(back, safe=""),
        "kind": proved.kind,
        "name": masked(people.Identity(proved.kind, proved.name, "")),
        "written": proved.name.removeprefix("+86"),
        "token": answer.value,
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    shown = show(
        request, "sign_in_code.html", page, status=status, cookies=[*answer.cookies, *cookies]
    )
    shown.headers["cache-control"] = "private, no-store"
    return shown


@post("/sign-in/code", opt=VISITOR, status_code=303)
async def prove(request: Asked) -> Response[bytes]:
    """Sign in whoever gives the code back, or let a person be known by one thing more."""
    form = await request.form()
    back, proved = own_path(text(form, "back")), remembered_in(request)
    if proved is None:
        return await show_sign_in(request, back, refused=Refused("code_unknown"))
    cookies = await known_by(request, proved, text(form, "code")[:CODE_CHARACTERS_MAX])
    if isinstance(cookies, Refused):
        return show_code(request, back, proved, refused=cookies)
    return go_to(back, [*cookies, cookie(request, CLAIM, "", 0)])


async def known_by(asked: Asked, proved: people.Proved, code: str) -> list[Cookie] | Refused:
    """Give the cookies of whoever gave the right code."""
    market, secret, (person, guest) = house(asked).market, house(asked).secret, shopping(asked)
    if refused := await people.try_code(market, secret, proved, code):
        return refused
    owner = await people.whose(market, secret, proved)
    if person and owner not in {0, person}:
        return Refused("identity_elsewhere")
    found = await people.recognise(market, secret, proved, person_id=person, guest_id=guest)
    if isinstance(found, Refused):
        return found
    cookies = await come_in(asked, found)
    if not person and not isinstance(cookies, Refused):
        # He was asked on the page where he sent for the code.
        await agree(asked, found, "sign_in", PURPOSES)
    return cookies


def remember(asked: Asked, proved: people.Proved) -> Cookie:
    """Give the cookie that remembers to what the code went."""
    plain = f"{proved.kind} {proved.name}".encode()
    sealed = sealing.seal(house(asked).secret.derive("cookie", CLAIM), CLAIM, plain)
    return cookie(asked, CLAIM, urlsafe_b64encode(sealed).decode(), SECONDS)


def remembered_in(asked: Asked) -> people.Proved | None:
    """Give to what the code went; none where this browser asked for none."""
    try:
        sealed = urlsafe_b64decode(asked.cookies.get(CLAIM, "").encode())
        plain = sealing.unseal(house(asked).secret.derive("cookie", CLAIM), CLAIM, sealed)
    except ValueError:
        return None
    kind, _, name = plain.decode().partition(" ")
    return people.Proved(kind, name)


def network_of(asked: Asked) -> str:
    """Give where in the network somebody is: his address, or of version 6 his network.

    Behind a proxy on this network it is what the proxy saw, the last in its header: what stands
    before that anybody may write.
    """
    client = asked.scope.get("client")
    peer = _address(client[0] if client else "")
    if peer is None or peer.is_private:
        peer = _address(asked.headers.get("x-forwarded-for", "").rpartition(",")[2]) or peer
    if isinstance(peer, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((peer, 64), strict=False))
    return str(peer or "")


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(written.strip())
    except ValueError:
        return None
