"""What the law wants shown: who runs the market, who sells, privacy, rules and returns."""

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from jishi.goods import views
from jishi.goods.views import Licence
from jishi.kernel import MARKET
from jishi.pages.words import Words
from jishi.web.asked import Asked, house, language_of
from jishi.web.policy import PUBLIC
from jishi.web.storefront.shown import show
from jishi.web.words.legal import LEGAL


@get("/legal/{page:str}", opt=PUBLIC)
async def legal(request: Asked, page: FromPath[str]) -> Response[bytes]:
    """Show one of the market's own pages; `about` says who runs it."""
    if page != "about" and page not in LEGAL:
        raise NotFoundException
    language = language_of(request)
    licence = await house(request).market.look(views.licence, of_book=MARKET)
    words = house(request).engine.words[language]
    shown = {
        "title": titles(words)[page],
        "sections": [each.to(language, {}) for each in LEGAL.get(page, ())],
        "licence": licence if page == "about" else None,
        "is_about": page == "about",
        "ground": ground_of(licence, words),
        "shop": None,
        "others": [(name, said) for name, said in titles(words).items() if name != page],
    }
    return show(request, "legal.html", shown)


def titles(words: Words) -> dict[str, str]:
    """Name the pages, in the order of a foot."""
    _ = words.say
    return {
        "about": _("主体信息"), "rules": _("平台规则"), "privacy": _("隐私政策"),
        "returns": _("退换货规则"),
    }  # fmt: skip


def ground_of(licence: Licence | None, words: Words) -> str:
    """Say on which ground a seller is not registered."""
    return grounds_said(words).get(licence.exemption if licence else "", "")


def grounds_said(words: Words) -> dict[str, str]:
    """Name the grounds, in the order of a form."""
    _ = words.say
    return {
        "own_produce": _("个人销售自产农副产品"),
        "handicraft": _("个人销售家庭手工业产品"),
        "services": _("个人从事无须许可的便民劳务"),
        "small_deals": _("个人从事零星小额交易"),
        "sample": _("示例小店，不是真实商家"),
    }


@get("/shops/{shop:str}/about", opt=PUBLIC)
async def about_shop(request: Asked, shop: FromPath[str]) -> Response[bytes]:
    """Show who stands behind a shop."""
    market = house(request).market
    found = await market.look(views.shop_named, shop=shop)
    if found is None:
        raise NotFoundException
    licence = await market.look(views.licence, of_book=found.book)
    words = house(request).engine.words[language_of(request)]
    _ = words.say
    shown = {
        "title": _("商家信息"), "sections": [], "licence": licence, "shop": found,
        "is_about": True, "ground": ground_of(licence, words),
        "others": list(titles(words).items())[1:],
    }  # fmt: skip
    return show(request, "legal.html", shown)
