"""The audit: who did what, filtered and paged; nobody of another shop, and nothing of guests."""

import asyncio
import re
from html import unescape

import pytest

from jishi.kernel import MARKET, new_id, verify
from tests.conftest import run_as_owner
from tests.shops import seed_shops
from tests.staff.scene import add
from tests.web.console.desk import ask_all, hire, seat, sign_in_form
from tests.web.console.test_after_sale import do, opened_case
from tests.web.reader import Reader, words

PROMISE = "kernel.the_record_is_append_only"
BREACHES = (
    "grant update on kernel.events to jishi_app",
    "grant delete on kernel.events_beyond to jishi_app",
    "grant update (body) on kernel.events to jishi_app",
    "alter table kernel.events_beyond disable trigger events_are_for_ever",
)


def said(reader: Reader, query: str = "") -> str:
    """Give the words of the audit."""
    page = reader.get(f"/console/audit{query}")
    assert page.status_code == 200
    return words(page.text.partition("<tbody>")[2])


def test_a_deed_is_found_by_who_did_it_what_it_was_and_when(
    reader: Reader, database_url: str, owner_url: str
) -> None:
    book, case = opened_case(database_url, owner_url, "refund_only", "paid")
    member = seat(reader, database_url, book, "service")
    assert do(reader, case, "agree", note="好的")[0] == 303
    owner = seat(reader, database_url, book, "owner")
    assert member.name in said(reader)
    assert "同意售后" in said(reader, f"?member={member.name}&deed=CaseAgreed")
    assert "同意售后" not in said(reader, f"?member={owner.name}")
    assert "同意售后" not in said(reader, f"?member={member.name}&deed=FreightSet")
    assert "同意售后" not in said(reader, "?day=2020-02-02")
    assert "买家" not in said(reader), "what buyers do is no deed of staff"
    for odd in ("?day=x", "?day=9999-12-31", "?deed=%00", "?before=x", "?deed=nothing"):
        assert reader.get(f"/console/audit{odd}").status_code in {200, 404}


def test_signing_in_locks_and_roles_are_seen_of_the_own_shop_alone(
    reader: Reader, database_url: str, owner_url: str, book: int
) -> None:
    member = hire(database_url, book, "goods")
    for _ in range(7):
        reader.post("/console/sign-in", sign_in_form(reader, member.name, "wrong"))
    reader.forget()
    seat(reader, database_url, book, "owner")
    page = said(reader, f"?of=staff&member={member.name}")
    assert "尝试登录" in page
    assert page.count("试错太多次，锁住") == 1
    assert "邀请员工" in page
    assert "机器上" in page
    operator = hire(database_url, MARKET, "operator")
    colleague = add(book, "goods", actor_id=operator.staff_id)
    asyncio.run(ask_all(database_url, colleague))
    page = said(reader, f"?of=staff&member={colleague.name}")
    assert operator.name in page, "an owner sees what the market did to his staff, and who"
    assert operator.name not in said(reader, f"?of=staff&member={operator.name}")
    other = new_id() >> 20
    asyncio.run(seed_shops(owner_url, other))
    seat(reader, database_url, other, "owner")
    assert member.name not in said(reader, "?of=staff")
    assert member.name not in said(reader, f"?of=staff&member={member.name}")


def test_an_operators_deeds_at_the_market_are_on_record(reader: Reader, database_url: str) -> None:
    operator = seat(reader, database_url, MARKET, "operator")
    colleague = add(MARKET, "arbiter", actor_id=operator.staff_id)
    asyncio.run(ask_all(database_url, colleague))
    assert "邀请员工" in said(reader, f"?member={operator.name}")
    assert colleague.name in said(reader, f"?member={operator.name}")


def test_the_list_goes_on_with_its_filters(
    reader: Reader, database_url: str, book: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jishi.web.console.audit.page.ROWS", 2)
    member = hire(database_url, book, "goods")
    seat(reader, database_url, book, "owner")
    path, numbers = f"/console/audit?of=staff&member={member.name}", list[str]()
    while path:
        page = unescape(reader.get(path).text)
        numbers += re.findall(r"<summary>(\d+)</summary>", page)
        more = re.search(r'href="(/console/audit\?[^"]*before=\d+)"', page)
        path = more[1] if more else ""
    assert len(numbers) == len(set(numbers)) == 3
    assert numbers == sorted(numbers, key=int, reverse=True)


@pytest.mark.parametrize("breach", ["", *BREACHES])
def test_whoever_could_change_the_record_is_told_of(
    fresh_database: tuple[str, str], breach: str
) -> None:
    _, owner_url = fresh_database

    async def scene() -> set[str]:
        if breach:
            await run_as_owner(owner_url, breach)
        return {each.promise async for each in verify(owner_url) if each.broken}

    assert asyncio.run(scene()) == ({PROMISE} if breach else set())
