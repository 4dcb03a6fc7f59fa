"""JSON from the outside, read strictly: each name once, each value of its type."""

import json
from typing import Never, TypeVar

import msgspec

T = TypeVar("T")


class Unreadable(ValueError):
    """It is not what it should be; `reason` is `not_json`, `repeated_key` or `wrong_type`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_strictly(body: bytes, kind: type[T]) -> T:
    """Read a record; unknown names are passed over, repeated ones are not. Raises Unreadable."""
    try:
        json.loads(body.decode(), object_pairs_hook=_each_once, parse_constant=_refuse)
        return msgspec.json.decode(body, type=kind)
    except Unreadable:
        raise
    except msgspec.ValidationError as error:
        raise Unreadable("wrong_type") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error


def _each_once(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise Unreadable("repeated_key")


def _refuse(_constant: str) -> Never:
    raise Unreadable("not_json")
