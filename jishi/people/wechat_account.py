"""The market's account at WeChat, as far as it says who somebody is. Opened at the first need."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from jishi.kernel import Market, Refused
from jishi.people.identities import Proved
from jishi.ports.wechat.failures import AnsweredWithError, WechatFailure
from jishi.ports.wechat.official import Account, Credentials, Hosts
from jishi.ports.wechat.official.oauth import BASE, Consent, Snapshot, consent_url, exchange
from jishi.ports.wechat.transport import Transport

CODE_SPENT = {40029, 40163, 42003}
"""WeChat's numbers for a code that it does not know, that was used, or that is too old."""


class AccountSettings(Struct, frozen=True, kw_only=True):
    """Which account, and at which WeChat; `hosts` are WeChat's own where it is not a sandbox.

    `token` and `aes_key` check what it pushes to us: without a token nothing of it is believed.
    """

    appid: str
    secret: str
    hosts: Hosts
    token: str = ""
    aes_key: str = ""

    def __repr__(self) -> str:
        return f"AccountSettings(appid={self.appid!r})"


Read = Callable[[], Awaitable[AccountSettings | None]]


class WechatAccount:
    """Asks WeChat who somebody is; `read` gives the settings, or none while there are none."""

    def __init__(self) -> None:
        self.read: Read | None = None
        self.market: Market | None = None
        self.transport: Transport | None = None
        self.settings: AccountSettings | None = None
        self.account: Account | None = None

    def open(self, read: Read, market: Market, *, transport: Transport | None = None) -> None:
        """Use these settings from the first need on; a transport of one's own for tests."""
        self.read, self.market, self.transport = read, market, transport

    async def close(self) -> None:
        """Hang up and forget."""
        if self.account is not None:
            await self.account.close()
        self.read = self.market = self.transport = self.settings = self.account = None

    async def ready(self) -> AccountSettings | None:
        """Give the settings once they are there."""
        if self.settings is None and self.read is not None:
            self.settings = await self.read()
        return self.settings

    async def way_out(self, back_url: str, state: str) -> str:
        """Give the address at which WeChat says who it is, in silence; empty when not set up."""
        settings = await self.ready()
        if settings is None:
            return ""
        return consent_url(
            settings.hosts, settings.appid, Consent(redirect_url=back_url, scope=BASE, state=state)
        )

    async def proved(self, code: str) -> list[Proved] | Refused:
        """Turn the code that came back into what it proves.

        Refused: `wechat_code_spent`, `wechat_snapshot` (nobody is there), `wechat_away`.
        """
        account = await self.asked()
        if account is None:
            return Refused("wechat_away", is_final=False)
        try:
            granted = await exchange(account, code)
        except AnsweredWithError as failure:
            if int(failure.error.number or 0) in CODE_SPENT:
                return Refused("wechat_code_spent")
            return Refused("wechat_away", is_final=False)
        except WechatFailure:
            return Refused("wechat_away", is_final=False)
        if isinstance(granted, Snapshot):
            return Refused("wechat_snapshot")
        found = [Proved("openid", granted.openid, account.credentials.appid)]
        return [*found, Proved("unionid", granted.unionid)] if granted.unionid else found

    async def asked(self) -> Account | None:
        """Give the account to ask with; none while nobody set one up."""
        settings = await self.ready()
        if self.account is None and settings is not None and self.market is not None:
            self.account = Account(
                Credentials(settings.appid, settings.secret), self.market.database,
                hosts=settings.hosts, transport=self.transport,
            )  # fmt: skip
        return self.account


wechat_account = WechatAccount()
