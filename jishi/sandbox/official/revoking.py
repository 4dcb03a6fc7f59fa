"""A person takes back what an account was allowed to know; the account must delete it.

Source: official accounts, "User information authorisation changes"; mini programs, the same.
"""

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.official.meeting import Undone, meet
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields

REVOKED = {"service": "205", "mini": "301"}
"""What is taken back: name and picture of a page, or everything of a mini program."""


class Revoked(Struct, frozen=True):
    """It was taken back."""

    openid: str


sql = queries(__file__)
revoke_grants = sql.run("revoke_grants")
revoke_tokens = sql.run("revoke_tokens")


async def revoke(tx: Tx, person_id: int, appid: str) -> Revoked | Undone:
    """Take it back, and tell the account."""
    found = await meet(tx, person_id, appid)
    if isinstance(found, Undone):
        return found
    await revoke_grants(tx, appid=appid, person_id=person_id)
    await revoke_tokens(tx, appid=appid, person_id=person_id)
    told: Fields = (
        ("OpenID", found.openid), ("AppID", appid),
        ("RevokeInfo", REVOKED[found.account.kind]), ("PluginID", ""), ("OpenPID", ""),
    )  # fmt: skip
    await push_event(
        tx, found.account, found.openid, "user_authorization_revoke", told, person_id=person_id
    )
    return Revoked(found.openid)
