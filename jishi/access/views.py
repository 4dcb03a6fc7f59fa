"""What is shown of keys, and the key that a program enters with. Read with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class ApiKey(msgspec.Struct, frozen=True):
    """A key as its owners see it; times in UTC."""

    key_id: int
    name: str
    scopes: list[str]
    issued_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None


class GoodKey(msgspec.Struct, frozen=True):
    """A key that opens: whose it is, for what, and the digest of its secret."""

    key_id: int
    name: str
    scopes: list[str]
    digest: str


sql = queries(__file__)
api_keys = sql.many("api_keys", ApiKey)
good_key = sql.one("good_key", GoodKey)
