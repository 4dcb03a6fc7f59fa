"""All that people keeps of a person, opened with his key, as he takes it with him."""

import asyncio
from datetime import datetime

import msgspec

from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.people import divisions, rules, sealing
from jishi.people.addresses import ADDRESS, Written
from jishi.people.identities import IDENTITY
from jishi.people.keys import key_of
from jishi.people.names import name_of
from jishi.people.privacy import views
from jishi.people.privacy.rules import SAYINGS_MAX
from jishi.people.privacy.views import Consent, OwnSession


class KnownBy(msgspec.Struct, frozen=True):
    """What he is recognised by; `account` is the WeChat account that an openid is of."""

    kind: str
    name: str
    account: str
    recognised_at: datetime


class Lived(msgspec.Struct, frozen=True):
    """A version of an address, as it was written."""

    address_id: int
    recipient: str
    phone: str
    division: str
    division_names: list[str]
    street: str
    saved_at: datetime
    removed_at: datetime | None


class Own(msgspec.Struct, frozen=True):
    """What is kept of him, whole."""

    person_id: int
    name: str
    identities: list[KnownBy]
    addresses: list[Lived]
    consents: list[Consent]
    sessions: list[OwnSession]


async def own_of(market: Market, secret: Secret, person_id: int) -> Own | None:
    """Give all that is kept of a person here; none when he was never met, or is forgotten."""
    key = await key_of(market, secret, person_id)
    if key is None:
        return None
    his = {"of_book": rules.book_of(person_id), "person_id": person_id}
    identities, addresses, consents, sessions = await asyncio.gather(
        market.look(
            views.identities_of, person=person_id, person_id=person_id, sayings_max=SAYINGS_MAX
        ),
        market.look(views.addresses_of, person=person_id, **his, sayings_max=SAYINGS_MAX),
        market.look(views.consents_of, person=person_id, **his, sayings_max=SAYINGS_MAX),
        market.look(views.sessions_of, person=person_id, **his, sayings_max=SAYINGS_MAX),
    )
    return Own(
        person_id, await name_of(market, secret, person_id),
        [
            KnownBy(
                each.kind, sealing.unseal(key, IDENTITY, each.sealed).decode(), each.appid,
                each.recognised_at,
            )
            for each in identities
        ],
        [_opened(key, each) for each in addresses], consents, sessions,
    )  # fmt: skip


def _opened(key: bytes, kept: views.OwnAddress) -> Lived:
    written = msgspec.json.decode(sealing.unseal(key, ADDRESS, kept.sealed), type=Written)
    return Lived(
        kept.address_id, written.recipient, written.phone, kept.division,
        divisions.names_of(kept.division), written.street, kept.saved_at, kept.removed_at,
    )  # fmt: skip
