"""Receivers: who may be given a part, once a merchant said who they are to it."""

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Answered, Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.cast import person_by_openid
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals
from jishi.sandbox.sharing import rules

CUSTOM_MAX = 10


class NewReceiver(Asked, frozen=True):
    """Who may receive, and why; `name` is hidden with a platform key."""

    appid: str
    type: str
    account: str
    relation_type: str
    name: str | None = None
    custom_relation: str | None = None


class FormerReceiver(Asked, frozen=True):
    """Who may no longer receive."""

    appid: str
    type: str
    account: str


class ShownReceiver(Answered, frozen=True):
    """Who was added or deleted."""

    type: str
    account: str
    name: str | None = None
    relation_type: str | None = None
    custom_relation: str | None = None


class Known(Struct, frozen=True):
    """How many receivers a merchant has besides the one in question."""

    receivers: int


sql = queries(__file__)
put_receiver = sql.run("put_receiver")
drop_receiver = sql.run("drop_receiver")
count_others = sql.one("count_others", Known)


@pay("POST", "/v3/profitsharing/receivers/add")
async def add_receiver(call: PayCall, asked: NewReceiver) -> ShownReceiver | Refusal:
    """Let somebody receive; who already may gets his new relation."""
    if refusal := _fault(call, asked) or await _stranger(call, asked):
        return refusal
    which = {"mchid": call.merchant.mchid, "kind": asked.type, "account": asked.account}
    known = await count_others(call.tx, **which)
    if known is not None and known.receivers >= rules.KNOWN_RECEIVERS_MAX:
        return Refusal(403, "RULE_LIMIT", "添加接收方数量已达上限")
    custom = asked.custom_relation or ""
    await put_receiver(call.tx, **which, relation_type=asked.relation_type, custom=custom)
    return ShownReceiver(
        asked.type, asked.account, asked.name, asked.relation_type, asked.custom_relation
    )


@pay("POST", "/v3/profitsharing/receivers/delete")
async def delete_receiver(call: PayCall, asked: FormerReceiver) -> ShownReceiver | Refusal:
    """Let somebody receive no longer."""
    if (asked.appid, call.merchant.mchid) not in call.world.bindings:
        return refusals.not_bound
    if asked.type not in {rules.MERCHANT, rules.PERSON}:
        return bad_parameter("/type", "分账接收方类型不合法", value=asked.type)
    which = {"mchid": call.merchant.mchid, "kind": asked.type, "account": asked.account}
    await drop_receiver(call.tx, **which)
    return ShownReceiver(asked.type, asked.account)


def _fault(call: PayCall, asked: NewReceiver) -> Refusal | None:
    """Find what is wrong with what was said of a receiver."""
    if (asked.appid, call.merchant.mchid) not in call.world.bindings:
        return refusals.not_bound
    if asked.type not in {rules.MERCHANT, rules.PERSON}:
        return bad_parameter("/type", "分账接收方类型不合法", value=asked.type)
    if asked.relation_type not in rules.RELATIONS:
        return bad_parameter(
            "/relation_type", "与分账方的关系类型不合法", value=asked.relation_type
        )
    is_custom = asked.relation_type == "CUSTOM"
    if is_custom and not 1 <= len(asked.custom_relation or "") <= CUSTOM_MAX:
        return bad_parameter("/custom_relation", "关系类型为CUSTOM时必填，最多10个字")
    if asked.type == rules.MERCHANT and asked.name is None:
        return bad_parameter("/name", "接收方类型为MERCHANT_ID时，商户全称必填")
    return None


async def _stranger(call: PayCall, asked: NewReceiver) -> Refusal | None:
    """Find out that there is no such receiver, or that its name is another."""
    if asked.type == rules.MERCHANT:
        merchant = call.world.merchants.get(asked.account)
        name = merchant.name if merchant else None
    else:
        person = await person_by_openid(call.tx, asked.appid, asked.account)
        name = person.name if person else None
    if name is None:
        return bad_parameter("/account", "分账接收方账号不存在", value=asked.account)
    if asked.name is None:
        return None
    serial = call.headers.get("wechatpay-serial", "")
    revealed = call.world.keys.reveal(serial, asked.name)
    if revealed is None:
        return refusals.not_revealed("/name")
    if revealed != name:
        return Refusal(400, "INVALID_REQUEST", "分账接收方的名称与账号不匹配")
    return None
