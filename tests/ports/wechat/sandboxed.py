"""Our side before the sandbox: the same client and the same gate, at another WeChat."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import httpx

from jishi.kernel.database import Database
from jishi.ports.wechat.official import (
    Account,
    BadPush,
    Credentials,
    Gate,
    Hosts,
    Push,
    echo,
    open_push,
)
from jishi.ports.wechat.official.replies import Envelope, Reply, answer
from jishi.ports.wechat.official.tokens import Patience
from jishi.ports.wechat.transport import Limits, Transport
from jishi.sandbox.cast import openid
from tests.sandbox.scene import BASE, Scene

HOSTS = Hosts(api=(BASE,), pages=BASE, consent=BASE)
QUICK = Limits(pause_seconds_min=0.001, pause_seconds_max=0.002)
PATIENCE = Patience(fetch_seconds_max=5, lease_seconds=6, wait_seconds_max=12, poll_seconds=0.01)
SERVER, WEBVIEW = "http://shop.test/wechat", "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"


class Server:
    """Our server: it opens what is pushed, and answers with what a test wants to be said."""

    def __init__(self) -> None:
        self.gates: dict[str, Gate] = {}
        self.pushes: list[Push] = []
        self.refused: list[str] = []
        self.reply: Reply | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = (await receive()).get("body", b"")
        query = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        gate = self.gates.get(scope["path"].rpartition("/")[2])
        now = datetime.now(UTC)
        try:
            if gate is None:
                said = ""  # a notification of Pay, which is not looked at here
            elif scope["method"] == "GET":
                said = echo(gate, query, now)
            else:
                push = open_push(gate, query, body, now)
                self.pushes.append(push)
                said = answer(gate, push, self.reply, Envelope(now, "n0nce", b"0" * 16)).body
            status = 200
        except BadPush as bad:
            self.refused.append(bad.reason)
            said, status = "", 403
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": said.encode()})


class Somebody(NamedTuple):
    """A person, and the name that an account knows."""

    person_id: int
    openid: str


class Visit:
    """The sandbox, our server, and the accounts with which a test visits it."""

    def __init__(self, scene: Scene, server: Server, database: Database) -> None:
        self.scene, self.server, self.database = scene, server, database

    async def account(self, kind: str = "service") -> Account:
        """Register an account; its pushes come to our server once it is verified."""
        asked = {"name": "青石小店", "kind": kind}
        made = await self.scene.control("POST", "/sandbox/accounts", asked)
        appid = made["appid"]
        self.server.gates[appid] = Gate(appid, made["token"])
        self.server.gates[f"{appid}.safe"] = Gate(appid, made["token"], made["aes_key"])
        return self.ours(Credentials(appid, made["secret"]))

    def ours(self, credentials: Credentials) -> Account:
        """Make our side of an account."""
        transport = Transport(HOSTS.api, client=self.scene.http, limits=QUICK)
        return Account(
            credentials, self.database, hosts=HOSTS, transport=transport, patience=PATIENCE
        )

    async def listen(self, account: Account, *, is_safe: bool = False) -> None:
        """Have our server verified and pushed to."""
        appid = account.credentials.appid
        asked = {"push_url": f"{SERVER}/{appid}{'.safe' * is_safe}", "is_push_safe": is_safe}
        await self.scene.control("PUT", f"/sandbox/accounts/{appid}/server", asked)

    def somebody(self, account: Account, number: int = 0) -> Somebody:
        """Give one of the people there."""
        person = self.scene.people[number]
        return Somebody(person.person_id, openid(account.credentials.appid, person.unionid))

    async def fan(self, account: Account, number: int = 0) -> Somebody:
        """Let one of the people follow."""
        person = self.somebody(account, number)
        await self.do("follow", account, person)
        return person

    async def do(self, deed: str, account: Account, person: Somebody, **asked: object) -> Any:
        """Let a person do something."""
        body = {"appid": account.credentials.appid, "person_id": person.person_id, **asked}
        return await self.scene.control("POST", f"/sandbox/deeds/{deed}", body)

    async def told(self, deed: str, account: Account, person: Somebody, **asked: object) -> Push:
        """Let a person do something, and give the one push that tells of it."""
        await self.do(deed, account, person, **asked)
        (push,) = await self.pushed()
        return push

    async def scan(self, person: Somebody, text: str) -> None:
        """Let a person scan a code."""
        asked = {"person_id": person.person_id, "text": text}
        await self.scene.control("POST", "/sandbox/deeds/scan", asked)

    async def open(self, url: str, person: Somebody) -> httpx.Response:
        """Open a page in a person's phone; where it leads to is not gone to."""
        headers = {"x-sandbox-person": str(person.person_id), "User-Agent": WEBVIEW}
        return await self.scene.http.get(url, headers=headers, follow_redirects=False)

    async def chat(self, account: Account, person: Somebody) -> list[Any]:
        """Give what stands in a person's chat with the account, the oldest first."""
        path = f"/sandbox/chats/{account.credentials.appid}/{person.person_id}"
        return list(reversed((await self.scene.control("GET", path))["messages"]))

    async def pushed(self) -> list[Push]:
        """Let what is due happen, and give what was pushed since the last time."""
        await self.scene.due()
        pushes, self.server.pushes = self.server.pushes, []
        return pushes


Work = Callable[[Visit], Awaitable[None]]


def code_of(answer: httpx.Response) -> str:
    """Give the code that a consent page leads back with."""
    assert answer.is_redirect, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))["code"]
