"""Drafts, publications and media: requests and answers as documented."""

import asyncio
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from typing import Any

import httpx
import pytest

from jishi.ports.wechat.failures import AnswerNotTrusted
from jishi.ports.wechat.official import (
    ErrcodeAnswered,
    File,
    Given,
    drafts,
    materials,
    media,
    publishing,
)
from jishi.ports.wechat.official.drafts import Article, Content, Draft, Picture, Pictures
from jishi.ports.wechat.official.media import Kind
from jishi.ports.wechat.official.publishing import Address, Addresses, Published, PublishStatus
from tests.ports.wechat.official.stage import Case, check, over_limit, staged

ARTICLE = Article(
    title="春茶", author="集市", digest="新", content="<p>茶</p>", thumb_media_id="th",
    source_url="https://shop.example/a", need_open_comment=1,
)  # fmt: skip
PICTURES = Article(
    title="图", content="看", article_type="newspic", images=Pictures((Picture("m1"),))
)
WIRE = {
    "title": "春茶", "author": "集市", "digest": "新", "content": "<p>茶</p>",
    "thumb_media_id": "th", "content_source_url": "https://shop.example/a", "need_open_comment": 1,
}  # fmt: skip
WIRE_PICTURES = {
    "article_type": "newspic", "title": "图", "content": "看",
    "image_info": {"image_list": [{"image_media_id": "m1"}]},
}  # fmt: skip
CONTENT = {"news_item": [WIRE]}
SINCE, SECONDS = datetime.fromtimestamp(1_790_000_000, UTC), 1_790_000_000
JPEG = File('茶 "1".jpg', b"\xff\xd8\xff\xe0jpeg", "image/jpeg")


def test_drafts_are_kept_changed_and_listed(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: drafts.add(account, [ARTICLE, PICTURES]),
            ("POST", "/cgi-bin/draft/add", {}, {"articles": [WIRE, WIRE_PICTURES]}),
            {"media_id": "D1", "item": []},
            "D1",
        ),
        Case(
            lambda account: drafts.get(account, "D1"),
            ("POST", "/cgi-bin/draft/get", {}, {"media_id": "D1"}),
            {"news_item": [WIRE | {"article_type": "news", "show_cover_pic": 0}]},
            (ARTICLE,),
        ),
        Case(
            lambda account: drafts.update(account, "D1", 0, ARTICLE),
            (
                "POST", "/cgi-bin/draft/update", {},
                {"media_id": "D1", "index": 0, "articles": WIRE},
            ),
        ),
        Case(
            lambda account: drafts.delete(account, "D1"),
            ("POST", "/cgi-bin/draft/delete", {}, {"media_id": "D1"}),
        ),
        Case(drafts.count, ("GET", "/cgi-bin/draft/count", {}, None), {"total_count": 7}, 7),
    )  # fmt: skip


def test_drafts_are_listed_and_switched_on(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: drafts.page(account, 20, 10, has_content=False),
            (
                "POST", "/cgi-bin/draft/batchget", {},
                {"offset": 20, "count": 10, "no_content": 1},
            ),
            {
                "total_count": 21, "item_count": 1,
                "item": [{"media_id": "D1", "content": CONTENT, "update_time": SECONDS}],
            },
            drafts.Page(21, (Draft("D1", Content((ARTICLE,)), SINCE),)),
        ),
        Case(
            drafts.is_switched_on,
            ("POST", "/cgi-bin/draft/switch", {"checkonly": "1"}, None),
            {"is_open": 1},
            True,
        ),
        Case(
            drafts.switch_on,
            ("POST", "/cgi-bin/draft/switch", {}, None),
            {"is_open": 0},
            False,
        ),
    )  # fmt: skip


def test_drafts_are_published_and_taken_off(database_url: str) -> None:
    done = {
        "publish_id": "100000001", "publish_status": 0, "article_id": "A1", "fail_idx": [],
        "article_detail": {"count": 1, "item": [{"idx": 1, "article_url": "U"}]},
    }  # fmt: skip
    check(
        database_url,
        Case(
            lambda account: publishing.submit(account, "D1"),
            ("POST", "/cgi-bin/freepublish/submit", {}, {"media_id": "D1"}),
            {"errcode": 0, "publish_id": 2247483655, "msg_data_id": 2247483655},
            "2247483655",
        ),
        Case(
            lambda account: publishing.state(account, "100000001"),
            ("POST", "/cgi-bin/freepublish/get", {}, {"publish_id": "100000001"}),
            done,
            publishing.Publication(
                PublishStatus.PUBLISHED, "A1", Addresses(1, (Address(1, "U"),))
            ),
        ),
        Case(
            lambda account: publishing.state(account, "100000002"),
            ("POST", "/cgi-bin/freepublish/get", {}, {"publish_id": "100000002"}),
            {"publish_id": "100000002", "publish_status": 2, "fail_idx": [1, 2]},
            publishing.Publication(PublishStatus.NOT_ORIGINAL, failed=(1, 2)),
        ),
        Case(
            lambda account: publishing.delete(account, "A1", 1),
            ("POST", "/cgi-bin/freepublish/delete", {}, {"article_id": "A1", "index": 1}),
        ),
        Case(
            lambda account: publishing.articles(account, "A1"),
            ("POST", "/cgi-bin/freepublish/getarticle", {}, {"article_id": "A1"}),
            CONTENT,
            (ARTICLE,),
        ),
        Case(
            publishing.page,
            (
                "POST", "/cgi-bin/freepublish/batchget", {},
                {"offset": 0, "count": 20, "no_content": 0},
            ),
            {
                "total_count": 1, "item_count": 1,
                "item": [{"article_id": "A1", "content": CONTENT, "update_time": SECONDS}],
            },
            publishing.Page(1, (Published("A1", Content((ARTICLE,)), SINCE),)),
        ),
    )  # fmt: skip


def form(request: httpx.Request) -> dict[str, Message]:
    """Read a form as a server does; its parts by name."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts: list[Any] = message_from_bytes(head + request.content).get_payload()  # type: ignore[assignment]  # a form has parts
    return {str(part.get_param("name", header="content-disposition")): part for part in parts}


async def play_uploads(url: str) -> None:
    async with staged(url) as (account, wechat):
        wechat.answers = {
            "/cgi-bin/media/upload": [
                {"type": "image", "media_id": "M1", "created_at": SECONDS},
                {"type": "thumb", "thumb_media_id": "T1", "created_at": SECONDS},
            ],
            "/cgi-bin/media/uploadimg": {"url": "https://mmbiz.example/1"},
            "/cgi-bin/material/add_material": {"media_id": "P1", "url": "https://x"},
        }
        assert await media.upload(account, Kind.IMAGE, JPEG) == "M1"
        part = form(wechat.last)["media"]
        assert part.get_payload(decode=True) == JPEG.content
        assert part.get_content_type() == "image/jpeg"
        assert wechat.last.url.params["type"] == "image"
        assert await media.upload(account, Kind.THUMB, JPEG) == "T1"
        assert await media.upload_picture(account, JPEG) == "https://mmbiz.example/1"
        assert await materials.add(account, Kind.IMAGE, JPEG) == materials.Material(
            "P1", "https://x"
        )
        assert set(form(wechat.last)) == {"media"}
        film = File("a.mp4", b"mp4", "video/mp4")
        await materials.add_film(account, film, "题", "介绍")
        words = form(wechat.last)["description"].get_payload(decode=True)
        assert words == '{"title":"题","introduction":"介绍"}'.encode()
        assert wechat.last.url.params["type"] == "video"


def test_files_are_uploaded_as_forms(database_url: str) -> None:
    asyncio.run(play_uploads(database_url))


async def fetched(url: str, path: str, answer: object, what: str) -> object:
    async with staged(url, {path: answer}) as (account, wechat):
        get = media.get if "/media/" in path else materials.get
        given = await get(account, what)
        assert wechat.last.method == ("GET" if "/media/" in path else "POST")
        return given


@pytest.mark.parametrize("path", ["/cgi-bin/media/get", "/cgi-bin/material/get_material"])
def test_files_are_fetched_and_their_errors_told(database_url: str, path: str) -> None:
    def get(answer: object) -> object:
        return asyncio.run(fetched(database_url, path, answer, "M1"))

    assert get(b"\xff\xd8jpeg") == Given(b"\xff\xd8jpeg", "image/jpeg")
    with pytest.raises(ErrcodeAnswered, match="40007"):
        get({"errcode": 40007, "errmsg": "invalid media_id"})
    with pytest.raises(AnswerNotTrusted, match="unreadable"):
        get({"something": "else"})
    with pytest.raises(AnswerNotTrusted, match="unreadable"):
        get(httpx.Response(200))


def test_films_are_addresses(database_url: str) -> None:
    film = asyncio.run(
        fetched(database_url, "/cgi-bin/media/get", {"video_url": "https://v"}, "M1")
    )
    assert film == media.Film("https://v")
    kept = {"title": "t", "description": "d", "down_url": "https://v"}
    path = "/cgi-bin/material/get_material"
    assert asyncio.run(fetched(database_url, path, kept, "M1")) == materials.Film(
        "t", "d", "https://v"
    )


def test_the_library_is_counted_listed_and_cleared(database_url: str) -> None:
    check(
        database_url,
        Case(
            materials.counts,
            ("GET", "/cgi-bin/material/get_materialcount", {}, None),
            {"voice_count": 1, "video_count": 2, "image_count": 3, "news_count": 4},
            materials.Counts(1, 2, 3, 4),
        ),
        Case(
            lambda account: materials.page(account, Kind.IMAGE, 5, 2),
            (
                "POST", "/cgi-bin/material/batchget_material", {},
                {"type": "image", "offset": 5, "count": 2},
            ),
            {
                "total_count": 6, "item_count": 1,
                "item": [{"media_id": "P1", "name": "n", "update_time": SECONDS, "url": "u"}],
            },
            materials.Page(6, (materials.Listed("P1", "n", "u", SINCE),)),
        ),
        Case(
            lambda account: materials.delete(account, "P1"),
            ("POST", "/cgi-bin/material/del_material", {}, {"media_id": "P1"}),
        ),
    )  # fmt: skip


def test_an_upload_is_never_repeated(database_url: str) -> None:
    async def play() -> None:
        async with staged(database_url, {"/cgi-bin/media/upload": httpx.Response(502)}) as (
            account,
            wechat,
        ):
            with pytest.raises(Exception, match="502"):
                await media.upload(account, Kind.IMAGE, JPEG)
            assert len(wechat.at("/cgi-bin/media/upload")) == 1

    asyncio.run(play())


def test_articles_and_files_outside_their_limits_are_not_sent(database_url: str) -> None:
    def sized(size: int) -> File:
        return File("x", b"x" * size, "image/png")

    def drafted(**parts: Any) -> Any:
        article = Article(**{"title": "t", "content": "c", **parts})
        return lambda account: drafts.add(account, [article])

    over_limit(
        database_url,
        lambda account: drafts.add(account, []),
        lambda account: drafts.add(account, [ARTICLE] * 9),
        drafted(title=""),
        drafted(title="字" * 33),
        drafted(author="字" * 17),
        drafted(digest="字" * 129),
        drafted(content="字" * 333_334),
        drafted(source_url="u" * 1_025),
        lambda account: drafts.update(account, "D1", 8, ARTICLE),
        lambda account: drafts.page(account, 0, 21),
        lambda account: publishing.page(account, 0, 0),
        lambda account: materials.page(account, Kind.IMAGE, 0, 21),
        lambda account: media.upload(account, Kind.THUMB, sized(64 * 1024 + 1)),
        lambda account: media.upload(account, Kind.VOICE, sized(2 * 1024 * 1024 + 1)),
        lambda account: media.upload(account, Kind.IMAGE, sized(0)),
        lambda account: media.upload_picture(account, sized(1024 * 1024)),
        lambda account: materials.add(account, Kind.IMAGE, sized(10 * 1024 * 1024 + 1)),
    )
