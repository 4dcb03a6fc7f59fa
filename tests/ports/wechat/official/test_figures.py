"""The data cube, short keys and the connection's upkeep: requests and answers as documented."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jishi.ports.wechat.official import data_cube, short_keys, upkeep
from jishi.ports.wechat.official.data_cube import Figure, Span
from tests.ports.wechat.official.stage import Case, asked, check, over_limit, staged

READ = {
    "int_page_read_user": 1, "int_page_read_count": 2, "ori_page_read_user": 3,
    "ori_page_read_count": 4, "share_user": 5, "share_count": 6, "add_to_fav_user": 7,
    "add_to_fav_count": 8,
}  # fmt: skip
COUNTED = {
    "readers": 1, "reads": 2, "original_readers": 3, "original_reads": 4, "sharers": 5,
    "shares": 6, "keepers": 7, "keeps": 8,
}  # fmt: skip
DAY, REF = date(2026, 11, 1), {"ref_date": "2026-11-01"}
FIGURES: list[tuple[Figure[Any], dict[str, Any], Any]] = [
    (
        data_cube.FOLLOWERS,
        {"user_source": 17, "new_user": 5, "cancel_user": 2},
        data_cube.Followers(DAY, 17, 5, 2),
    ),
    (data_cube.FOLLOWERS_IN_ALL, {"cumulate_user": 9}, data_cube.FollowersInAll(DAY, 9)),
    (
        data_cube.ARTICLE_DAY,
        {"msgid": "10000050_1", "title": "t", **READ},
        data_cube.ArticleDay(day=DAY, article="10000050_1", title="t", **COUNTED),
    ),
    (
        data_cube.ARTICLE_IN_ALL,
        {
            "msgid": "202457380_1", "title": "t",
            "details": [{"stat_date": "2026-11-01", "target_user": 261917, **READ}],
        },
        data_cube.ArticleInAll(
            day=DAY, article="202457380_1", title="t",
            until=(data_cube.ArticleUntil(day=DAY, addressees=261917, **COUNTED),),
        ),
    ),
    (
        data_cube.READING,
        {"user_source": 1, **READ},
        data_cube.Reading(day=DAY, source=1, **COUNTED),
    ),
    (
        data_cube.READING_BY_HOUR,
        {"ref_hour": 1500, **READ},
        data_cube.Reading(day=DAY, hour=1500, **COUNTED),
    ),
    (
        data_cube.SHARING,
        {"share_scene": 1, "share_count": 207, "share_user": 11},
        data_cube.Sharing(DAY, 0, 1, 11, 207),
    ),
    (
        data_cube.SHARING_BY_HOUR,
        {"ref_hour": 800, "share_scene": 2, "share_count": 3, "share_user": 1},
        data_cube.Sharing(DAY, 800, 2, 1, 3),
    ),
    (
        data_cube.MESSAGES,
        {"msg_type": 1, "msg_user": 282, "msg_count": 817},
        data_cube.Messages(DAY, 0, 1, 282, 817),
    ),
    (data_cube.MESSAGES_BY_HOUR, {"ref_hour": 0}, data_cube.Messages(DAY)),
    (data_cube.MESSAGES_BY_WEEK, {"msg_type": 1}, data_cube.Messages(DAY, kind=1)),
    (data_cube.MESSAGES_BY_MONTH, {"msg_type": 6}, data_cube.Messages(DAY, kind=6)),
    (
        data_cube.PUSHES,
        {
            "callback_count": 36974, "fail_count": 67, "total_time_cost": 14994291,
            "max_time_cost": 5044,
        },
        data_cube.Pushes(DAY, 0, 36974, 67, 14994291, 5044),
    ),
    (
        data_cube.PUSHES_BY_HOUR,
        {"ref_hour": 100, "callback_count": 1},
        data_cube.Pushes(DAY, 100, 1),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "row", "counted"), FIGURES)
def test_a_figure_of_the_data_cube_is_read(
    database_url: str, figure: Figure[Any], row: dict[str, Any], counted: object
) -> None:
    async def play() -> None:
        path = f"/datacube/{figure.name}"
        async with staged(database_url, {path: {"list": [REF | row]}}) as (account, wechat):
            assert await data_cube.count(account, figure, Span(DAY, DAY)) == (counted,)
            span = {"begin_date": "2026-11-01", "end_date": "2026-11-01"}
            assert asked(wechat.last) == ("POST", path, {}, span)

    asyncio.run(play())


def test_spans_that_are_too_long_or_backwards_are_not_asked_for(database_url: str) -> None:
    def span(figure: Figure[Any], last: int) -> Any:
        return lambda account: data_cube.count(account, figure, Span(DAY, date(2026, 11, last)))

    over_limit(
        database_url,
        span(data_cube.FOLLOWERS, 8),
        span(data_cube.ARTICLE_DAY, 2),
        span(data_cube.READING, 4),
        lambda account: data_cube.count(account, data_cube.PUSHES, Span(DAY, date(2026, 10, 31))),
        lambda account: short_keys.keep(account, "字" * 1_366),
        lambda account: short_keys.keep(account, ""),
        lambda account: short_keys.keep(account, "x", life_seconds=2_592_001),
    )


def test_short_keys_are_kept_and_fetched_and_quotas_cleared(database_url: str) -> None:
    since = datetime.fromtimestamp(1_611_047_541, UTC)

    async def play() -> None:
        async with staged(database_url) as (account, wechat):
            await upkeep.clear_quota(account)
            body = {"appid": account.credentials.appid}
            assert asked(wechat.last) == ("POST", "/cgi-bin/clear_quota", {}, body)

    asyncio.run(play())
    check(
        database_url,
        Case(
            lambda account: short_keys.keep(account, "loooong", life_seconds=86_400),
            (
                "POST", "/cgi-bin/shorten/gen", {},
                {"long_data": "loooong", "expire_seconds": 86_400},
            ),
            {"errcode": 0, "short_key": "JDdaCK5kR3wMZzd"},
            "JDdaCK5kR3wMZzd",
        ),
        Case(
            lambda account: short_keys.fetch(account, "JDdaCK5kR3wMZzd"),
            ("POST", "/cgi-bin/shorten/fetch", {}, {"short_key": "JDdaCK5kR3wMZzd"}),
            {"long_data": "loooong", "create_time": 1_611_047_541, "expire_seconds": 86_300},
            short_keys.Kept("loooong", since, 86_300),
        ),
    )  # fmt: skip


def test_the_connection_is_looked_at(database_url: str) -> None:
    seen = {
        "dns": [{"ip": "111.161.64.40", "real_operator": "UNICOM"}],
        "ping": [
            {
                "ip": "111.161.64.40", "from_operator": "UNICOM", "package_loss": "0%",
                "time": "23.079ms",
            }
        ],
    }  # fmt: skip
    check(
        database_url,
        Case(
            upkeep.callback_addresses,
            ("GET", "/cgi-bin/getcallbackip", {}, None),
            {"ip_list": ["127.0.0.1", "101.226.103.0/25"]},
            ("127.0.0.1", "101.226.103.0/25"),
        ),
        Case(
            upkeep.diagnose,
            (
                "POST", "/cgi-bin/callback/check", {},
                {"action": "all", "check_operator": "DEFAULT"},
            ),
            seen,
            upkeep.Diagnosis(
                (upkeep.Looked("111.161.64.40", "UNICOM"),),
                (upkeep.Reached("111.161.64.40", "UNICOM", "0%", "23.079ms"),),
            ),
        ),
    )  # fmt: skip
