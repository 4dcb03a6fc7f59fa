"""The keys of WeChat come, change and go; what is forged does not make us ask all day."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.pay import Merchant, open_merchant
from jishi.ports.wechat.pay.keys import REFRESH_SECONDS_MAX
from jishi.ports.wechat.transport import Transport
from tests.ports.wechat.pay.platform import (
    APPID,
    HOSTS,
    NOW,
    PUBLIC_KEY_ID,
    Pair,
    Platform,
    a_merchant,
    credentials,
    flipped,
    listed,
    pair,
)


async def knows(merchant: Merchant, which: Pair) -> bool:
    """Tell whether a pair's key is found, and is the pair's."""
    found = await merchant.keys.find(which.serial)
    assert found is None or found.public_numbers() == which.key.public_key().public_numbers()
    return found is not None


def test_certificates_are_downloaded_when_they_are_first_needed() -> None:
    platform = Platform()

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            assert platform.downloads == 0
            assert await knows(merchant, platform.signing)
            assert await knows(merchant, platform.signing)
            assert platform.downloads == 1

    asyncio.run(scene())


def test_all_who_wait_for_a_new_certificate_wait_for_one_download() -> None:
    platform = Platform()

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            found = await asyncio.gather(*(knows(merchant, platform.signing) for _ in range(20)))
            assert all(found)
            assert platform.downloads == 1

    asyncio.run(scene())


def test_a_new_certificate_is_found_and_the_old_one_stays_good() -> None:
    platform = Platform()
    old, new = platform.signing, pair("new platform")

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            assert await knows(merchant, old)
            platform.signing, platform.serial, platform.listed = new, new.serial, [old, new]
            assert await knows(merchant, new)
            assert await knows(merchant, old)
            assert platform.downloads == 2

    asyncio.run(scene())


def test_unknown_serials_make_us_ask_five_times_a_minute() -> None:
    platform = Platform()

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            for number in range(50):
                assert await merchant.keys.find(f"{number:040X}") is None
            assert platform.downloads == 5
            platform.time.seconds += 60
            assert await merchant.keys.find("0A") is None
            assert platform.downloads == 6

    asyncio.run(scene())


def test_an_expired_certificate_is_no_longer_taken() -> None:
    platform = Platform()
    brief, long = pair("brief", days=2), pair("platform")
    platform.listed = [long, brief]

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            assert await knows(merchant, brief)
            platform.time.seconds += timedelta(days=2).total_seconds()
            assert not await knows(merchant, brief)
            assert await knows(merchant, long)

    asyncio.run(scene())


@pytest.mark.parametrize("fault", ["outsider", "forged", "stale", "other_key"])
def test_a_list_that_is_not_signed_by_one_of_its_own_is_not_taken(fault: str) -> None:
    platform = Platform()

    def certificates(request: httpx.Request) -> httpx.Response:
        if fault == "outsider":
            platform.signing = pair("outsider")
            platform.serial = platform.signing.serial
        elif fault == "other_key":
            platform.signing = pair("outsider")
        answer = platform.certificates(request)
        if fault == "forged":
            answer.headers["wechatpay-signature"] = flipped(answer.headers["wechatpay-signature"])
        if fault == "stale":
            answer.headers["wechatpay-timestamp"] = "1"
        return answer

    platform.listing = certificates

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            assert not await knows(merchant, pair("platform"))
            assert not await knows(merchant, pair("outsider"))
            with pytest.raises(AnswerNotTrusted):
                await merchant.keys.for_hiding()

    asyncio.run(scene())


def test_a_breakdown_of_the_list_is_outlived() -> None:
    platform = Platform()
    is_down = True

    def certificates(request: httpx.Request) -> httpx.Response:
        return (
            platform.said({"code": "SYSTEM_ERROR"}, 500)
            if is_down
            else platform.certificates(request)
        )

    platform.listing = certificates

    async def scene() -> None:
        nonlocal is_down
        async with a_merchant(platform) as merchant:
            assert not await knows(merchant, platform.signing)
            is_down = False
            assert await knows(merchant, platform.signing)

    asyncio.run(scene())


def test_fields_are_hidden_with_the_newest_key_in_force() -> None:
    platform = Platform()
    old, new, future = pair("platform"), pair("new platform"), pair("future platform")
    days = {old.serial: -2, new.serial: -1, future.serial: 1}

    def certificates(_request: httpx.Request) -> httpx.Response:
        now = datetime.fromtimestamp(NOW, UTC)
        starts = {serial: (now + timedelta(days=day)).isoformat() for serial, day in days.items()}
        said = [listed(each) | {"effective_time": starts[each.serial]} for each in platform.listed]
        return platform.said({"data": said})

    platform.listing = certificates
    platform.listed = [future, old, new]

    async def scene() -> None:
        async with a_merchant(platform) as merchant:
            assert (await merchant.keys.for_hiding()).serial == new.serial
            platform.listed = [future, old]
            assert (await merchant.keys.for_hiding()).serial == new.serial
            platform.time.seconds += REFRESH_SECONDS_MAX
            assert (await merchant.keys.for_hiding()).serial == old.serial
            assert await knows(merchant, future)
            assert platform.downloads == 2

    asyncio.run(scene())


def test_public_keys_and_certificates_stand_side_by_side() -> None:
    platform = Platform()

    async def scene() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(platform.handle)) as client:
            merchant = open_merchant(
                credentials(),
                Transport(HOSTS, client=client, means=platform.time.means()),
                appids=[APPID],
                public_keys={PUBLIC_KEY_ID: pair("public").public_pem},
                has_certificates=True,
            )
            assert merchant.keys.asked_serial == PUBLIC_KEY_ID
            assert await merchant.keys.find(PUBLIC_KEY_ID) is not None
            assert await merchant.keys.find("PUB_KEY_ID_00") is None
            assert platform.downloads == 0
            assert await knows(merchant, platform.signing)
            assert (await merchant.keys.for_hiding()).serial == PUBLIC_KEY_ID

    asyncio.run(scene())


def test_in_public_key_mode_no_certificate_is_asked_for() -> None:
    platform = Platform()

    async def scene() -> None:
        async with a_merchant(platform, is_public=True) as merchant:
            assert await merchant.keys.find(pair("platform").serial) is None
            assert platform.downloads == 0

    asyncio.run(scene())


def test_what_is_no_public_key_is_refused() -> None:
    platform = Platform()
    with pytest.raises(ValueError, match="PEM"):
        asyncio.run(_opened(platform, "no key"))


async def _opened(platform: Platform, pem: str) -> None:
    async with httpx.AsyncClient(transport=httpx.MockTransport(platform.handle)) as client:
        open_merchant(
            credentials(),
            Transport(HOSTS, client=client),
            appids=[APPID],
            public_keys={PUBLIC_KEY_ID: pem},
            has_certificates=False,
        )
