"""A shop for the tests: what it asks WeChat for, and the server at which it is told of payments."""

import asyncio
import json
import secrets
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

import httpx

from jishi.sandbox.cast import openid
from tests.ports.wechat import openapi
from tests.sandbox.scene import Scene

NOTIFY = "http://shop.test/notify"
JSAPI, NATIVE = "/v3/pay/transactions/jsapi", "/v3/pay/transactions/native"
H5, APP = "/v3/pay/transactions/h5", "/v3/pay/transactions/app"
REFUNDS = "/v3/refund/domestic/refunds"
H5_SCENE = {"payer_client_ip": "14.23.150.211", "h5_info": {"type": "Wap"}}
COMBINE = "/v3/combine-transactions"


class Taken(NamedTuple):
    """A notification as it came in."""

    headers: dict[str, str]
    body: bytes


class Receiver:
    """The shop's server: takes what comes, and answers what it is told to, else 200."""

    def __init__(self, *statuses: int) -> None:
        self.taken: list[Taken] = []
        self.statuses = list(statuses)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take one request."""
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part.get("body", b""), part.get("more_body", False)
        headers = {name.decode().title(): value.decode() for name, value in scope["headers"]}
        self.taken.append(Taken(headers, body))
        status = self.statuses.pop(0) if self.statuses else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Stage(NamedTuple):
    """A sandbox that all tests of a worker play in, one after another; `takers` gets deliveries."""

    runner: asyncio.Runner
    scene: Scene
    takers: list[Any]


def play(
    stage: Stage,
    scene: Callable[[Scene], Coroutine[None, None, None]],
    *,
    receiver: Any = None,
    is_swept: bool = True,
) -> None:
    """Have a scene played; without a receiver all notifications are taken."""
    stage.takers[:] = [receiver or Receiver()]
    if is_swept:
        stage.runner.run(sweep(stage.scene))
    stage.runner.run(scene(stage.scene))


async def sweep(scene: Scene) -> None:
    """Take away what an earlier scene left: what would still happen, and empty purses."""
    async with scene.world.transaction() as tx:
        for table in ("deliveries", "alarms", "faults", "exchanges", "wrong_passwords"):
            await tx.connection.execute(f"delete from sandbox.{table}")
        await tx.connection.execute("update sandbox.people set balance_fen = 100000000")
    await scene.world.reload()


def number() -> str:
    """Give a number that was never used."""
    return f"T{secrets.token_hex(12)}"


def an_order(scene: Scene, **changed: Any) -> dict[str, Any]:
    """Give a JSAPI order of the first person's."""
    body: dict[str, Any] = {
        "appid": scene.account.appid,
        "mchid": scene.merchant.mchid,
        "description": "龙井 100克",
        "out_trade_no": number(),
        "notify_url": NOTIFY,
        "amount": {"total": 1_299, "currency": "CNY"},
        "payer": {"openid": openid(scene.account.appid, scene.people[0].unionid)},
    }
    return {name: value for name, value in (body | changed).items() if value is not None}


def others(scene: Scene, **changed: Any) -> dict[str, Any]:
    """Give an order that anybody may pay."""
    return an_order(scene, payer=None, **changed)


def combined_orders(scene: Scene, **changed: Any) -> dict[str, Any]:
    """Give a JSAPI combination of two merchants' orders."""
    body: dict[str, Any] = {
        "combine_appid": scene.account.appid,
        "combine_mchid": scene.merchant.mchid,
        "combine_out_trade_no": number(),
        "notify_url": NOTIFY,
        "sub_orders": [a_sub_order(scene, 0, 300), a_sub_order(scene, 1, 500)],
        "combine_payer_info": {"openid": openid(scene.account.appid, scene.people[0].unionid)},
    }
    return {name: value for name, value in (body | changed).items() if value is not None}


def a_sub_order(scene: Scene, merchant: int, total: int, **changed: Any) -> dict[str, Any]:
    """Give an order of a combination."""
    return {
        "mchid": scene.merchants[merchant].mchid,
        "attach": f"part {merchant}",
        "amount": {"total_amount": total, "currency": "CNY"},
        "out_trade_no": number(),
        "description": "一份",
    } | changed


async def prepaid(scene: Scene, body: dict[str, Any] | None = None) -> tuple[str, str]:
    """Prepay a JSAPI order; give its number and its prepay_id."""
    asked = body or an_order(scene)
    answer = await scene.signed("POST", JSAPI, asked)
    assert answer.status_code == 200, answer.text
    return asked["out_trade_no"], answer.json()["prepay_id"]


async def paid(scene: Scene, body: dict[str, Any] | None = None) -> tuple[str, str]:
    """Prepay and pay; give the order's number and WeChat's."""
    out_trade_no, prepay_id = await prepaid(scene, body)
    answer = await pay(scene, prepay_id=prepay_id)
    assert answer["is_paid"], answer
    return out_trade_no, answer["transaction_ids"][0]


async def pay(scene: Scene, **asked: Any) -> Any:
    """Pay by the control door."""
    return await scene.control("POST", "/sandbox/payments", asked)


async def query(scene: Scene, out_trade_no: str, mchid: str = "") -> httpx.Response:
    """Ask for an order."""
    whose = mchid or scene.merchant.mchid
    target = f"/v3/pay/transactions/out-trade-no/{out_trade_no}?mchid={whose}"
    return await scene.signed("GET", target)


async def state(scene: Scene, out_trade_no: str) -> str:
    """Give an order's state."""
    return str((await query(scene, out_trade_no)).json()["trade_state"])


def refund_of(out_trade_no: str, part: int, total: int, /, **changed: Any) -> dict[str, Any]:
    """Give a refund."""
    body = {
        "out_trade_no": out_trade_no,
        "out_refund_no": number(),
        "amount": {"refund": part, "total": total, "currency": "CNY"},
        "notify_url": NOTIFY,
    }
    return {name: value for name, value in (body | changed).items() if value is not None}


def refusal(answer: httpx.Response) -> tuple[int, str, int]:
    """Give a refusal's status, code and number."""
    return (
        answer.status_code, answer.json()["code"],
        int(answer.headers["Request-ID"].rpartition("-")[2]),
    )  # fmt: skip


async def purse(scene: Scene, place: int = 0) -> int:
    """Give what is in a person's purse."""
    shown = await scene.control("GET", "/sandbox/credentials")
    return int(shown["people"][place]["balance_fen"])


async def set_purse(scene: Scene, fen: int, place: int = 0) -> None:
    """Put so much in a person's purse."""
    path = f"/sandbox/people/{scene.people[place].person_id}"
    await scene.control("PUT", path, {"balance_fen": fen})


async def everything(scene: Scene) -> list[str]:
    """Give every row that Pay keeps, so that a test sees that nothing was written."""
    async with scene.world.transaction() as tx:
        rows = await tx.connection.fetch(
            "select to_jsonb(each)::text as line from sandbox.orders as each union all "
            "select to_jsonb(each)::text from sandbox.combined_orders as each union all "
            "select to_jsonb(each)::text from sandbox.refunds as each union all "
            "select to_jsonb(each)::text from sandbox.wrong_passwords as each union all "
            "select to_jsonb(each)::text from sandbox.deliveries as each union all "
            "select to_jsonb(each)::text from sandbox.alarms as each union all "
            "select to_jsonb(each)::text from sandbox.people as each"
        )
    return sorted(row["line"] for row in rows)


def told(taken: Taken) -> Any:
    """Give what a notification's envelope says."""
    return json.loads(taken.body)


async def refund(scene: Scene, body: dict[str, Any]) -> Any:
    """Ask for a refund that is taken on."""
    answer = scene.verified(await scene.signed("POST", REFUNDS, body))
    assert answer.status_code == 200, answer.text
    assert list(openapi.faults_of_answer("POST", REFUNDS, 200, answer.content)) == []
    return answer.json()


async def asked_refund(scene: Scene, out_refund_no: str) -> Any:
    """Ask what became of a refund."""
    answer = scene.verified(await scene.signed("GET", f"{REFUNDS}/{out_refund_no}"))
    assert answer.status_code == 200, answer.text
    assert list(openapi.faults_of_answer("GET", f"{REFUNDS}/x", 200, answer.content)) == []
    return answer.json()


async def combined(scene: Scene, body: dict[str, Any]) -> str:
    """Prepay a JSAPI combination."""
    answer = scene.verified(await scene.signed("POST", f"{COMBINE}/jsapi", body))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["prepay_id"])
