"""The official account's door: an access token in the query, and numbers for errors at HTTP 200."""

import secrets
from collections.abc import Awaitable, Callable

import msgspec
from msgspec import Struct

from jishi.kernel import Tx
from jishi.sandbox.answers import Download, Errcode
from jishi.sandbox.calls import Incoming, OfficialCall, Reply, all_or_nothing
from jishi.sandbox.cast import Account
from jishi.sandbox.doors import Operation
from jishi.sandbox.reading import json
from jishi.sandbox.world import World

JSON = "application/json; encoding=utf-8"
BUSY, BAD_TOKEN, TOO_OFTEN, BAD_JSON, NO_BODY, BAD_ARGS = -1, 40001, 45009, 47001, 44002, 40035
NUL = rb"\u0000"
"""What PostgreSQL cannot keep, and no letter is."""

Bearer = Callable[[World, Tx, str], Awaitable[Account | Errcode]]
Words = Callable[[int], str]


class _Done(Struct, frozen=True):
    errcode: int = 0
    errmsg: str = "ok"


class OfficialDoor:
    """The door, with who knows whose a token is and what an error is called."""

    def __init__(self, bearer: Bearer, words: Words) -> None:
        self.bearer, self.words = bearer, words

    async def answer(self, world: World, operation: Operation, came: Incoming) -> Reply:
        """Answer one request of an account."""
        if world.faults.hit("rate_limited", operation.path):
            return self.shut(Errcode(TOO_OFTEN))
        if world.faults.hit("system_error", operation.path):
            return self.shut(Errcode(BUSY))
        result = await self.work(world, operation, came)
        if world.faults.hit("dropped", operation.path):
            return Reply(502, {}, b"", trouble="应答丢失(fault)")
        return self.shut(result)

    async def work(self, world: World, operation: Operation, came: Incoming) -> object:
        """Find out whose token it is, read the body, and do it, all or nothing."""
        read = _values(operation, came)

        async def work(tx: Tx) -> object:
            account = None
            if operation.needs_token:
                known = await self.bearer(world, tx, came.query.get("access_token", ""))
                if isinstance(known, Errcode):
                    return known
                account = known
            if isinstance(read, Errcode):
                return read
            return await operation.work(OfficialCall(world, tx, came, account), *read)

        return await all_or_nothing(world, work)

    def shut(self, result: object) -> Reply:
        """Write the answer."""
        match result:
            case Download():
                headers = {"Content-Type": result.media_type}
                if result.filename:
                    headers["Content-disposition"] = f'attachment; filename="{result.filename}"'
                return Reply(200, headers, result.content)
            case Errcode():
                rid = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
                words = result.errmsg or self.words(result.errcode)
                said = _Done(result.errcode, f"{words} rid: {rid}")
                trouble = f"{result.errcode} {words}"
                return Reply(200, {"Content-Type": JSON}, msgspec.json.encode(said), "", trouble)
            case None:
                return Reply(200, {"Content-Type": JSON}, msgspec.json.encode(_Done()))
            case _:
                return Reply(200, {"Content-Type": JSON}, msgspec.json.encode(result))


def _values(operation: Operation, came: Incoming) -> list[object] | Errcode:
    if any("\x00" in told for told in (*came.path.values(), *came.query.values())):
        return Errcode(BAD_ARGS)
    body_type = operation.body_type()
    if body_type is None:
        return []
    if not came.body:
        return Errcode(NO_BODY)
    if NUL in came.body:
        return Errcode(BAD_JSON)
    try:
        return [json(came.body, body_type)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Errcode(BAD_JSON, f"data format error hint: [{error}]")
