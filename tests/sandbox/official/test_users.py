"""What an account may know of its fans."""

from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Stage


def test_a_fan_is_told_without_name_and_picture(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        fan = await stage.fan(account, scene="ADD_SCENE_PROFILE_CARD")
        openid = await account.openid(fan)
        told = await account.get("/cgi-bin/user/info", openid=openid)
        assert {name: value for name, value in told.items() if value} == {
            "subscribe": 1,
            "openid": openid,
            "language": "zh_CN",
            "subscribe_time": told["subscribe_time"],
            "unionid": told["unionid"],
            "subscribe_scene": "ADD_SCENE_PROFILE_CARD",
        }
        assert abs(told["subscribe_time"] - stage.world.clock.now().timestamp()) < 5
        assert (told["nickname"], told["headimgurl"], told["sex"]) == ("", "", 0)

    perform(play)


def test_of_one_who_does_not_follow_only_the_name_is_told(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        fan, stranger = await stage.fan(account), await stage.person()
        name, other = await account.openid(fan), await account.openid(stranger)
        assert await account.get("/cgi-bin/user/info", openid=other) == {
            "subscribe": 0,
            "openid": other,
        }
        await stage.do("unfollow", appid=account.appid, person_id=fan)
        told = await account.get("/cgi-bin/user/info", openid=name)
        assert told == {"subscribe": 0, "openid": name}
        foreign = await (await stage.account()).openid(fan)
        for openid, number in ((foreign, 40003), ("o" * 28, 40003), ("", 41009)):
            refused = await account.get("/cgi-bin/user/info", openid=openid)
            assert refused["errcode"] == number

    perform(play)


def test_up_to_a_hundred_are_told_at_once(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openids = [await account.openid(await stage.fan(account)) for _ in range(3)]
        batch = "/cgi-bin/user/info/batchget"
        asked = {"user_list": [{"openid": each, "lang": "en"} for each in openids]}
        told = (await account.post(batch, asked))["user_info_list"]
        assert [each["openid"] for each in told] == openids
        assert {each["language"] for each in told} == {"en"}
        many = {"user_list": [{"openid": openids[0]}] * 101}
        assert await account.code(batch, many) == 40032
        assert await account.code(batch, {"user_list": []}) == 40032
        assert await account.code(batch, {"user_list": "x"}) == 47001

    perform(play)


def test_the_list_of_fans_goes_on_after_a_name(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        assert await account.get("/cgi-bin/user/get") == {
            "total": 0,
            "count": 0,
            "next_openid": "",
        }
        openids = [await account.openid(await stage.fan(account)) for _ in range(4)]
        assert await account.get("/cgi-bin/user/get") == {
            "total": 4,
            "count": 4,
            "data": {"openid": openids},
            "next_openid": openids[-1],
        }
        after = await account.get("/cgi-bin/user/get", next_openid=openids[1])
        assert after["data"]["openid"] == openids[2:]
        end = await account.get("/cgi-bin/user/get", next_openid=openids[3])
        assert end == {"total": 4, "count": 0, "next_openid": ""}
        odd = await account.get("/cgi-bin/user/get", next_openid="nobody")
        assert odd["errcode"] == 40003

    perform(play)


def test_a_remark_is_shorter_than_thirty_letters(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openid = await account.openid(await stage.fan(account))
        remark = "/cgi-bin/user/info/updateremark"
        assert await account.code(remark, {"openid": openid, "remark": "老客户"}) == 0
        assert (await account.get("/cgi-bin/user/info", openid=openid))["remark"] == "老客户"
        assert await account.code(remark, {"openid": openid, "remark": "长" * 30}) == 40035
        assert await account.code(remark, {"openid": "nobody", "remark": ""}) == 40003

    perform(play)


def test_the_black_list_holds_twenty_names_a_call(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        openids = [await account.openid(await stage.fan(account)) for _ in range(3)]
        put, take = (
            "/cgi-bin/tags/members/batchblacklist",
            "/cgi-bin/tags/members/batchunblacklist",
        )
        tell = "/cgi-bin/tags/members/getblacklist"
        assert await account.post(tell, {}) == {"total": 0, "count": 0}
        assert await account.code(put, {"openid_list": openids[:2]}) == 0
        assert await account.post(tell, {"begin_openid": ""}) == {
            "total": 2,
            "count": 2,
            "data": {"openid": openids[:2]},
            "next_openid": openids[1],
        }
        assert await account.code(take, {"openid_list": openids[:1]}) == 0
        assert (await account.post(tell, {}))["data"] == {"openid": openids[1:2]}
        assert await account.code(put, {"openid_list": openids * 7}) == 40032
        assert await account.code(put, {"openid_list": ["nobody"]}) == 49003

    perform(play)


def test_a_mini_program_has_no_fans_to_ask_for(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        program = await stage.account("mini")
        for path in ("/cgi-bin/user/get", "/cgi-bin/menu/get", "/cgi-bin/tags/get"):
            assert (await program.get(path))["errcode"] == 48001

    perform(play)
