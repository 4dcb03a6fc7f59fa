"""People for tests."""

from typing import Any
from uuid import uuid4

from jishi import people
from jishi.kernel import new_id
from jishi.kernel.secret import Secret

SECRET = Secret(b"the secret of a market in a test")
HOME = people.Written("王小明", "13900000001", "440305", "科技园路1号3栋502")


def met(person_id: int, **change: Any) -> people.MeetPerson:
    """Ask to meet a person."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.book_of(person_id), "actor_id": person_id,
        "wrapped_key": b"k" * people.rules.WRAPPED_BYTES,
    }  # fmt: skip
    return people.MeetPerson(**(asked | change))


def saved(person_id: int, **change: Any) -> people.SaveAddress:
    """Ask to save an address."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.book_of(person_id), "actor_id": person_id,
        "address_id": new_id(), "replaces_id": 0, "division": "440305", "sealed": b"s" * 60,
        "mark": "m", "is_default": False,
    }  # fmt: skip
    return people.SaveAddress(**(asked | change))


def removed(person_id: int, address_id: int) -> people.RemoveAddress:
    """Ask to remove an address."""
    return people.RemoveAddress(
        key=uuid4(), book=people.book_of(person_id), actor_id=person_id, address_id=address_id
    )
