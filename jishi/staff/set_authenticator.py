"""Set an authenticator: from now on a member shows a second thing when he signs in."""

from collections.abc import Sequence
from typing import ClassVar

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.staff import authenticators, rules
from jishi.staff.authenticators import Authenticators, Held
from jishi.staff.totp import RECOVERY_CODES

SEALED_BYTES_MAX = 200


class SetAuthenticator(Request, frozen=True, kw_only=True):
    """The member showed a code of this step; his secret is sealed, his recovery codes digested.

    Refused: `member_unknown`, `authenticator_set`, `authenticator_out_of_bounds`.
    """

    made: ClassVar[dict[str, object]] = {"sealed": b"", "digests": ()}

    staff_id: int
    sealed: bytes
    step: int
    digests: tuple[str, ...]


class AuthenticatorSet(Event, frozen=True, kw_only=True):
    """The member (`subject_id`) has a second step."""


sql = queries(__file__)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[SetAuthenticator]) -> Authenticators:
    """Read who works here, and has one."""
    return await authenticators.read(tx, [each.staff_id for each in asked])


def decide(world: Authenticators, asked: SetAuthenticator) -> AuthenticatorSet | Refused:
    """Accept the first of a member."""
    held = world.get(asked.staff_id)
    if held is None:
        return Refused("member_unknown")
    if held.number:
        return Refused("authenticator_set")
    are_digests = all(rules.DIGEST.fullmatch(each) for each in asked.digests)
    is_whole = len(set(asked.digests)) == len(asked.digests) == RECOVERY_CODES
    if not are_digests or not is_whole or not 0 < asked.step <= rules.NUMBER_MAX:
        return Refused("authenticator_out_of_bounds")
    if not 0 < len(asked.sealed) <= SEALED_BYTES_MAX:
        return Refused("authenticator_out_of_bounds")
    world[asked.staff_id] = Held(asked.staff_id, held.works_in, 1, asked.step)
    return AuthenticatorSet(subject_id=asked.staff_id)


async def record(tx: Tx, happened: Sequence[Happened[SetAuthenticator, AuthenticatorSet]]) -> None:
    """Write the authenticators and their recovery codes."""
    rows = [
        (event.subject_id, number, asked.sealed, asked.step) for asked, event, number in happened
    ]
    codes = [
        (event.subject_id, number, digest)
        for asked, event, number in happened
        for digest in asked.digests
    ]
    await write(
        tx,
        **columns(rows, "staff_ids", "numbers", "sealeds", "steps"),
        **columns(codes, "of_staff", "of_numbers", "digests"),
    )


set_authenticator = Act(SetAuthenticator, AuthenticatorSet, gather, decide, record)
