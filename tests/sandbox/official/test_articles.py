"""Drafts, publishing, and articles that anybody can read."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from jishi.sandbox.articles.article_rules import Article, PictureId, Pictures, reason_against
from jishi.sandbox.articles.filtering import filtered
from jishi.sandbox.official import deeds
from jishi.sandbox.official.limits import BEIJING, day_begin
from jishi.sandbox.program.safety_words import RISKY
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Account, Stage

JPEG = b"\xff\xd8\xff" + b"0" * 50
BASE = "http://127.0.0.1:8001"
ADD, GET, UPDATE = "/cgi-bin/draft/add", "/cgi-bin/draft/get", "/cgi-bin/draft/update"
SUBMIT, STATUS = "/cgi-bin/freepublish/submit", "/cgi-bin/freepublish/get"
GOOD = Article(title="春茶", content="<p>好</p>", thumb_media_id="m")


def changed(**more: Any) -> Article:
    fields = {name: getattr(GOOD, name) for name in Article.__struct_fields__}
    return Article(**{**fields, **more})


@pytest.mark.parametrize(
    ("article", "number"),
    [
        (GOOD, None),
        (changed(title=""), 45003),
        (changed(title="字" * 33), 45003),
        (changed(author="字" * 17), 45110),
        (changed(digest="字" * 129), 45004),
        (changed(content_source_url="https://a/" + "x" * 1024), 45005),
        (changed(content="x" * 20_000), 45002),
        (changed(content=" "), 45166),
        (changed(article_type="film"), 45166),
        (changed(article_type="newspic"), 45166),
        (changed(article_type="newspic", image_info=Pictures([PictureId("m")])), None),
        (changed(article_type="newspic", image_info=Pictures([PictureId("m")] * 21)), 45166),
    ],
)
def test_an_article_is_refused_by_its_number(article: Article, number: int | None) -> None:
    assert reason_against(article) == number


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>好<script>alert(1)</script></p>", "<p>好</p>"),
        ('<p onclick="x()">好</p>', "<p>好</p>"),
        ('<a href="https://shop.test/">店</a>', "<a>店</a>"),
        (f'<a href="{BASE}/s/x">文</a>', f'<a href="{BASE}/s/x">文</a>'),
        (
            '<a href="https://mp.weixin.qq.com/s/x">文</a>',
            '<a href="https://mp.weixin.qq.com/s/x">文</a>',
        ),
        ('<a href="javascript:x()">x</a>', "<a>x</a>"),
        ('<a data-miniprogram-appid="wx1">程</a>', '<a data-miniprogram-appid="wx1">程</a>'),
        ('<img src="https://evil.test/a.png">', ""),
        (f'<img src="{BASE}/mmbiz/m">', f'<img src="{BASE}/mmbiz/m">'),
        ("<iframe src='https://a.test/'></iframe>", ""),
        ('<p style="color:red;position:fixed">好</p>', '<p style="color:red">好</p>'),
        ("<!-- 暗号 --><p>好</p>", "<p>好</p>"),
    ],
)
def test_html_is_filtered_as_it_is_there(html: str, kept: str) -> None:
    assert filtered(html, BASE) == kept


async def thumb(account: Account) -> str:
    told = await account.upload("/cgi-bin/material/add_material", JPEG, type="image")
    return str(told["media_id"])


async def drafted(account: Account, **more: object) -> str:
    article = {
        "title": "春茶上市", "author": "阿满", "content": "<p>明前<b>青砖</b></p>",
        "content_source_url": "https://shop.test/p/1", "thumb_media_id": await thumb(account),
    } | more  # fmt: skip
    return str((await account.post(ADD, {"articles": [article]}))["media_id"])


def test_a_draft_is_kept_changed_listed_and_thrown_away(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        media_id = await drafted(account)
        told = await account.post(GET, {"media_id": media_id})
        (item,) = told["news_item"]
        assert item["digest"] == "明前青砖"
        assert item["thumb_url"] == f"{BASE}/mmbiz/{item['thumb_media_id']}"
        assert await account.get("/cgi-bin/draft/count") == {"total_count": 1}
        page = await account.post(
            "/cgi-bin/draft/batchget", {"offset": 0, "count": 20, "no_content": 1}
        )
        assert page["item"][0]["content"]["news_item"][0]["content"] == ""
        new = {"title": "新", "content": "<p>新</p>", "thumb_media_id": item["thumb_media_id"]}
        change = {"media_id": media_id, "index": 0, "articles": new}
        assert await account.code(UPDATE, change) == 0
        assert (await account.post(GET, {"media_id": media_id}))["news_item"][0]["title"] == "新"
        assert await account.code(UPDATE, {**change, "index": 1}) == 40114
        assert await account.code(UPDATE, {**change, "media_id": "none"}) == 40007
        assert await account.code("/cgi-bin/draft/delete", {"media_id": media_id}) == 0
        assert await account.code(GET, {"media_id": media_id}) == 40007
        assert (await account.post("/cgi-bin/draft/switch"))["is_open"] == 1

    perform(play)


def test_a_draft_needs_a_cover_that_is_there_for_ever(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        article = {"title": "春茶", "content": "<p>好</p>"}
        brief = (await account.upload("/cgi-bin/media/upload", JPEG, type="thumb"))[
            "thumb_media_id"
        ]
        for cover in ("", "none", brief):
            body = {"articles": [{**article, "thumb_media_id": cover}]}
            assert await account.code(ADD, body) == 40007
        good = {**article, "thumb_media_id": await thumb(account)}
        assert await account.code(ADD, {"articles": []}) == 44003
        assert await account.code(ADD, {"articles": [good] * 9}) == 45008
        assert await account.code(ADD, {"articles": good}) == 47001
        assert await account.code(ADD, {}) == 47001

    perform(play)


def test_a_draft_is_published_by_and_by(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account(push_url="http://shop.test/wechat")
        media_id = await drafted(account)
        told = await account.post(SUBMIT, {"media_id": media_id})
        job = {"publish_id": told["publish_id"]}
        assert (await account.post(STATUS, job))["publish_status"] == 1
        assert await account.code(SUBMIT, {"media_id": media_id}) == 53501
        await stage.advance(seconds=5)
        done = await account.post(STATUS, job)
        assert (done["publish_status"], done["fail_idx"]) == (0, [])
        (item,) = done["article_detail"]["item"]
        came = stage.receiver.everything()
        assert (
            f"<publish_id>{told['publish_id']}</publish_id><publish_status>0</publish_status>"
            f"<article_id><![CDATA[{done['article_id']}]]></article_id>"
        ) in came
        assert await account.code(GET, {"media_id": media_id}) == 40007
        page = await stage.http.get(item["article_url"])
        for words in ("春茶上市", "阿满", "青石小店", "<b>青砖</b>", "阅读原文", "年"):
            assert words in page.text
        assert 'href="https://shop.test/p/1"' in unescape(page.text)
        article = await account.post(
            "/cgi-bin/freepublish/getarticle", {"article_id": done["article_id"]}
        )
        assert article["news_item"][0]["url"] == item["article_url"]
        assert article["news_item"][0]["is_deleted"] is False
        listed = await account.post("/cgi-bin/freepublish/batchget", {"offset": 0, "count": 1})
        assert listed["total_count"] == 1
        assert listed["item"][0]["article_id"] == done["article_id"]
        delete = "/cgi-bin/freepublish/delete"
        assert await account.code(delete, {"article_id": done["article_id"], "index": 2}) == 53600
        assert await account.code(delete, {"article_id": done["article_id"]}) == 0
        assert (await account.post(STATUS, job))["publish_status"] == 5
        assert "该内容已被发布者删除" in (await stage.http.get(item["article_url"])).text
        assert (await stage.http.get("/s/none")).status_code == 404

    perform(play)


def test_risky_words_do_not_pass_the_review(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        media_id = await drafted(account, content=f"<p>{RISKY[0]}</p>")
        told = await account.post(SUBMIT, {"media_id": media_id})
        await stage.advance(seconds=5)
        done = await account.post(STATUS, {"publish_id": told["publish_id"]})
        assert (done["publish_status"], done["fail_idx"]) == (4, [1])
        assert "article_id" not in done
        assert (await account.post(GET, {"media_id": media_id}))["news_item"]

    perform(play)


def test_an_account_without_the_right_does_not_publish(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        media_id = await drafted(account)
        await stage.scene.control(
            "PUT", f"/sandbox/accounts/{account.appid}", {"can_publish": False}
        )
        assert await account.code(SUBMIT, {"media_id": media_id}) == 48001
        for path, body in (
            (STATUS, {"publish_id": 1}),
            ("/cgi-bin/freepublish/delete", {"article_id": "x"}),
            ("/cgi-bin/freepublish/getarticle", {"article_id": "x"}),
            ("/cgi-bin/freepublish/batchget", {"offset": 0, "count": 1}),
        ):
            assert await account.code(path, body) == 48001
        await stage.scene.control(
            "PUT", f"/sandbox/accounts/{account.appid}", {"can_publish": True}
        )
        assert await account.code(SUBMIT, {"media_id": "none"}) == 40007
        assert await account.code(STATUS, {"publish_id": 1}) == 53502
        assert await account.code(STATUS, {"publish_id": "x"}) == 53502
        foreign = await stage.account()
        told = await account.post(SUBMIT, {"media_id": media_id})
        assert await foreign.code(STATUS, {"publish_id": told["publish_id"]}) == 53502

    perform(play)


def test_a_published_article_goes_into_a_chat(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        told = await account.post(SUBMIT, {"media_id": await drafted(account)})
        await stage.advance(seconds=5)
        done = await account.post(STATUS, {"publish_id": told["publish_id"]})
        person = await stage.fan(account)
        body = {
            "touser": await account.openid(person), "msgtype": "mpnewsarticle",
            "mpnewsarticle": {"article_id": done["article_id"]},
        }  # fmt: skip
        assert await account.code("/cgi-bin/message/custom/send", body) == 0
        button = {"type": "article_id", "name": "看茶", "article_id": done["article_id"]}
        await account.post("/cgi-bin/menu/create", {"button": [button]})
        await stage.do("menu", appid=account.appid, person_id=person, button="看茶")
        url = done["article_detail"]["item"][0]["article_url"]
        shown = [each["content"]["pieces"][0]["url"] for each in await account.chat(person)]
        assert shown == [url, url]

    perform(play)


def test_what_happened_is_counted_a_day_later(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        now = stage.world.clock.now()
        await stage.advance(seconds=(day_begin(now) + timedelta(hours=25) - now).total_seconds())
        await account.take_token()
        day = stage.world.clock.now().astimezone(BEIJING).date().isoformat()
        fans = [await stage.fan(account, scene="ADD_SCENE_PROFILE_CARD") for _ in range(3)]
        await stage.do("unfollow", appid=account.appid, person_id=fans[0])
        await stage.do("say", appid=account.appid, person_id=fans[1], text="好茶")
        told = await account.post(SUBMIT, {"media_id": await drafted(account)})
        await stage.advance(seconds=5)
        done = await account.post(STATUS, {"publish_id": told["publish_id"]})
        url = done["article_detail"]["item"][0]["article_url"]
        for person in (fans[1], fans[1], fans[2]):
            assert (await stage.open(f"{url}?from=moments", person)).status_code == 200
        await deeds.share(stage.world, fans[1], url.rpartition("/")[2], "moments")
        span = {"begin_date": day, "end_date": day}
        assert await account.code("/datacube/getusersummary", span) == 61501
        await stage.advance(days=1)
        await account.take_token()

        async def told_of(path: str) -> Any:
            return (await account.post(f"/datacube/{path}", span))["list"]

        assert await told_of("getusersummary") == [
            {"ref_date": day, "user_source": 0, "new_user": 0, "cancel_user": 1},
            {"ref_date": day, "user_source": 17, "new_user": 3, "cancel_user": 0},
        ]
        assert await told_of("getusercumulate") == [
            {"ref_date": day, "user_source": 0, "cumulate_user": 2}
        ]
        (figures,) = await told_of("getarticlesummary")
        assert (figures["int_page_read_user"], figures["int_page_read_count"]) == (2, 3)
        assert (figures["share_user"], figures["share_count"]) == (1, 1)
        assert await told_of("getuserread") == [
            {"ref_date": day, "int_page_read_user": 2, "int_page_read_count": 3,
             "share_user": 1, "share_count": 1}
        ]  # fmt: skip
        assert await told_of("getusershare") == [
            {"ref_date": day, "share_scene": 2, "share_count": 1, "share_user": 1}
        ]
        assert await told_of("getupstreammsg") == [
            {"ref_date": day, "msg_type": 1, "msg_user": 1, "msg_count": 1}
        ]

    perform(play)


def test_figures_of_no_days_are_refused(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        for begin, end, number in (
            ("x", "2026-01-01", 61500),
            ("2026-01-01", "2026-01-08", 61501),
            ("2026-01-02", "2026-01-01", 61501),
        ):
            odd = {"begin_date": begin, "end_date": end}
            assert await account.code("/datacube/getusersummary", odd) == number

    perform(play)
