"""After-sale cases: listed, agreed to, refused, and what came back inspected."""

from typing import Annotated, TypedDict
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from jishi import after_sale
from jishi.after_sale.feed import FedCase
from jishi.kernel import Refused
from jishi.web.api.asking import PAGE, ask, cursor_after, key_of, page_of
from jishi.web.api.problems import MarketRefused
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs

READ, WRITE = needs("after_sale:read"), needs("after_sale:write")


class Cases(msgspec.Struct, frozen=True):
    """A page of cases, newest first; `next` is the cursor of the next page."""

    items: list[FedCase]
    next: str | None


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the buyer is told; a refusal has to say why."""

    note: str = ""


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came back: so many that can be sold again, so many that cannot."""

    good: int
    damaged: int
    note: str = ""


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By whom, and under which number, other goods were sent."""

    carrier: str
    tracking_number: str


class Led(msgspec.Struct, frozen=True):
    """Where a case stands after this."""

    case: str
    state: str


@get("/cases", opt=READ, summary="List after-sale cases")
async def list_cases(
    request: Asked,
    cursor: FromQuery[str] = "",
    limit: FromQuery[int] = PAGE,
    of_state: Annotated[str, QueryParameter(name="state")] = "",
) -> Cases:
    """List the shop's cases, newest first, in one state or in any."""
    before, wanted = page_of(cursor, limit)
    found = await house(request).market.look(
        after_sale.feed.cases, book=caller_of(request).book, before=before, state=of_state,
        cases_max=wanted,
    )  # fmt: skip
    last = found[-1].case_id if found else 0
    return Cases(found, cursor_after(found, wanted, last))


@get("/cases/{case:str}", opt=READ, summary="Show an after-sale case")
async def show_case(request: Asked, case: FromPath[str]) -> FedCase:
    """Show one case by its public id."""
    found = await house(request).market.look(
        after_sale.feed.case, book=caller_of(request).book, case=case
    )
    if found is None:
        raise NotFoundException
    return found


@post("/cases/{case:str}/agreement", opt=WRITE, status_code=200, summary="Agree to a case")
async def agree(request: Asked, case: FromPath[str], data: JSONBody[Note]) -> Led:
    """Agree: the money goes back, or the goods may come."""
    asked = after_sale.AgreeCase(**await its(request, case), note=data.note)
    return Led(case, (await ask(request, asked, after_sale.CaseAgreed)).state)


@post("/cases/{case:str}/refusal", opt=WRITE, status_code=200, summary="Refuse a case")
async def refuse(request: Asked, case: FromPath[str], data: JSONBody[Note]) -> Led:
    """Refuse, and say why; the buyer may ask the market to decide."""
    asked = after_sale.RefuseCase(**await its(request, case), note=data.note)
    await ask(request, asked, after_sale.CaseRefused)
    return Led(case, "seller_rejected")


@post("/cases/{case:str}/inspection", opt=WRITE, status_code=200, summary="Accept what came back")
async def inspect(request: Asked, case: FromPath[str], data: JSONBody[Counted]) -> Led:
    """Accept what came back, as it was counted."""
    asked = after_sale.ReceiveGoods(
        **await its(request, case), good=data.good, damaged=data.damaged, note=data.note
    )
    return Led(case, (await ask(request, asked, after_sale.GoodsReceived)).state)


@post(
    "/cases/{case:str}/goods-refusal", opt=WRITE, status_code=200, summary="Refuse what came back"
)
async def refuse_goods(request: Asked, case: FromPath[str], data: JSONBody[Note]) -> Led:
    """Refuse what came back, and say why."""
    asked = after_sale.RefuseGoods(**await its(request, case), note=data.note)
    await ask(request, asked, after_sale.GoodsRefused)
    return Led(case, "seller_refused_goods")


@post("/cases/{case:str}/replacement", opt=WRITE, status_code=200, summary="Send a replacement")
async def replace(request: Asked, case: FromPath[str], data: JSONBody[Sent]) -> Led:
    """Tell that other goods were sent for those that came back."""
    asked = after_sale.SendReplacement(
        **await its(request, case), carrier=data.carrier, tracking_number=data.tracking_number
    )
    await ask(request, asked, after_sale.ReplacementSent)
    return Led(case, "exchange_shipping")


class Its(TypedDict):
    """What every request about a case carries."""

    key: UUID
    book: int
    actor_id: int
    case_id: int


async def its(asked: Asked, case: str) -> Its:
    """Find a case of the caller's shop by its public id."""
    caller = caller_of(asked)
    found = await house(asked).market.look(after_sale.feed.case, book=caller.book, case=case)
    if found is None:
        raise MarketRefused(Refused("case_unknown"))
    return Its(key=key_of(asked), book=caller.book, actor_id=caller.key_id, case_id=found.case_id)
