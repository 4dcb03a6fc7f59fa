"""The gateway: WeChat Pay as the market uses it. Opened with its settings at the first need."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple, TypedDict

from msgspec import Struct

from jishi.money.types import Came
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import (
    Credentials,
    Merchant,
    Notice,
    NoticeReader,
    Rejection,
    bills,
    open_merchant,
    orders,
    prepay,
    refunds,
)
from jishi.ports.wechat.pay.bills import Bill
from jishi.ports.wechat.pay.orders import Transaction
from jishi.ports.wechat.pay.page import PagePayment, page_payment
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
PayerOpenid = Callable[[int], Awaitable[str]]
"""Gives a person's name at our account, by the person's id; empty when it has none."""

CLIENTS_MAX = 10_000


class NotSetUp(Exception):
    """Paying is not set up here; what waits for it waits on."""


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked of WeChat for an attempt, and the way its payer would like."""

    attempt_id: int
    payer_id: int
    way: str
    out_trade_no: str
    amount_fen: int
    description: str
    pay_until: datetime


class Back(NamedTuple):
    """What is asked of WeChat for a refund: our numbers, how much of how much, what for."""

    out_refund_no: str
    out_trade_no: str
    amount_fen: int
    paid_fen: int
    reason: str


ENDED = {"SUCCESS": "succeeded", "ABNORMAL": "abnormal", "CLOSED": "closed"}
SAID = {
    "after_sale": "售后退款", "late_payment": "订单已关闭，原路退回", "cancelled": "订单取消退款",
    "operator": "商家退款",
}  # fmt: skip
"""What the payer reads of a refund in WeChat."""


class _Common(TypedDict):
    appid: str
    mchid: str
    description: str
    out_trade_no: str
    notify_url: str
    amount: prepay.OrderAmount
    expires_at: datetime


async def nobodys(_payer_id: int) -> str:
    """Know nobody's name at our account."""
    return ""


class Gateway:
    """Asks WeChat Pay for the market; `read` gives its settings, or none while there are none."""

    def __init__(self) -> None:
        self.read: Read | None = None
        self.payer_openid: PayerOpenid = nobodys
        self.transport: Transport | None = None
        self.settings: PaySettings | None = None
        self.merchant: Merchant | None = None
        self.clients: dict[int, str] = {}

    def open(
        self, read: Read, *, payer_openid: PayerOpenid = nobodys, transport: Transport | None = None
    ) -> None:
        """Use these settings from the first need on; a transport of one's own for tests."""
        self.read, self.payer_openid, self.transport = read, payer_openid, transport

    async def close(self) -> None:
        """Hang up and forget."""
        if self.merchant is not None:
            await self.merchant.channel.transport.close()
        self.read = self.settings = self.merchant = self.transport = None
        self.payer_openid, self.clients = nobodys, {}

    async def ready(self) -> PaySettings | None:
        """Give the settings once they are there."""
        if self.settings is None and self.read is not None:
            self.settings = await self.read()
        return self.settings

    async def payee(self, book: int) -> str:  # noqa: ARG002 - one merchant is paid for all shops
        """Give who is paid for what a shop sells: a merchant's number; empty for nobody."""
        settings = await self.ready()
        return settings.mchid if settings else ""

    def note_client(self, attempt_id: int, address: str) -> None:
        """Remember from where an attempt is paid until WeChat is told: a link is bound to it.

        Only in memory: an address is personal. Where it is forgotten, a code is asked for.
        """
        if len(self.clients) >= CLIENTS_MAX:
            del self.clients[next(iter(self.clients))]
        self.clients[attempt_id] = address

    async def merchant_for(self) -> tuple[Merchant, PaySettings]:
        """Give who asks WeChat, and under which settings. Raises NotSetUp."""
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
                self.transport or Transport(settings.base_urls),
                appids=[settings.appid],
                public_keys={settings.public_key_id: settings.public_key_pem},
                has_certificates=True,
            )
        return self.merchant, settings

    async def prepay(self, wish: Wish) -> tuple[str, str]:
        """Let WeChat know of an attempt; gives the way it is paid in, and by what.

        A sheet needs the payer's name at our account and a link the payer's address; without
        them it is a code, which anybody can scan.
        """
        merchant, settings = await self.merchant_for()
        told: _Common = {
            "appid": settings.appid,
            "mchid": settings.mchid,
            "description": wish.description,
            "out_trade_no": wish.out_trade_no,
            "notify_url": settings.notify_url,
            "amount": prepay.OrderAmount(total_fen=wish.amount_fen),
            "expires_at": wish.pay_until,
        }
        if wish.way == "jsapi" and (openid := await self.payer_openid(wish.payer_id)):
            sheet = prepay.JsapiOrder(**told, payer=prepay.Payer(openid))
            return "jsapi", (await prepay.prepay_jsapi(merchant, sheet)).prepay_id
        if wish.way == "h5" and (address := self.clients.get(wish.attempt_id)):
            scene = prepay.H5Scene(payer_client_ip=address, h5_info=prepay.H5Info(type="Wap"))
            link = prepay.H5Order(**told, scene_info=scene)
            return "h5", (await prepay.prepay_h5(merchant, link)).h5_url
        code = prepay.NativeOrder(**told)
        return "native", (await prepay.prepay_native(merchant, code)).code_url

    async def sheet(self, prepay_id: str) -> PagePayment:
        """Sign what opens WeChat's sheet; it is made anew for each page that shows it."""
        merchant, settings = await self.merchant_for()
        return page_payment(merchant, settings.appid, prepay_id)

    async def paid(self, out_trade_no: str) -> Came | None:
        """Look an attempt up: what was paid, or none; also when WeChat knows nothing of it."""
        merchant, _ = await self.merchant_for()
        try:
            return came(await orders.query_order(merchant, out_trade_no))
        except AnsweredWithError as failure:
            if failure.is_certain and code_of(failure) == "ORDERNOTEXIST":
                return None
            raise

    async def shut(self, out_trade_no: str) -> Came | None:
        """Close an attempt so that nobody can pay it any more; what was paid before that wins."""
        merchant, _ = await self.merchant_for()
        try:
            await orders.close_order(merchant, out_trade_no)
        except AnsweredWithError as failure:
            code = code_of(failure)
            if code == "ORDERPAID":
                if paid := await self.paid(out_trade_no):
                    return paid
                raise
            if code in {"ORDERNOTEXIST", "ORDERCLOSED"} and failure.is_certain:
                return None
            raise
        return None

    async def refund(self, back: Back) -> str:
        """Ask for a refund under its own number; gives how it ended, empty while it goes on."""
        merchant, settings = await self.merchant_for()
        asked = refunds.RefundOrder(
            out_refund_no=back.out_refund_no,
            out_trade_no=back.out_trade_no,
            reason=SAID.get(back.reason),
            notify_url=settings.notify_url,
            amount=refunds.RefundAsked(
                refund_fen=back.amount_fen, total_fen=back.paid_fen, currency="CNY"
            ),
        )
        return ENDED.get((await refunds.refund(merchant, asked)).status, "")

    async def refund_stands(self, back: Back) -> str:
        """Look a refund up; one that WeChat knows nothing of is asked for (again)."""
        merchant, _ = await self.merchant_for()
        try:
            found = await refunds.query_refund(merchant, back.out_refund_no)
        except AnsweredWithError as failure:
            if failure.is_certain and code_of(failure) in {"RESOURCENOTEXISTS", "REFUNDNOTEXIST"}:
                return await self.refund(back)
            raise
        return ENDED.get(found.status, "")

    async def settle_refund(self, out_refund_no: str) -> None:
        """Send an abnormal refund to our card; one that is not abnormal any more is left alone."""
        merchant, _ = await self.merchant_for()
        found = await refunds.query_refund(merchant, out_refund_no)
        if found.status == "ABNORMAL":
            card = refunds.AbnormalRefund(out_refund_no=out_refund_no, type="MERCHANT_BANK_CARD")
            await refunds.settle_abnormal_refund(merchant, found.refund_id, card)

    async def trade_bill(self, day: date) -> Bill | None:
        """Fetch what was paid and refunded on a day; none when there was nothing."""
        merchant, _ = await self.merchant_for()
        try:
            ticket = await bills.apply_trade_bill(merchant, day)
        except AnsweredWithError as failure:
            if code_of(failure) == "NOSTATEMENTEXIST":
                return None
            raise
        return await bills.download(merchant, ticket)

    async def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | Rejection:
        """Read what WeChat tells by itself."""
        merchant, _ = await self.merchant_for()
        reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids)
        return await reader.read(headers, body, datetime.now(UTC))


def code_of(failure: AnsweredWithError) -> str:
    """Give the code of an error; WeChat writes some with and some without underscores."""
    return failure.error.code.replace("_", "")


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
