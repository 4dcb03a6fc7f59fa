"""The gateway: WeChat Pay as the market uses it. Opened with its settings at the first need."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from jishi.money.types import Came
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import (
    Credentials,
    Merchant,
    Notice,
    NoticeReader,
    Rejection,
    open_merchant,
    orders,
    prepay,
)
from jishi.ports.wechat.pay.orders import Transaction
from jishi.ports.wechat.transport import Transport


class PaySettings(Struct, frozen=True, kw_only=True):
    """Who is paid, with which keys, at which WeChat, and where it tells us."""

    base_urls: tuple[str, ...]
    appid: str
    mchid: str
    serial: str
    private_pem: str
    apiv3_key: str
    public_key_id: str
    public_key_pem: str
    notify_url: str

    def __repr__(self) -> str:
        return f"PaySettings(appid={self.appid!r}, mchid={self.mchid!r})"


Read = Callable[[], Awaitable[PaySettings | None]]


class NotSetUp(Exception):
    """Paying is not set up here; what waits for it waits on."""


class Gateway:
    """Asks WeChat Pay for the market; `read` gives its settings, or none while there are none."""

    def __init__(self) -> None:
        self.read: Read | None = None
        self.settings: PaySettings | None = None
        self.merchant: Merchant | None = None

    def open(self, read: Read) -> None:
        """Use these settings from the first need on."""
        self.read = read

    async def close(self) -> None:
        """Hang up and forget."""
        if self.merchant is not None:
            await self.merchant.channel.transport.close()
        self.read = self.settings = self.merchant = None

    async def ready(self) -> PaySettings | None:
        """Give the settings once they are there."""
        if self.settings is None and self.read is not None:
            self.settings = await self.read()
        return self.settings

    async def _merchant(self) -> tuple[Merchant, PaySettings]:
        settings = await self.ready()
        if settings is None:
            raise NotSetUp
        if self.merchant is None:
            credentials = Credentials.read(
                mchid=settings.mchid, serial=settings.serial, private_pem=settings.private_pem,
                apiv3_key=settings.apiv3_key,
            )  # fmt: skip
            self.merchant = open_merchant(
                credentials,
                Transport(settings.base_urls),
                appids=[settings.appid],
                public_keys={settings.public_key_id: settings.public_key_pem},
                has_certificates=True,
            )
        return self.merchant, settings

    async def prepay(
        self, out_trade_no: str, amount_fen: int, description: str, pay_until: datetime
    ) -> str:
        """Let WeChat know of an attempt; gives the text of the code that pays it."""
        merchant, settings = await self._merchant()
        order = prepay.NativeOrder(
            appid=settings.appid,
            mchid=settings.mchid,
            description=description,
            out_trade_no=out_trade_no,
            notify_url=settings.notify_url,
            amount=prepay.OrderAmount(total_fen=amount_fen),
            expires_at=pay_until,
        )
        return (await prepay.prepay_native(merchant, order)).code_url

    async def paid(self, out_trade_no: str) -> Came | None:
        """Look an attempt up: what was paid, or none."""
        merchant, _ = await self._merchant()
        return came(await orders.query_order(merchant, out_trade_no))

    async def shut(self, out_trade_no: str) -> Came | None:
        """Close an attempt so that nobody can pay it any more; what was paid before that wins."""
        merchant, _ = await self._merchant()
        try:
            await orders.close_order(merchant, out_trade_no)
        except AnsweredWithError as failure:
            code = failure.error.code.replace("_", "")
            if code == "ORDERPAID":
                if paid := await self.paid(out_trade_no):
                    return paid
                raise
            if code in {"ORDERNOTEXIST", "ORDERCLOSED"} and failure.is_certain:
                return None
            raise
        return None

    async def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | Rejection:
        """Read what WeChat tells by itself."""
        merchant, _ = await self._merchant()
        reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids)
        return await reader.read(headers, body, datetime.now(UTC))


def came(told: Transaction) -> Came | None:
    """Give what came in by what WeChat told; none when nothing did."""
    if told.trade_state not in {"SUCCESS", "REFUND"} or told.amount is None:
        return None
    return Came(
        out_trade_no=told.out_trade_no,
        transaction_id=told.transaction_id,
        appid=told.appid,
        mchid=told.mchid,
        amount_fen=told.amount.total_fen,
        currency=told.amount.currency,
    )


gateway = Gateway()
