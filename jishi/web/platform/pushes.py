"""WeChat tells who follows the account, and who no more: checked, opened, noted once.

Sources: official accounts, "Getting started" (the first check of our address), "Message encryption
and decryption", "Receiving event pushes"; what is not answered in five seconds is told again, so a
push that cannot be kept now is answered with 503. Whatever else is pushed needs nothing here.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID, uuid5

import structlog
from litestar import Response, get, post

from jishi import evidence, people
from jishi.kernel import MARKET, Answer, Refused
from jishi.ports.wechat.official.deeds import Followed, Unfollowed
from jishi.ports.wechat.official.push import Gate, Push, echo, open_push
from jishi.ports.wechat.official.trees import BadPush
from jishi.web.asked import Asked, House, house
from jishi.web.policy import PLATFORM

PATH = "/wechat/pushes"
PUSHES = UUID("5f0d5e9c-8a3b-4c0e-9d5a-6a6973686920")
"""The namespace of pushes' keys: one that is told again is the same."""

SUCCESS = b"success"
log = structlog.get_logger()


@get(PATH, opt=PLATFORM)
async def answer_check(request: Asked) -> Response[bytes]:
    """Answer WeChat's first check of our address."""
    gate = await gate_of()
    try:
        said = echo(gate, dict(request.query_params), datetime.now(UTC)) if gate else ""
    except BadPush as refused:
        return refuse(str(refused))
    return Response(said.encode(), media_type="text/plain") if gate else refuse("not_set_up")


@post(PATH, opt=PLATFORM, status_code=200)
async def take_push(request: Asked) -> Response[bytes]:
    """Take what WeChat tells."""
    gate = await gate_of()
    if gate is None:
        return refuse("not_set_up")
    query: Mapping[str, str] = dict(request.query_params)
    try:
        push = open_push(gate, query, await request.body(), datetime.now(UTC))
    except BadPush as refused:
        return refuse(str(refused))
    answer = await keep(house(request), gate, push)
    if isinstance(answer, Refused) and not answer.is_final:
        return Response(b"", status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return Response(SUCCESS, media_type="text/plain")


async def gate_of() -> Gate | None:
    """Give what pushes are checked with; none while no account with a token is set up."""
    settings = await people.wechat_account.ready()
    if settings is None or not settings.token:
        return None
    return Gate(settings.appid, settings.token, settings.aes_key)


async def keep(its: House, gate: Gate, push: Push) -> Answer | None:
    """Note who follows, or no more; none where nothing follows from it."""
    proved = people.Proved("openid", push.openid, gate.appid)
    key = uuid5(PUSHES, f"{gate.appid} {push.key}")
    if isinstance(push.content, Followed):
        person = await people.recognise(its.market, its.secret, proved)
        if isinstance(person, Refused):
            return person
        source = push.content.scene[: evidence.SOURCE_CHARACTERS_MAX]
        return await its.market.ask(
            evidence.NoteFollow(key=key, book=MARKET, actor_id=person, source=source)
        )
    if isinstance(push.content, Unfollowed):
        known = await people.whose(its.market, its.secret, proved)
        if known:
            return await its.market.ask(evidence.NoteUnfollow(key=key, book=MARKET, actor_id=known))
    return None


def refuse(reason: str) -> Response[bytes]:
    """Tell nobody why, but whoever reads our log."""
    log.warning("push refused", reason=reason)
    return Response(b"", status_code=HTTPStatus.FORBIDDEN, media_type="text/plain")
