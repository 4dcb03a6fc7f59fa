"""Noting an unfollow: of whoever followed, and of nobody else."""

from typing import Any

import pytest

from jishi.kernel import Refused, new_id
from tests.evidence.test_note_follow import rows, unfollow
from tests.evidence.test_note_leaver import answers


def test_who_never_followed_leaves_nothing(database_url: str, owner_url: str) -> None:
    person = new_id()
    assert answers(database_url, unfollow(person)) == [Refused("not_followed")]
    assert rows(owner_url, person) == []


@pytest.mark.parametrize("change", [{"actor_id": -1}, {"book": 1001}])
def test_nobody_does_not_unfollow(database_url: str, change: dict[str, Any]) -> None:
    assert answers(database_url, unfollow(new_id(), **change)) == [Refused("follow_unclear")]
