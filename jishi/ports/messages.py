"""Messages to phones and mailboxes, from our side: a text, to whom, and a number of its own."""

from typing import Protocol

from msgspec import Struct


class Message(Struct, frozen=True):
    """What is sent. `message_id` is the same at each try: sent twice it is brought once."""

    message_id: str
    to: str
    subject: str
    words: str

    def __repr__(self) -> str:
        return f"Message({self.message_id})"


class NotBrought(Exception):
    """Nobody took the message; says why in one word, and nothing of what it says."""


class Carrier(Protocol):
    """Takes messages of one kind."""

    async def send(self, message: Message) -> None:
        """Hand a message over; NotBrought when nobody took it, or nobody knows."""
