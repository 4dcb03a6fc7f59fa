"""Tags of fans and their limits."""

from typing import Any

from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

CREATE, UPDATE, DELETE = "/cgi-bin/tags/create", "/cgi-bin/tags/update", "/cgi-bin/tags/delete"
TAG, UNTAG = "/cgi-bin/tags/members/batchtagging", "/cgi-bin/tags/members/batchuntagging"
OF_FAN, OF_TAG = "/cgi-bin/tags/getidlist", "/cgi-bin/user/tag/get"


async def make(account: Account, name: str) -> Any:
    return await account.post(CREATE, {"tag": {"name": name}})


def test_a_tag_is_made_renamed_and_deleted(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert await make(account, "常客") == {"tag": {"id": 100, "name": "常客"}}
        assert await account.code(UPDATE, {"tag": {"id": 100, "name": "熟客"}}) == 0
        told = await account.get("/cgi-bin/tags/get")
        assert told["tags"] == [
            {"id": 2, "name": "星标组", "count": 0},
            {"id": 100, "name": "熟客", "count": 0},
        ]
        assert await account.code(DELETE, {"tag": {"id": 100}}) == 0
        assert await account.code(DELETE, {"tag": {"id": 100}}) == 45159
        assert await account.code(UPDATE, {"tag": {"id": 100, "name": "无"}}) == 45159

    perform(play)


def test_names_are_there_once_and_at_most_thirty_bytes(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert (await make(account, "十" * 10))["tag"]["id"] == 100
        for name, number in (("十" * 10, 45157), ("", 45157), (" ", 45157), ("字" * 11, 45158)):
            assert (await make(account, name))["errcode"] == number
        assert (await make(account, "新"))["tag"]["id"] == 101
        taken = {"tag": {"id": 101, "name": "十" * 10}}
        assert await account.code(UPDATE, taken) == 45157
        assert await account.code(UPDATE, {"tag": {"id": 101, "name": "新"}}) == 0

    perform(play)


def test_the_system_keeps_the_numbers_up_to_two(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        for number in (0, 1, 2):
            assert await account.code(UPDATE, {"tag": {"id": number, "name": "我的"}}) == 45058
            assert await account.code(DELETE, {"tag": {"id": number}}) == 45058

    perform(play)


def test_an_account_has_a_hundred_tags(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        for number in range(100):
            assert "tag" in await make(account, f"标签{number}")
        assert (await make(account, "再来"))["errcode"] == 45056

    perform(play)


def test_fans_are_tagged_and_found_by_their_tag(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        tag = (await make(account, "常客"))["tag"]["id"]
        fans = [await stage.fan(account) for _ in range(3)]
        openids = [await account.openid(each) for each in fans]
        assert await account.code(TAG, {"openid_list": openids[:2], "tagid": tag}) == 0
        assert await account.code(TAG, {"openid_list": openids[:2], "tagid": tag}) == 0
        assert await account.post(OF_FAN, {"openid": openids[0]}) == {"tagid_list": [tag]}
        assert await account.post(OF_TAG, {"tagid": tag}) == {
            "count": 2,
            "data": {"openid": openids[:2]},
            "next_openid": openids[1],
        }
        after = await account.post(OF_TAG, {"tagid": tag, "next_openid": openids[0]})
        assert after["data"] == {"openid": openids[1:2]}
        await stage.do("unfollow", appid=account.appid, person_id=fans[1])
        assert (await account.get("/cgi-bin/tags/get"))["tags"][1]["count"] == 1
        assert await account.code(UNTAG, {"openid_list": openids[:2], "tagid": tag}) == 0
        assert await account.post(OF_TAG, {"tagid": tag}) == {"count": 0}

    perform(play)


def test_what_is_wrong_with_a_tagging_is_told(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        tag = (await make(account, "常客"))["tag"]["id"]
        openid = await account.openid(await stage.fan(account))
        stranger = await account.openid(await stage.person())
        for openids, number, refused in (
            ([], tag, 40032),
            ([openid] * 51, tag, 40032),
            (["nobody"], tag, 49003),
            ([openid], 999, 45159),
            ([stranger], tag, 40003),
        ):
            assert await account.code(TAG, {"openid_list": openids, "tagid": number}) == refused
        assert await account.code(OF_TAG, {"tagid": 999}) == 45159
        assert await account.code(OF_FAN, {"openid": stranger}) == 40003
        assert await account.code(TAG, {"openid_list": [openid]}) == 47001

    perform(play)


def test_a_fan_has_twenty_tags(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openid = await account.openid(await stage.fan(account))
        tags = [(await make(account, f"标签{each}"))["tag"]["id"] for each in range(21)]
        codes = [await account.code(TAG, {"openid_list": [openid], "tagid": each}) for each in tags]
        assert codes == [0] * 20 + [45059]
        assert (await account.post(OF_FAN, {"openid": openid}))["tagid_list"] == tags[:20]

    perform(play)
