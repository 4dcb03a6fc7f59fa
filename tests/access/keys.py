"""Keys for tests."""

from typing import Any
from uuid import uuid4

from jishi import access
from jishi.kernel import new_id

SECRET = "s" * 43


def issue(book: int, *scopes: str, **change: Any) -> access.IssueApiKey:
    """Ask for a key."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": book, "actor_id": 7, "key_id": new_id(), "name": "仓库系统",
        "scopes": scopes or ("goods:read",), "digest": access.rules.digest(SECRET),
    }  # fmt: skip
    return access.IssueApiKey(**(asked | change))


def revoke(book: int, key_id: int) -> access.RevokeApiKey:
    """Ask to revoke a key."""
    return access.RevokeApiKey(key=uuid4(), book=book, actor_id=7, key_id=key_id)
