"""What the machine of the whole trade looks at in the tables, and what is done about a case."""

from typing import Any
from uuid import uuid4

from jishi import after_sale
from jishi.kernel import Request
from tests.trade.orders import BUYER

STAFF, OPERATOR = 900, 901
RECEIVED_LONG_AGO = (
    "update trade.order_steps set at = at - interval '8 days'"
    " where book = $1 and order_id = $2 and state = 'received'"
)
MONEY = """
select coming.order_id, coming.paid, coming.back, coalesce(held.fen, 0) as held,
       coalesce(settled.paid_fen - settled.refunded_fen, 0) as settled,
       coalesce(settled.fee_fen + settled.commission_fen + settled.net_fen, 0) as parts
  from (select order_id,
               coalesce(sum(amount) filter (where is_in), 0)::bigint as paid,
               coalesce(sum(amount) filter (where not is_in), 0)::bigint as back
          from (select taker as order_id, amount, true as is_in from ledger.transfers
                 where book = $1 and giver_kind = 'wechat' and taker_kind = 'escrow'
                 union all
                select giver, amount, false from ledger.transfers
                 where book = $1 and taker_kind = 'wechat'
                   and giver_kind in ('escrow', 'refunding')) as moved
         group by order_id) as coming
  left join (select holder, sum(balance)::bigint as fen from ledger.accounts
              where book = $1 and kind in ('escrow', 'refunding') group by holder) as held
    on held.holder = coming.order_id
  left join money.settlements as settled
    on settled.book = $1 and settled.order_id = coming.order_id
"""
GOODS = """
select ends.unit, sum(ends.amount) filter (where ends.kind <> 'supplier')::bigint as units
  from ledger.ends as ends where ends.book = $1 and ends.unit <> 0 group by ends.unit
"""
STEPS_TAKEN = """
select lag(state) over (partition by order_id order by number), state
  from trade.order_steps where book = $1
"""
CASES_TAKEN = """
select lag(state) over (partition by case_id order by number), state
  from after_sale.steps where book = $1
"""
NET = """
select coalesce(sum(-amount), 0)::bigint from ledger.ends
 where book = $1 and kind = 'wechat'
"""


def deed_of(book: int, deed: str, case_id: int, good: int, damaged: int) -> Request:
    """Give the request of a deed."""
    by: dict[str, Any] = {"key": uuid4(), "book": book, "case_id": case_id}
    buyer, seller = {**by, "actor_id": BUYER}, {**by, "actor_id": STAFF}
    sent: dict[str, Any] = {"carrier": "SF", "tracking_number": "SF1"}
    deeds: dict[str, Request] = {
        "agree": after_sale.AgreeCase(**seller, note=""),
        "send": after_sale.SendBack(**buyer, **sent),
        "receive": after_sale.ReceiveGoods(**seller, good=good, damaged=damaged, note=""),
        "refuse": after_sale.RefuseCase(**seller, note="no"),
        "refuse_goods": after_sale.RefuseGoods(**seller, note="no"),
        "replace": after_sale.SendReplacement(**seller, **sent),
        "end": after_sale.EndExchange(**buyer, doer="buyer"),
        "escalate": after_sale.EscalateCase(**buyer, doer="buyer", note="look"),
        "judge": after_sale.JudgeCase(
            **{**by, "actor_id": OPERATOR}, verdict="refunding", refund_fen=1, note="so"
        ),
        "lapse": after_sale.LapseCase(**by, actor_id=0),
        "retry": after_sale.RetryRefund(**{**by, "actor_id": OPERATOR}),
        "withdraw": after_sale.WithdrawCase(**buyer),
    }
    return deeds[deed]
