"""Drafts, publications, media and their figures at the sandbox."""

from collections.abc import Callable
from datetime import timedelta, timezone
from io import BytesIO

import msgspec
import pytest
import segno

from jishi.ports.wechat.official import (
    File,
    Given,
    Meaning,
    data_cube,
    drafts,
    materials,
    media,
    publishing,
    reports,
)
from jishi.ports.wechat.official.data_cube import Span
from jishi.ports.wechat.official.drafts import Article
from jishi.ports.wechat.official.media import Kind
from jishi.ports.wechat.official.publishing import PublishStatus
from tests.ports.wechat.refusals import refused
from tests.ports.wechat.sandboxed import Visit, Work

Run = Callable[[Work], None]
BEIJING = timezone(timedelta(hours=8))


def png() -> File:
    """Draw a picture."""
    drawn = BytesIO()
    segno.make("春茶").save(drawn, kind="png", scale=8)
    return File("茶.png", drawn.getvalue(), "image/png")


def test_media_are_kept_for_three_days_or_for_ever(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account, picture = await visitor.account(), png()
        media_id = await media.upload(account, Kind.IMAGE, picture)
        assert await media.get(account, media_id) == Given(picture.content, "image/png")
        kept = await materials.add(account, Kind.IMAGE, picture)
        assert kept.url.startswith("http")
        assert (await materials.counts(account)).image == 1
        (listed,) = (await materials.page(account, Kind.IMAGE)).materials
        assert (listed.media_id, listed.name) == (kept.media_id, "茶.png")
        assert await materials.get(account, kept.media_id) == Given(picture.content, "image/png")
        await visitor.scene.advance(3 * 86_400 + 60)
        await refused(40007, Meaning.GONE, media.get(account, media_id))
        await materials.delete(account, kept.media_id)
        await refused(40007, Meaning.GONE, materials.get(account, kept.media_id))
        text = File("a.png", b"no picture at all", "image/png")
        await refused(40005, Meaning.BAD_REQUEST, media.upload(account, Kind.IMAGE, text))

    visit(play)


def test_a_draft_is_written_changed_published_and_read(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        await visitor.listen(account)
        assert await drafts.is_switched_on(account)
        cover = await materials.add(account, Kind.IMAGE, png())
        inside = await media.upload_picture(account, png())
        article = Article(
            title="春茶上市", author="集市", digest="新茶", thumb_media_id=cover.media_id,
            content=f'<p>明前</p><img src="{inside}"><script>alert(1)</script>',
            source_url="http://127.0.0.1/shop",
        )  # fmt: skip
        media_id = await drafts.add(account, [article])
        await drafts.update(
            account, media_id, 0, msgspec.structs.replace(article, title="新茶上市")
        )
        (kept,) = await drafts.get(account, media_id)
        assert kept.title == "新茶上市"
        assert "script" not in kept.content
        assert await drafts.count(account) == 1
        assert [each.media_id for each in (await drafts.page(account)).drafts] == [media_id]
        publish_id = await publishing.submit(account, media_id)
        state = await publishing.state(account, publish_id)
        assert state.status in {PublishStatus.PUBLISHING, PublishStatus.PUBLISHED}
        await visitor.scene.advance(60)
        (push,) = await visitor.pushed()
        assert isinstance(push.content, reports.Published)
        state = await publishing.state(account, publish_id)
        assert state.status is PublishStatus.PUBLISHED
        assert push.content.publish_event_info.article_id == state.article_id
        (address,) = state.addresses.articles
        read = await visitor.open(address.url, visitor.somebody(account))
        assert "新茶上市" in read.text
        (published,) = await publishing.articles(account, state.article_id)
        assert published.title == "新茶上市"
        listed = await publishing.page(account, has_content=False)
        assert [each.article_id for each in listed.published] == [state.article_id]
        await publishing.delete(account, state.article_id)
        (gone,) = await publishing.articles(account, state.article_id)
        assert gone.is_deleted
        assert (await publishing.state(account, publish_id)).status is PublishStatus.DELETED_BY_US
        await refused(53600, Meaning.GONE, publishing.articles(account, "nothing"))
        await refused(53502, Meaning.GONE, publishing.state(account, "1"))
        await refused(40007, Meaning.GONE, drafts.get(account, media_id))

    visit(play)


def test_an_account_without_the_right_publishes_nothing(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        path = f"/sandbox/accounts/{account.credentials.appid}"
        await visitor.scene.control("PUT", path, {"can_publish": False})
        await refused(48001, Meaning.NOT_ALLOWED, publishing.submit(account, "D1"))
        program = await visitor.account("mini")
        await refused(48001, Meaning.NOT_ALLOWED, drafts.count(program))

    visit(play)


def test_a_draft_is_deleted_and_a_wrong_one_not_taken(visit: Run) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        article = Article(title="无封面", content="<p>x</p>", thumb_media_id="nothing")
        await refused(40007, Meaning.GONE, drafts.add(account, [article]))
        await refused(40007, Meaning.GONE, publishing.submit(account, "nothing"))
        cover = await materials.add(account, Kind.IMAGE, png())
        good = msgspec.structs.replace(article, thumb_media_id=cover.media_id)
        media_id = await drafts.add(account, [good])
        await drafts.delete(account, media_id)
        assert await drafts.count(account) == 0

    visit(play)


@pytest.mark.parametrize(
    "figure",
    [
        data_cube.FOLLOWERS, data_cube.FOLLOWERS_IN_ALL, data_cube.ARTICLE_DAY, data_cube.READING,
        data_cube.SHARING, data_cube.MESSAGES,
    ],
    ids=lambda figure: figure.name,
)  # fmt: skip
def test_figures_are_there_the_day_after(
    visit: Run, figure: data_cube.Figure[msgspec.Struct]
) -> None:
    async def play(visitor: Visit) -> None:
        account = await visitor.account()
        person = await visitor.fan(account)
        await visitor.do("say", account, person, text="在吗")
        today = visitor.scene.world.clock.now().astimezone(BEIJING).date()
        yesterday = today - timedelta(days=1)
        rows = await data_cube.count(account, figure, Span(yesterday, yesterday))
        assert isinstance(rows, tuple)
        await refused(
            61501, Meaning.BAD_REQUEST, data_cube.count(account, figure, Span(today, today))
        )
        await visitor.scene.advance(2 * 86_400)
        rows = await data_cube.count(account, figure, Span(today, today))
        if figure is data_cube.FOLLOWERS:
            assert sum(row.new for row in rows if isinstance(row, data_cube.Followers)) == 1
        if figure is data_cube.MESSAGES:
            assert [row.messages for row in rows if isinstance(row, data_cube.Messages)] == [1]

    visit(play)
