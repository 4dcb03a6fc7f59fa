"""What is kept of a person and why, what he agreed to, and his data as a file."""

from datetime import UTC, datetime
from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import ValidationException
from litestar.response import Stream

from jishi import people
from jishi.kernel import Refused
from jishi.pages.words import Words
from jishi.people.privacy.own import own_of
from jishi.people.privacy.rules import PURPOSES
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, language_of, text
from jishi.web.person import go_out, need_person, person_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.consents import agree, consents_of, standing, version_of
from jishi.web.storefront.legal import titles
from jishi.web.storefront.shown import show
from jishi.web.storefront.taking_out import pieces
from jishi.web.visitor import token

PRIVACY = "/me/privacy"


@get(PRIVACY, opt=VISITOR)
async def privacy(request: Asked) -> Response[bytes]:
    """Show what is kept of the person, and what he may do about it."""
    return need_person(request, PRIVACY) or await show_privacy(request)


async def show_privacy(asked: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the page; after a refusal with the reason."""
    person, answer = person_of(asked), token(asked)
    words = house(asked).engine.words[language_of(asked)]
    said = await consents_of(asked, person)
    kept = await house(asked).market.look(
        people.privacy.views.kept_of, person=person, of_book=people.book_of(person),
        person_id=person,
    )  # fmt: skip
    page = {
        "kept": kept,
        "purposes": [
            (name, titles(words)[name], standing(said).get(name), version_of(name))
            for name in PURPOSES
        ],
        "said": [(each, titles(words)[each.purpose], place_said(words)[each.place])
                 for each in said],
        "token": answer.value,
        "tab": "mine",
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show(asked, "privacy.html", page, status=status, cookies=answer.cookies)


def place_said(words: Words) -> dict[str, str]:
    """Name the places where one can agree."""
    _ = words.say
    return {"sign_in": _("登录时"), "privacy_page": _("在这一页")}


@post("/me/privacy/consents", opt=VISITOR, status_code=303)
async def consent(request: Asked) -> Response[bytes]:
    """Agree to a text, or no more; whoever does not agree is signed out everywhere."""
    if sent := need_person(request, PRIVACY):
        return sent
    form, person = await request.form(), person_of(request)
    purpose = text(form, "purpose")
    if purpose not in PURPOSES:
        raise ValidationException
    if text(form, "do") == "give":
        await agree(request, person, "privacy_page", (purpose,))
        return go_to(PRIVACY)
    answer = await house(request).market.ask(
        people.WithdrawConsent(
            key=uuid4(), book=people.book_of(person), actor_id=person, purpose=purpose
        )
    )
    if isinstance(answer, Refused):
        return await show_privacy(request, answer)
    return go_to("/", await go_out(request, everywhere=True))


@post("/me/privacy/export", opt=VISITOR, status_code=200)
async def export(request: Asked) -> Response[bytes] | Stream:
    """Give the person all that is kept of him, as a file; that he took it is written down."""
    if sent := need_person(request, PRIVACY):
        return sent
    the_house, person = house(request), person_of(request)
    answer = await the_house.market.ask(
        people.ExportPerson(key=uuid4(), book=people.book_of(person), actor_id=person)
    )
    if isinstance(answer, Refused):
        return await show_privacy(request, answer)
    own = await own_of(the_house.market, the_house.secret, person)
    assert own is not None
    name = f"jishi-my-data-{datetime.now(UTC):%Y%m%d}.json"
    return Stream(
        pieces(the_house.market, the_house.secret, own), media_type="application/json",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "private, no-store",
        },
    )  # fmt: skip
