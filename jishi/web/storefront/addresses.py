"""Where a person takes his parcels: the list, the form with its picker, a line that was pasted."""

from urllib.parse import quote
from uuid import uuid4

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import people
from jishi.kernel import Refused
from jishi.people import Address, Written, divisions
from jishi.people.pasted import PASTED_CHARACTERS_MAX, read_pasted
from jishi.web.answer import go_to, notice, status_of
from jishi.web.asked import Asked, house, key_of, text
from jishi.web.person import need_person, person_of
from jishi.web.policy import VISITOR
from jishi.web.storefront.language import own_path
from jishi.web.storefront.shown import show
from jishi.web.visitor import token

DIGITS = (("province", 2), ("city", 4), ("district", 6))
BACK = "/addresses"


@get("/addresses", opt=VISITOR)
async def addresses(request: Asked) -> Response[bytes]:
    """Show a person's addresses."""
    if sent := need_person(request, BACK):
        return sent
    return await show_addresses(request)


async def show_addresses(asked: Asked, refused: Refused | None = None) -> Response[bytes]:
    """Show the list; after a refusal with the reason."""
    answer = token(asked)
    page = {
        "addresses": await kept(asked), "token": answer.value, "tab": "mine",
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show(asked, "addresses.html", page, status=status, cookies=answer.cookies)


async def kept(asked: Asked) -> list[Address]:
    """Give the addresses of whoever signed in; nobody else has any."""
    person = person_of(asked)
    if not person:
        return []
    return await people.addresses(house(asked).market, house(asked).secret, person)


@get("/addresses/new", opt=VISITOR)
async def new(request: Asked) -> Response[bytes]:
    """Show an empty form; it leads back to where it was asked for."""
    back = own_path(request.query_params.get("back", BACK))
    here = f"/addresses/new?back={quote(back, safe='')}" if back != BACK else "/addresses/new"
    if sent := need_person(request, here):
        return sent
    return show_form(request, Written("", "", "", ""), back=back)


@get("/addresses/{address_id:int}", opt=VISITOR)
async def edit(request: Asked, address_id: FromPath[int]) -> Response[bytes]:
    """Show one of a person's addresses, to be changed."""
    found = await find(request, address_id)
    written = Written(found.recipient, found.phone, found.division, found.street)
    return show_form(request, written, address_id=address_id, is_default=found.is_default)


async def find(asked: Asked, address_id: int) -> Address:
    """Find an address that the person uses."""
    found = next((each for each in await kept(asked) if each.address_id == address_id), None)
    if found is None:
        raise NotFoundException
    return found


def show_form(  # noqa: PLR0913 - each has its name at the call
    asked: Asked, written: Written, *, address_id: int = 0, is_default: bool = False,
    back: str = BACK, key: str = "", refused: Refused | None = None,
) -> Response[bytes]:  # fmt: skip
    """Show the form, as far as it is filled in: each choice of a division opens the next."""
    answer = token(asked)
    province, city = f"{written.division[:2]}0000", f"{written.division[:4]}00"
    has_province = len(written.division) >= 2 and province in divisions.NAMES  # noqa: PLR2004 - digits
    has_city = has_province and city in divisions.NAMES and city != province
    page = {
        "written": written, "address_id": address_id, "is_default": is_default, "back": back,
        "provinces": divisions.within(""), "province": province if has_province else "",
        "cities": divisions.within(province) if has_province else [],
        "city": city if has_city else "",
        "districts": divisions.within(city) if has_city else [],
        "key": key or str(uuid4()), "token": answer.value, "tab": "mine",
        "pasted_max": PASTED_CHARACTERS_MAX,
        "street_max": people.rules.STREET_CHARACTERS_MAX,
        "recipient_max": people.rules.RECIPIENT_CHARACTERS_MAX,
        "notice": notice(asked, refused) if refused else None,
    }  # fmt: skip
    status = status_of(refused) if refused else 200
    return show(asked, "address_form.html", page, status=status, cookies=answer.cookies)


def written_in(form: FormMultiDict) -> Written:
    """Read the form: the deepest division that fits below the one before it."""
    division = ""
    for name, digits in DIGITS:
        chosen = text(form, name)
        if chosen not in divisions.NAMES or not chosen.startswith(division[: digits - 2]):
            break
        division = chosen
    return Written(
        text(form, "recipient").strip(), text(form, "phone").strip(), division,
        text(form, "street").strip(),
    )  # fmt: skip


@post("/addresses", opt=VISITOR, status_code=303)
async def save(request: Asked) -> Response[bytes]:
    """Save an address, or show the form again: one step further, or with what is wrong."""
    form = await request.form()
    back = own_path(text(form, "back") or BACK)
    if sent := need_person(request, BACK):
        return sent
    if text(form, "do") == "recognise":
        found = read_pasted(text(form, "pasted"))
        return with_status(show_form(request, found, back=back, key=text(form, "key")))
    address_id = int(text(form, "address_id") or "0") if text(form, "address_id").isdigit() else 0
    written, is_default = written_in(form), text(form, "is_default") == "1"
    if text(form, "do") != "save":
        return with_status(
            show_form(
                request, written, address_id=address_id, is_default=is_default, back=back,
                key=text(form, "key"),
            )
        )  # fmt: skip
    if address_id:
        await find(request, address_id)
    its_house = house(request)
    answer = await people.write_address(
        its_house.market, its_house.secret, key_of(form), person_of(request), written,
        replaces_id=address_id, is_default=is_default,
    )  # fmt: skip
    if isinstance(answer, Refused):
        return show_form(
            request, written, address_id=address_id, is_default=is_default, back=back,
            refused=answer,
        )  # fmt: skip
    # A checkout that waits for an address goes on with this one.
    return go_to(f"{back}{answer.subject_id}" if back.endswith("to=") else back)


def with_status(shown: Response[bytes]) -> Response[bytes]:
    """Show a form that was asked for by a form: nothing was saved, and nothing is wrong."""
    shown.status_code = 200
    return shown


@post("/addresses/{address_id:int}/removal", opt=VISITOR, status_code=303)
async def remove(request: Asked, address_id: FromPath[int]) -> Response[bytes]:
    """Take no more parcels there."""
    found, person = await find(request, address_id), person_of(request)
    answer = await house(request).market.ask(
        people.RemoveAddress(
            key=uuid4(), book=people.book_of(person), actor_id=person,
            address_id=found.address_id,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_addresses(request, answer)
    return go_to(BACK)
