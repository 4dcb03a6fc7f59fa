"""Tokens, people, menus and pages against the sandbox: what works, and what WeChat refuses."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jishi.ports.wechat.failures import AnsweredWithError
from jishi.ports.wechat.official import (
    Account,
    Credentials,
    Meaning,
    menus,
    oauth,
    pages,
    people,
    scene_codes,
    short_keys,
    tags,
    upkeep,
)
from jishi.ports.wechat.official.menus import Audience, Button
from jishi.ports.wechat.official.oauth import BASE, USERINFO, Consent, Grant, Snapshot
from jishi.ports.wechat.signing import page_signature
from tests.ports.wechat.refusals import refused
from tests.ports.wechat.sandboxed import HOSTS, Somebody, Visit, Work, code_of

Run = Callable[[Work], None]
BACK = "http://127.0.0.1/back"


def test_a_token_that_another_process_killed_is_renewed(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        assert await upkeep.callback_addresses(account) == ("127.0.0.1",)
        first = await account.access.current()
        await visitor.scene.arm("token_invalidated")
        got = await asyncio.gather(*(upkeep.callback_addresses(account) for _ in range(10)))
        assert got == [("127.0.0.1",)] * 10
        assert (await account.access.current()).number == first.number + 1

    visit(play)


def test_a_token_that_ended_by_wechats_clock_is_renewed(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await upkeep.callback_addresses(account)
        await visitor.scene.advance(10_800)
        await upkeep.callback_addresses(account)
        assert (await account.access.current()).number == 2

    visit(play)


def test_a_token_that_wechat_still_gives_though_it_refused_it_is_forced(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        first = await account.access.current()
        second = await account.access.instead_of(first)
        assert second.value != first.value
        await upkeep.callback_addresses(account)

    visit(play)


def test_a_wrong_secret_or_an_unknown_account_gets_no_token(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        known = (await visitor.account()).credentials
        for appid, secret, errcode in (
            (known.appid, "0" * 32, 40125),
            ("wx0000000000000000", known.secret, 40013),
        ):
            stranger = visitor.ours(Credentials(appid, secret))
            call = upkeep.callback_addresses(stranger)
            failure = await refused(errcode, Meaning.BAD_SETTINGS, call)
            assert secret not in str(failure)

    visit(play)


def test_a_busy_and_a_strict_wechat_are_told_apart(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await account.access.current()
        await visitor.scene.arm("system_error", operation="/cgi-bin/getcallbackip", times=2)
        assert await upkeep.callback_addresses(account) == ("127.0.0.1",)
        await visitor.scene.arm("rate_limited", operation="/cgi-bin/getcallbackip")
        await refused(45009, Meaning.RATE, upkeep.callback_addresses(account))
        await visitor.scene.arm("dropped", operation="/cgi-bin/tags/create")
        with pytest.raises(AnsweredWithError) as caught:
            await tags.create(account, "熟客")
        assert not caught.value.is_certain
        assert [tag.name for tag in await tags.every(account) if tag.id > 2] == ["熟客"]

    visit(play)


def test_quotas_are_cleared_ten_times_a_month(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        for _ in range(10):
            await upkeep.clear_quota(account)
        await refused(48006, Meaning.QUOTA, upkeep.clear_quota(account))
        await visitor.listen(account)
        diagnosis = await upkeep.diagnose(account)
        assert [each.ip for each in diagnosis.dns] == ["shop.test"]

    visit(play)


def test_followers_are_listed_told_of_remarked_and_blocked(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        assert await people.page(account) == people.Page()
        one = (await visitor.fan(account)).openid
        goer = await visitor.fan(account, 1)
        two = goer.openid
        page = await people.page(account)
        assert (page.total, page.count, set(page.data.openid)) == (2, 2, {one, two})
        await people.set_remark(account, one, "常客")
        told = await people.one(account, one)
        assert (told.is_following, told.remark) == (True, "常客")
        assert told.scene == "ADD_SCENE_SEARCH"
        assert told.followed_at is not None
        await visitor.do("unfollow", account, goer)
        gone = await people.several(account, [two, one])
        assert [each.is_following for each in gone] == [False, True]
        await refused(40003, Meaning.GONE, people.one(account, "nobody"))
        await people.block(account, [one])
        assert (await people.blocked(account)).data.openid == (one,)
        await people.unblock(account, [one])
        assert (await people.blocked(account)).data.openid == ()

    visit(play)


def test_tags_have_names_people_and_limits(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        openid = (await visitor.fan(account)).openid
        tag = await tags.create(account, "爱茶")
        await refused(45157, Meaning.EXISTS, tags.create(account, "爱茶"))
        await tags.rename(account, tag.id, "茶友")
        await tags.tag(account, tag.id, [openid])
        assert await tags.tags_of(account, openid) == (tag.id,)
        assert (await tags.people_with(account, tag.id)).data.openid == (openid,)
        (kept,) = (each for each in await tags.every(account) if each.id == tag.id)
        assert (kept.name, kept.count) == ("茶友", 1)
        await tags.untag(account, tag.id, [openid])
        assert await tags.tags_of(account, openid) == ()
        await tags.delete(account, tag.id)
        await refused(45159, Meaning.GONE, tags.tag(account, tag.id, [openid]))

    visit(play)


def test_who_came_by_a_scene_code_is_known(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        code = await scene_codes.create_temporary(account, "poster 7", life_seconds=600)
        assert code.expire_seconds == 600
        picture = await visitor.scene.http.get(scene_codes.image_url(HOSTS, code.ticket))
        assert picture.headers["content-type"].startswith("image/")
        person = visitor.somebody(account)
        await visitor.scan(person, code.url)
        told = await people.one(account, person.openid)
        assert (told.scene, told.scene_str) == ("ADD_SCENE_QR_CODE", "poster 7")
        permanent = await scene_codes.create_permanent(account, 9)
        assert (await scene_codes.create_permanent(account, 9)).ticket == permanent.ticket
        assert permanent.expire_seconds is None

    visit(play)


def test_menus_are_for_all_and_for_some(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        openid = (await visitor.fan(account)).openid
        await refused(46003, Meaning.GONE, menus.kept(account))
        shop = Button("逛逛", "view", url="http://127.0.0.1/shop")
        more = Button("更多", below=(Button("签到", "click", key="CHECK_IN"), shop))
        await menus.create(account, [shop, more])
        assert (await menus.kept(account)).menu.buttons == (shop, more)
        assert [each.name for each in (await menus.shown(account)).menu.buttons] == [
            "逛逛", "更多",
        ]  # fmt: skip
        tag = await tags.create(account, "贵客")
        await tags.tag(account, tag.id, [openid])
        menu_id = await menus.add_conditional(account, [shop], Audience(tag_id=str(tag.id)))
        assert await menus.try_for(account, openid) == (shop,)
        assert [each.menu_id for each in (await menus.kept(account)).conditional] == [menu_id]
        await menus.delete_conditional(account, menu_id)
        assert await menus.try_for(account, openid) == (shop, more)
        await refused(65301, Meaning.GONE, menus.delete_conditional(account, menu_id))
        await menus.delete(account)
        assert not (await menus.shown(account)).is_open

    visit(play)


async def come_back(visitor: Visit, account: Account, person: Somebody, consent: Consent) -> str:
    """Lead somebody to the consent page and give the code they come back with."""
    url = oauth.consent_url(HOSTS, account.credentials.appid, consent)
    return code_of(await visitor.open(url, person))


def test_a_code_is_good_once_and_for_five_minutes(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        person = await visitor.fan(account)
        silent = Consent(redirect_url=BACK, scope=BASE, state="s1")
        code = await come_back(visitor, account, person, silent)
        grant = await oauth.exchange(account, code)
        assert isinstance(grant, Grant)
        assert (grant.openid, grant.scope) == (person.openid, BASE)
        await refused(40163, Meaning.GONE, oauth.exchange(account, code))
        await refused(40029, Meaning.GONE, oauth.exchange(account, "0" * 32))
        await oauth.check(account, grant)
        await refused(48001, Meaning.NOT_ALLOWED, oauth.profile(account, grant))
        renewed = await oauth.renew(account, grant.keys.refresh_token)
        assert isinstance(renewed, Grant)
        assert renewed.openid == person.openid
        late = await come_back(visitor, account, person, silent)
        await visitor.scene.advance(360)
        await refused(42003, Meaning.GONE, oauth.exchange(account, late))

    visit(play)


def test_a_snapshot_is_nobody(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        person = await visitor.fan(account)
        forced = Consent(redirect_url=BACK, scope=USERINFO, state="s", is_snapshot_forced=True)
        code = await come_back(visitor, account, person, forced)
        assert await oauth.exchange(account, code) == Snapshot(USERINFO)

    visit(play)


def test_pages_are_signed_with_the_ticket_and_keys_kept_short(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        now, url = datetime.now(UTC), "http://127.0.0.1/shop?a=1"
        config = await pages.configure(account, url + "#top", "n0nce", now)
        ticket = (await account.ticket()).value
        assert config.signature == page_signature(ticket, "n0nce", config.timestamp, url)
        key = await short_keys.keep(account, "很长的一段话", life_seconds=60)
        assert (await short_keys.fetch(account, key)).text == "很长的一段话"
        await visitor.scene.advance(120)
        await refused(9300501, Meaning.GONE, short_keys.fetch(account, key))

    visit(play)
