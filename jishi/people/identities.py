"""Who somebody is, by what he proved: his name in a WeChat account, a phone, an address of mail."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

import msgspec

from jishi.kernel import Answer, Market, Refused, new_id
from jishi.kernel.secret import Secret
from jishi.people import rules, sealing, views
from jishi.people.adopt_id import AdoptId, IdAdopted
from jishi.people.keys import key_of, key_or_new
from jishi.people.recognise_identity import IdentityRecognised, RecogniseIdentity
from jishi.people.remove_identity import IdentityRemoved, RemoveIdentity

IDENTITY = "identity"
ADOPTIONS = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686921")
"""The namespace of adoptions' keys: one identity adopts an id once, however often it is tried."""


class Proved(msgspec.Struct, frozen=True):
    """What somebody proved to be his; `appid` is the account that an openid is of."""

    kind: str
    name: str
    appid: str = ""

    def __repr__(self) -> str:
        return f"Proved({self.kind})"


class Identity(msgspec.Struct, frozen=True):
    """What a person is recognised by, as he sees it."""

    kind: str
    name: str
    appid: str


def digest_of(secret: Secret, proved: Proved) -> bytes:
    """Give what an identity is found by: nobody without the market's secret can make it."""
    return secret.derive(IDENTITY, f"{proved.kind} {proved.appid} {proved.name}")


async def whose(market: Market, secret: Secret, proved: Proved) -> int:
    """Tell whose an identity is; 0 is nobody's. One of somebody who is forgotten goes."""
    digest = digest_of(secret, proved)
    book = rules.book_of_digest(digest)
    found = await market.look(views.identity, book=book, of_book=book, digest=digest)
    if found is None:
        return 0
    if await key_of(market, secret, found.person_id) is None:
        await _remove(market, found.person_id, digest)
        return 0
    return found.person_id


async def _remove(market: Market, person_id: int, digest: bytes) -> Answer:
    return await market.ask(
        RemoveIdentity(
            key=uuid4(), book=rules.book_of_digest(digest), actor_id=person_id, digest=digest
        )
    )


async def recognise_any(
    market: Market, secret: Secret, proved: Sequence[Proved], *, person_id: int, guest_id: int
) -> int | Refused:
    """Give the person to whom all of this belongs: whoever one of them is known by, has the rest.

    The first that is known decides, before the person who is signed in.
    """
    owner = person_id
    for each in reversed(proved):
        owner = await whose(market, secret, each) or owner
    for each in proved:
        found = await recognise(market, secret, each, person_id=owner, guest_id=guest_id)
        if isinstance(found, Refused):
            return found
        owner = owner or found
    return owner


async def recognise(
    market: Market, secret: Secret, proved: Proved, *, person_id: int = 0, guest_id: int = 0
) -> int | Refused:
    """Give the person whose identity this is; one that is new becomes somebody's.

    It becomes the person's who is signed in, else his who the guest was, else a new person's.
    Whoever loses a race to one who comes with the same identity is that one.
    """
    if known := await whose(market, secret, proved):
        return known
    digest = digest_of(secret, proved)
    owner = person_id or await _adopted(market, secret, digest, guest_id)
    key = await key_of(market, secret, owner)
    if key is None:
        return Refused("person_unknown")
    answer = await market.ask(
        RecogniseIdentity(
            key=uuid4(), book=rules.book_of_digest(digest), actor_id=owner, digest=digest,
            kind=proved.kind, appid=proved.appid,
            sealed=sealing.seal(key, IDENTITY, proved.name.encode()),
        )
    )  # fmt: skip
    if isinstance(answer, IdentityRecognised):
        # Who was erased meanwhile, in another book, is recognised by nothing.
        if await key_of(market, secret, owner) is not None:
            return owner
        await _remove(market, owner, digest)
        return Refused("person_unknown")
    assert isinstance(answer, Refused)
    return await whose(market, secret, proved) or answer


async def _adopted(market: Market, secret: Secret, digest: bytes, guest_id: int) -> int:
    """Give the id of the person to be: the guest's, or a new one where that is taken."""
    for candidate in (guest_id, new_id()):
        if not await key_or_new(market, secret, candidate):
            continue
        answer = await market.ask(
            AdoptId(
                key=uuid5(ADOPTIONS, f"{candidate} {digest.hex()}"), book=rules.book_of(candidate),
                actor_id=candidate, digest=digest,
            )
        )  # fmt: skip
        if isinstance(answer, IdAdopted):
            return candidate
    return 0


async def identities(market: Market, secret: Secret, person_id: int) -> list[Identity]:
    """Give what a person is recognised by, the newest first."""
    key = await key_of(market, secret, person_id)
    if key is None:
        return []
    found = await market.look(
        views.identities_of, person=person_id, person_id=person_id,
        identities_max=rules.IDENTITIES_MAX,
    )  # fmt: skip
    return [
        Identity(each.kind, sealing.unseal(key, IDENTITY, each.sealed).decode(), each.appid)
        for each in found
    ]


async def openid_of(market: Market, secret: Secret, person_id: int, appid: str) -> str:
    """Give a person's name in a WeChat account; empty when he has none there."""
    found = await identities(market, secret, person_id)
    names = (each.name for each in found if (each.kind, each.appid) == ("openid", appid))
    return next(names, "")


async def forget_identities(market: Market, person_id: int) -> int:
    """Let a person be known by nothing any more; give how many things that were."""
    found = await market.look(
        views.identities_of, person=person_id, person_id=person_id,
        identities_max=rules.IDENTITIES_MAX,
    )  # fmt: skip
    answers = await asyncio.gather(*(_remove(market, person_id, each.digest) for each in found))
    return sum(isinstance(each, IdentityRemoved) for each in answers)
