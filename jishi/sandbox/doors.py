"""The three doors of the sandbox, and how an operation is put behind one of them."""

from collections.abc import Awaitable, Callable
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING, TypeVar, get_type_hints

from msgspec import Struct

if TYPE_CHECKING:
    Work = Callable[..., Awaitable[object]]  # type: ignore[explicit-any]  # its body differs
F = TypeVar("F", bound="Work")


class Operation(Struct, frozen=True):
    """One operation: its method, its path with `{names}`, and what does it."""

    method: str
    path: str
    work: "Work"
    needs_token: bool = True

    def body_type(self) -> type | None:
        """Give the type of the body that it reads: its second parameter's; none if it has none."""
        return _second_type(self.work)


@cache
def _second_type(work: "Work") -> type | None:
    names = list(signature(work).parameters)
    hints: dict[str, type] = get_type_hints(work)
    return hints[names[1]] if len(names) > 1 else None


PAY: list[Operation] = []
OFFICIAL: list[Operation] = []
CONTROL: list[Operation] = []


def pay(method: str, path: str) -> Callable[[F], F]:
    """Put an operation behind Pay's door: signed requests, signed answers."""
    return _put(PAY, method, path)


def official(method: str, path: str, *, needs_token: bool = True) -> Callable[[F], F]:
    """Put an operation behind the official account's door: an access token, and error numbers."""
    return _put(OFFICIAL, method, path, needs_token=needs_token)


def control(method: str, path: str) -> Callable[[F], F]:
    """Put an operation behind the control door: for tests and developers at the machine."""
    return _put(CONTROL, method, path)


def _put(
    where: list[Operation], method: str, path: str, *, needs_token: bool = True
) -> Callable[[F], F]:
    def put(work: F) -> F:
        assert all((each.method, each.path) != (method, path) for each in where), path
        where.append(Operation(method, path, work, needs_token))
        return work

    return put
