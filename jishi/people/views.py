"""What is kept of people, still sealed. Read with `person=`: everybody sees his own alone."""

import msgspec

from jishi.kernel import queries


class KeptKey(msgspec.Struct, frozen=True):
    """A person's data key, wrapped; none when he is forgotten."""

    wrapped_key: bytes | None


class PersonsKey(msgspec.Struct, frozen=True):
    """A data key of a person who is not forgotten, wrapped."""

    person_id: int
    wrapped_key: bytes


class KeptName(msgspec.Struct, frozen=True):
    """What a person is called, sealed."""

    sealed: bytes


class KeptAddress(msgspec.Struct, frozen=True):
    """An address as it is kept."""

    address_id: int
    division: str
    sealed: bytes
    is_default: bool


class Whose(msgspec.Struct, frozen=True):
    """Whose an identity is."""

    person_id: int


class KeptIdentity(msgspec.Struct, frozen=True):
    """An identity as it is kept."""

    kind: str
    appid: str
    sealed: bytes
    digest: bytes


class Standing(msgspec.Struct, frozen=True):
    """Whether a session goes on, and whether its id is one that somebody signed in with."""

    is_in: bool
    is_person: bool


class WaitingCode(msgspec.Struct, frozen=True):
    """A code that waits to be sent, sealed with a key of its own."""

    kind: str
    sealed: bytes | None


sql = queries(__file__)
kept_key = sql.one("kept_key", KeptKey)
wrapped_keys = sql.many("wrapped_keys", PersonsKey)
kept_name = sql.one("kept_name", KeptName)
kept_addresses = sql.many("kept_addresses", KeptAddress)
kept_address = sql.one("kept_address", KeptAddress)
identity = sql.one("identity", Whose)
identities_of = sql.many("identities_of", KeptIdentity)
standing = sql.one("standing", Standing)
waiting_code = sql.one("waiting_code", WaitingCode)
