"""Addresses as their person writes and reads them: sealed on the way in, opened on the way out."""

from uuid import UUID

import msgspec

from jishi.kernel import Answer, Market, Refused, new_id
from jishi.kernel.secret import Secret
from jishi.people import divisions, rules, sealing, views
from jishi.people.keys import key_of, key_or_new
from jishi.people.save_address import SaveAddress

ADDRESS = "address"


class Written(msgspec.Struct, frozen=True):
    """An address as it is written down: whom a parcel is for, and where he takes it."""

    recipient: str
    phone: str
    division: str
    street: str


class Address(msgspec.Struct, frozen=True):
    """An address as its person sees it; `division_names` are province, city and district."""

    address_id: int
    recipient: str
    phone: str
    division: str
    division_names: list[str]
    street: str
    is_default: bool


async def addresses(market: Market, secret: Secret, person_id: int) -> list[Address]:
    """Give the addresses that a person uses, the default first."""
    key = await key_of(market, secret, person_id)
    if key is None:
        return []
    found = await market.look(
        views.kept_addresses, person=person_id, of_book=rules.book_of(person_id),
        person_id=person_id, addresses_max=rules.ADDRESSES_MAX,
    )  # fmt: skip
    return [_opened(key, each) for each in found]


async def address(
    market: Market, secret: Secret, person_id: int, address_id: int
) -> Address | None:
    """Give one of a person's addresses, in use or not; none when it is not his."""
    key = await key_of(market, secret, person_id)
    if key is None:
        return None
    found = await market.look(
        views.kept_address, person=person_id, of_book=rules.book_of(person_id),
        person_id=person_id, address_id=address_id,
    )  # fmt: skip
    return _opened(key, found) if found else None


async def write_address(  # noqa: PLR0913 - two of them have their name at the call
    market: Market, secret: Secret, key: UUID, person_id: int, written: Written,
    *, replaces_id: int = 0, is_default: bool = False,
) -> Answer:  # fmt: skip
    """Save an address, or a new version of one. `key` makes two taps one address."""
    if refused := reason_against(written):
        return refused
    data_key = await key_or_new(market, secret, person_id)
    if data_key is None:
        return Refused("person_unknown")
    plain = msgspec.json.encode(written)
    asked = SaveAddress(
        key=key, book=rules.book_of(person_id), actor_id=person_id, address_id=new_id(),
        replaces_id=replaces_id, division=written.division, is_default=is_default,
        sealed=sealing.seal(data_key, ADDRESS, plain),
        mark=sealing.mark(data_key, ADDRESS, plain),
    )  # fmt: skip
    return await market.ask(asked)


def reason_against(written: Written) -> Refused | None:
    """Give the first reason why no parcel would arrive there, or none."""
    if not rules.is_recipient(written.recipient):
        return Refused(
            "recipient_out_of_bounds", {"characters_max": rules.RECIPIENT_CHARACTERS_MAX}
        )
    if not rules.is_phone(written.phone):
        return Refused("phone_unreadable")
    if not divisions.is_district(written.division):
        return Refused("division_not_district")
    if not rules.is_street(written.street):
        return Refused("street_out_of_bounds", {"characters_max": rules.STREET_CHARACTERS_MAX})
    return None


def _opened(key: bytes, kept: views.KeptAddress) -> Address:
    written = msgspec.json.decode(sealing.unseal(key, ADDRESS, kept.sealed), type=Written)
    return Address(
        address_id=kept.address_id, recipient=written.recipient, phone=written.phone,
        division=kept.division, division_names=divisions.names_of(kept.division),
        street=written.street, is_default=kept.is_default,
    )  # fmt: skip
