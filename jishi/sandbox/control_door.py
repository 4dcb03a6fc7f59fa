"""The control door: JSON for tests in any language, open to this machine alone."""

import msgspec

from jishi.kernel import Tx
from jishi.sandbox.answers import Download, Refusal, bad_parameter, trouble
from jishi.sandbox.calls import ControlCall, Incoming, Reply, all_or_nothing
from jishi.sandbox.doors import Operation
from jishi.sandbox.pay_door import read_body
from jishi.sandbox.world import World

JSON = "application/json"
SAFE = ("GET", "HEAD")


async def answer(world: World, operation: Operation, came: Incoming) -> Reply:
    """Answer one request of whoever is at the machine; a page of another site is not."""
    if came.method not in SAFE and is_foreign(came):
        words = "another site's page may not drive the sandbox"
        return shut(Refusal(403, "NO_AUTH", words))
    values: list[object] = []
    if any("\x00" in told for told in (*came.path.values(), *came.query.values())):
        return shut(bad_parameter("", "a character that no database keeps", location="path"))
    if body_type := operation.body_type():
        read = read_body(came.body, body_type)
        if isinstance(read, Refusal):
            return shut(read)
        values.append(read)

    async def work(tx: Tx) -> object:
        return await operation.work(ControlCall(world, tx, came), *values)

    return shut(await all_or_nothing(world, work))


def is_foreign(came: Incoming) -> bool:
    """Tell whether a browser sends this for a page that is not the sandbox's own."""
    origin = came.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != came.headers.get("host", ""):
        return True
    return came.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}


def shut(result: object) -> Reply:
    """Write the answer."""
    match result:
        case None:
            return Reply(204, {}, b"")
        case Refusal():
            body = msgspec.json.encode(trouble(result))
            return Reply(result.status, {"Content-Type": JSON}, body, "", result.message)
        case Download():
            return Reply(200, {"Content-Type": result.media_type}, result.content)
        case _:
            return Reply(200, {"Content-Type": JSON}, msgspec.json.encode(result))
