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


def adopted(person_id: int, digest: bytes = b"d" * 32, /, **change: Any) -> people.AdoptId:
    """Ask to make an id a person's."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.book_of(person_id), "actor_id": person_id, "digest": digest,
    }  # fmt: skip
    return people.AdoptId(**(asked | change))


def recognised(person_id: int, digest: bytes, /, **change: Any) -> people.RecogniseIdentity:
    """Ask to recognise a person by a phone."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.rules.book_of_digest(digest), "actor_id": person_id,
        "digest": digest, "kind": "phone", "appid": "", "sealed": b"s" * 60,
    }  # fmt: skip
    return people.RecogniseIdentity(**(asked | change))


def dropped(person_id: int, digest: bytes) -> people.RemoveIdentity:
    """Ask to be known by something no more."""
    return people.RemoveIdentity(
        key=uuid4(), book=people.rules.book_of_digest(digest), actor_id=person_id, digest=digest
    )


def came(person_id: int, **change: Any) -> people.SignIn:
    """Ask to sign a person in."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.book_of(person_id), "actor_id": person_id,
        "session_id": new_id(),
    }  # fmt: skip
    return people.SignIn(**(asked | change))


def left(person_id: int, session_id: int = 0) -> people.SignOut:
    """Ask to sign a person out, everywhere if no session is named."""
    return people.SignOut(
        key=uuid4(), book=people.book_of(person_id), actor_id=person_id, session_id=session_id
    )


def asked_for(digest: bytes, /, **change: Any) -> people.AskForCode:
    """Ask for a code to a phone."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.rules.book_of_digest(digest), "actor_id": 0,
        "code_id": new_id(), "digest": digest, "kind": "phone", "hash": b"h" * 32,
        "sealed": b"s" * 60,
    }  # fmt: skip
    return people.AskForCode(**(asked | change))


def tried(digest: bytes, hash_: bytes = b"h" * 32) -> people.TryCode:
    """Give a code back."""
    return people.TryCode(
        key=uuid4(), book=people.rules.book_of_digest(digest), actor_id=0, digest=digest,
        hash=hash_,
    )  # fmt: skip


def noted(book: int, code_id: int) -> people.NoteCodeSent:
    """Note that a code is on its way."""
    return people.NoteCodeSent(key=uuid4(), book=book, actor_id=0, code_id=code_id)


def counted(digest: bytes, **change: Any) -> people.CountAsking:
    """Count an asking."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.rules.book_of_digest(digest), "actor_id": 0,
        "digest": digest,
    }  # fmt: skip
    return people.CountAsking(**(asked | change))


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


def named(person_id: int, sealed: bytes = b"s" * 60) -> people.SetName:
    """Ask to be called something."""
    return people.SetName(
        key=uuid4(), book=people.book_of(person_id), actor_id=person_id, sealed=sealed, mark="m"
    )


VERSION = "0123456789abcdef"


def rewrapped(person_id: int, wrapped: bytes) -> people.RewrapKey:
    """Ask to keep a data key under another key."""
    return people.RewrapKey(
        key=uuid4(), book=people.book_of(person_id), actor_id=0, person_id=person_id,
        wrapped_key=wrapped,
    )  # fmt: skip


def agreed(person_id: int, **change: Any) -> people.GiveConsent:
    """Agree to the market's rules."""
    asked: dict[str, Any] = {
        "key": uuid4(), "book": people.book_of(person_id), "actor_id": person_id,
        "purpose": "rules", "version": VERSION, "place": "sign_in",
    }  # fmt: skip
    return people.GiveConsent(**(asked | change))


def took_back(person_id: int, purpose: str = "rules") -> people.WithdrawConsent:
    """Agree no more."""
    return people.WithdrawConsent(
        key=uuid4(), book=people.book_of(person_id), actor_id=person_id, purpose=purpose
    )


def exported(person_id: int) -> people.ExportPerson:
    """Ask for all that is kept."""
    return people.ExportPerson(key=uuid4(), book=people.book_of(person_id), actor_id=person_id)


def erased(person_id: int) -> people.ErasePerson:
    """Ask to be forgotten."""
    return people.ErasePerson(key=uuid4(), book=people.book_of(person_id), actor_id=person_id)
