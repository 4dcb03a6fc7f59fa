"""`jishi up`: the whole market on this machine: database, tables, sample, pages."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.panel import Panel

from jishi.cli.connection import HOME, OWNER_URL, URL, Urls, server_urls
from jishi.cli.sample import import_sample
from jishi.kernel import check_indexes, migrate, verify
from jishi.kernel.postgres import CANNOT_RUN, Busy, Embedded
from jishi.kernel.postgres.processes import die_with_parent

STOP_SECONDS_MAX = 30
RESPAWN_SECONDS_MAX = 15
console = Console(highlight=False)


def up(
    *,
    home: Path = HOME,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    sample: bool = True,
) -> None:
    """Start the market and keep it running until you stop it with Ctrl-C.

    The first start makes the database and brings in a sample market; later ones take a moment.

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
    """
    if trouble := port_trouble(host, port):
        console.print(trouble)
        sys.exit(1)
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, _stop)
    try:
        _Up(home.absolute(), host, port, workers).run(with_sample=sample)
    except (Busy, *CANNOT_RUN) as error:
        console.print(f"[red]{error}[/]")
        sys.exit(1)


class Stopping(BaseException):
    """Somebody asked us to stop."""


def _stop(_sign: int, _frame: object) -> None:
    raise Stopping


def port_trouble(host: str, port: int) -> str:
    """Say why this port cannot be had; nothing when it can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"[red]Port {port} on {host} is taken[/] ({error.strerror}). Try --port {port + 1}"
            )
    return ""


class _Up:
    """The parent of the database and of the web server; each is started again when it dies."""

    def __init__(self, home: Path, host: str, port: int, workers: int) -> None:
        self.home, self.host, self.port, self.workers = home, host, port, workers
        self.embedded: Embedded | None = None
        self.server: subprocess.Popen[bytes] | None = None
        self.began = time.monotonic()

    def run(self, *, with_sample: bool) -> None:
        """Start all, watch all, and at the end stop all in the right order."""
        try:
            urls = self.start_database()
            for name in asyncio.run(migrate(urls.owner)):
                console.print(f"Tables: {name}")
            if self.embedded is not None and self.embedded.was_unclean:
                asyncio.run(_look_after_crash(urls.owner))
            if with_sample and (words := asyncio.run(import_sample(urls.login))):
                console.print(words)
            self.start_server(urls)
            self.say_where()
            self.watch(urls)
        except Stopping:
            console.print("Stopping …")
        finally:
            for sign in (signal.SIGTERM, signal.SIGINT):
                signal.signal(sign, signal.SIG_IGN)
            self.stop()

    def start_database(self) -> Urls:
        """Give the URLs of the server that is named, or of our own, started."""
        named = server_urls()
        if named:
            return named
        self.embedded = Embedded(self.home, say=console.print)
        self.embedded.start()
        return Urls(self.embedded.login_url, self.embedded.owner_url)

    def start_server(self, urls: Urls) -> None:
        """Start the web server as a child that dies with us."""
        arguments = ["--host", self.host, "--port", str(self.port), "--workers", str(self.workers)]
        environment = {**os.environ, URL: urls.login, "JISHI_HOME": str(self.home)}
        # The server needs no more rights than it has: the owner's password is not for it.
        environment.pop(OWNER_URL, None)
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jishi.cli", "serve", *arguments],
            env=environment,
            preexec_fn=lambda: die_with_parent(signal.SIGTERM),
        )

    def say_where(self) -> None:
        """Wait until the pages answer, and say where everything is."""
        self.wait_for_pages()
        seconds = time.monotonic() - self.began
        lines = [
            f"The market is open:  [bold]http://{self.host}:{self.port}[/]",
            f"Data, log, secrets:  {self.home}",
            "Check its promises:  jishi verify",
            "Its health:          jishi doctor",
            "Stop it:             Ctrl-C",
        ]
        console.print(Panel("\n".join(lines), title="Jishi 集市", subtitle=f"{seconds:.1f} s"))

    def wait_for_pages(self) -> None:
        """Wait until the port answers or the server ends."""
        assert self.server is not None
        while self.server.poll() is None:
            try:
                with socket.create_connection((self.host, self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.05)

    def watch(self, urls: Urls) -> None:
        """Start again whatever dies, with a growing pause when it dies at once."""
        pause = 1.0
        while True:
            time.sleep(0.2)
            if self.embedded is not None and not self.embedded.is_alive():
                console.print("[yellow]The database ended by itself; starting it again.[/]")
                self.embedded.restart()
            if self.server is not None and self.server.poll() is not None:
                console.print(f"[yellow]The web server ended; again in {pause:.0f} s.[/]")
                time.sleep(pause)
                pause = min(pause * 2, RESPAWN_SECONDS_MAX)
                self.start_server(urls)

    def stop(self) -> None:
        """Stop the pages first, so that whoever waits is answered; then the database."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.server.kill()
        if self.embedded is not None:
            self.embedded.stop()


async def _look_after_crash(owner_url: str) -> None:
    """After an unclean stop, check every index and every promise before the market opens."""
    sound = await check_indexes(owner_url)
    broken = [kept.sentence async for kept in verify(owner_url) if kept.broken]
    console.print(
        f"The last stop was unclean: {sound} indexes are sound, {len(broken)} promises broken."
    )
    for sentence in broken:
        console.print(f"[red]broken: {sentence}[/]")
