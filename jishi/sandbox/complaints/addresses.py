"""Where a merchant wants to hear of complaints: set, shown, changed, taken back."""

from jishi.kernel import queries
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.complaints.kept import Address, address_of
from jishi.sandbox.doors import pay
from jishi.sandbox.pay.rules import fault_of_address

PATH = "/v3/merchant-service/complaint-notifications"
NO_ADDRESS = Refusal(404, "RESOURCE_NOT_EXISTS", "投诉通知回调地址不存在")


class Url(Asked, frozen=True):
    """An address."""

    url: str


sql = queries(__file__)
put_address = sql.run("put_address")
drop_address = sql.run("drop_address")


@pay("POST", PATH)
async def create_address(call: PayCall, asked: Url) -> Address | Refusal:
    """Say for the first time where notifications go."""
    if await address_of(call.tx, mchid=call.merchant.mchid):
        return Refusal(400, "INVALID_REQUEST", "投诉通知回调地址已存在，请使用更新接口")
    return await _put(call, asked)


@pay("PUT", PATH)
async def change_address(call: PayCall, asked: Url) -> Address | Refusal:
    """Say where notifications go from now on."""
    known = await address_of(call.tx, mchid=call.merchant.mchid)
    return await _put(call, asked) if known else NO_ADDRESS


@pay("GET", PATH)
async def show_address(call: PayCall) -> Address | Refusal:
    """Show where notifications go."""
    return await address_of(call.tx, mchid=call.merchant.mchid) or NO_ADDRESS


@pay("DELETE", PATH)
async def forget_address(call: PayCall) -> Refusal | None:
    """Send no notifications any more."""
    if await address_of(call.tx, mchid=call.merchant.mchid) is None:
        return NO_ADDRESS
    await drop_address(call.tx, mchid=call.merchant.mchid)
    return None


async def _put(call: PayCall, asked: Url) -> Address | Refusal:
    if trouble := fault_of_address(asked.url):
        return bad_parameter("/url", trouble, value=asked.url)
    await put_address(call.tx, mchid=call.merchant.mchid, url=asked.url)
    return Address(call.merchant.mchid, asked.url)
