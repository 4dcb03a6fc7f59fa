"""What is kept of people, still sealed. Read with `person=`: everybody sees his own alone."""

import msgspec

from jishi.kernel import queries


class KeptKey(msgspec.Struct, frozen=True):
    """A person's data key, wrapped; none when he is forgotten."""

    wrapped_key: bytes | None


class KeptAddress(msgspec.Struct, frozen=True):
    """An address as it is kept."""

    address_id: int
    division: str
    sealed: bytes
    is_default: bool


sql = queries(__file__)
kept_key = sql.one("kept_key", KeptKey)
kept_addresses = sql.many("kept_addresses", KeptAddress)
kept_address = sql.one("kept_address", KeptAddress)
