"""What a person is called on his own pages: sealed on the way in, opened on the way out."""

import unicodedata
from uuid import UUID

from jishi.kernel import Answer, Market, Refused
from jishi.kernel.secret import Secret
from jishi.people import rules, sealing, views
from jishi.people.keys import key_of, key_or_new
from jishi.people.set_name import SetName

NAME = "name"


async def name_of(market: Market, secret: Secret, person_id: int) -> str:
    """Give what a person is called; empty when he never said."""
    key = await key_of(market, secret, person_id)
    if key is None:
        return ""
    kept = await market.look(
        views.kept_name, person=person_id, of_book=rules.book_of(person_id), person_id=person_id
    )
    return sealing.unseal(key, NAME, kept.sealed).decode() if kept else ""


async def write_name(
    market: Market, secret: Secret, key: UUID, person_id: int, written: str
) -> Answer:
    """Let a person be called so, or, where nothing is written, by nothing."""
    name = unicodedata.normalize("NFC", written).strip()
    if name and not rules.is_name(name):
        return Refused("person_name_out_of_bounds", {"characters_max": rules.NAME_CHARACTERS_MAX})
    data_key = await key_or_new(market, secret, person_id)
    if data_key is None:
        return Refused("person_unknown")
    plain = name.encode()
    return await market.ask(
        SetName(
            key=key, book=rules.book_of(person_id), actor_id=person_id,
            sealed=sealing.seal(data_key, NAME, plain) if name else b"",
            mark=sealing.mark(data_key, NAME, plain),
        )
    )  # fmt: skip
