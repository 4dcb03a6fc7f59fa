"""The post: brings codes to phones and mailboxes. Opened with its settings at the first need."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec
from msgspec import Struct

from jishi.kernel import Market, Reaction, Request, Told
from jishi.kernel.secret import Secret
from jishi.people import sealing, views
from jishi.people.ask_for_code import CodeAskedFor
from jishi.people.note_code_sent import NoteCodeSent
from jishi.ports.messages import Carrier, Message

CODE = "code"
Carriers = Mapping[str, Carrier]
"""Who brings messages, by the kind of address: `phone`, `email`."""

Read = Callable[[], Awaitable[Carriers]]


class NotOpen(Exception):
    """The post is not open, or nobody brings messages of this kind."""


class Letter(Struct, frozen=True):
    """What is sent, and to whom; kept sealed with a key of the code's own until it is sent."""

    to: str
    subject: str
    words: str

    def __repr__(self) -> str:
        return "Letter()"


class Post:
    """Brings messages; `read` gives who does."""

    def __init__(self) -> None:
        self.read: Read | None = None
        self.market: Market | None = None
        self.secret = Secret(b"")
        self.known: Carriers = {}

    def open(self, read: Read, market: Market, secret: Secret) -> None:
        """Use these from the first need on."""
        self.read, self.market, self.secret = read, market, secret

    def close(self) -> None:
        """Forget them."""
        self.read, self.market, self.secret, self.known = None, None, Secret(b""), {}

    async def carriers(self) -> Carriers:
        """Give who brings messages once they are there."""
        if not self.known and self.read is not None:
            self.known = await self.read()
        return self.known

    def key_of(self, code_id: int) -> bytes:
        """Give the key under which a code waits to be sent."""
        return self.secret.derive(CODE, str(code_id))

    async def bring(self, book: int, code_id: int) -> bool:
        """Send a code that waits and still serves; tell whether there was one."""
        if self.market is None:
            raise NotOpen
        found = await self.market.look(views.waiting_code, book=book, of_book=book, code_id=code_id)
        if found is None or found.sealed is None:
            return False
        carrier = (await self.carriers()).get(found.kind)
        if carrier is None:
            raise NotOpen
        plain = sealing.unseal(self.key_of(code_id), CODE, found.sealed)
        letter = msgspec.json.decode(plain, type=Letter)
        await carrier.send(Message(f"code-{code_id}", letter.to, letter.subject, letter.words))
        return True


post = Post()


async def send(told: Sequence[Told[CodeAskedFor]]) -> Sequence[Sequence[Request]]:
    """Send each code; sent again it has the same number, and is brought once."""
    return [await _sent(each) for each in told]


async def _sent(told: Told[CodeAskedFor]) -> Sequence[Request]:
    code_id = told.event.subject_id
    if not await post.bring(told.book, code_id):
        return []
    return [NoteCodeSent(key=told.key("sent"), book=told.book, actor_id=0, code_id=code_id)]


Reaction("people.send_code", CodeAskedFor, send)
