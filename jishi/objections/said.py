"""How an objection is written down: both languages side by side, the acts that answer it."""

from msgspec import Struct

from jishi.kernel import Request


class Both(Struct, frozen=True):
    """The same in Chinese and in English."""

    zh: str
    en: str


class Objection(Struct, frozen=True):
    """One of the eight: what the critic says, what answers it, how one knows, what to do.

    `acts` are the market's own requests that answer it today. `instrument` says what must be there
    before it can be measured; `measures` explains each number; the rest is said by verdict.
    """

    question: str
    title: Both
    sentence: Both
    how: Both
    formula: Both
    instrument: Both
    measures: dict[str, Both]
    actions: dict[str, Both]
    acts: tuple[type[Request], ...]
