"""Stores by their distance, in a real browser that knows where it is; the market is not told."""

import asyncio

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import run_as_owner
from tests.journeys.test_shopping import choose_a_product, phone
from tests.site import Site

# One place as a phone tells it (WGS 84), and as a Chinese map shows it (GCJ-02).
HERE = {"latitude": 31.1774276, "longitude": 121.5272106}
ON_MAPS = (31_175_304, 121_531_542)
AWAY = (31_270_304, 121_531_542)
SECOND = """
insert into goods.stores (book, store_id, name, name_en, latitude_micro, longitude_micro)
select book, 77, '近处店', 'Nearby', {}, {} from goods.stores where store_id <> 77
    on conflict do nothing
"""
SHELVES = """
insert into ledger.accounts (book, unit, kind, holder, balance)
select book, unit, kind, 77, 0 from ledger.accounts where kind in ('shelf', 'reserved')
    and holder <> 77 on conflict do nothing
"""


@pytest.fixture
def two_stores(site: Site) -> None:
    """Let every shop have a store here and one ten kilometres north."""
    away = "update goods.stores set latitude_micro = {}, longitude_micro = {}".format(*AWAY)
    asyncio.run(run_as_owner(site.owner_url, away, SECOND.format(*ON_MAPS), SHELVES))


def checkout(page: Page) -> None:
    """Go to the checkout of some product."""
    choose_a_product(page)
    page.get_by_text("立即购买").last.click()
    page.wait_for_load_state()


@pytest.mark.usefixtures("two_stores")
def test_the_nearest_store_comes_first_when_asked_for(browser: Browser, site: Site) -> None:
    with phone(browser, site, geolocation=HERE, permissions=["geolocation"]) as page:
        checkout(page)
        assert page.locator(".stores small").count() == 0
        page.get_by_text("看看离我多远").click()
        page.locator(".stores small").first.wait_for()
        said = page.locator(".stores b").all_inner_texts()
        assert said[0].startswith("近处店")
        assert said[0].endswith("约 50 米")
        assert said[1].endswith("约 11 公里")


@pytest.mark.usefixtures("two_stores")
def test_whoever_tells_no_position_chooses_without(browser: Browser, site: Site) -> None:
    with phone(browser, site) as page:
        checkout(page)
        page.get_by_text("看看离我多远").click()
        page.get_by_text("没有得到您的位置").wait_for()
        assert page.locator(".stores input:enabled").count() == 1
