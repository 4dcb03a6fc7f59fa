"""Customer-service messages: an answer by hand to a person who did something of late.

Source: official accounts, "Customer service message: send"; how many and how long: `windows`.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Errcode, Lenient
from jishi.sandbox.articles.media_kinds import medium_kind
from jishi.sandbox.articles.reading import article_pieces
from jishi.sandbox.calls import OfficialCall
from jishi.sandbox.doors import official
from jishi.sandbox.official.chat import Choice, Content, Piece
from jishi.sandbox.official.fans import reach
from jishi.sandbox.official.quota import spend_call
from jishi.sandbox.official.windows import OUT_OF_COUNT, OUT_OF_TIME, say_in_window

SEND, TYPING = "/cgi-bin/message/custom/send", "/cgi-bin/message/custom/typing"
BAD_OPENID, BAD_MEDIA, BAD_KIND, BLOCKED = 40003, 40007, 40008, 43019
EMPTY, TOO_LONG, BAD_COMMAND, NO_TALK, BAD_ARTICLE = 44004, 45002, 40035, 45080, 53600
EMPTY_NEWS, TOO_MANY, BAD_FORM, UNAUTHORISED = 44003, 45008, 47001, 48001
TEXT_BYTES_MAX, TALK = 2048, timedelta(seconds=30)
MEDIA_KINDS = {"image": "image", "voice": "voice", "video": "video", "music": "thumb"}
NEEDS = {
    "text": "text", "image": "image", "voice": "voice", "video": "video", "music": "music",
    "news": "news", "mpnewsarticle": "mpnewsarticle", "mpnews": "mpnews", "msgmenu": "msgmenu",
    "miniprogrampage": "miniprogrampage", "link": "link",
}  # fmt: skip
MINI_KINDS = {"text", "image", "link", "miniprogrampage"}


class Text(Lenient, frozen=True):
    """Words."""

    content: str = ""


class Media(Lenient, frozen=True):
    """A picture, a voice, a film, a song."""

    media_id: str = ""
    thumb_media_id: str = ""
    title: str = ""
    description: str = ""
    musicurl: str = ""
    hqmusicurl: str = ""


class NewsItem(Lenient, frozen=True):
    """A link with a picture."""

    title: str = ""
    description: str = ""
    url: str = ""
    picurl: str = ""
    thumb_url: str = ""


class News(Lenient, frozen=True):
    """A message with one link."""

    articles: list[NewsItem] = []


class Published(Lenient, frozen=True):
    """A published article."""

    article_id: str = ""


class MenuChoice(Lenient, frozen=True):
    """A choice."""

    id: str
    content: str


class MenuMessage(Lenient, frozen=True, rename={"choices": "list"}):
    """A question with choices."""

    head_content: str = ""
    choices: list[MenuChoice] = []
    tail_content: str = ""


class ProgramPage(Lenient, frozen=True):
    """A page of a mini program, as a card."""

    title: str = ""
    appid: str = ""
    pagepath: str = ""
    thumb_media_id: str = ""


class CustomerMessage(Lenient, frozen=True):
    """A message; the part that its kind names is filled in."""

    touser: str = ""
    msgtype: str = ""
    text: Text | None = None
    image: Media | None = None
    voice: Media | None = None
    video: Media | None = None
    music: Media | None = None
    news: News | None = None
    mpnews: Media | None = None
    mpnewsarticle: Published | None = None
    msgmenu: MenuMessage | None = None
    miniprogrampage: ProgramPage | None = None
    link: NewsItem | None = None


class TypingAsked(Lenient, frozen=True):
    """Show that somebody is typing, or no more."""

    touser: str = ""
    command: str = ""


class Spoke(Struct, frozen=True):
    """When a person last said something."""

    said_at: datetime | None


sql = queries(__file__)
last_word = sql.one("last_word", Spoke)


@official("POST", SEND)
async def send(call: OfficialCall, asked: CustomerMessage) -> Errcode | None:  # noqa: PLR0911 - one a reason
    """Send a message, if a window lets it through."""
    if asked.msgtype not in NEEDS:
        return Errcode(BAD_KIND)
    if call.account.kind == "mini" and asked.msgtype not in MINI_KINDS:
        return Errcode(BAD_KIND)
    whom = await reach(call.tx, call.account.appid, asked.touser)
    if whom is None:
        return Errcode(BAD_OPENID)
    if call.account.kind == "service" and not whom.is_following:
        return Errcode(OUT_OF_TIME)
    if whom.is_blocked:
        return Errcode(BLOCKED)
    content = await _content(call, asked)
    if isinstance(content, Errcode):
        return content
    if call.world.faults.hit("quota_exceeded", SEND):
        return Errcode(OUT_OF_COUNT)
    refused = await say_in_window(call.tx, call.account, whom.person_id, asked.msgtype, content)
    return Errcode(refused) if refused else await spend_call(call, SEND)


@official("POST", TYPING)
async def typing(call: OfficialCall, asked: TypingAsked) -> Errcode | None:
    """Show "typing" to a person who wrote within half a minute."""
    if asked.command not in {"Typing", "CancelTyping"}:
        return Errcode(BAD_COMMAND)
    whom = await reach(call.tx, call.account.appid, asked.touser)
    if whom is None:
        return Errcode(BAD_OPENID)
    spoke = await last_word(call.tx, appid=call.account.appid, person_id=whom.person_id)
    if spoke is None or spoke.said_at is None or call.now - spoke.said_at > TALK:
        return Errcode(NO_TALK)
    return None


async def _content(call: OfficialCall, asked: CustomerMessage) -> Content | Errcode:  # noqa: PLR0911 - one a reason
    part = getattr(asked, NEEDS[asked.msgtype])
    match part:
        case Text():
            return _words(part)
        case Media() if asked.msgtype == "mpnews":
            return Errcode(UNAUTHORISED)
        case Media():
            return await _media(call, asked.msgtype, part)
        case News():
            return _news(part.articles)
        case NewsItem():
            return Content(pieces=[_piece(part)])
        case Published():
            pieces = await article_pieces(call.tx, call.account.appid, part.article_id)
            return Content(pieces=pieces) if pieces else Errcode(BAD_ARTICLE)
        case MenuMessage():
            choices = [Choice(each.id, each.content) for each in part.choices]
            return Content(text=part.head_content, label=part.tail_content, choices=choices)
        case ProgramPage():
            return await _page(call, part)
        case _:
            return Errcode(BAD_FORM)


def _words(part: Text) -> Content | Errcode:
    if not part.content:
        return Errcode(EMPTY)
    if len(part.content.encode()) > TEXT_BYTES_MAX:
        return Errcode(TOO_LONG)
    return Content(text=part.content)


async def _media(call: OfficialCall, kind: str, part: Media) -> Content | Errcode:
    media_id = part.thumb_media_id if kind == "music" else part.media_id
    if await medium_kind(call.tx, call.account.appid, media_id) != MEDIA_KINDS[kind]:
        return Errcode(BAD_MEDIA)
    return Content(
        media_id=media_id, title=part.title, description=part.description, url=part.musicurl
    )


def _news(items: list[NewsItem]) -> Content | Errcode:
    if len(items) != 1:
        return Errcode(EMPTY_NEWS if not items else TOO_MANY)
    return Content(pieces=[_piece(items[0])])


def _piece(item: NewsItem) -> Piece:
    return Piece(item.title, item.description, item.picurl or item.thumb_url, item.url)


async def _page(call: OfficialCall, part: ProgramPage) -> Content | Errcode:
    kind = await medium_kind(call.tx, call.account.appid, part.thumb_media_id)
    if kind not in {"image", "thumb"}:
        return Errcode(BAD_MEDIA)
    return Content(
        title=part.title, media_id=part.thumb_media_id, page=part.pagepath,
        appid=part.appid or call.account.appid,
    )  # fmt: skip
