"""The embedded server: one owner for its home, started, watched and stopped by us alone."""

import asyncio
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from jishi.kernel.postgres import lock, passwords, space
from jishi.kernel.postgres.account import Account, account, can_reach
from jishi.kernel.postgres.binaries import bin_folder
from jishi.kernel.postgres.cluster import DATABASE, LOGIN, OWNER, make_cluster
from jishi.kernel.postgres.control import was_stopped_cleanly
from jishi.kernel.postgres.place import DATA, choose_place, is_home, place_of, point_to, runnable
from jishi.kernel.postgres.processes import start_as, stop_orphans
from jishi.kernel.postgres.readiness import CannotStart, wait_until_ready
from jishi.kernel.postgres.settings import defaults
from jishi.kernel.postgres.socket_folder import SOCKET, make_socket_folder, socket_folder
from jishi.kernel.postgres.tenants import make_tenants

STOP_SECONDS_MAX = 120
LOG_BYTES_MAX = 32 * 1024**2
NO_SPACE = "No space left on device"


class Embedded:
    """PostgreSQL in a home of ours, as a direct child that dies with us.

    `say` is told whatever a person should know; `settings` override the server's. The URLs hold
    as long as the home does, whoever runs the server. Start it from the main thread: Linux ties
    a child's life to the thread that made it.
    """

    def __init__(
        self,
        home: Path,
        *,
        say: Callable[[str], None],
        settings: Mapping[str, str] | None = None,
        reserve_bytes: int = space.RESERVE_BYTES,
    ) -> None:
        self.home, self.say, self.reserve_bytes = home.resolve(), say, reserve_bytes
        self.settings = {**defaults(), **(settings or {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.was_unclean = self.was_made = False
        self._locks: list[int] = []
        self._binaries: Path | None = None
        self._user: Account | None = None

    @property
    def user(self) -> Account:
        """Give the user that runs the server, once it has been started."""
        assert self._user is not None
        return self._user

    @property
    def place(self) -> Path:
        """Give the folder that the cluster and its socket are in: the home, or one apart."""
        return place_of(self.home)

    @property
    def data(self) -> Path:
        """Give the cluster's own folder."""
        return self.place / DATA

    @property
    def log(self) -> Path:
        """Give the server's log."""
        return self.home / "postgres.log"

    @property
    def owner_url(self) -> str:
        """Give the URL of the owner: migrations and verification."""
        return self._url(OWNER, "owner.pw", DATABASE)

    @property
    def login_url(self) -> str:
        """Give the URL of the market: no more rights than it needs."""
        return self._url(LOGIN, "login.pw", DATABASE)

    def _url(self, role: str, file: str, database: str) -> str:
        secret = quote(passwords.read(self.home / file), safe="")
        host = quote(str(socket_folder(self.place)), safe="")
        # The port and the mode are named, or PGPORT and PGSSLMODE would speak for them.
        query = f"host={host}&port=5432&sslmode=disable"
        return f"postgresql://{role}:{secret}@/{database}?{query}"

    def start(self) -> None:
        """Take the home, make the cluster if there is none, and wait until it answers.

        There is no limit to the wait: after a crash PostgreSQL reads its log again, as long as
        that takes, and says so. Raises Busy, CannotStart and the errors of the parts.
        """
        is_ours = is_home(self.home)
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._locks.append(lock.take(self.home))
        try:
            self._make(is_ours=is_ours)
            self._run()
            asyncio.run(make_tenants(self._url(OWNER, "owner.pw", "postgres"), self.home))
            self.keep_reserve()
        except BaseException:
            self.stop()
            raise

    def _make(self, *, is_ours: bool) -> None:
        self._user = user = account(self.home / DATA, self.say)
        place = choose_place(self.home, user, self.say, is_ours=is_ours)
        if place != self.home:
            # Two homes, one a copy of the other, may point to one place.
            self._locks.append(lock.take(place))
        if (kind := space.file_system(place)) in space.NETWORK_KINDS:
            self.say(f"{place} is on {kind}: locks and fsync may not hold there. Use a local disk.")
        self._binaries = runnable(bin_folder(), user, place)
        self.was_made = not (place / DATA).exists()
        file = self.home / "owner.pw"
        # Made for a new cluster alone: to an old one a new password opens nothing.
        secret = passwords.made(file) if self.was_made else passwords.read(file)
        make_cluster(place, self._binaries, user, secret, self.say)
        point_to(self.home, place)
        if not can_reach(user, self.data):
            raise CannotStart(f"A folder above {self.data} is closed to the user that owns it.")

    def _run(self) -> None:
        assert self._binaries is not None
        stop_orphans(self.data, self.user, self.say)
        self.was_unclean = not was_stopped_cleanly(self.data, self._binaries, self.user)
        # We hold the home's lock and nobody stands in it: the file is a dead server's.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        # Its socket's lock too: the pid in it may be somebody else's by now, and PostgreSQL would
        # believe that it still runs.
        (socket_folder(self.place) / f"{SOCKET}.lock").unlink(missing_ok=True)
        self._keep_log_short()
        try:
            self._spawn(self._binaries, self.user)
        except CannotStart as error:
            is_full = NO_SPACE in str(error) or space.free_space(self.place) < space.START_BYTES
            if not is_full or not space.release_reserve(self.place):
                raise
            self.say(
                f"The disk is full. The reserve of {self.reserve_bytes // 1024**2} MB is given up"
                " so that the database can start: make room now."
            )
            self._spawn(self._binaries, self.user)

    def _spawn(self, binaries: Path, user: Account) -> None:
        # Quoted, or a space in the path would end the list of folders.
        sockets = str(make_socket_folder(self.place, user)).replace('"', '""')
        settings = {
            **self.settings,
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": f'"{sockets}"',
            "unix_socket_permissions": "0700",
        }
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            began = log.tell()
            self.process = start_as(user, command, log)
        url = self._url(OWNER, "owner.pw", "postgres")
        wait_until_ready(url, self.process, self.log, began, self.say)

    def is_alive(self) -> bool:
        """Tell whether the server that we started runs."""
        return self.process is not None and self.process.poll() is None

    def restart(self) -> None:
        """Start again after the server ended by itself; the home is still ours."""
        assert self._locks, "only who started it may restart it"
        self._end_server()
        self._run()
        self.keep_reserve()

    def keep_reserve(self) -> bool:
        """Take the reserve for a full disk, if there is room; tell whether it is there."""
        return space.keep_reserve(self.place, self.reserve_bytes)

    def stop(self) -> None:
        """Stop the server, cleanly if it lets us, and let the home go."""
        self._end_server()
        while self._locks:
            lock.release(self._locks.pop())

    def _end_server(self) -> None:
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        # Fast, then immediate: the next start recovers. A kill would leave children behind.
        for sign, seconds in ((signal.SIGINT, STOP_SECONDS_MAX), (signal.SIGQUIT, 10)):
            process.send_signal(sign)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.say("PostgreSQL does not stop; what it has committed is safe.")
            else:
                return
        process.kill()
        process.wait()

    def _keep_log_short(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES_MAX:
            self.log.replace(self.log.with_suffix(".log.old"))
