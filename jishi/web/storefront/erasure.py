"""Closing an account 注销: proved once more, refused while something is open, then for ever."""

from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import Cookie

from jishi import after_sale, people, trade
from jishi.kernel import Refused
from jishi.trade.mine.views import OpenOrder
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, language_of, text
from jishi.web.person import go_out, need_person, person_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.said import said_of
from jishi.web.storefront.shown import show
from jishi.web.storefront.sign_in import masked
from jishi.web.storefront.sign_in_code import CODE_CHARACTERS_MAX, network_of
from jishi.web.storefront.sign_in_wechat import tried
from jishi.web.visitor import token

ERASURE = "/me/privacy/erasure"
ORDERS_MAX = 20
FOLLOW_SECONDS_MAX = 5


class Open(msgspec.Struct, frozen=True):
    """What stands against forgetting a person: orders and cases that are not at their end."""

    orders: list[OpenOrder]
    cases: int


async def open_of(asked: Asked) -> Open:
    """Give what is open of the person."""
    market, person = house(asked).market, person_of(asked)
    orders = await market.look(
        trade.mine.open_orders, person=person, buyer_id=person, orders_max=ORDERS_MAX
    )
    cases = await market.look(after_sale.views.my_open_cases, person=person, buyer_id=person)
    return Open(orders, cases.cases if cases else 0)


def reason_against(found: Open) -> Refused | None:
    """Give why nobody with these can be forgotten yet, or none."""
    if found.orders:
        return Refused("orders_open", {"orders": len(found.orders)})
    return Refused("cases_open", {"cases": found.cases}) if found.cases else None


async def proof_of(asked: Asked) -> people.Proved | None:
    """Give where a code goes that proves it: the newest phone, or else the newest mailbox."""
    the_house = house(asked)
    known = await people.identities(the_house.market, the_house.secret, person_of(asked))
    ways = await people.post.carriers()
    found = [each for kind in ("phone", "email") for each in known if each.kind == kind in ways]
    return people.Proved(found[0].kind, found[0].name) if found else None


@get(ERASURE, opt=VISITOR)
async def erasure(request: Asked) -> Response[bytes]:
    """Show what closing the account means, and what stands against it."""
    if sent := need_person(request, ERASURE):
        return sent
    return await show_erasure(request, is_sent="sent" in request.query_params)


async def show_erasure(
    asked: Asked, *, is_sent: bool = False, refused: Refused | None = None
) -> Response[bytes]:
    """Show the page, and why it did not work."""
    answer, proved, found = token(asked), await proof_of(asked), await open_of(asked)
    words = house(asked).engine.words[language_of(asked)]
    _ = words.say
    page = {
        "orders": [(each, said_of(each.state, words).said) for each in found.orders],
        "cases": found.cases,
        "way": masked(people.Identity(proved.kind, proved.name, "")) if proved else "",
        "is_sent": is_sent and proved is not None,
        "word": _("注销"),
        "token": answer.value,
        "tab": "mine",
        "notice": notice(asked, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show(asked, "erasure.html", page, status=status, cookies=answer.cookies)


@post("/me/privacy/erasure/code", opt=VISITOR, status_code=303)
async def send(request: Asked) -> Response[bytes]:
    """Send a code to what the person is known by already."""
    if sent := need_person(request, ERASURE):
        return sent
    the_house, proved = house(request), await proof_of(request)
    refused = reason_against(await open_of(request))
    if refused or proved is None:
        return await show_erasure(request, refused=refused)
    answer = await people.send_code(
        the_house.market, the_house.secret, proved, network_of(request),
        lambda code: letter(request, proved, code),
    )  # fmt: skip
    if isinstance(answer, Refused):
        was_sent = answer.reason == "code_sent_lately"
        return await show_erasure(request, is_sent=was_sent, refused=answer)
    return go_to(f"{ERASURE}?sent=1")


def letter(asked: Asked, proved: people.Proved, code: str) -> people.Letter:
    """Write what is sent, in the reader's language."""
    _ = house(asked).engine.words[language_of(asked)].say
    words = _(
        "【集市】您正在注销账户，验证码是 {code}，10 分钟内有效。不是您本人请别理会。",
        code=code,
    )
    return people.Letter(proved.name, _("注销账户的验证码"), words)


@post(ERASURE, opt=VISITOR, status_code=303)
async def erase(request: Asked) -> Response[bytes]:
    """Forget the person who proved it once more; his browser is a stranger's from then on."""
    if sent := need_person(request, ERASURE):
        return sent
    form = await request.form()
    refused = reason_against(await open_of(request)) or await doubt(
        request, text(form, "code")[:CODE_CHARACTERS_MAX], text(form, "word")
    )
    answer = refused or await forget(request)
    if isinstance(answer, Refused):
        return await show_erasure(request, is_sent=bool(text(form, "code")), refused=answer)
    return go_to("/", answer)


async def doubt(asked: Asked, code: str, word: str) -> Refused | None:
    """Give why it is not proved, or none."""
    the_house, proved = house(asked), await proof_of(asked)
    if proved is not None:
        return await people.try_code(the_house.market, the_house.secret, proved, code)
    # Whoever has neither phone nor mail writes it out.
    _ = the_house.engine.words[language_of(asked)].say
    return None if word.strip().upper() == _("注销") else Refused("erasure_unconfirmed")


async def forget(asked: Asked) -> list[Cookie] | Refused:
    """Forget the person: give the cookies that are gone. What follows is waited for."""
    person = person_of(asked)
    answer = await house(asked).market.ask(
        people.ErasePerson(key=uuid4(), book=people.book_of(person), actor_id=person),
        wait=FOLLOW_SECONDS_MAX,
    )
    if isinstance(answer, Refused):
        return answer
    # Inside WeChat nobody is known in silence right after he asked to be forgotten.
    return [*await go_out(asked, everywhere=True), tried(asked)]
