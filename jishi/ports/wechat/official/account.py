"""An account at WeChat and how it calls: with its token, renewed once when WeChat refuses it.

Official accounts and mini programs call alike. Source: official accounts, "Interface calls",
"Getting a stable access token".
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpx
import msgspec
from msgspec import Struct

from jishi.kernel.database import Database
from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.official.answers import A, read, refuse, verdict_of
from jishi.ports.wechat.official.asking import Asked
from jishi.ports.wechat.official.tokens import Fetched, Patience, Place, Token, Tokens
from jishi.ports.wechat.transport import Answer, Transport

REFUSED_TOKEN = frozenset({40001, 40014, 42001})
DOWNLOAD_BYTES_MAX = 16 * 1024 * 1024
NOTHING: Mapping[str, str | int] = {}
ONLY_OK: frozenset[int] = frozenset()


class Hosts(Struct, frozen=True):
    """Where WeChat is: the interfaces (in order of preference), its pages, and its consent page.

    A sandbox is reached by giving its address for all of them.
    """

    api: tuple[str, ...] = ("https://api.weixin.qq.com", "https://api2.weixin.qq.com")
    pages: str = "https://mp.weixin.qq.com"
    consent: str = "https://open.weixin.qq.com"


class Credentials(Struct, frozen=True):
    """What an account proves itself with."""

    appid: str
    secret: str

    def __repr__(self) -> str:
        return f"Credentials({self.appid})"


class File(Struct, frozen=True):
    """A file to upload; `media_type` as in "image/jpeg"."""

    name: str
    content: bytes
    media_type: str


class Given(Struct, frozen=True):
    """A file that came, with its media type."""

    content: bytes
    media_type: str


class _TokenAsked(Struct, frozen=True):
    grant_type: str
    appid: str
    secret: str
    force_refresh: bool


class _TokenGiven(Struct, frozen=True):
    access_token: str
    expires_in: int


class _TicketGiven(Struct, frozen=True):
    ticket: str
    expires_in: int


class Account:
    """An official account or a mini program; one in a process, open as long as the process.

    Calls raise ErrcodeAnswered (WeChat said no), AnsweredWithError (a breakdown over there),
    NotSent and OutcomeUnknown (no answer), AnswerNotTrusted (an answer nobody can read),
    ConnectionLost (the database with the token is away).
    """

    def __init__(
        self,
        credentials: Credentials,
        database: Database,
        *,
        hosts: Hosts | None = None,
        transport: Transport | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Take the tokens from this database; a transport is made where none is handed in."""
        self.credentials, self.hosts = credentials, hosts or Hosts()
        self.transport = transport or Transport(self.hosts.api)
        patience = patience or Patience(means=self.transport.means)
        self.access, self.tickets = (
            Tokens(
                database,
                Place(credentials.appid, kind),
                credentials.secret,
                fetch,
                patience=patience,
            )
            for kind, fetch in (
                ("access_token", self._fetch_token),
                ("jsapi_ticket", self._fetch_ticket),
            )
        )

    def __repr__(self) -> str:
        return f"Account({self.credentials.appid})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Break off what is under way, and close the connections that were made here."""
        await self.access.close()
        await self.tickets.close()
        await self.transport.close()

    async def get(self, path: str, answer: type[A], query: Mapping[str, str | int] = NOTHING) -> A:
        """Ask for something; repeated where no answer comes."""
        asked = Asked(method="GET", path=path, query=query, is_repeatable=True)
        return await self.ask(asked, answer)

    async def post(
        self,
        path: str,
        body: object,
        answer: type[A],
        *,
        is_repeatable: bool = False,
        accepts: frozenset[int] = ONLY_OK,
    ) -> A:
        """Send JSON; repeated where no answer comes only if twice is once."""
        asked = Asked(
            method="POST", path=path, query=NOTHING, is_repeatable=is_repeatable,
            body=msgspec.json.encode(body),
        )  # fmt: skip
        return await self.ask(asked, answer, accepts)

    async def ask(self, asked: Asked, answer: type[A], accepts: frozenset[int] = ONLY_OK) -> A:
        """Ask anything; an errcode in `accepts` is an answer like any other."""
        return read(asked.operation, await self._answer(asked), answer, accepts)

    async def upload(
        self,
        path: str,
        file: File,
        answer: type[A],
        *,
        query: Mapping[str, str | int] = NOTHING,
        fields: Mapping[str, str] | None = None,
    ) -> A:
        """Upload a file as the form field `media`, with other fields beside it."""
        form = httpx.Request(
            "POST", self.hosts.api[0], data=fields,
            files={"media": (file.name, file.content, file.media_type)},
        )  # fmt: skip
        asked = Asked(
            method="POST", path=path, query=query, is_repeatable=False,
            body=form.read(), media_type=form.headers["content-type"],
        )  # fmt: skip
        return await self.ask(asked, answer)

    async def download(
        self, path: str, query: Mapping[str, str | int] = NOTHING, body: object = None
    ) -> Given:
        """Fetch a file, by POST when there is a body; repeated where no answer comes."""
        asked = Asked(
            method="GET" if body is None else "POST", path=path, query=query,
            body=b"" if body is None else msgspec.json.encode(body),
            is_repeatable=True, answer_bytes_max=DOWNLOAD_BYTES_MAX,
        )  # fmt: skip
        answer = await self._answer(asked)
        refuse(asked.operation, answer)
        if not answer.body:
            raise AnswerNotTrusted(asked.operation, "unreadable")
        return Given(answer.body, answer.headers.get("content-type", "").partition(";")[0])

    async def ask_without_token(
        self, path: str, answer: type[A], query: Mapping[str, str | int], *, is_repeatable: bool
    ) -> A:
        """Ask for something that is not guarded by the account's token."""
        asked = Asked(method="GET", path=path, query=query, is_repeatable=is_repeatable)
        return read(asked.operation, await self.transport.send(asked.call()), answer, ONLY_OK)

    async def ticket(self) -> Token:
        """Give the ticket that pages are signed with."""
        # The access token first, so that waiting for it does not eat up the ticket's lease.
        await self.access.current()
        return await self.tickets.current()

    async def _answer(self, asked: Asked) -> Answer:
        token = await self.access.current()
        answer = await self.transport.send(asked.call(token))
        if verdict_of(answer).errcode in REFUSED_TOKEN:
            # It was refused before anything else was looked at, so any call may be repeated.
            token = await self.access.instead_of(token)
            answer = await self.transport.send(asked.call(token))
        return answer

    async def _fetch_token(self, *, is_forced: bool) -> Fetched:
        body = _TokenAsked(
            "client_credential", self.credentials.appid, self.credentials.secret, is_forced
        )
        asked = Asked(
            method="POST", path="/cgi-bin/stable_token", query=NOTHING, is_repeatable=True,
            body=msgspec.json.encode(body),
        )  # fmt: skip
        answer = await self.transport.send(asked.call())
        given = read(asked.operation, answer, _TokenGiven, ONLY_OK)
        return Fetched(given.access_token, given.expires_in)

    async def _fetch_ticket(self, *, is_forced: bool) -> Fetched:
        assert not is_forced, "WeChat never tells that a ticket is refused: the page does"
        given = await self.get("/cgi-bin/ticket/getticket", _TicketGiven, {"type": "jsapi"})
        return Fetched(given.ticket, given.expires_in)
