"""People and addresses: whatever is asked is an event or a refusal, never an error."""

from hypothesis import given
from hypothesis import strategies as st

from jishi import people
from jishi.kernel import Request, new_id
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, ask_all, relaxed
from tests.people.persons import (
    adopted,
    agreed,
    asked_for,
    came,
    counted,
    dropped,
    erased,
    exported,
    left,
    met,
    named,
    noted,
    recognised,
    removed,
    rewrapped,
    saved,
    took_back,
    tried,
)

SEALS = st.sampled_from([b"", b"s" * 28, b"s" * 29, b"s" * 60, b"s" * 2000, b"s" * 2001])
addresses = st.tuples(
    st.sampled_from([0, 31, 1]), ENDS | st.sampled_from([10, 11]), ENDS | st.just(10),
    st.sampled_from(["440305", "440300", "", "x", "\x00"]) | TEXTS, SEALS, st.booleans(),
)  # fmt: skip


@relaxed
@given(keys=st.lists(SEALS, max_size=3), asked=st.lists(addresses, max_size=6))
def test_any_address_is_an_event_or_a_refusal(
    database_url: str, keys: list[bytes],
    asked: list[tuple[int, int, int, str, bytes, bool]],
) -> None:  # fmt: skip
    person = new_id()
    book = people.book_of(person)
    requests: list[Request] = [met(person)]
    requests += [met(person + number, wrapped_key=key) for number, key in enumerate(keys)]
    for beside, address_id, replaces_id, division, sealed, is_default in asked:
        requests += [
            saved(
                person + beside, book=book, address_id=address_id, replaces_id=replaces_id,
                division=division, sealed=sealed, is_default=is_default,
            ),
            removed(person + beside, replaces_id),
            named(person + beside, sealed),
            rewrapped(person + beside, sealed),
        ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)


KINDS = st.sampled_from([*people.rules.KINDS, "", "\x00"])
DIGESTS = st.sampled_from([b"", b"d" * 31, b"d" * 32, b"\x00" * 32, b"\xff" * 32, b"d" * 33])
known = st.tuples(
    st.booleans(), ENDS | st.just(1001), DIGESTS | st.binary(min_size=32, max_size=32), KINDS,
    st.sampled_from(["", "wx1", "x" * 33]) | TEXTS, SEALS | st.just(b"s" * 401), ENDS,
)  # fmt: skip


@relaxed
@given(asked=st.lists(known, max_size=6))
def test_any_identity_and_session_is_an_event_or_a_refusal(
    database_url: str, asked: list[tuple[bool, int, bytes, str, str, bytes, int]]
) -> None:
    person = new_id()
    assert ask_all(database_url, [met(person)])
    requests: list[Request] = []
    for is_in_its_book, book, digest, kind, appid, sealed, number in asked:
        where = people.rules.book_of_digest(digest) if is_in_its_book else book
        stranger = person + (0 if is_in_its_book else 31)
        requests += [
            adopted(stranger, digest),
            recognised(
                person, digest, book=where if 1001 <= where <= 1031 else 1001, kind=kind,
                appid=appid, sealed=sealed,
            ),
            came(stranger, session_id=number),
            dropped(person, digest),
            dropped(stranger, digest),
            left(stranger, number),
        ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)


codes = st.tuples(
    DIGESTS | st.binary(min_size=32, max_size=32), ENDS, KINDS, DIGESTS, SEALS, st.booleans(),
)  # fmt: skip


@relaxed
@given(asked=st.lists(codes, max_size=6))
def test_any_code_is_an_event_or_a_refusal(
    database_url: str, asked: list[tuple[bytes, int, str, bytes, bytes, bool]]
) -> None:
    requests: list[Request] = []
    for digest, code_id, kind, hash_, sealed, is_in_its_book in asked:
        book = people.rules.book_of_digest(digest) if is_in_its_book else 1001
        one = asked_for(digest, book=book, code_id=code_id, kind=kind, hash=hash_, sealed=sealed)
        requests += [
            one, tried(digest, hash_), tried(digest, b"w"), noted(book, code_id), tried(digest),
            counted(digest, book=book),
        ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)


WISHES = st.sampled_from(["agree", "withdraw", "export", "erase", "meet"])
wishes = st.tuples(
    WISHES, st.sampled_from([0, 31]), st.sampled_from(["rules", "privacy", ""]) | TEXTS,
    st.sampled_from(["0123456789abcdef", "0123456789ABCDEF", "0" * 17]) | TEXTS,
    st.sampled_from(["sign_in", "privacy_page"]) | TEXTS,
)  # fmt: skip


@relaxed
@given(asked=st.lists(wishes, max_size=12))
def test_any_wish_about_oneself_is_an_event_or_a_refusal(
    database_url: str, asked: list[tuple[str, int, str, str, str]]
) -> None:
    person = new_id()
    requests: list[Request] = [met(person)]
    for wish, beside, purpose, version, place in asked:
        who = person + beside
        requests.append({
            "agree": agreed(who, purpose=purpose, version=version, place=place),
            "withdraw": took_back(who, purpose), "export": exported(who), "erase": erased(who),
            "meet": met(who),
        }[wish])  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)
