"""WeChat Pay tells us what happened: read, taken once, and answered only when it is kept.

Sources: WeChat Pay v3, "Notification of a payment": 204 says that it was taken; with anything
else WeChat tells it again, so a notice that cannot be kept now is answered with 503.
"""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

import msgspec
import structlog
from litestar import Response, post
from litestar.params import FromPath

from jishi import money, trade
from jishi.kernel import MARKET, Answer, Market, Refused
from jishi.ports.wechat.failures import WechatFailure
from jishi.ports.wechat.pay import Notice, Rejection
from jishi.ports.wechat.pay.combined import CombinedTransaction
from jishi.ports.wechat.pay.notices import RefundEnded
from jishi.ports.wechat.pay.orders import Transaction
from jishi.web.asked import Asked, house
from jishi.web.policy import PLATFORM

log = structlog.get_logger()


@post(money.NOTICES_PATH, opt=PLATFORM, status_code=200)
async def pay_notice(request: Asked) -> Response[bytes]:
    """Take a notice that WeChat vouches for and that is the market's."""
    return await taken(request)


@post(f"{money.NOTICES_PATH}/{{book:int}}", opt=PLATFORM, status_code=200)
async def shop_pay_notice(request: Asked, book: FromPath[int]) -> Response[bytes]:
    """Take a notice that WeChat vouches for and that is a shop's own merchant's."""
    return await taken(request, book)


async def taken(request: Asked, book: int = 0) -> Response[bytes]:
    """Read a notice, keep what follows from it, and answer."""
    try:
        said = await money.gateway.read_notice(request.headers, await request.body(), book)
    except (money.NotSetUp, WechatFailure) as trouble:
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, type(trouble).__name__)
    if isinstance(said, Rejection):
        return refuse(said.status, said.reason)
    answer = await keep(house(request).market, said)
    if isinstance(answer, Refused) and not answer.is_final:
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, answer.reason)
    return Response(b"", status_code=HTTPStatus.NO_CONTENT, media_type="application/json")


async def keep(market: Market, notice: Notice) -> Answer | None:
    """Ask the market to take what happened; none where nothing follows from it."""
    happening = notice.happening
    if isinstance(happening, CombinedTransaction):
        return await take_all(market, money.all_came(happening))
    if isinstance(happening, Transaction) and (came := money.came(happening)):
        return await take(market, came)
    if isinstance(happening, RefundEnded):
        return await end(market, notice.notice_id, happening)
    log.info("notice needs nothing", event_type=notice.event_type)
    return None


async def take_all(market: Market, came: Sequence[money.Came]) -> Answer | None:
    """Take every part of a combined payment; gives what could not be kept now, if anything.

    What is told again because one book was late finds the other parts taken already.
    """
    answers = await asyncio.gather(*(take(market, each) for each in came))
    late = [each for each in answers if isinstance(each, Refused) and not each.is_final]
    return late[0] if late else None


async def take(market: Market, came: money.Came) -> Answer:
    """Take a payment in the book that its number names; what is no book's is the market's."""
    book, _ = money.rules.attempt_of(came.out_trade_no)
    answer = await market.ask(trade.reactions.take(came, book or MARKET))
    if isinstance(answer, Refused) and answer.reason == "book_unknown":
        return await market.ask(trade.reactions.take(came, MARKET))
    return answer


async def end(market: Market, notice_id: str, told: RefundEnded) -> Answer | None:
    """Record how a refund ended; one whose number is none of ours is not ours to record."""
    book, refund_id = money.rules.refund_of(told.out_refund_no)
    outcome = money.ENDED.get(told.status)
    if not book or outcome is None:
        log.warning("refund is none of ours", out_refund_no=told.out_refund_no)
        return None
    return await market.ask(money.reactions.end_told(notice_id, book, refund_id, outcome))


def refuse(status: int, reason: str) -> Response[bytes]:
    """Answer as WeChat expects it of us, with a word for whoever reads its log."""
    log.warning("notice refused", reason=reason)
    body = msgspec.json.encode({"code": "FAIL", "message": reason})
    return Response(body, status_code=status, media_type="application/json")
