"""The application: every route, behind one guard and inside one envelope."""

from pathlib import Path

from litestar import Litestar
from litestar.exceptions import HTTPException

from jishi import evidence, fulfilment, money, objections, people, telling, town
from jishi.kernel import Market
from jishi.kernel.secret import Secret, read_secret
from jishi.kernel.worker import begin_worker
from jishi.pages import Engine, critical_styles
from jishi.web import files, health, pictures, seen
from jishi.web.api import api
from jishi.web.asked import House
from jishi.web.console import CONSOLE
from jishi.web.envelope import envelope
from jishi.web.faults import fault_page
from jishi.web.logs import open_logs
from jishi.web.metrics import Metrics
from jishi.web.platform import CALLS
from jishi.web.policy import admit, refuse_unguarded
from jishi.web.storefront import PAGES

TEMPLATES = (Path(__file__).parent / "storefront", Path(__file__).parent)
"""A storefront's template is named alone, any other with its folder: console/layout.html."""

FORM_BYTES_MAX = 64 * 1024
HANDLERS = (
    *PAGES, *CONSOLE, *CALLS, api, pictures.picture, pictures.rendition, files.static,
    files.favicon, files.robots, seen.seen,
    health.alive, health.ready, health.metrics,
)  # fmt: skip


def create(market: Market) -> Litestar:
    """Build the application of a market, which opens and closes with it."""
    return housed(pages(), market)


def pages() -> Litestar:
    """Build every route, behind its guard: a quarter of a second, the same for every market."""
    app = Litestar(
        route_handlers=HANDLERS,
        guards=[admit],
        exception_handlers={HTTPException: fault_page, Exception: fault_page},
        openapi_config=None,
        logging_config=None,
        request_max_body_size=FORM_BYTES_MAX,
    )
    refuse_unguarded(app)
    return app


def housed(app: Litestar, market: Market) -> Litestar:
    """Let a market into the pages, and put the envelope around them."""
    begin_worker()
    engine = Engine(TEMPLATES, {"styles": critical_styles(), **files.GIVEN})
    house = House(market, engine, Metrics(), Secret(b""))

    async def openid_of(person_id: int) -> str:
        settings = await money.gateway.ready()
        if settings is None:
            return ""
        return await people.openid_of(market, house.secret, person_id, settings.appid)

    async def begin() -> None:
        open_logs()
        house.secret = read_secret()
        people.check_settings()
        fulfilment.tracking.settings.read_asking()
        people.wechat_account.open(people.read_account, market)
        people.post.open(people.read_carriers, market, house.secret)
        money.gateway.open(
            money.read_settings, payer_openid=openid_of,
            held=money.credentials.reader(market, lambda: house.secret),
            books=money.credentials.book_reader(market),
        )  # fmt: skip
        telling.teller.open(market, house.secret)
        money.gateway.is_waiting = money.waiting(market)
        await market.open()
        evidence.recorder.open(market)
        objections.runner.open(market)
        town.simulations.runner.open(market)

    async def end() -> None:
        objections.runner.close()
        town.simulations.runner.close()
        await evidence.recorder.close()
        await market.close()
        await money.gateway.close()
        await people.wechat_account.close()
        people.post.close()
        telling.teller.close()

    app.on_startup, app.on_shutdown = [begin], [end]
    app.state["house"] = house
    app.asgi_handler = envelope(app.asgi_handler, house.metrics)
    return app
