"""The terms of same-city delivery: the districts of a city, the fee, and from how much on."""

from uuid import uuid4

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from jishi import trade
from jishi.goods.catalogue_file import yuan
from jishi.kernel import Refused
from jishi.people import divisions
from jishi.trade.same_city.rules import DIVISIONS_MAX
from jishi.trade.same_city.types import Terms
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, text
from jishi.web.console.frame import done, show_console
from jishi.web.console.settings.freight.overview import cities_of_provinces
from jishi.web.console.settings.tabs import tabs
from jishi.web.console.settings.yuan import read_fen
from jishi.web.member import staff_of
from jishi.web.policy import staff

PATH = "/console/settings/same-city"
SETTINGS = staff("settings", is_in_a_shop=True)
NONE = Terms(is_offered=False, divisions=[], fee_fen=0, free_from_fen=0, minimum_fen=0)
CITY_DIGITS = 4


@get(PATH, opt=SETTINGS)
async def terms(request: Asked) -> Response[bytes]:
    """Show the terms as they stand, with the districts of a city that is asked for."""
    found = await terms_now(request)
    return show_terms(request, found, city_of(found, request.query_params.get("city", "")))


async def terms_now(asked: Asked) -> Terms:
    """Give the terms of the member's shop."""
    found = await house(asked).market.look(
        trade.same_city.terms.current, books=[staff_of(asked).book]
    )
    return found[0].terms if found else NONE


def city_of(found: Terms, asked: str) -> str:
    """Give the city whose districts are shown: the one asked for, or that of the terms; or none."""
    is_city = len(asked) == CITY_DIGITS and asked.isascii() and asked.isdecimal()
    if is_city and divisions.within(f"{asked}00"):
        return asked
    return found.divisions[0][:CITY_DIGITS] if found.divisions else ""


def show_terms(
    asked: Asked, shown: Terms, city: str, refused: Refused | None = None
) -> Response[bytes]:
    """Show the form; after a refusal with the reason and what was filled in."""
    words = house(asked).engine.words[language_of(asked)]
    page = {
        "tabs": tabs(PATH, words), "terms": shown, "city": city, "provinces": cities_of_provinces(),
        "districts": divisions.within(f"{city}00") if city else [],
        "fee": yuan(shown.fee_fen), "minimum": yuan(shown.minimum_fen),
        "free_from": yuan(shown.free_from_fen) if shown.free_from_fen else "",
        "key": str(uuid4()), "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show_console(asked, "console/settings/same_city/page.html", page, status=status)


@post(PATH, opt=SETTINGS, status_code=303)
async def save(request: Asked) -> Response[bytes]:
    """Set the terms anew; what was before is kept."""
    form, member = await request.form(), staff_of(request)
    filled = terms_of(form)
    answer = await house(request).market.ask(
        trade.SetSameCity(
            key=key_of(form), book=member.book, actor_id=member.staff_id, terms=filled
        )
    )
    if isinstance(answer, Refused):
        return show_terms(request, filled, city_of(filled, text(form, "city")), answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, PATH, _("同城配送已保存，新订单按它计算。"))


def terms_of(form: FormMultiDict) -> Terms:
    """Read the terms as they were filled in; what is no number is refused by its bounds."""
    chosen = [each for each in form.getall("division", []) if isinstance(each, str)]
    known = [each for each in chosen if divisions.is_district(each)]
    return Terms(
        is_offered=text(form, "offered") == "yes", divisions=known[: DIVISIONS_MAX + 1],
        fee_fen=read_fen(text(form, "fee")), free_from_fen=read_fen(text(form, "free_from")),
        minimum_fen=read_fen(text(form, "minimum")),
    )  # fmt: skip
