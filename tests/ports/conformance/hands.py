"""The control door of a running sandbox: what people, the clock and misfortune do."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import httpx

DAY = 86_400
WECHAT = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"


class Exchange(NamedTuple):
    """A request and its answer, as the inspector kept them."""

    exchange_id: int
    direction: str
    operation: str
    method: str
    url: str
    request_headers: dict[str, str]
    request_body: str
    status: int
    answer_headers: dict[str, str]
    answer_body: str
    trouble: str


class Hands:
    """Somebody at the sandbox's machine."""

    def __init__(self, base: str) -> None:
        self.base, self.http = base, httpx.Client(base_url=base, timeout=60)

    def do(self, method: str, path: str, body: object = None) -> Any:
        """Use the control door; the answer's JSON, after seeing that it was good."""
        asked = self.http.request(method, f"/sandbox{path}", json=body)
        assert asked.is_success, (asked.status_code, asked.text)
        return asked.json() if asked.content else None

    def advance(self, seconds: int) -> None:
        """Wind the clock; all that falls due is done before this returns."""
        self.do("POST", "/clock", {"advance_seconds": seconds})

    def settle(self) -> None:
        """Have done what is due now."""
        self.advance(0)

    def now(self) -> datetime:
        """Read the sandbox's clock (UTC)."""
        return datetime.fromisoformat(self.do("GET", "/clock")["now"])

    def arm(self, kind: str, **more: object) -> None:
        """Arm a fault."""
        self.do("POST", "/faults", {"kind": kind, **more})

    def credentials(self) -> Any:
        """Give ids, secrets and keys."""
        return self.do("GET", "/credentials")

    def merchant(self, mode: str) -> Any:
        """Give a merchant for whom WeChat signs by this means."""
        merchants = self.credentials()["merchants"]
        return next(each for each in merchants if each["signing_mode"] == mode)

    def account(self, kind: str = "service") -> Any:
        """Register an account."""
        return self.do("POST", "/accounts", {"name": "青石小店", "kind": kind})

    def person(self, name: str = "林小满") -> Any:
        """Make a person."""
        return self.do("POST", "/people", {"name": name, "phone": "13800000008"})

    def deed(self, deed: str, **asked: object) -> Any:
        """Let a person do something."""
        return self.do("POST", f"/deeds/{deed}", asked)

    def chat(self, appid: str, person_id: int) -> list[Any]:
        """Give what stands in a chat, the oldest first."""
        told = self.do("GET", f"/chats/{appid}/{person_id}")
        return list(reversed(told["messages"]))

    def opened(self, url: str, person_id: int) -> httpx.Response:
        """Open a page in a person's phone; where it leads to is not gone to."""
        headers = {"x-sandbox-person": str(person_id), "User-Agent": WECHAT}
        return self.http.get(url, headers=headers, follow_redirects=False)

    def decided(self, path: str, person_id: int, form: dict[str, str]) -> httpx.Response:
        """Press a button of a page in a person's phone; where it leads to is not gone to."""
        headers = {"x-sandbox-person": str(person_id), "User-Agent": WECHAT}
        return self.http.post(path, data=form, headers=headers, follow_redirects=False)

    def last_exchange(self) -> int:
        """Give the number of the newest exchange."""
        found = self.do("GET", "/exchanges")["exchanges"]
        return int(found[0]["exchange_id"]) if found else 0

    def exchanges(self, after: int, text: str) -> Iterator[Exchange]:
        """Give what was said since, where its address holds this text; the newest first."""
        before: int | None = None
        while True:
            more = f"&before={before}" if before else ""
            page = self.do("GET", f"/exchanges?text={text}{more}")
            for line in page["exchanges"]:
                if line["exchange_id"] <= after:
                    return
                yield _whole(self.do("GET", f"/exchanges/{line['exchange_id']}"))
            before = page["before"]
            if before is None:
                return


def _whole(told: dict[str, Any]) -> Exchange:
    read = {name: _headers(told[name]) for name in ("request_headers", "answer_headers")}
    return Exchange(*((told | read)[name] for name in Exchange._fields))


def _headers(text: str) -> dict[str, str]:
    pairs = (line.partition(": ") for line in text.splitlines())
    return {name.lower(): value for name, _, value in pairs}
