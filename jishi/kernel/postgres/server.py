"""The embedded server: one owner for its folder, started, watched and stopped by us alone."""

import asyncio
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import quote

import asyncpg
import psutil

from jishi.kernel.postgres import space
from jishi.kernel.postgres.account import Account, account, place_for_binaries, place_for_data
from jishi.kernel.postgres.binaries import bin_folder
from jishi.kernel.postgres.cluster import DATABASE, LOGIN, OWNER, make_cluster, password
from jishi.kernel.postgres.processes import as_child, stop_orphans
from jishi.kernel.postgres.socket_folder import socket_folder

STOP_SECONDS_MAX = 60
SAY_EVERY_SECONDS = 3.0
MEMORY_BYTES_MAX = 2 * 1024**3
NO_SPACE = "No space left on device"


class Busy(Exception):
    """Another process runs this folder's database."""


class CannotStart(Exception):
    """The server ended while it was starting; carries the end of its log."""


class Embedded:
    """PostgreSQL under a folder of ours, as a direct child that dies with us.

    `say` is told whatever a person should know; `settings` override the server's. The URLs hold
    as long as the folder does, whoever runs the server.
    """

    def __init__(
        self, home: Path, *, say: Callable[[str], None], settings: Mapping[str, str] | None = None
    ) -> None:
        self.home, self.say = home.absolute(), say
        self.settings = {**defaults(), **(settings or {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.lock: IO[str] | None = None
        self.was_unclean = self.was_made = False
        self._user: Account | None = None

    @property
    def user(self) -> Account:
        """Give the user that runs the server."""
        if self._user is None:
            self._user = account(self.say)
        return self._user

    @property
    def place(self) -> Path:
        """Give the folder that the cluster and the socket are in."""
        return place_for_data(self.home, self.user, _quiet)

    @property
    def data(self) -> Path:
        """Give the data folder, named by its major version."""
        return self.place / "pg18"

    @property
    def log(self) -> Path:
        """Give the server's log."""
        return self.home / "postgres.log"

    @property
    def owner_url(self) -> str:
        """Give the URL of the owner: migrations and verification."""
        return self._url(OWNER, DATABASE)

    @property
    def login_url(self) -> str:
        """Give the URL of the market: no more rights than it needs."""
        return self._url(LOGIN, DATABASE)

    def _url(self, name: str, database: str) -> str:
        secret = password(self.home / f"{name}.pw")
        host = quote(str(socket_folder(self.home, self.place, self.user)), safe="")
        return f"postgresql://{name}:{quote(secret, safe='')}@/{database}?host={host}"

    def start(self) -> None:
        """Take the folder, make the cluster if there is none, and wait until it answers.

        There is no limit to the wait: after a crash PostgreSQL reads its log again, as long as
        that takes, and says so. Raises Busy, CannotStart.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        place_for_data(self.home, self.user, self.say)
        if self.user.is_other and self.place == self.home:
            # Its own folder only, and only so far that its user may pass through.
            self.home.chmod(0o711)
        if (kind := space.file_system(self.home)) in space.NETWORK_KINDS:
            self.say(f"The data folder is on {kind}: a lock there may not hold. Use a local disk.")
        binaries = place_for_binaries(bin_folder(), self.user, self.place)
        owner_password = password(self.home / f"{OWNER}.pw")
        self.was_made = make_cluster(self.data, binaries, self.user, owner_password, self.say)
        self._run(binaries)
        if self.was_made:
            asyncio.run(self._prepare())
        asyncio.run(self._test_chinese())
        if not space.keep_reserve(self.home):
            self.say("There is too little space for the reserve that a full disk would need.")

    def restart(self) -> None:
        """Start again after the server ended by itself; the folder is still ours."""
        binaries = place_for_binaries(bin_folder(), self.user, self.place)
        self._run(binaries)

    def _run(self, binaries: Path) -> None:
        stop_orphans(self.data, self.say)
        self.was_unclean = (self.data / "postmaster.pid").exists()
        # We hold the folder's lock and nobody stands in it: the file is a dead server's.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        try:
            self._spawn(binaries)
        except CannotStart as error:
            if NO_SPACE not in str(error) or not space.release_reserve(self.home):
                raise
            self.say("The disk is full: giving up the reserve so that the database can start.")
            self._spawn(binaries)

    def _spawn(self, binaries: Path) -> None:
        sockets = socket_folder(self.home, self.place, self.user)
        # Quoted, or a space in the path would end the list of folders.
        listed = '"' + str(sockets).replace('"', '""') + '"'
        settings = {**self.settings, "unix_socket_directories": listed, "listen_addresses": ""}
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        began = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=as_child(self.user), cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "TZ": "UTC"},
            )  # fmt: skip
        self._wait(began)

    def _wait(self, log_began: int) -> None:
        """Wait until a real connection works."""
        assert self.process is not None
        said = time.monotonic()
        while not asyncio.run(_answers(self._url(OWNER, "postgres"))):
            if self.process.poll() is not None:
                words = self.log.read_bytes()[log_began:].decode(errors="replace")[-2_000:]
                raise CannotStart(f"PostgreSQL ended while starting:\n{words}")
            if time.monotonic() - said > SAY_EVERY_SECONDS:
                said = time.monotonic()
                self.say("PostgreSQL is reading its log again after an unclean stop …")
            time.sleep(0.02)

    async def _prepare(self) -> None:
        """Make the market's login and database in a new cluster."""
        secret = password(self.home / f"{LOGIN}.pw")
        connection = await asyncpg.connect(self._url(OWNER, "postgres"))
        try:
            quoted = await connection.fetchval("select quote_literal($1::text)", secret)
            await connection.execute(f"create role {LOGIN} login password {quoted}")
            await connection.execute(f"create database {DATABASE}")
        finally:
            await connection.close()

    async def _test_chinese(self) -> None:
        """Make sure that this cluster can search Chinese; a wrong ctype finds nothing, silently."""
        connection = await asyncpg.connect(self._url(OWNER, "postgres"))
        try:
            await connection.execute("create extension if not exists pg_trgm")
            found = await connection.fetchval("select show_trgm('面膜')")
        finally:
            await connection.close()
        if not found:
            raise CannotStart("This database cannot search Chinese: its LC_CTYPE is not UTF-8.")

    def is_alive(self) -> bool:
        """Tell whether the server that we started runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stop the server, cleanly if it lets us, and let the folder go."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
        if self.lock is not None:
            self.lock.close()
            self.lock = None

    def _take_lock(self) -> None:
        """Hold the folder for life; the lock is on the file, so containers see it too."""
        lock = (self.home / "owner.lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            message = f"{self.home} is in use by another process (pid {owner})."
            raise Busy(message) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self.lock = lock


async def _answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=2)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True


def _quiet(_words: str) -> None:
    """Say nothing: what there was to say has been said at the start."""


def defaults() -> dict[str, str]:
    """Give the settings of a market's own server, by the memory there is."""
    quarter = min(psutil.virtual_memory().total // 4, MEMORY_BYTES_MAX) // 1024**2
    return {
        "shared_buffers": f"{quarter}MB",
        "wal_level": "replica",
        "max_wal_size": "1GB",
        "checkpoint_timeout": "5min",
        "max_connections": "100",
        "log_lock_waits": "on",
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "idle_in_transaction_session_timeout": "60s",
    }
