"""Looking after the connection itself: where WeChat calls from, whether it reaches us, quotas.

Sources: official accounts, "Clearing the quota", "Getting WeChat's callback addresses", "Network
diagnosis".
"""

from msgspec import Struct

from jishi.ports.wechat.official.account import Account
from jishi.ports.wechat.official.answers import Done


class Looked(Struct, frozen=True):
    """One address of our host, and the carrier that answered for it."""

    ip: str
    real_operator: str = ""


class Reached(Struct, frozen=True):
    """How our host was reached from one carrier: packages lost ("0%"), time ("23.4ms")."""

    ip: str
    from_operator: str = ""
    package_loss: str = ""
    time: str = ""


class Diagnosis(Struct, frozen=True):
    """What WeChat saw of our host."""

    dns: tuple[Looked, ...] = ()
    ping: tuple[Reached, ...] = ()


class _Appid(Struct, frozen=True):
    appid: str


class _Addresses(Struct, frozen=True):
    ip_list: tuple[str, ...] = ()


class _Checking(Struct, frozen=True):
    action: str
    check_operator: str


async def clear_quota(account: Account) -> None:
    """Set the day's counts of calls to zero; 10 times a month. ErrcodeAnswered: 48006 no more."""
    await account.post("/cgi-bin/clear_quota", _Appid(account.credentials.appid), Done)


async def callback_addresses(account: Account) -> tuple[str, ...]:
    """List the addresses and networks that pushes come from."""
    return (await account.get("/cgi-bin/getcallbackip", _Addresses)).ip_list


async def diagnose(account: Account, *, action: str = "all", carrier: str = "DEFAULT") -> Diagnosis:
    """Let WeChat look our host up and reach for it.

    `action` is dns, ping or all; `carrier` CHINANET, UNICOM, CAP or DEFAULT.
    """
    body = _Checking(action, carrier)
    return await account.post("/cgi-bin/callback/check", body, Diagnosis, is_repeatable=True)
