"""The first run: at the machine itself, while nobody works here, operator and shop are made."""

import secrets
from typing import NamedTuple
from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from jishi import goods, staff
from jishi.kernel import MARKET, Answer, Refused, Request, new_id
from jishi.web.answer import go_to, notice, show, status_of
from jishi.web.asked import Asked, house, language_of, text
from jishi.web.policy import OPERATIONS
from jishi.web.visitor import token

FIELDS = ("shop", "address", "store", "operator")


class Begun(NamedTuple):
    """What is asked for on the first run, with the link that lets the operator in."""

    requests: list[Request]
    link: str


@get("/first-run", opt=OPERATIONS)
async def first_run(request: Asked) -> Response[bytes]:
    """Ask for the names of the first shop and of who runs the market."""
    await refuse_once_begun(request)
    _ = house(request).engine.words[language_of(request)].say
    filled = {"shop": "", "address": "shop", "store": _("总店"), "operator": "operator"}
    return show_first_run(request, filled)


async def refuse_once_begun(asked: Asked) -> None:
    """Let nobody come here once somebody works in the market."""
    if await house(asked).market.look(staff.views.first_member, book=MARKET):
        raise NotFoundException


def show_first_run(
    asked: Asked, filled: dict[str, str], refused: Refused | None = None
) -> Response[bytes]:
    """Show the form; after a refusal with the reason."""
    answer = token(asked)
    page = {
        "filled": filled, "token": answer.value,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    shown = show(asked, "console/first_run.html", page, status=status, cookies=answer.cookies)
    shown.headers["cache-control"] = "private, no-store"
    return shown


@post("/first-run", opt=OPERATIONS, status_code=303)
async def begin(request: Asked) -> Response[bytes]:
    """Open the shop on trial, add the operator, and lead him to his password."""
    await refuse_once_begun(request)
    form = await request.form()
    filled = {name: text(form, name).strip() for name in FIELDS}
    if not staff.rules.NAME.fullmatch(filled["operator"].lower()):
        return show_first_run(request, filled, Refused("login_name_out_of_bounds"))
    begun = begun_with(filled)
    for each in begun.requests:
        answer: Answer = await house(request).market.ask(each)
        if isinstance(answer, Refused):
            return show_first_run(request, filled, answer)
    return go_to(f"/console/welcome/{begun.link}")


def begun_with(filled: dict[str, str]) -> Begun:
    """Give what is asked for, the operator last: until he is there the form can be sent again."""
    book, staff_id, link_id = new_id(), new_id(), new_id()
    secret = secrets.token_urlsafe(32)
    requests: list[Request] = [
        goods.OpenShop(
            key=uuid4(), book=MARKET, actor_id=0, shop_book=book, store_id=new_id(),
            public_id=filled["address"], name=filled["shop"], name_en="",
            store_name=filled["store"] or filled["shop"], store_name_en="",
        ),
        goods.SetOpening(key=uuid4(), book=book, actor_id=0, state="trial", in_days=0),
        staff.AddMember(
            key=uuid4(), book=MARKET, actor_id=0, staff_id=staff_id, works_in=MARKET,
            name=filled["operator"].lower(), roles=("operator",),
        ),
        staff.IssueLink(
            key=uuid4(), book=MARKET, actor_id=0, staff_id=staff_id, works_in=MARKET,
            link_id=link_id, digest=staff.rules.digest(secret),
        ),
    ]  # fmt: skip
    return Begun(requests, staff.rules.token(link_id, secret))
