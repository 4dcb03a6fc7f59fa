"""What a shop is paid with: given once, tried at WeChat, sealed, and never shown again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi import money
from jishi.kernel import Refused
from jishi.money.payees.credentials import Held, Keys, Opened, seal
from jishi.ports.wechat.failures import AnsweredWithError, AnswerNotTrusted, WechatFailure
from jishi.ports.wechat.pay import BadCredentials
from jishi.web.answer import notice, status_of
from jishi.web.asked import Asked, house, key_of, language_of, text
from jishi.web.console.frame import done, show_console
from jishi.web.member import staff_of
from jishi.web.policy import staff

SETTINGS = staff("settings", is_in_a_shop=True)
PATH = "/console/settings/payment"
SHOWN = ("mchid", "serial", "public_key_id", "public_key_pem")
"""What of a form is shown again when it is refused; the secret part is not."""

LAST = 4
NEVER = datetime.fromtimestamp(0, UTC)


@get(PATH, opt=SETTINGS)
async def payment(request: Asked) -> Response[bytes]:
    """Show which merchant is paid, and since when."""
    return await show_payment(request)


@post(PATH, opt=SETTINGS, status_code=303)
async def save(request: Asked) -> Response[bytes]:
    """Try what was given at WeChat, then keep it sealed."""
    member, form = staff_of(request), await request.form()
    filled = {name: text(form, name).strip() for name in SHOWN}
    given = given_of(filled, text(form, "private_pem"), text(form, "apiv3_key").strip())
    if refused := await tried(given):
        return await show_payment(request, filled, refused)
    sealed = seal(house(request).secret, member.book, given.held.mchid, given.keys)
    answer = await house(request).market.ask(
        money.SetCredentials(
            key=key_of(form), book=member.book, actor_id=member.staff_id, mchid=given.held.mchid,
            serial=given.held.serial, public_key_id=given.held.public_key_id,
            last_four=given.held.last_four, sealed=sealed,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_payment(request, filled, answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, PATH, _("收款密钥已保存，从现在起收到这个商户号。"))


@post(f"{PATH}/{{version:int}}/retirement", opt=SETTINGS, status_code=303)
async def retire(request: Asked, version: FromPath[int]) -> Response[bytes]:
    """Begin no payment with a version any more."""
    member = staff_of(request)
    versions = await house(request).market.look(money.credentials.of_book, book=member.book)
    if version not in {each.version for each in versions}:
        raise NotFoundException
    answer = await house(request).market.ask(
        money.RetireCredentials(
            key=key_of(await request.form()), book=member.book, actor_id=member.staff_id,
            version=version,
        )
    )  # fmt: skip
    if isinstance(answer, Refused):
        return await show_payment(request, refused=answer)
    _ = house(request).engine.words[language_of(request)].say
    return done(request, PATH, _("已停用；它收过的款照常退。"))


def given_of(filled: Mapping[str, str], private_pem: str, apiv3_key: str) -> Opened:
    """Give what the form holds, as it would be opened later."""
    keys = Keys(private_pem, apiv3_key, filled["public_key_pem"])
    # Under no version: it is not kept, only tried.
    held = Held(
        0, filled["mchid"], filled["serial"], filled["public_key_id"], apiv3_key[-LAST:], "",
        NEVER, None,
    )  # fmt: skip
    return Opened(held, keys)


async def tried(given: Opened) -> Refused | None:
    """Ask WeChat something harmless with it; give the reason why it cannot be used, or none."""
    try:
        await money.gateway.check(given)
    except money.NotSetUp:
        return Refused("paying_not_set_up")
    except (BadCredentials, ValueError):
        return Refused("credentials_out_of_bounds")
    except (AnsweredWithError, AnswerNotTrusted):
        return Refused("credentials_rejected")
    except WechatFailure:
        return Refused("wechat_away")
    return None


async def show_payment(
    request: Asked, filled: Mapping[str, str] | None = None, refused: Refused | None = None
) -> Response[bytes]:
    """Show what is kept, without its secrets, and the form for a new version."""
    book = staff_of(request).book
    versions = await house(request).market.look(money.credentials.of_book, book=book)
    shown = {
        "versions": versions,
        "payee": await money.gateway.payee(book),
        "filled": filled or dict.fromkeys(SHOWN, ""),
        "key": str(uuid4()),
        "notice": notice(request, refused) if refused else None,
    }
    status = status_of(refused) if refused else 200
    return show_console(request, "console/payment/page.html", shown, status=status)
