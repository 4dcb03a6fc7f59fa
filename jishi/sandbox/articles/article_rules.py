"""What an article may be: titles, authors, digests and contents of bounded length.

Source: service accounts, "Adding a draft".
"""

from jishi.sandbox.answers import Lenient

TOO_LONG, TITLE_TOO_LONG, DIGEST_TOO_LONG, URL_TOO_LONG = 45002, 45003, 45004, 45005
AUTHOR_TOO_LONG, BAD_CONTENT = 45110, 45166
TITLE_MAX, AUTHOR_MAX, DIGEST_MAX, PICTURES_MAX = 32, 16, 128, 20
CONTENT_MAX, CONTENT_BYTES_MAX, URL_BYTES_MAX = 20_000, 1024 * 1024, 1024


class PictureId(Lenient, frozen=True):
    """A picture of a picture message."""

    image_media_id: str = ""


class Pictures(Lenient, frozen=True):
    """The pictures of a picture message."""

    image_list: list[PictureId] = []


class Article(Lenient, frozen=True):
    """An article as it is handed in."""

    title: str = ""
    author: str = ""
    digest: str = ""
    content: str = ""
    content_source_url: str = ""
    thumb_media_id: str = ""
    article_type: str = "news"
    need_open_comment: int = 0
    only_fans_can_comment: int = 0
    image_info: Pictures | None = None


def reason_against(article: Article) -> int | None:  # noqa: PLR0911 - one a reason
    """Give the number of the first reason not to take an article, or none."""
    if not 1 <= len(article.title) <= TITLE_MAX:
        return TITLE_TOO_LONG
    if len(article.author) > AUTHOR_MAX:
        return AUTHOR_TOO_LONG
    if len(article.digest) > DIGEST_MAX:
        return DIGEST_TOO_LONG
    if len(article.content_source_url.encode()) > URL_BYTES_MAX:
        return URL_TOO_LONG
    is_long = len(article.content) >= CONTENT_MAX
    if is_long or len(article.content.encode()) >= CONTENT_BYTES_MAX:
        return TOO_LONG
    if article.article_type not in {"news", "newspic"} or not article.content.strip():
        return BAD_CONTENT
    pictures = article.image_info.image_list if article.image_info else []
    if article.article_type == "newspic" and not 1 <= len(pictures) <= PICTURES_MAX:
        return BAD_CONTENT
    return None
