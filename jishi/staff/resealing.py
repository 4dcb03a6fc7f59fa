"""All authenticators brought under the market's newest key, a batch at a time."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

from jishi.kernel import MARKET, Market
from jishi.kernel.secret import Secret
from jishi.staff import totp, views
from jishi.staff.reseal_authenticator import AuthenticatorResealed, ResealAuthenticator
from jishi.staff.views import SealedAuthenticator

BATCH = 200


class NotResealed(Exception):
    """An authenticator could not be brought under the newest key; the older ones must stay."""


async def reseal_all(market: Market, secret: Secret) -> AsyncIterator[int]:
    """Bring every authenticator under the newest; give, batch by batch, how many were brought."""
    after = 0
    while found := await market.look(
        views.sealed_authenticators, book=MARKET, after=after, authenticators_max=BATCH
    ):
        asked = [each for one in found if (each := request_of(secret, one))]
        answers = await asyncio.gather(*map(market.ask, asked))
        for request, answer in zip(asked, answers, strict=True):
            if not isinstance(answer, AuthenticatorResealed):
                raise NotResealed(request.staff_id, answer)
        after = found[-1].staff_id
        yield len(asked)


def request_of(secret: Secret, kept: SealedAuthenticator) -> ResealAuthenticator | None:
    """Give what to ask for one; none where it lies under the newest, or was never readable."""
    keys = totp.keys_of(secret, kept.staff_id)
    plain = totp.unseal_any(keys[1:], kept.staff_id, kept.sealed)
    if not plain or totp.unseal(keys[0], kept.staff_id, kept.sealed):
        return None
    return ResealAuthenticator(
        key=uuid4(), book=MARKET, actor_id=0, staff_id=kept.staff_id,
        sealed=totp.seal(keys[0], kept.staff_id, plain),
    )  # fmt: skip
