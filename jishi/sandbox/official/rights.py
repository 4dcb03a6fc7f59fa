"""Which kind of account may call what: a service account, a mini program, or both."""

from collections.abc import Callable
from functools import wraps

from jishi.sandbox.answers import Errcode
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.doors import F, official

UNAUTHORISED = 48001


def service(method: str, path: str) -> Callable[[F], F]:
    """Put an operation behind the door that is a service account's alone."""
    return _of_kind("service", method, path)


def mini(method: str, path: str) -> Callable[[F], F]:
    """Put an operation behind the door that is a mini program's alone."""
    return _of_kind("mini", method, path)


def _of_kind(kind: str, method: str, path: str) -> Callable[[F], F]:
    def put(work: F) -> F:
        @wraps(work)
        async def held(call: OfficialCall, *asked: object) -> object:
            if call.account.kind != kind:
                return Errcode(UNAUTHORISED)
            return await work(call, *asked)

        official(method, path)(held)
        return work

    return put
