"""Requests nobody wrote: bodies grown from an operation's own record, then bent."""

import json
import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import msgspec
from msgspec.inspect import type_info

from tests.ports.wechat.mutations import spoilt

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 2**31, 2**63, 2**70, 1.5, "", " ", "\x00", "龙" * 300, "a" * 5_000,
    "é\u202e", [], {}, [[]], {"a": {}}, "2026-13-45", "9999-12-31T23:59:59+08:00", "<b>",
    "' or 1=1--",
)  # fmt: skip
NAMES = (
    "before", "type", "openid", "mchid", "limit", "lang", "url", "trouble", "transaction_id",
    "token", "tid", "text", "tar_type", "start", "out_order_no", "offset", "next_openid",
    "media_id", "ids", "fault_id", "direction", "complainted_mchid", "bill_type", "bill_date",
    "algorithm_type", "account_type", "sub_mchid", "begin_date", "end_date", "op", "batch",
)  # fmt: skip
DEPTH_MAX = 6


class Mutants:
    """A source of requests; `words` are values that exist in this sandbox, so that some fit."""

    def __init__(self, luck: random.Random, words: Sequence[str]) -> None:
        self.luck, self.words = luck, words

    def body(self, asked: type | None) -> bytes:
        """Give a body: one that fits its record, bent a little, or spoilt in its bytes."""
        if asked is None:
            return self.luck.choice([b"", b"", b"{}", b"x"])
        grown = self.grown(type_info(asked))
        chance = self.luck.random()
        if chance < 0.5:
            grown = self.bent(grown)
        raw = json.dumps(grown, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return spoilt(self.luck, raw) if chance > 0.9 else raw

    def path(self, template: str) -> str:
        """Fill a path's names."""
        parts = (self.segment() if "{" in part else part for part in template.split("/"))
        return "/".join(parts)

    def query(self) -> dict[str, str]:
        """Give some of the names that are asked for, with values of all kinds."""
        named = self.luck.sample(NAMES, self.luck.randint(0, 4))
        return {
            name: str(self.text() if self.luck.random() < 0.7 else self.odd()) for name in named
        }

    def segment(self) -> str:
        """Give one part of a path."""
        odd = ("%00", "..", "%2e%2e", "%ff", "0", "-1", "9" * 30, "%E9%BE%99", "a" * 400)
        return self.luck.choice(self.words if self.luck.random() < 0.6 else odd).replace("/", "")

    def text(self) -> str:
        """Give a text, often one that exists."""
        made = (
            str(self.luck.randrange(10_000)),
            "CNY",
            "http://shop.test/notify",
            "2026-11-22",
            "茶",
        )
        return self.luck.choice(self.words if self.luck.random() < 0.7 else made)

    def odd(self) -> Any:
        """Give something that hardly fits anywhere."""
        return deepcopy(self.luck.choice(ODD))

    def grown(self, kind: msgspec.inspect.Type, depth: int = 0) -> Any:
        """Give a value of a record's type."""
        match kind:
            case msgspec.inspect.StructType():
                return self.record(kind, depth)
            case msgspec.inspect.UnionType():
                return self.grown(self.luck.choice(kind.types), depth)
            case msgspec.inspect.ListType() | msgspec.inspect.VarTupleType():
                return [self.grown(kind.item_type, depth + 1) for _ in self.few(depth)]
            case msgspec.inspect.DictType():
                few = self.few(depth)
                return {self.text(): self.grown(kind.value_type, depth + 1) for _ in few}
            case msgspec.inspect.LiteralType():
                return self.luck.choice(kind.values)
            case _:
                return self.plain(kind)

    def plain(self, kind: msgspec.inspect.Type) -> Any:
        """Give a value with nothing in it."""
        match kind:
            case msgspec.inspect.BoolType():
                return self.luck.random() < 0.5
            case msgspec.inspect.IntType():
                return self.luck.choice([0, 1, 2, 100, 5_000, self.luck.randrange(10**6)])
            case msgspec.inspect.FloatType():
                return self.luck.uniform(-180, 180)
            case msgspec.inspect.NoneType():
                return None
            case msgspec.inspect.StrType():
                return self.text()
            case _:
                return self.odd()

    def few(self, depth: int) -> range:
        """Give how many there are in a list: none, too deep down."""
        return range(self.luck.randint(0, 3) if depth < DEPTH_MAX else 0)

    def record(self, kind: msgspec.inspect.StructType, depth: int) -> dict[str, Any]:
        """Give a record's fields: the required ones, and some of the others."""
        kept = (each for each in kind.fields if each.required or self.luck.random() < 0.5)
        return {each.encode_name: self.grown(each.type, depth + 1) for each in kept}

    def bent(self, value: Any) -> Any:
        """Give a value with one place in it changed, left out or added to."""
        places = list(_places(value))
        if not places:
            return self.odd()
        place, key = self.luck.choice(places)
        match self.luck.randrange(4):
            case 0 if isinstance(place, dict):
                del place[key]
            case 1 if isinstance(place, dict):
                place[self.luck.choice(["extra", "sub_mchid", "\x00", ""])] = self.odd()
            case _:
                place[key] = self.odd()
        return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if not isinstance(value, dict | list):
        return
    for key, each in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        yield from _places(each)
