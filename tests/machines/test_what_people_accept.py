"""People and addresses: whatever is asked is an event or a refusal, never an error."""

from hypothesis import given
from hypothesis import strategies as st

from jishi import people
from jishi.kernel import Request, new_id
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, ask_all, relaxed
from tests.people.persons import met, removed, saved

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
        ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)
