"""The gateway: WeChat Pay as the market uses it. Opened with its settings at the first need."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import msgspec

from jishi.money import rules
from jishi.money.asking import (
    ENDED,
    SAID,
    Back,
    Common,
    Wish,
    came,
    code_of,
)
from jishi.money.payees.merchants import NO_ORDER, Access
from jishi.money.types import Came
from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.pay import (
    Merchant,
    Notice,
    NoticeReader,
    Rejection,
    bills,
    orders,
    prepay,
    refunds,
)
from jishi.ports.wechat.pay.bills import Bill
from jishi.ports.wechat.pay.page import PagePayment, page_payment

NO_REFUND = frozenset({"RESOURCENOTEXISTS", "REFUNDNOTEXIST"})
OTHERS = frozenset({"not_openable", "not_ours", "unknown_serial", "forged"})
"""Why a notice is not taken that may be another merchant's."""


class Gateway(Access):
    """Asks WeChat Pay for the market and its shops, as the merchant that each is paid by."""

    async def prepay(self, wish: Wish) -> tuple[str, str]:
        """Let WeChat know of an attempt; gives the way it is paid in, and by what.

        A sheet needs the payer's name at our account and a link the payer's address; without
        them it is a code, which anybody can scan.
        """
        book, _ = rules.attempt_of(wish.out_trade_no)
        merchant, settings = await self.merchant_for(book, wish.mchid)
        told: Common = {
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

    async def sheet(self, prepay_id: str, book: int, mchid: str) -> PagePayment:
        """Sign what opens WeChat's sheet; it is made anew for each page that shows it."""
        merchant, settings = await self.merchant_for(book, mchid)
        return page_payment(merchant, settings.appid, prepay_id)

    async def paid(self, out_trade_no: str) -> Came | None:
        """Look an attempt up: what was paid, or none; also when WeChat knows nothing of it."""
        try:
            return came(
                await self.tried(
                    out_trade_no, lambda one: orders.query_order(one, out_trade_no), NO_ORDER
                )
            )
        except AnsweredWithError as failure:
            if failure.is_certain and code_of(failure) == "ORDERNOTEXIST":
                return None
            raise

    async def shut(self, out_trade_no: str) -> Came | None:
        """Close an attempt so that nobody can pay it any more; what was paid before that wins."""
        try:
            await self.tried(
                out_trade_no, lambda one: orders.close_order(one, out_trade_no), NO_ORDER
            )
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
        _, settings, _ = await self.opened()
        asked = refunds.RefundOrder(
            out_refund_no=back.out_refund_no,
            out_trade_no=back.out_trade_no,
            reason=SAID.get(back.reason),
            notify_url=settings.notify_url,
            amount=refunds.RefundAsked(
                refund_fen=back.amount_fen, total_fen=back.paid_fen, currency="CNY"
            ),
        )
        told = await self.tried(
            back.out_trade_no,
            lambda one: refunds.refund(one, self._told_to(asked, one)),
            NO_REFUND,
        )
        return ENDED.get(told.status, "")

    def _told_to(self, asked: refunds.RefundOrder, merchant: Merchant) -> refunds.RefundOrder:
        """Have a shop's own merchant told at the shop's own address."""
        if merchant is self.merchant:
            return asked
        book, _ = rules.attempt_of(asked.out_refund_no)
        return msgspec.structs.replace(asked, notify_url=f"{asked.notify_url}/{book}")

    async def refund_stands(self, back: Back) -> str:
        """Look a refund up; one that WeChat knows nothing of is asked for (again)."""
        number = back.out_refund_no
        try:
            found = await self.tried(
                number, lambda one: refunds.query_refund(one, number), NO_REFUND
            )
        except AnsweredWithError as failure:
            if failure.is_certain and code_of(failure) in NO_REFUND:
                return await self.refund(back)
            raise
        return ENDED.get(found.status, "")

    async def settle_refund(self, out_refund_no: str) -> None:
        """Send an abnormal refund to our card; one that is not abnormal any more is left alone."""

        async def settled(merchant: Merchant) -> None:
            found = await refunds.query_refund(merchant, out_refund_no)
            if found.status == "ABNORMAL":
                card = refunds.AbnormalRefund(
                    out_refund_no=out_refund_no, type="MERCHANT_BANK_CARD"
                )
                await refunds.settle_abnormal_refund(merchant, found.refund_id, card)

        await self.tried(out_refund_no, settled, NO_REFUND)

    async def trade_bills(self, day: date) -> list[Bill]:
        """Fetch what was paid and refunded on a day, by each merchant that had anything."""
        merchants = await self.all_merchants()
        return [bill for each in merchants if (bill := await self.trade_bill(each, day))]

    async def trade_bill(self, merchant: Merchant, day: date) -> Bill | None:
        """Fetch a merchant's bill; none when there was nothing."""
        try:
            ticket = await bills.apply_trade_bill(merchant, day)
        except AnsweredWithError as failure:
            if code_of(failure) == "NOSTATEMENTEXIST":
                return None
            raise
        return await bills.download(merchant, ticket)

    async def fund_bills(self, day: date) -> list[Bill] | None:
        """Fetch what moved on each merchant's account; none where one may not ask for it."""
        found = []
        for merchant in await self.all_merchants():
            try:
                ticket = await bills.apply_fund_flow_bill(merchant, day)
            except AnsweredWithError as failure:
                if code_of(failure) == "NOSTATEMENTEXIST":
                    continue
                if failure.is_certain and code_of(failure) == "NOAUTH":
                    return None
                raise
            found.append(await bills.download(merchant, ticket))
        return found

    async def said_of(self, out_number: str, *, is_refund: bool) -> tuple[str, int | None]:
        """Ask how a payment or refund of ours stands: WeChat's word, and the amount in fen."""
        ask = self._refund_said if is_refund else self._payment_said
        try:
            return await ask(out_number)
        except AnsweredWithError as failure:
            if failure.is_certain and code_of(failure) in NO_REFUND | NO_ORDER:
                return "UNKNOWN", None
            raise

    async def _refund_said(self, number: str) -> tuple[str, int | None]:
        found = await self.tried(number, lambda one: refunds.query_refund(one, number), NO_REFUND)
        return found.status, found.amount.refund_fen

    async def _payment_said(self, number: str) -> tuple[str, int | None]:
        found = await self.tried(number, lambda one: orders.query_order(one, number), NO_ORDER)
        return found.trade_state, found.amount.total_fen if found.amount else None

    async def read_notice(
        self, headers: Mapping[str, str], body: bytes, book: int = 0
    ) -> Notice | Rejection:
        """Read what WeChat tells by itself, as whichever merchant of the shop it is meant for."""
        merchants = await self.merchants_of(book)
        said: Notice | Rejection = Rejection("not_ours", 403)
        for merchant in merchants:
            reader = NoticeReader(merchant.credentials, merchant.keys, merchant.appids)
            said = await reader.read(headers, body, datetime.now(UTC))
            if isinstance(said, Notice) or said.reason not in OTHERS:
                break
        return said


gateway = Gateway()
