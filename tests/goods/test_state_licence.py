"""Who sells: a name, a code whose check digit is right or a ground for none, a way to ask."""

import asyncio
from uuid import uuid4

import pytest

from jishi import goods
from jishi.goods.state_licence import decide
from jishi.kernel import Refused
from tests.goods.catalogues import a_shop

CODE = "91110000600037341L"


def licence(book: int, **other: str) -> goods.StateLicence:
    """Ask to state a licence."""
    given = {
        "legal_name": "青石茶业有限公司", "registration": CODE, "exemption": "",
        "address": "杭州市西湖区文三路 1 号", "phone": "0571-88888888", "mail": "", "filing": "",
    }  # fmt: skip
    return goods.StateLicence(key=uuid4(), book=book, actor_id=3, **(given | other))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (licence(1, legal_name=" "), "seller_unnamed"),
        (licence(1, legal_name="x" * 101), "seller_unnamed"),
        (licence(1, legal_name="a\nb"), "seller_unnamed"),
        (licence(1, registration="91110000600037341M"), "registration_wrong"),
        (licence(1, registration=CODE.lower()), "registration_wrong"),
        (licence(1, registration="\x00"), "registration_wrong"),
        (licence(1, registration=""), "exemption_unknown"),
        (licence(1, exemption="handicraft"), "exemption_unknown"),
        (licence(1, registration="", exemption="friends"), "exemption_unknown"),
        (licence(1, phone=""), "seller_unreachable"),
        (licence(1, phone="1\x00"), "seller_unreachable"),
        (licence(1, address="x" * 101), "seller_unreachable"),
    ],
)
def test_what_tells_nobody_who_sells_is_refused(asked: goods.StateLicence, reason: str) -> None:
    answer = decide(None, asked)
    assert isinstance(answer, Refused)
    assert answer.reason == reason


def test_the_last_one_holds_and_none_is_lost(database_url: str) -> None:
    async def scene() -> None:
        async with a_shop(database_url) as (market, book):
            look, view = market.look, goods.views.licence
            assert await look(view, of_book=book) is None
            await market.ask(licence(book, registration="", exemption="handicraft"))
            told = await market.ask(licence(book, mail="a@b.cn"))
            assert told == goods.LicenceStated(subject_id=book)
            found = await look(view, of_book=book)
            assert found is not None
            assert (found.registration, found.exemption, found.mail) == (CODE, "", "a@b.cn")

    asyncio.run(scene())
