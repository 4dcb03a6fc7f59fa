"""Signing in inside WeChat: WeChat is asked in silence, and comes back with a code, good once.

WeChat is reached by a page that goes on by itself: browsers follow no form to another host here.
The `state` that comes back answers a cookie of this browser, for ten minutes and once: nobody is
signed in by a link that somebody else made.
"""

import secrets
from datetime import UTC, datetime
from urllib.parse import quote

from litestar import Response, get
from litestar.datastructures import Cookie

from jishi import people
from jishi.kernel import Refused
from jishi.web.answer import go_to
from jishi.web.asked import Asked, house, is_in_wechat, is_secure, number
from jishi.web.person import NONCE, come_in, person_of, shopping
from jishi.web.policy import VISITOR
from jishi.web.storefront.language import own_path
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in import show_sign_in
from jishi.web.visitor import cookie

STATE = "wechat state"
SECONDS = 600
TRIED = "tried"
"""What the cookie holds when it led nowhere: then nobody is led there again by himself."""

DIGITS, CODE_CHARACTERS_MAX = 10, 512


@get("/sign-in/wechat", opt=VISITOR)
async def to_wechat(request: Asked) -> Response[bytes]:
    """Lead to WeChat, which asks nothing and leads back."""
    back = own_path(request.query_params.get("back", ""))
    if not is_in_wechat(request):
        return go_to(f"/sign-in?back={quote(back, safe='')}")
    nonce, until = secrets.token_hex(16), int(datetime.now(UTC).timestamp()) + SECONDS
    scheme, host = "https" if is_secure(request) else "http", request.headers.get("host", "")
    back_url = f"{scheme}://{host}/sign-in/wechat/return?back={quote(back, safe='')}"
    way = await people.wechat_account.way_out(back_url, state_for(request, nonce, until, back))
    if not way:
        return await show_sign_in(request, back, refused=Refused("wechat_not_set_up"))
    remembered = [cookie(request, NONCE, nonce, SECONDS)]
    return show(request, "to_wechat.html", {"way": way}, cookies=remembered)


def state_for(asked: Asked, nonce: str, until: int, back: str) -> str:
    """Give the state that answers a browser's nonce, in letters and digits as WeChat takes it."""
    return f"{until:0{DIGITS}d}{house(asked).secret.sign(STATE, f'{nonce} {until} {back}')}"


def is_answer(asked: Asked, state: str, back: str) -> bool:
    """Tell whether a state answers the cookie of this browser, in time, and for this way back."""
    until, nonce = number(state[:DIGITS], 0), asked.cookies.get(NONCE, "")
    said = f"{nonce} {until} {back}"
    is_ours = house(asked).secret.is_signed(STATE, said, state[DIGITS:])
    return is_ours and bool(nonce) and until > datetime.now(UTC).timestamp()


@get("/sign-in/wechat/return", opt=VISITOR)
async def from_wechat(request: Asked) -> Response[bytes]:
    """Sign in whoever came back from WeChat, and lead him on to where he was."""
    given = request.query_params
    back, code = own_path(given.get("back", "")), given.get("code", "")
    if not is_answer(request, given.get("state", ""), back):
        if person_of(request):
            return go_to(back)
        return await show_sign_in(request, back, refused=Refused("wechat_state_foreign"))
    cookies = await known_by(request, code)
    if isinstance(cookies, Refused):
        return await show_sign_in(request, back, refused=cookies, cookies=[tried(request)])
    return go_to(back, [*cookies, cookie(request, NONCE, "", 0)])


async def known_by(request: Asked, code: str) -> list[Cookie] | Refused:
    """Sign in whoever the code stands for."""
    if not 0 < len(code) <= CODE_CHARACTERS_MAX:
        return Refused("wechat_code_spent")
    proved = await people.wechat_account.proved(code)
    if isinstance(proved, Refused):
        return proved
    (person, guest), the_house = shopping(request), house(request)
    found = await people.recognise_any(
        the_house.market, the_house.secret, proved, person_id=person, guest_id=guest
    )
    if person and found != person and not isinstance(found, Refused):
        # What he looks at is the one's; he would not find it as the other.
        return Refused("identity_elsewhere")
    return found if isinstance(found, Refused) else await come_in(request, found)


def tried(asked: Asked) -> Cookie:
    """Give the cookie by which nobody is led to WeChat by himself for a while."""
    return cookie(asked, NONCE, TRIED, SECONDS)


async def silent_way(
    asked: Asked, back: str = "", *, is_paying: bool = False
) -> Response[bytes] | None:
    """Lead whoever is inside WeChat and not known yet to be known, in silence, and back; once.

    Who pays must be known by his openid, also when he signed in otherwise.
    """
    if not is_in_wechat(asked) or NONCE in asked.cookies:
        return None
    settings = await people.wechat_account.ready()
    if settings is None or await is_known(asked, settings.appid if is_paying else ""):
        return None
    query = asked.scope["query_string"].decode("ascii", "ignore")
    here = asked.scope["path"] + (f"?{query}" if query else "")
    return go_to(f"/sign-in/wechat?back={quote(back or here, safe='')}")


async def is_known(asked: Asked, appid: str) -> bool:
    """Tell whether somebody signed in, and where it matters whether his openid is known."""
    person, the_house = person_of(asked), house(asked)
    if not person or not appid:
        return bool(person)
    return bool(await people.openid_of(the_house.market, the_house.secret, person, appid))
