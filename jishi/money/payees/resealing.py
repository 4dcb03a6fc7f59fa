"""All credentials brought under the market's newest key, shop by shop; what was done is passed."""

from collections.abc import AsyncIterator
from uuid import uuid4

from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.money.payees.credentials import BOOKS_MAX, Held, books, of_book, resealed
from jishi.money.payees.reseal_credentials import CredentialsResealed, ResealCredentials


class NotResealed(Exception):
    """Credentials could not be brought under the newest key; the older ones must stay."""


async def reseal_all(market: Market, secret: Secret) -> AsyncIterator[int]:
    """Bring every version under the newest; give, shop by shop, how many were brought."""
    for shop in await market.look(books, books_max=BOOKS_MAX):
        count = 0
        for held in await market.look(of_book, book=shop.book):
            asked = request_of(secret, shop.book, held)
            if asked is None:
                continue
            answer = await market.ask(asked)
            if not isinstance(answer, CredentialsResealed):
                raise NotResealed(shop.book, answer)
            count += 1
        yield count


def request_of(secret: Secret, book: int, held: Held) -> ResealCredentials | None:
    """Give what to ask for a version; none where it lies under the newest."""
    sealed = resealed(secret, book, held.mchid, held.sealed)
    if sealed is None:
        return None
    return ResealCredentials(
        key=uuid4(), book=book, actor_id=0, version=held.version, sealed=sealed
    )
