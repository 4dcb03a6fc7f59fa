"""SQL lives in .sql files beside the module that uses it; this finds it there, by name."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin, get_type_hints

import asyncpg
import msgspec

from jishi.kernel.failures import ConnectionLost, is_bug
from jishi.kernel.tx import Tx

R = TypeVar("R")
_HEADING = re.compile(r"^-- ([a-z_]+)\n((?:--.*\n)*)", re.MULTILINE)
_NAME = re.compile(r"(?<![:\w']):([a-z_][a-z0-9_]*)")


class Query(Generic[R]):
    """A named statement. `names` are its values in the order of the driver's positions."""

    known: ClassVar[list["Query[Any]"]] = []

    def __init__(self, name: str, text: str, row: type[R] | None) -> None:
        self.name, self.row = name, row
        self.names = tuple(dict.fromkeys(_NAME.findall(text)))
        self.text = _NAME.sub(lambda found: f"${self.names.index(found[1]) + 1}", text).rstrip(
            "; \n"
        )
        self.make = _maker(row) if row else None
        Query.known.append(self)

    def values(self, tx: Tx, given: dict[str, object]) -> list[object]:
        """Put the given values in order; `:book` and `:now` are the transaction's."""
        if given.keys() - self.names:
            raise TypeError(f"{self.name} takes no {sorted(given.keys() - self.names)}")
        known = {"book": tx.book, "now": tx.now, **given}
        return [known[name] for name in self.names]

    async def fetch(self, tx: Tx, given: dict[str, object]) -> list[asyncpg.Record]:
        """Run the statement. Any exception the driver did not foresee is a lost connection."""
        try:
            return await tx.connection.fetch(self.text, *self.values(tx, given))
        except (asyncpg.PostgresError, TypeError, KeyError):
            raise
        except Exception as error:
            if is_bug(error):
                raise
            raise ConnectionLost(self.name) from error


class Many(Query[R]):
    """A query that answers any number of rows."""

    async def __call__(self, tx: Tx, **values: object) -> list[R]:
        make = self.make
        assert make is not None
        return [make(record) for record in await self.fetch(tx, values)]


class One(Query[R]):
    """A query that answers one row, or none."""

    async def __call__(self, tx: Tx, **values: object) -> R | None:
        assert self.make is not None
        records = await self.fetch(tx, values)
        assert len(records) <= 1, f"{self.name} answered {len(records)} rows"
        return self.make(records[0]) if records else None


class Run(Query[None]):
    """A statement that answers nothing."""

    async def __call__(self, tx: Tx, **values: object) -> None:
        await self.fetch(tx, values)


class Queries:
    """The statements of one .sql file."""

    def __init__(self, file: str) -> None:
        self.path = Path(file).with_suffix(".sql")
        parts = _HEADING.split(self.path.read_text(encoding="utf-8"))
        self.texts = dict(zip(parts[1::3], (text.strip() for text in parts[3::3]), strict=True))
        self.domain = self.path.parent.name

    def many(self, name: str, row: type[R]) -> Many[R]:
        """Give the statement that answers rows of this record."""
        return Many(f"{self.domain}.{self.path.stem}.{name}", self.texts[name], row)

    def one(self, name: str, row: type[R]) -> One[R]:
        """Give the statement that answers one such record, or none."""
        return One(f"{self.domain}.{self.path.stem}.{name}", self.texts[name], row)

    def run(self, name: str) -> Run:
        """Give the statement that answers nothing."""
        return Run(f"{self.domain}.{self.path.stem}.{name}", self.texts[name], None)


def queries(file: str) -> Queries:
    """Give the statements of the .sql file beside this module."""
    return Queries(file)


def columns(rows: Sequence[tuple[object, ...]], *names: str) -> dict[str, list[object]]:
    """Turn rows into the named columns that unnest() takes; no rows, empty columns."""
    if not rows:
        return {name: [] for name in names}
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def is_json(hint: object) -> bool:
    """Tell whether a field of this type comes from a json column: a record, or a list of them.

    Either may be none.
    """
    kinds = [each for each in get_args(hint) if each is not NoneType]
    bare = kinds[0] if get_origin(hint) is UnionType and len(kinds) == 1 else hint
    inner = get_args(bare)[0] if get_origin(bare) is list else bare
    return isinstance(inner, type) and issubclass(inner, msgspec.Struct)


def _maker(row: type[R]) -> Callable[[asyncpg.Record], R]:
    hints = get_type_hints(row)
    decoders = {
        index: msgspec.json.Decoder(hint).decode
        for index, hint in enumerate(hints.values())
        if is_json(hint)
    }
    if not decoders:
        return lambda record: row(*record)

    def make(record: asyncpg.Record) -> R:
        values = list(record)
        for index, decode in decoders.items():
            if values[index] is not None:
                values[index] = decode(values[index])
        return row(*values)

    return make
