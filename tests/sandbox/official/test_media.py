"""Media: what may be uploaded, for how long it is there, and who may fetch it."""

import pytest

from jishi.sandbox.articles.media_rules import format_of, reason_against
from jishi.sandbox.articles.multipart import file_part, parts
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Stage

UPLOAD, ADD, INLINE = (
    "/cgi-bin/media/upload",
    "/cgi-bin/material/add_material",
    "/cgi-bin/media/uploadimg",
)
PNG, JPEG = b"\x89PNG\r\n\x1a\n" + b"0" * 9, b"\xff\xd8\xff" + b"0" * 9
MP4, MP3, AMR = b"\0\0\0\x18ftypmp42" + b"0" * 9, b"ID3" + b"0" * 9, b"#!AMR\n" + b"0" * 9
MB = 1024 * 1024


@pytest.mark.parametrize(
    ("kind", "content", "number"),
    [
        ("image", PNG, None),
        ("image", b"GIF89a0", None),
        ("image", b"", 44001),
        ("image", b"RIFF0000WEBP", 40005),
        ("image", MP3, 40005),
        ("image", PNG + b"0" * 10 * MB, 40009),
        ("voice", AMR, None),
        ("voice", MP3 + b"0" * 2 * MB, 40010),
        ("video", MP4, None),
        ("video", MP4 + b"0" * 10 * MB, 40011),
        ("thumb", JPEG, None),
        ("thumb", PNG, 40005),
        ("thumb", JPEG + b"0" * 65_536, 40012),
        ("inline", JPEG, None),
        ("inline", b"GIF89a0", 40005),
        ("inline", PNG + b"0" * MB, 40009),
    ],
)
def test_a_file_is_refused_by_its_number(kind: str, content: bytes, number: int | None) -> None:
    assert reason_against(kind, content) == number


def test_a_form_is_read_byte_for_byte() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="media"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\r\n--not the end\r\n\x00\xff\r\n--b\r\n"
        b'Content-Disposition: form-data; name="description"\r\n\r\n{}\r\n--b--\r\n'
    )
    kind = "multipart/form-data; boundary=b"
    made = [(each.name, each.filename, each.content) for each in parts(kind, body)]
    assert made == [
        ("media", "a.png", b"\r\n--not the end\r\n\x00\xff"),
        ("description", "", b"{}"),
    ]
    assert file_part(kind, body, "description") is None
    assert parts("application/json", body) == []
    assert parts("multipart/form-data", body) == []
    assert format_of(b"") == ""


def test_a_medium_is_there_for_three_days(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account, other = await stage.account(), await stage.account()
        made = await account.upload(UPLOAD, PNG, type="image")
        assert set(made) == {"type", "created_at", "media_id"}
        path, media = "/cgi-bin/media/get", made["media_id"]

        async def fetch(token: str) -> bytes:
            asked = {"access_token": token, "media_id": media}
            return (await stage.http.get(path, params=asked)).content

        assert await fetch(account.token) == PNG
        assert b"40007" in await fetch(other.token)
        await stage.advance(days=3)
        assert b"40007" in await fetch(await account.take_token())

    perform(play)


def test_each_kind_is_answered_in_its_own_way(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        thumb = await account.upload(UPLOAD, JPEG, type="thumb")
        assert "thumb_media_id" in thumb
        assert "media_id" not in thumb
        film = await account.upload(UPLOAD, MP4, "a.mp4", type="video")
        told = await account.get("/cgi-bin/media/get", media_id=film["media_id"])
        assert (await stage.http.get(told["video_url"])).content == MP4
        assert (await account.upload(UPLOAD, PNG, type="file"))["errcode"] == 40004
        assert (await account.upload(UPLOAD, b"text", type="image"))["errcode"] == 40005
        assert await account.code(UPLOAD, {}, type="image") == 41005
        url = (await account.upload(INLINE, PNG))["url"]
        seen = await stage.http.get(url)
        assert (seen.content, seen.headers["content-type"]) == (PNG, "image/png")
        assert (await stage.http.get("/mmbiz/none")).status_code == 404

    perform(play)


def test_material_is_kept_counted_listed_and_deleted(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        image = await account.upload(ADD, PNG, "茶.png", type="image")
        assert set(image) == {"media_id", "url"}
        voice = await account.upload(ADD, MP3, "a.mp3", type="voice")
        assert set(voice) == {"media_id"}
        said = {"description": '{"title": "炒茶", "introduction": "一分钟"}'}
        film = await account.upload(ADD, MP4, "a.mp4", said, type="video")
        assert (await account.upload(ADD, MP4, "a.mp4", type="video"))["errcode"] == 47001
        await account.upload(UPLOAD, PNG, type="image")
        assert await account.get("/cgi-bin/material/get_materialcount") == {
            "voice_count": 1,
            "video_count": 1,
            "image_count": 1,
            "news_count": 0,
        }
        page = await account.post(
            "/cgi-bin/material/batchget_material", {"type": "image", "offset": 0, "count": 20}
        )
        assert (page["total_count"], page["item_count"]) == (1, 1)
        assert page["item"][0]["media_id"] == image["media_id"]
        get, delete = "/cgi-bin/material/get_material", "/cgi-bin/material/del_material"
        assert (await account.raw(get, {"media_id": voice["media_id"]})).content == MP3
        told = await account.post(get, {"media_id": film["media_id"]})
        assert (told["title"], told["description"]) == ("炒茶", "一分钟")
        menu = {"button": [{"type": "media_id", "name": "图", "media_id": image["media_id"]}]}
        await account.post("/cgi-bin/menu/create", menu)
        assert await account.code(delete, {"media_id": image["media_id"]}) == 48005
        assert await account.code(delete, {"media_id": voice["media_id"]}) == 0
        assert await account.code(delete, {"media_id": voice["media_id"]}) == 40007
        for body, number in (
            ({"type": "image", "offset": 0, "count": 21}, 40035),
            ({"type": "image", "offset": -1, "count": 1}, 40035),
            ({"type": "file", "offset": 0, "count": 1}, 40004),
        ):
            assert await account.code("/cgi-bin/material/batchget_material", body) == number

    perform(play)


def test_a_button_shows_a_picture_at_once(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        account = await stage.account()
        media = (await account.upload(ADD, PNG, type="image"))["media_id"]
        menu = {"button": [{"type": "media_id", "name": "图", "media_id": media}]}
        await account.post("/cgi-bin/menu/create", menu)
        person = await stage.fan(account)
        await stage.do("menu", appid=account.appid, person_id=person, button="图")
        (said,) = await account.chat(person)
        assert (said["kind"], said["content"]) == ("image", {"media_id": media})

    perform(play)
