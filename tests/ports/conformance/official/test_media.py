"""wechatpy uploads, keeps and fetches media; drafts and publishing are beyond its methods."""

import io
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.ports.conformance.clients import refusal_of
from tests.ports.conformance.official.visit import Visit, numbers

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(32))
JPEG = b"\xff\xd8\xff" + bytes(range(32))


def picture(content: bytes = PNG, name: str = "茶.png") -> Any:
    """Give a file as the client takes it."""
    return name, io.BytesIO(content)


def test_a_picture_is_uploaded_for_three_days_and_fetched(visit: Visit) -> None:
    media = visit.client.media
    made = media.upload("image", picture())
    assert made["type"] == "image"
    fetched = media.download(made["media_id"])
    assert (fetched.content, fetched.headers["content-type"]) == (PNG, "image/png")
    assert made["media_id"] in fetched.headers["content-disposition"]
    visit.hands.advance(3 * 86_400 + 1)
    assert refusal_of(lambda: media.download(made["media_id"])) == 40007


def test_the_client_writes_the_address_of_a_medium_with_wechats_own_host(visit: Visit) -> None:
    made = visit.client.media.upload("thumb", picture(JPEG, "t.jpg"))
    url = urlsplit(visit.client.media.get_url(made["thumb_media_id"]))
    assert url.netloc == "api.weixin.qq.com"
    query = dict(parse_qsl(url.query))
    assert visit.hands.http.get(url.path, params=query).content == JPEG


def test_a_medium_that_is_none_is_refused(visit: Visit) -> None:
    media = visit.client.media
    assert numbers(
        lambda: media.upload("image", picture(b"nothing")),
        lambda: media.upload("film", picture()),
        lambda: media.upload("thumb", picture(JPEG * 3_000)),
        lambda: media.upload("image", picture(b"")),
        lambda: media.download("none"),
    ) == [40005, 40004, 40012, 44001, 40007]


def test_material_is_kept_listed_counted_and_deleted(visit: Visit) -> None:
    material = visit.client.material
    made = material.add("image", picture())
    assert visit.hands.http.get(made["url"]).content == PNG
    assert material.get(made["media_id"]).content == PNG
    assert material.get_count()["image_count"] == 1
    page = material.batchget("image")
    assert [each["media_id"] for each in page["item"]] == [made["media_id"]]
    material.delete(made["media_id"])
    assert material.get_count()["image_count"] == 0
    assert refusal_of(lambda: material.get(made["media_id"])) == 40007


def test_a_film_has_a_title_that_the_client_writes_beside_the_file_so_it_is_not_read(
    visit: Visit,
) -> None:
    film = ("f.mp4", io.BytesIO(b"\0\0\0\x18ftypmp42" + bytes(32)))
    add = visit.client.material.add
    assert refusal_of(lambda: add("video", film, "采茶", "四月")) == 47001


def test_a_picture_for_articles_has_an_address(visit: Visit) -> None:
    url = visit.client.media.upload_image(picture())
    assert visit.hands.http.get(url).content == PNG


def test_a_draft_is_made_and_published_by_the_plain_call_that_the_client_leaves(
    visit: Visit,
) -> None:
    thumb = visit.client.material.add("image", picture())["media_id"]
    article = {
        "title": "新茶", "content": "<p>到了</p>", "thumb_media_id": thumb, "digest": "到了",
    }  # fmt: skip
    draft = visit.client.post("draft/add", data={"articles": [article]})["media_id"]
    kept = visit.client.post("draft/get", data={"media_id": draft})
    assert kept["news_item"][0]["title"] == "新茶"
    assert visit.client.get("draft/count")["total_count"] == 1
    job = visit.client.post("freepublish/submit", data={"media_id": draft})["publish_id"]
    visit.hands.advance(60)
    told = visit.client.post("freepublish/get", data={"publish_id": job})
    assert told["publish_status"] == 0
    (shown,) = told["article_detail"]["item"]
    assert "新茶" in visit.hands.http.get(shown["article_url"]).text


def test_an_account_without_the_right_publishes_nothing(visit: Visit) -> None:
    visit.hands.do("PUT", f"/accounts/{visit.appid}", {"can_publish": False})
    asked = {"media_id": "none"}
    assert refusal_of(lambda: visit.client.post("freepublish/submit", data=asked)) == 48001
