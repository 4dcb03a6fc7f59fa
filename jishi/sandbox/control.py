"""What a developer or a test does at the sandbox itself: clock, faults, inspector, deliveries."""

from datetime import datetime

import msgspec
from msgspec import Struct

from jishi.sandbox import passing
from jishi.sandbox.alarms import Alarm, next_alarms
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.courier import Parcel, bring_forward, parcels
from jishi.sandbox.doors import control
from jishi.sandbox.faults import NAMES, Armed, all_armed, arm, disarm
from jishi.sandbox.inspector import Line, Whole, lines, whole
from jishi.sandbox.reading import number

LINES_MAX = 100
NEWEST = 2**62
SECONDS_MAX = passing.ADVANCE_SECONDS_MAX
TIMES_MAX = 10_000
PERCENT_MAX = 100


class Time(Struct, frozen=True):
    """What time it is in the sandbox, and what comes by itself."""

    now: datetime
    ahead_seconds: int
    next_alarms: list[Alarm]


class Advance(Asked, frozen=True):
    """Wind the clock, in seconds."""

    advance_seconds: int


class Wound(Struct, frozen=True):
    """The clock after winding; at so many moments something fell due."""

    now: datetime
    steps: int


class Arming(Asked, frozen=True):
    """Arm a fault; `times` none: until it is taken off."""

    kind: str
    operation: str = ""
    times: int | None = 1
    percent: int = 100
    settings: dict[str, str] = {}


class ArmedList(Struct, frozen=True):
    """What is armed."""

    faults: list[Armed]


class Lines(Struct, frozen=True):
    """A page of the inspector, the newest first; `before` leads to the next one."""

    exchanges: list[Line]
    before: int | None


class Parcels(Struct, frozen=True):
    """A page of deliveries, the newest first."""

    deliveries: list[Parcel]
    before: int | None


@control("GET", "/sandbox/clock")
async def tell_time(call: ControlCall) -> Time:
    """Tell the time, and what is due next."""
    ahead = int(call.world.clock.ahead.total_seconds())
    return Time(call.now, ahead, await next_alarms(call.tx, taken_max=LINES_MAX))


@control("POST", "/sandbox/clock")
async def advance(call: ControlCall, asked: Advance) -> Wound | Refusal:
    """Wind the clock; what falls due on the way is done in its order before this answers."""
    if not 0 <= asked.advance_seconds <= SECONDS_MAX:
        return bad_parameter("/advance_seconds", f"from 0 to {SECONDS_MAX}")
    steps = await passing.advance(call.world, asked.advance_seconds)
    return Wound(call.world.clock.now(), steps)


@control("GET", "/sandbox/faults")
async def list_faults(call: ControlCall) -> ArmedList:
    """List what is armed."""
    await call.world.faults.write_down(call.tx)
    return ArmedList(await all_armed(call.tx))


@control("POST", "/sandbox/faults")
async def arm_fault(call: ControlCall, asked: Arming) -> Armed | Refusal:
    """Arm a fault for the next calls, or at a rate."""
    if asked.kind not in NAMES:
        return bad_parameter("/kind", f"one of {', '.join(sorted(NAMES))}")
    if asked.times is not None and not 1 <= asked.times <= TIMES_MAX:
        return bad_parameter("/times", f"from 1 to {TIMES_MAX}, or null")
    if not 1 <= asked.percent <= PERCENT_MAX:
        return bad_parameter("/percent", "from 1 to 100")
    armed = await arm(
        call.tx, kind=asked.kind, operation=asked.operation, times_left=asked.times,
        percent=asked.percent, settings=msgspec.json.encode(asked.settings).decode(),
    )  # fmt: skip
    assert armed is not None
    call.world.faults.armed.append(armed)
    return armed


@control("DELETE", "/sandbox/faults")
async def disarm_faults(call: ControlCall) -> Refusal | None:
    """Take all faults off, or the one of `?fault_id=`."""
    asked = call.query.get("fault_id", "")
    chosen = [] if (each := number(asked)) is None else [each]
    if asked and not chosen:
        return bad_parameter("/fault_id", "a number", location="query", value=asked)
    await call.world.faults.write_down(call.tx)
    await disarm(call.tx, fault_ids=chosen)
    call.world.faults.armed = await all_armed(call.tx)
    return None


@control("GET", "/sandbox/exchanges")
async def list_exchanges(call: ControlCall) -> Lines:
    """List what was said; `before`, `direction`, `text` and `trouble=1` choose."""
    await call.world.inspector.write_down(call.tx)
    found = await lines(
        call.tx, before=_before(call), direction=call.query.get("direction", ""),
        text=call.query.get("text", ""), is_trouble=call.query.get("trouble") == "1",
        lines_max=LINES_MAX,
    )  # fmt: skip
    return Lines(found, found[-1].exchange_id if len(found) == LINES_MAX else None)


@control("GET", "/sandbox/exchanges/{exchange_id}")
async def show_exchange(call: ControlCall) -> Whole | Refusal:
    """Show one exchange with everything."""
    exchange_id = number(call.path["exchange_id"])
    found = exchange_id and await whole(call.tx, exchange_id=exchange_id)
    return found or Refusal(404, "NOT_FOUND", "this exchange is not kept")


@control("GET", "/sandbox/deliveries")
async def list_deliveries(call: ControlCall) -> Parcels:
    """List what was and will be brought to developers' servers."""
    await call.world.courier.write_down(call.tx)
    found = await parcels(call.tx, before=_before(call), parcels_max=LINES_MAX)
    return Parcels(found, found[-1].delivery_id if len(found) == LINES_MAX else None)


@control("POST", "/sandbox/deliveries/{delivery_id}/try")
async def try_now(call: ControlCall) -> None:
    """Try a delivery now, instead of when its pause is over."""
    if delivery_id := number(call.path["delivery_id"]):
        await bring_forward(call.tx, delivery_id=delivery_id)
        call.world.awake.set()


def _before(call: ControlCall) -> int:
    return number(call.query.get("before", "")) or NEWEST
