"""What staff do about a case: one act each, once for each form."""

from typing import TypedDict
from uuid import UUID

from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ValidationException
from litestar.params import FromPath

from jishi import after_sale
from jishi.after_sale.views import CasePage
from jishi.kernel import Refused, Request
from jishi.web.asked import Asked, house, key_of, language_of, number, text
from jishi.web.console.after_sale.queue import find_case, show_case
from jishi.web.console.frame import done
from jishi.web.member import Member, RoleLacking, staff_of
from jishi.web.policy import staff

MARKETS = ("judge", "retry")
FEN = 100
YUAN_DIGITS_MAX = 9


class Its(TypedDict):
    """What every request about a case carries."""

    key: UUID
    book: int
    actor_id: int
    case_id: int


@post("/console/after-sale/{case:str}", opt=staff("after_sale"), status_code=303)
async def do_deed(request: Asked, case: FromPath[str]) -> Response[bytes]:
    """Do what the form says; a refusal shows the case with the reason."""
    member, (page, _facts) = staff_of(request), await find_case(request, case)
    form = await request.form()
    deed = text(form, "deed")
    if deed in MARKETS and not member.is_operator:
        raise RoleLacking("after_sale")
    asked = asked_of(deed, key_of(form), page, member, form)
    if asked is None:
        raise ValidationException
    answer = await house(request).market.ask(asked, wait=3)
    if isinstance(answer, Refused):
        return await show_case(request, case, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, f"/console/after-sale/{case}", _("已处理。"))


def asked_of(
    deed: str, key: UUID, page: CasePage, member: Member, form: FormMultiDict
) -> Request | None:
    """Give the request that a deed is."""
    its = Its(key=key, book=page.book, actor_id=member.staff_id, case_id=page.case_id)
    note = text(form, "note").strip()
    match deed:
        case "agree":
            return after_sale.AgreeCase(**its, note=note)
        case "refuse":
            return after_sale.RefuseCase(**its, note=note)
        case "receive":
            good, damaged = (number(text(form, name), -1) for name in ("good", "damaged"))
            return after_sale.ReceiveGoods(**its, good=good, damaged=damaged, note=note)
        case "refuse_goods":
            return after_sale.RefuseGoods(**its, note=note)
        case "escalate":
            return after_sale.EscalateCase(**its, doer="seller", note=note)
        case _:
            return sent_or_judged(deed, its, note, form)


def sent_or_judged(deed: str, its: Its, note: str, form: FormMultiDict) -> Request | None:
    """Give the request of an exchange's deeds, or of the market's own."""
    match deed:
        case "replace":
            carrier, tracking = (
                text(form, name).strip() for name in ("carrier", "tracking_number")
            )
            return after_sale.SendReplacement(**its, carrier=carrier, tracking_number=tracking)
        case "give_up":
            return after_sale.EndExchange(**its, doer="seller")
        case "judge":
            return after_sale.JudgeCase(
                **its, verdict=text(form, "verdict"), refund_fen=fen(text(form, "refund")),
                note=note,
            )  # fmt: skip
        case "retry":
            return after_sale.RetryRefund(**its)
        case _:
            return None


def fen(yuan: str) -> int:
    """Read an amount written in yuan, as fen; -1 where it is none."""
    whole, _, rest = yuan.strip().partition(".")
    is_sum = whole.isascii() and whole.isdigit() and len(whole) <= YUAN_DIGITS_MAX
    is_rest = len(rest) <= len("99") and (not rest or (rest.isascii() and rest.isdigit()))
    return int(whole) * FEN + int(rest.ljust(2, "0")) if is_sum and is_rest else -1
