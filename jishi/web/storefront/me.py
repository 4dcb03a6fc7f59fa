"""The reader's own page: his orders, his addresses, what he is called and known by, the way out."""

from uuid import uuid4

from litestar import Response, get, post

from jishi import people
from jishi.kernel import Refused
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, is_in_wechat, key_of, language_of, text
from jishi.web.person import need_person, person_of, shopper_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.my_orders import lists_of
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in import masked
from jishi.web.storefront.sign_in_wechat import silent_way
from jishi.web.visitor import token

ME = "/me"
ICONS = ("to-pay", "to-ship", "to-receive", "after-sale")


@get("/me", opt=VISITOR)
async def me(request: Asked) -> Response[bytes]:
    """Show the reader's own page; a guest sees what this device knows of him."""
    if silent := await silent_way(request):
        return silent
    words = house(request).engine.words[language_of(request)]
    person, the_house = person_of(request), house(request)
    lists = (await lists_of(request, shopper_of(request), "", words))[1:]
    known = await people.identities(the_house.market, the_house.secret, person)
    answer = token(request)
    page = {
        "person": person,
        "in_wechat": is_in_wechat(request),
        "name": await people.name_of(the_house.market, the_house.secret, person),
        "known": [name for each in known if (name := masked(each))][:2],
        "lists": [(to, said, n, icon) for (to, said, n, _), icon in zip(lists, ICONS, strict=True)],
        "token": answer.value,
        "tab": "mine",
    }
    return show(request, "me.html", page, cookies=answer.cookies)


@get("/me/name", opt=VISITOR)
async def name(request: Asked) -> Response[bytes]:
    """Show what the person is called, to be changed."""
    if sent := need_person(request, "/me/name"):
        return sent
    the_house = house(request)
    return show_name(
        request, await people.name_of(the_house.market, the_house.secret, person_of(request))
    )


def show_name(asked: Asked, written: str, refused: Refused | None = None) -> Response[bytes]:
    """Show the form, and why it did not work."""
    answer = token(asked)
    page = {
        "written": written, "characters_max": people.rules.NAME_CHARACTERS_MAX,
        "key": str(uuid4()), "token": answer.value, "tab": "mine",
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show(asked, "me_name.html", page, status=status, cookies=answer.cookies)


@post("/me/name", opt=VISITOR, status_code=303)
async def set_name(request: Asked) -> Response[bytes]:
    """Let the person be called as he says."""
    if sent := need_person(request, "/me/name"):
        return sent
    form, the_house = await request.form(), house(request)
    written = text(form, "name")
    answer = await people.write_name(
        the_house.market, the_house.secret, key_of(form), person_of(request), written
    )
    return show_name(request, written, answer) if isinstance(answer, Refused) else go_to(ME)
