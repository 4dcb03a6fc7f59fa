"""What after-sale tells a shop's staff: a clock runs, and a silent shop has agreed."""

from collections.abc import Sequence

from jishi.after_sale.change_case import CaseChanged
from jishi.after_sale.escalate_case import CaseEscalated
from jishi.after_sale.open_case import CaseOpened
from jishi.after_sale.send_back import SentBack
from jishi.kernel import Reaction, Request, Told
from jishi.staff import TellShop

KINDS = {
    CaseOpened: "case_opened",
    CaseChanged: "case_changed",
    CaseEscalated: "case_escalated",
    SentBack: "case_sent_back",
}
"""What each event is called as a notice."""

Telling = Told[CaseOpened] | Told[CaseChanged] | Told[CaseEscalated] | Told[SentBack]


async def tell(told: Sequence[Telling]) -> Sequence[Sequence[Request]]:
    """Tell the shop of each case that waits for it, or for the market."""
    return [
        [
            TellShop(
                key=each.key("tell_shop"), book=each.book, actor_id=0,
                kind=KINDS[type(each.event)], about_id=each.event.subject_id,
            )
        ]
        for each in told
    ]  # fmt: skip


Reaction("after_sale.tell_opened", CaseOpened, tell)
Reaction("after_sale.tell_changed", CaseChanged, tell)
Reaction("after_sale.tell_escalated", CaseEscalated, tell)
Reaction("after_sale.tell_sent_back", SentBack, tell)
