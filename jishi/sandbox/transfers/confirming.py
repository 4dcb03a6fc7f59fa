"""What a person does about a transfer: see it and confirm it."""

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.alarms import alarm, set_alarm
from jishi.sandbox.answers import Asked, Refusal
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control
from jishi.sandbox.transfers.transfers import CANCEL_TAKES, WAITING, change_state, end
from jishi.sandbox.world import World

ARRIVE = "transfer.arrive"
NOT_WAITING = Refusal(404, "NOT_FOUND", "no transfer waits for this person's confirmation")


class Waiting(Struct, frozen=True):
    """A transfer as its receiver sees it, in fen."""

    transfer_bill_no: str
    merchant: str
    person_id: int
    transfer_fen: int
    remark: str
    state: str


class Confirmation(Asked, frozen=True):
    """Who confirms which transfer."""

    package_info: str
    person_id: int


class Confirmed(Struct, frozen=True):
    """A transfer that is on its way."""

    transfer_bill_no: str
    state: str


sql = queries(__file__)
waiting_by_package = sql.one("waiting_by_package", Waiting)
give = sql.run("give")


async def waiting(tx: Tx, package_info: str) -> Waiting | None:
    """Show what a page wants to be confirmed; none when there is no such transfer to be seen."""
    return await waiting_by_package(tx, package_info=package_info)


@control("POST", "/sandbox/transfers/confirmation")
async def confirm_here(call: ControlCall, asked: Confirmation) -> Confirmed | Refusal:
    """Confirm in the receiver's name."""
    return await confirm(call.tx, asked.package_info, asked.person_id)


async def confirm(tx: Tx, package_info: str, person_id: int) -> Confirmed | Refusal:
    """Confirm a transfer; the money arrives seconds later."""
    found = await waiting(tx, package_info)
    if found is None or found.person_id != person_id or found.state != WAITING:
        return NOT_WAITING
    changed = await change_state(
        tx, transfer_bill_no=found.transfer_bill_no, states=[WAITING], state="TRANSFERING",
        fail_reason="",
    )  # fmt: skip
    if not changed:
        return NOT_WAITING
    await set_alarm(tx, ARRIVE, found.transfer_bill_no, tx.now + CANCEL_TAKES)
    return Confirmed(found.transfer_bill_no, changed[0].state)


@alarm(ARRIVE)
async def arrive(world: World, tx: Tx, subject: str) -> None:
    """Put the money into its receiver's purse."""
    del world
    if await end(tx, subject, ["TRANSFERING"], "SUCCESS", ""):
        await give(tx, transfer_bill_no=subject)
