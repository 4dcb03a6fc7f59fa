"""A person before an account: who they are to each other when something is done."""

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.cast import Account, account_of


class Undone(Struct, frozen=True):
    """It could not be done; `reason` is one word for it.

    `nobody`, `no_account`, `not_following`, `is_following`, `no_menu`, `no_button`, `over`,
    `refused`, `not_yours`, `no_template`, `no_session`.
    """

    reason: str


class Met(Struct, frozen=True):
    """A person's name in an account, and whether the person follows it."""

    person_id: int
    openid: str
    is_following: bool


class Meeting(Struct, frozen=True):
    """A person and an account that know each other."""

    account: Account
    person_id: int
    openid: str
    is_following: bool


sql = queries(__file__)
met = sql.one("met", Met)


async def meet(
    tx: Tx, person_id: int, appid: str, *, must_follow: bool = False
) -> Meeting | Undone:
    """Bring them together; a mini program needs no following."""
    account = await account_of(tx, appid)
    if account is None:
        return Undone("no_account")
    found = await met(tx, appid=appid, person_id=person_id)
    if found is None:
        return Undone("nobody")
    if must_follow and account.kind == "service" and not found.is_following:
        return Undone("not_following")
    return Meeting(account, found.person_id, found.openid, found.is_following)
