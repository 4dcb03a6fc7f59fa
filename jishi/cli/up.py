"""`jishi up`: the whole market on this machine: database, tables, sample, pages."""

import asyncio
import os
import signal
import socket
import sys
import time
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.panel import Panel

from jishi.cli.children import WEB_LOG, Address, CannotOpen, Database, Server, sandbox, web
from jishi.cli.connection import ADDRESS, HOME, Urls, server_urls
from jishi.cli.life import begin_life
from jishi.cli.pointing import point
from jishi.cli.sample import import_sample
from jishi.kernel import MigrationRefused, migrate
from jishi.kernel.postgres import CANNOT_RUN, Busy, Embedded

LOOK_EVERY_SECONDS = 0.1
WORKERS_MAX = 8
"""Each worker keeps several connections, and the database takes a hundred."""

WORKERS = max(2, min(os.cpu_count() or 2, WORKERS_MAX))
BEGAN = time.monotonic()
console = Console(highlight=False)


def up(
    *,
    home: Path = HOME,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = WORKERS,
    sample: bool = True,
    life: bool = True,
    wechat: bool = True,
    open_browser: bool = False,
) -> None:
    """Start the market and keep it running until you stop it with Ctrl-C.

    The first start makes the database and brings in a sample market; later ones take a moment.
    Whatever ends by itself is started again. With JISHI_DATABASE_URL the database is that server.

    Parameters
    ----------
    home
        The data folder; everything the market keeps is in it.
    host
        The address to listen on.
    port
        The port to listen on.
    workers
        Server processes.
    sample
        On the first start, bring in the sample market.
    life
        With the sample, simulate a year, marked as such, if the extra `gauges` is installed.
    wechat
        Run a WeChat to test with on the next port; not with a database of your own server.
    open_browser
        Show the market in a browser when it is open.
    """
    address = Address(host, port)
    if trouble := port_trouble(address):
        console.print(trouble)
        sys.exit(1)
    wish, plan = Wish(), Plan(home.resolve(), address, workers, sample, life, wechat)
    try:
        with ExitStack() as opened:
            market = open_market(opened, plan)
            watch(market, wish, shown=open_browser)
    except KeyboardInterrupt:
        console.print("Stopped.")
        sys.exit(0)
    except (Busy, MigrationRefused, CannotOpen, *CANNOT_RUN) as error:
        console.print(f"[red]{error}[/]")
        sys.exit(1)


class Wish:
    """The wish that we stop: Ctrl-C, or a signal from outside; what nohup ignores stays ignored."""

    def __init__(self) -> None:
        self.is_heard = False
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(sign) != signal.SIG_IGN:
                signal.signal(sign, self._hear)

    def _hear(self, _sign: int, _frame: object) -> None:
        self.is_heard = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """Stop if the wish was lost: Python drops what is raised in the middle of a fork."""
        if self.is_heard:
            raise KeyboardInterrupt


def port_trouble(address: Address) -> str:
    """Say why this port cannot be had; nothing when it can."""
    host, port = address
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except PermissionError:
        return f"[red]Port {port} is not for ordinary users.[/] Choose another one: --port 8000"
    except socket.gaierror:
        return f"[red]This machine does not know the host {host}.[/] Choose another one: --host"
    except OSError as error:
        return f"[red]{host}:{port} cannot be had[/] ({error.strerror}). Try --port {port + 1}"
    return ""


class Plan(NamedTuple):
    """What shall run, and where."""

    home: Path
    address: Address
    workers: int
    has_sample: bool
    has_life: bool
    has_wechat: bool


class Running(NamedTuple):
    """What runs: the pages, our own database and the WeChat to test with, if there are any."""

    pages: Server
    database: Database | None
    wechat: Server | None


def open_market(opened: ExitStack, plan: Plan) -> Running:
    """Start all; `opened` stops all in the right order: the servers, then the database."""
    database, urls = start_database(opened, plan.home)
    for name in asyncio.run(migrate(urls.owner)):
        console.print(f"Tables: {name}")
    if database is not None and database.embedded.was_unclean:
        console.print("The last stop was unclean; every promise is examined beside the market.")
        database.examine()
    if plan.has_sample and (words := asyncio.run(import_sample(urls.login))):
        console.print(words)
        if plan.has_life and (words := asyncio.run(begin_life(urls.login))):
            console.print(words)
    wechat = start_wechat(opened, plan, urls) if plan.has_wechat and database else None
    role = web(plan.address, plan.workers, wechat.address if wechat else None)
    pages = Server(role, plan.address, urls.login, plan.home, console.print)
    opened.callback(pages.stop)
    opened.callback(console.print, "Stopping …")
    pages.start()
    file = plan.home / ADDRESS
    file.write_text(plan.address.url(), "utf-8")
    opened.callback(file.unlink, missing_ok=True)
    return Running(pages, database, wechat)


def start_wechat(opened: ExitStack, plan: Plan, urls: Urls) -> Server | None:
    """Start the WeChat to test with on the next port; without one the market runs all the same."""
    address = Address(plan.address.host, plan.address.port + 1)
    if trouble := port_trouble(address):
        console.print(f"No WeChat to test with: {trouble}")
        return None
    server = Server(
        sandbox(address, is_needed=False), address, urls.login, plan.home, console.print
    )
    opened.callback(server.stop)
    server.start()
    return server


def start_database(opened: ExitStack, home: Path) -> tuple[Database | None, Urls]:
    """Give the URLs of the server that is named, or of our own, started."""
    if named := server_urls():
        return None, named
    embedded = Embedded(home, say=console.print)
    database = Database(embedded, console.print)
    opened.callback(database.stop)
    embedded.start()
    return database, Urls(embedded.login_url, embedded.owner_url)


def watch(market: Running, wish: Wish, *, shown: bool) -> None:
    """Look after all for ever; say once where everything is, when the pages answer."""
    is_pointed = market.wechat is None
    while True:
        wish.check()
        if market.database is not None:
            market.database.look()
        market.pages.look()
        if market.wechat is not None:
            market.wechat.look()
        if not market.pages.has_answered and market.pages.answers():
            say_where(market)
            if shown:
                webbrowser.open(market.pages.address.url())
        if not is_pointed and market.wechat is not None and market.pages.has_answered:
            is_pointed = point(market.wechat.address.url(), market.pages.address.url())
        time.sleep(LOOK_EVERY_SECONDS)


def say_where(market: Running) -> None:
    """Print where everything is, and how to stop."""
    pages = market.pages
    lines = [f"The market is open:  [bold]{pages.address.url()}[/]"]
    lines.append(f"For those who sell:  [bold]{pages.address.url()}/console[/]")
    if market.wechat is not None:
        lines.append(f"A WeChat to test it: [bold]{market.wechat.address.url()}[/]")
    lines += [
        f"Data and secrets:    {pages.home}",
        f"The pages' log:      {pages.home / WEB_LOG}",
    ]
    if market.database is None:
        lines.append("Database:            the server that JISHI_DATABASE_URL names")
    else:
        lines.append(f"Database's log:      {market.database.embedded.log}")
    lines += [
        "Check its promises:  jishi verify",
        "Its health:          jishi doctor",
        "Stop it:             Ctrl-C",
    ]
    seconds = time.monotonic() - BEGAN
    console.print(Panel("\n".join(lines), title="Jishi 集市", subtitle=f"{seconds:.1f} s"))
