"""All data keys brought under the market's newest key: a batch at a time, and again from any point.

Which key wraps one is seen by trying: what was done before is passed over.
"""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

from jishi.kernel import Market
from jishi.kernel.secret import Secret
from jishi.people import rules, sealing, views
from jishi.people.rewrap_key import KeyRewrapped, RewrapKey
from jishi.people.views import PersonsKey

BATCH = 200


class NotRewrapped(Exception):
    """A key could not be brought under the newest one; the older ones must stay."""


async def rewrap_all(market: Market, secret: Secret) -> AsyncIterator[int]:
    """Bring every data key under the newest; give, batch by batch, how many were brought."""
    for book in range(rules.PEOPLE_BOOK, rules.PEOPLE_BOOK + rules.PEOPLE_BOOKS):
        after = 0
        while found := await market.look(
            views.wrapped_keys, book=book, of_book=book, after=after, keys_max=BATCH
        ):
            asked = [each for one in found if (each := request_of(secret, book, one))]
            answers = await asyncio.gather(*map(market.ask, asked))
            for request, answer in zip(asked, answers, strict=True):
                if not isinstance(answer, KeyRewrapped):
                    raise NotRewrapped(request.person_id, answer)
            after = found[-1].person_id
            yield len(asked)


def request_of(secret: Secret, book: int, kept: PersonsKey) -> RewrapKey | None:
    """Give what to ask for a key; none where the newest wraps it."""
    wrapped = sealing.rewrapped(secret, kept.person_id, kept.wrapped_key)
    if wrapped is None:
        return None
    return RewrapKey(
        key=uuid4(), book=book, actor_id=0, person_id=kept.person_id, wrapped_key=wrapped
    )
