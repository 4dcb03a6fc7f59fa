"""Windows: what a person does opens one, through which so many service messages may be sent.

Source: official accounts, "Customer service message introduction"; the numbers are in `limits`.
Windows do not add up: a message is spent from every one that is open, and doing a thing again
opens its window afresh.
"""

from typing import TYPE_CHECKING

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.official.chat import CUSTOMER, Content, Said, as_json
from jishi.sandbox.official.limits import limit

if TYPE_CHECKING:
    from jishi.sandbox.cast import Account

MESSAGE, MENU, FOLLOW, SCAN, ENTER = "message", "menu", "follow", "scan", "enter"
OUT_OF_TIME, OUT_OF_COUNT = 45015, 45047


class Open(Struct, frozen=True):
    """Windows that are open, spent or not."""

    windows: int


sql = queries(__file__)
put_window = sql.run("put_window")
standing = sql.one("standing", Open)
say_through = sql.one("say_through", Said)


async def open_window(tx: Tx, account: "Account", person_id: int, kind: str) -> None:
    """Open a window, or open it afresh."""
    family = "customer" if account.kind == "service" else "program"
    allowed = limit(f"{family}.{kind}", tx.now)
    await put_window(
        tx, appid=account.appid, person_id=person_id, kind=kind, left_count=allowed.amount,
        open_until=tx.now + allowed.within,
    )  # fmt: skip


async def say_in_window(
    tx: Tx, account: "Account", person_id: int, kind: str, content: Content
) -> int | None:
    """Say it if a window lets it through; else give the number of the reason."""
    payment = limit("customer.payment", tx.now)
    said = await say_through(
        tx, appid=account.appid, person_id=person_id, channel=CUSTOMER, kind=kind,
        content=as_json(content), paid_since=tx.now - payment.within,
        may_pay_open=account.kind == "service" and payment.amount is None,
    )  # fmt: skip
    if said is not None:
        return None
    found = await standing(tx, appid=account.appid, person_id=person_id)
    return OUT_OF_COUNT if found and found.windows else OUT_OF_TIME
