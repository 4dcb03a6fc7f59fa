"""Server verification: WeChat asks a developer's server to give a random text back.

Source: official accounts, "Getting started", step 2.
"""

import asyncio
import secrets
import time

import httpx
import msgspec
from msgspec import Struct

from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.cast import Account, change_account
from jishi.sandbox.doors import control
from jishi.sandbox.inspector import Exchange, body_text
from jishi.sandbox.official.push import ANSWER_SECONDS_MAX, signed_url
from jishi.sandbox.world import World


class Server(Asked, frozen=True):
    """Where pushes go, and whether they are encrypted."""

    push_url: str
    is_push_safe: bool = False


class Verified(Struct, frozen=True):
    """The server answered well, and is set."""

    appid: str
    push_url: str
    is_push_safe: bool


async def reason_against_server(world: World, account: Account, url: str) -> str | None:
    """Ask a server for its echo; give what is wrong with it, or none."""
    echo = str(secrets.randbelow(10**19))
    asked = f"{signed_url(world, account, url)}&echostr={echo}"
    began, status, answer, trouble = time.monotonic(), 0, b"", ""
    try:
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            got = await world.http.get(asked)
        status, answer = got.status_code, got.content
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
        trouble = f"请求URL超时 {type(error).__name__}"
    if not trouble and status != httpx.codes.OK:
        trouble = f"token验证失败 HTTP {status}"
    if not trouble and answer != echo.encode():
        trouble = "token验证失败"
    took_ms = int((time.monotonic() - began) * 1000)
    world.inspector.note(
        Exchange(
            world.clock.now(), "out", "verification", "GET", asked, "", "", status, "",
            body_text(answer), "", trouble, took_ms,
        )
    )  # fmt: skip
    return trouble or None


@control("PUT", "/sandbox/accounts/{appid}/server")
async def set_server(call: ControlCall, asked: Server) -> Verified | Refusal:
    """Verify a developer's server and send pushes there from now on, as the console does."""
    account = call.world.accounts.get(call.path["appid"])
    if account is None:
        return Refusal(404, "NOT_FOUND", "no account has this appid")
    if trouble := await reason_against_server(call.world, account, asked.push_url):
        return bad_parameter("/push_url", trouble)
    changed = msgspec.structs.replace(
        account, push_url=asked.push_url, is_push_safe=asked.is_push_safe
    )
    await change_account(
        call.tx, appid=changed.appid, push_url=changed.push_url,
        is_push_safe=changed.is_push_safe, can_publish=changed.can_publish,
        web_domains=changed.web_domains, js_domains=changed.js_domains,
    )  # fmt: skip
    call.world.accounts[changed.appid] = changed
    return Verified(changed.appid, changed.push_url, changed.is_push_safe)
