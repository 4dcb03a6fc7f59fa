"""What goods decides to accept the tables accept: products, shelving, categories, however odd."""

import asyncio
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import goods
from jishi.kernel import Request, new_id, new_public_id, verify
from tests.goods.saving import save
from tests.goods.test_rules import product as products
from tests.goods.test_set_opening import opening
from tests.goods.test_state_licence import CODE, licence
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, ask_all, relaxed
from tests.shops import seed_shops, sku_of


@relaxed
@given(asked=st.lists(st.tuples(ENDS, TEXTS, TEXTS, ENDS), max_size=6))
def test_any_category_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[int, str, str, int]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    requests: list[Request] = [
        goods.SaveCategory(
            key=uuid4(), book=book, actor_id=0, category_id=category_id,
            public_id=new_public_id(), title=title, title_en=title_en, parent_id=parent_id,
        )
        for category_id, title, title_en, parent_id in asked
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(asked)


weeks = st.sampled_from([(), ("",) * 7, ("09:00-21:00",) * 7, ("",), ("x,",) * 7, ("24:00-1",) * 7])
stores = st.tuples(ENDS, TEXTS, TEXTS, TEXTS, weeks, st.none() | ENDS, st.none() | ENDS)


@relaxed
@given(asked=st.lists(stores, max_size=6))
def test_any_store_is_an_event_or_a_refusal(
    database_url: str, owner_url: str,
    asked: list[tuple[int, str, str, str, tuple[str, ...], int | None, int | None]],
) -> None:  # fmt: skip
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=2))
    requests: list[Request] = [
        goods.SaveStore(
            key=uuid4(), book=book, actor_id=0, store_id=store_id, name=name, name_en=name_en,
            whereabouts=whereabouts, phone="", hours=hours, latitude_micro=latitude,
            longitude_micro=longitude,
        )
        for store_id, name, name_en, whereabouts, hours, latitude, longitude in asked
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(asked)


@relaxed
@given(
    asked=st.lists(
        st.tuples(ENDS, st.sampled_from(["draft", "live", "archived", "", "\x00"])), max_size=6
    )
)
def test_any_shelving_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[int, str]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    requests: list[Request] = [
        goods.ShelveProduct(
            key=uuid4(), book=book, actor_id=0, state=state,
            product_id=sku_of(book, 1) if product_id == 1 else product_id,
        )
        for product_id, state in asked
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(asked)


@relaxed
@given(
    asked=st.lists(st.tuples(products, ENDS, ENDS), min_size=1, max_size=4),
)
def test_any_product_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, asked: list[tuple[goods.ListedProduct, int, int]]
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    requests: list[Request] = [
        save(book, product, product_id=sku_of(book, 1) if product_id == 1 else product_id,
             revision=revision)
        for product, product_id, revision in asked
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(asked)


@relaxed
@given(
    stated=st.lists(st.tuples(TEXTS, TEXTS | st.just(CODE), TEXTS, TEXTS), max_size=3),
    set_=st.lists(
        st.tuples(st.sampled_from(["trial", "open", "closing", "", "\x00"]), ENDS), max_size=6
    ),
)  # fmt: skip
def test_any_licence_and_opening_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, stated: list[tuple[str, str, str, str]],
    set_: list[tuple[str, int]],
) -> None:  # fmt: skip
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book))
    requests: list[Request] = [
        licence(book, legal_name=name, registration=code, exemption=exemption, mail=mail)
        for name, code, exemption, mail in stated
    ]
    requests += [opening(book, state, in_days) for state, in_days in set_]
    assert len(ask_all(database_url, requests)) == len(requests)


def test_after_that_goods_keeps_its_promises(owner_url: str) -> None:
    async def broken() -> list[str]:
        return [
            kept.promise
            async for kept in verify(owner_url, ("goods.every_c", "goods.every_shop"))
            if kept.broken
        ]

    assert asyncio.run(broken()) == []
