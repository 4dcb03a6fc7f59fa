"""Ways into the mini program: codes, links, messages; requests and answers as documented."""

import asyncio
from datetime import UTC, datetime

import pytest

from jishi.ports.wechat.mini import links, notices, page_codes
from jishi.ports.wechat.mini.links import Life, Target
from jishi.ports.wechat.mini.notices import Notice
from jishi.ports.wechat.mini.page_codes import Color, Look
from jishi.ports.wechat.official import ErrcodeAnswered, Given, Meaning
from jishi.ports.wechat.official.notices import Place
from tests.ports.wechat.official.stage import Case, check, over_limit, staged

JPEG = b"\xff\xd8\xff\xe0code"
TARGET = Target("pages/a", "a=1", "trial")
JUMP = {"path": "pages/a", "query": "a=1", "env_version": "trial"}
UNTIL = datetime.fromtimestamp(1_792_000_000, UTC)


def test_codes_are_pictures(database_url: str) -> None:
    picture = Given(JPEG, "image/jpeg")
    look = Look(width=280, line_color=Color(255, 0, 7), is_hyaline=True, env_version="trial")
    check(
        database_url,
        Case(
            lambda account: page_codes.limited(account, "pages/a?b=1", Look()),
            ("POST", "/wxa/getwxacode", {}, {"path": "pages/a?b=1"}),
            JPEG,
            picture,
        ),
        Case(
            lambda account: page_codes.unlimited(
                account, "a=1", look, page="pages/a", is_checked=False
            ),
            (
                "POST", "/wxa/getwxacodeunlimit", {},
                {
                    "scene": "a=1", "page": "pages/a", "check_path": False, "width": 280,
                    "line_color": {"r": 255, "g": 0, "b": 7}, "is_hyaline": True,
                    "env_version": "trial",
                },
            ),
            JPEG,
            picture,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("errcode", "meaning"), [(41030, Meaning.GONE), (45009, Meaning.RATE)])
def test_a_code_that_is_refused_is_told(database_url: str, errcode: int, meaning: Meaning) -> None:
    async def play() -> None:
        refused = {"errcode": errcode, "errmsg": "invalid page"}
        async with staged(database_url, {"/wxa/getwxacodeunlimit": refused}) as (account, _):
            with pytest.raises(ErrcodeAnswered) as caught:
                await page_codes.unlimited(account, "a=1", Look())
            assert caught.value.meaning is meaning

    asyncio.run(play())


def test_links_are_made_for_a_while(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: links.scheme(account, TARGET, Life(days=30)),
            (
                "POST", "/wxa/generatescheme", {},
                {
                    "jump_wxa": JUMP, "is_expire": True, "expire_type": 1, "expire_interval": 30,
                },
            ),
            {"errcode": 0, "openlink": "weixin://dl/business/?t=X"},
            "weixin://dl/business/?t=X",
        ),
        Case(
            lambda account: links.url_link(account, TARGET, Life(until=UNTIL)),
            (
                "POST", "/wxa/generate_urllink", {},
                JUMP | {"expire_type": 0, "expire_time": 1_792_000_000},
            ),
            {"errcode": 0, "url_link": "https://wxaurl.cn/X"},
            "https://wxaurl.cn/X",
        ),
        Case(
            lambda account: links.short_link(account, "pages/a?b=1", "茶", is_permanent=True),
            (
                "POST", "/wxa/genwxashortlink", {},
                {"page_url": "pages/a?b=1", "page_title": "茶", "is_permanent": True},
            ),
            {"errcode": 0, "link": "#小程序://茶/X"},
            "#小程序://茶/X",
        ),
    )  # fmt: skip


def test_notices_of_the_program_are_sent(database_url: str) -> None:
    notice = Notice(
        openid="o1", template_id="T1", data={"number01": Place("339208499")}, page="index",
        program_state="developer", language="zh_CN",
    )  # fmt: skip
    check(
        database_url,
        Case(
            lambda account: notices.send(account, notice),
            (
                "POST", "/cgi-bin/message/subscribe/send", {},
                {
                    "touser": "o1", "template_id": "T1", "page": "index", "lang": "zh_CN",
                    "miniprogram_state": "developer", "data": {"number01": {"value": "339208499"}},
                },
            ),
        ),
    )  # fmt: skip


def test_codes_and_links_outside_their_limits_are_not_asked_for(database_url: str) -> None:
    over_limit(
        database_url,
        lambda account: page_codes.limited(account, "", Look()),
        lambda account: page_codes.limited(account, "x" * 1_025, Look()),
        lambda account: page_codes.limited(account, "x", Look(width=279)),
        lambda account: page_codes.unlimited(account, "x" * 33, Look()),
        lambda account: page_codes.unlimited(account, "", Look()),
        lambda account: page_codes.unlimited(account, "x", Look(width=1_281)),
        lambda account: links.scheme(account, Target("p"), Life(days=31)),
        lambda account: links.url_link(account, Target("p"), Life(days=0)),
        lambda account: links.url_link(account, Target("p", "q" * 1_025), Life()),
    )
