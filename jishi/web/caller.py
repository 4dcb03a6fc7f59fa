"""Who calls: the program that a key names, in its shop, with its scopes."""

import secrets

import msgspec
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from jishi import access
from jishi.web.asked import Asked, house

BEARER = "Bearer "
NOBODY = access.rules.digest("")


class Caller(msgspec.Struct, frozen=True):
    """A program: its key, the shop's book, and what it may."""

    key_id: int
    book: int
    scopes: list[str]


def needs(scope: str) -> dict[str, str]:
    """Give the policy of a route that a key with this scope opens."""
    assert scope in access.SCOPES, scope
    return {"policy": "api", "scope": scope}


async def admit_caller(asked: Asked, scope: str) -> None:
    """Let in whoever shows a good key for this scope; remember who it is."""
    given = asked.headers.get("authorization", "")
    named = access.rules.read(given.removeprefix(BEARER)) if given.startswith(BEARER) else None
    if named is None:
        raise NotAuthorizedException("key_missing")
    key = await house(asked).market.look(
        access.views.good_key, book=named.book, key_id=named.key_id
    )
    # Compared also where there is no such key, so that the answer takes as long.
    is_same = secrets.compare_digest(named.digest, key.digest if key else NOBODY)
    if key is None or not is_same:
        raise NotAuthorizedException("key_unknown")
    if scope not in key.scopes:
        raise PermissionDeniedException("scope_missing")
    asked.scope["state"]["caller"] = Caller(key.key_id, named.book, key.scopes)


def caller_of(asked: Asked) -> Caller:
    """Give who calls; the route's policy has let it in."""
    found = asked.scope["state"]["caller"]
    assert isinstance(found, Caller)
    return found
