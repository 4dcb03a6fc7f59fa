"""One sandbox for all tests here; each test has accounts and people of its own."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import httpx

from jishi.sandbox.cast import openid_of
from tests.sandbox.scene import Scene

WECHAT = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"


class Receiver:
    """A developer's server: what came, and what it answers; the answer may take its time."""

    def __init__(self) -> None:
        self.came: list[httpx.Request] = []
        self.answer: bytes | Callable[[httpx.Request], bytes] = b""
        self.status, self.seconds = 200, 0.0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = (await receive()).get("body", b"")
        query = scope["query_string"].decode()
        url = f"http://shop.test{scope['path']}?{query}"
        request = httpx.Request(scope["method"], url, content=body)
        self.came.append(request)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        answer = self.answer(request) if callable(self.answer) else self.answer
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": answer})

    def asked(self, number: int = -1) -> dict[str, str]:
        """Give the query of what came."""
        query = str(self.came[number].url.query.decode())
        return {name: values[0] for name, values in parse_qs(query).items()}

    def everything(self) -> str:
        """Give all bodies, in the order in which they came."""
        return "\n".join(request.content.decode() for request in self.came)

    def text(self, number: int = -1) -> str:
        """Give the body of what came."""
        return self.came[number].content.decode()


class Account:
    """An account of a test, with its token and the people it knows."""

    def __init__(self, scene: Scene, known: dict[str, Any]) -> None:
        self.scene, self.known = scene, known
        self.appid, self.secret = known["appid"], known["secret"]
        self.token = ""

    async def take_token(self) -> str:
        """Take the stable token."""
        body = {
            "grant_type": "client_credential", "appid": self.appid, "secret": self.secret,
        }  # fmt: skip
        answer = await self.scene.http.post("/cgi-bin/stable_token", json=body)
        self.token = answer.json()["access_token"]
        return self.token

    async def get(self, path: str, **query: str | int) -> Any:
        """Ask for something."""
        asked: dict[str, str | int] = {"access_token": self.token, **query}
        return (await self.scene.http.get(path, params=asked)).json()

    async def post(self, path: str, body: object = None, **query: str | int) -> Any:
        """Send JSON, as it is: no letter escaped."""
        answer = await self.raw(path, body, **query)
        return answer.json()

    async def raw(self, path: str, body: object = None, **query: str | int) -> httpx.Response:
        """Send JSON and give the whole answer."""
        asked: dict[str, str | int] = {"access_token": self.token, **query}
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        return await self.scene.http.post(path, params=asked, content=content)

    async def code(self, path: str, body: object = None, **query: str | int) -> int:
        """Send JSON and give the error number."""
        return int((await self.post(path, body, **query)).get("errcode", 0))

    async def openid(self, person_id: int) -> str:
        """Give a person's name here."""
        async with self.scene.world.transaction() as tx:
            return await openid_of(tx, self.appid, person_id)

    async def chat(self, person_id: int) -> list[Any]:
        """Give a chat, the oldest first."""
        told = await self.scene.control("GET", f"/sandbox/chats/{self.appid}/{person_id}")
        return list(reversed(told["messages"]))

    async def upload(
        self, path: str, content: bytes, name: str = "p.png", form: dict[str, str] | None = None,
        **query: str | int,
    ) -> Any:  # fmt: skip
        """Upload a file."""
        asked: dict[str, str | int] = {"access_token": self.token, **query}
        answer = await self.scene.http.post(
            path, params=asked, files={"media": (name, content, "application/octet-stream")},
            data=form or {},
        )  # fmt: skip
        return answer.json()


class Stage:
    """What a test is handed."""

    def __init__(self, scene: Scene, receiver: Receiver) -> None:
        self.scene, self.receiver = scene, receiver
        self.http, self.world = scene.http, scene.world

    async def account(self, kind: str = "service", push_url: str = "") -> Account:
        """Register an account."""
        asked = {"name": "青石小店", "kind": kind, "push_url": push_url}
        account = Account(self.scene, await self.scene.control("POST", "/sandbox/accounts", asked))
        await account.take_token()
        return account

    async def person(self, name: str = "阿满") -> int:
        """Make a person."""
        asked = {"name": name, "avatar": "🌱", "phone": "13800000009"}
        return int((await self.scene.control("POST", "/sandbox/people", asked))["person_id"])

    async def fan(self, account: Account, **more: object) -> int:
        """Make a person who follows an account."""
        person_id = await self.person()
        await self.do("follow", appid=account.appid, person_id=person_id, **more)
        return person_id

    async def do(self, deed: str, **asked: object) -> Any:
        """Let a person do something."""
        return await self.scene.control("POST", f"/sandbox/deeds/{deed}", asked)

    async def undone(self, deed: str, **asked: object) -> str:
        """Let a person try something that cannot be done; give the word of the reason."""
        answer = await self.http.post(f"/sandbox/deeds/{deed}", content=json.dumps(asked))
        assert answer.status_code == 409, answer.text
        return str(answer.json()["code"])

    async def open(self, url: str, person_id: int, **more: Any) -> httpx.Response:
        """Open a page in a person's phone."""
        headers = {"x-sandbox-person": str(person_id), "User-Agent": WECHAT}
        return await self.http.get(url, headers=headers, **more)

    async def due(self) -> None:
        """Let what is due happen."""
        await self.scene.due()

    async def advance(self, **more: float) -> None:
        """Let time pass: days, hours, minutes, seconds."""
        seconds = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
        await self.scene.advance(int(sum(seconds[unit] * many for unit, many in more.items())))


Play = Callable[[Stage], Awaitable[None]]
