"""A home has one owner, its server an ordinary user, and nothing above the home is touched."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from jishi.kernel.postgres import Busy, ClusterGone, NoAccount, NotPrivate, binaries, place
from jishi.kernel.postgres.account import NAME, account
from tests.kernel.postgres.homes import QUICK, ROOT, ask, end, quick, running, starter, word

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it changes users")


def test_of_many_first_starts_at_once_one_owns_the_home(folder: Path) -> None:
    home = folder / "home"
    starters = [starter(home) for _ in range(6)]
    words = [word(each) for each in starters]
    owners = [each for each, said in zip(starters, words, strict=True) if said.startswith("ready")]
    assert len(owners) == 1
    busy = [said for said in words if not said.startswith("ready")]
    assert busy == [f"{home} is in use by another process (pid {owners[0].pid})."] * 5
    assert ask(quick(home).login_url, "select 1") == 1
    assert sorted(end(each) for each in starters) == [0, 3, 3, 3, 3, 3]


def test_who_finds_a_home_busy_may_still_ask_its_database(folder: Path) -> None:
    with running(folder / "home") as embedded:
        second = quick(folder / "home")
        with pytest.raises(Busy, match=f"pid {os.getpid()}"):
            second.start()
        assert second.login_url == embedded.login_url
        assert ask(second.owner_url, "select 1") == 1
        second.stop()
        assert embedded.is_alive()


def test_a_forked_child_does_not_hold_the_home(folder: Path) -> None:
    program = f"""
import os, sys, time
from pathlib import Path
from jishi.kernel.postgres import Embedded
embedded = Embedded(Path(sys.argv[1]), say=print, settings={QUICK!r})
embedded.start()
child = os.fork()
if child == 0:
    os.close(1)
    time.sleep(60)
embedded.stop()
print(child)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "home")], cwd=ROOT, check=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        with running(folder / "home") as embedded:
            assert embedded.is_alive()
    finally:
        os.kill(int(done.stdout.split()[-1]), 9)


@as_root
def test_two_containers_on_one_volume_do_not_both_open_it(folder: Path) -> None:
    apart = ("unshare", "--pid", "--ipc", "--mount-proc", "--fork", "--kill-child")
    if subprocess.run([*apart, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody make namespaces")
    with running(folder / "home"):
        second = starter(folder / "home", *apart)
        assert "is in use by another process" in word(second)
        assert end(second) == 3


@as_root
def test_orphans_are_seen_where_root_may_not_look_into_every_process(folder: Path) -> None:
    home = folder / "home"
    with running(home) as embedded:
        data, user = embedded.data, embedded.user
        assert embedded._binaries is not None
        program = embedded._binaries / "postgres"
    orphan = subprocess.Popen(
        [program, "-D", data, "-c", "listen_addresses=", "-k", home / "run"],
        user=user.uid, group=user.gid, stderr=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip
    while not (data / "postmaster.pid").exists():
        time.sleep(0.01)
    # As in a container: root, but without the right to trace.
    limited = ("setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace")
    try:
        second = starter(home, *limited)
        assert word(second).startswith("ready")
        assert orphan.wait(5) == 0
        assert end(second) == 0
    finally:
        orphan.kill()


@as_root
def test_root_s_server_is_an_ordinary_users_and_no_folder_above_changes(folder: Path) -> None:
    above = folder / "above"
    above.mkdir(mode=0o755)
    before = {path: path.stat() for path in (folder, above)}
    with running(above / "home") as embedded:
        assert embedded.data.stat().st_uid == embedded.user.uid != 0
        assert ask(embedded.login_url, "select 1") == 1
        assert embedded.process is not None
        status = Path(f"/proc/{embedded.process.pid}/status").read_text()
        assert f"Uid:\t{embedded.user.uid}\t{embedded.user.uid}\t{embedded.user.uid}" in status
        assert "Groups:\t \n" in status
    for path, old in before.items():
        assert (path.stat().st_mode, path.stat().st_uid) == (old.st_mode, old.st_uid)


@as_root
def test_below_a_closed_folder_the_cluster_lies_apart_and_follows_its_home(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "APART", folder / "apart")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    with running(closed / "home", said) as embedded:
        ask(embedded.owner_url, "create table kept as select 7 as number")
        assert embedded.data.is_relative_to(folder / "apart")
    assert [words for words in said if "is closed to PostgreSQL's user" in words]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    (closed / "home").rename(closed / "moved")
    with running(closed / "moved") as embedded:
        assert ask(embedded.owner_url, "select number from kept") == 7
        # A copy of the home points to the same cluster, and may not open it as well.
        shutil.copytree(closed / "moved", closed / "copy", symlinks=True)
        with pytest.raises(Busy, match="apart"):
            quick(closed / "copy").start()
        assert embedded.is_alive()
    shutil.rmtree(folder / "apart")
    with pytest.raises(ClusterGone, match="there is no database there"):
        quick(closed / "moved").start()


@as_root
def test_a_folder_that_others_use_is_never_opened_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "APART", folder / "apart")
    shared = folder / "shared"
    shared.mkdir(mode=0o700)
    (shared / "letter").write_text("private")
    with running(shared) as embedded:
        assert ask(embedded.login_url, "select 1") == 1
    assert stat.S_IMODE(shared.stat().st_mode) == 0o700


@as_root
@pytest.mark.skipif("JISHI_PG_BIN" in os.environ, reason="the wheel's binaries are not used")
def test_binaries_out_of_reach_are_copied_and_the_server_cannot_change_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    package = binaries.bin_folder().parent.parent
    for each in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(each, closed / each.name, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.setenv("JISHI_PG_BIN", str(closed / package.name / "pginstall" / "bin"))
    for _ in range(2):
        with running(folder / "home") as embedded:
            assert ask(embedded.login_url, "select 1") == 1
            assert embedded._binaries is not None
            assert embedded._binaries.is_relative_to(folder / "home")
            program = (embedded._binaries / "postgres").stat()
            assert (program.st_uid, program.st_mode & 0o022) == (0, 0)
    # A newer wheel has other binaries: they replace the copy.
    os.utime(closed / package.name / "pginstall" / "bin" / "postgres")
    with running(folder / "home") as embedded:
        assert len(list((folder / "home").glob("postgres-*"))) == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_another_user_of_the_machine_cannot_connect(folder: Path) -> None:
    for home in (folder / "home", folder / ("long" * 30)):
        with running(home) as embedded:
            program = f"""
import asyncio, asyncpg, os
os.setgid(65534); os.setuid(65534)
try:
    asyncio.run(asyncpg.connect({embedded.owner_url!r}))
except PermissionError:
    print("refused")
"""
            done = subprocess.run(
                [sys.executable, "-c", program], capture_output=True, text=True, check=False
            )
            assert done.stdout.strip() == "refused"
    (folder / ("long" * 30) / "run").readlink().rmdir()


@as_root
def test_root_runs_an_existing_cluster_as_the_user_that_owns_it(folder: Path) -> None:
    home = folder / "home"
    with running(home) as embedded:
        assert embedded.is_alive()
    for path in (home, *home.rglob("*")):
        shutil.chown(path, 65534, 65534)
    with running(home) as embedded:
        assert embedded.user.uid == 65534
        assert ask(embedded.login_url, "select 1") == 1


@as_root
def test_the_user_may_be_named_but_not_root(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JISHI_PG_USER", "nobody")
    assert account(folder / "none", lambda _: None).uid == 65534
    for name in ("root", "nobody-of-this-name"):
        monkeypatch.setenv("JISHI_PG_USER", name)
        with pytest.raises(NoAccount, match=name):
            account(folder / "none", lambda _: None)


@as_root
def test_where_no_user_can_be_made_the_last_resort_runs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JISHI_PG_USER", raising=False)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr("jishi.kernel.postgres.account.NAME", f"{NAME}-unknown")
    said: list[str] = []
    assert account(folder / "none", said.append).uid == 65534
    assert said == ["No system user could be made, so PostgreSQL runs as `nobody`."]


def test_a_socket_folder_that_others_may_enter_is_refused(folder: Path) -> None:
    (folder / "home" / "run").mkdir(parents=True)
    (folder / "home" / "run").chmod(0o777)
    with pytest.raises(NotPrivate, match="is not a private folder"):
        quick(folder / "home").start()


def test_a_short_socket_folder_that_others_may_enter_is_left_for_another(folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    open_to_all = Path(tempfile.mkdtemp(prefix="jishi-", dir=folder))
    open_to_all.chmod(0o777)
    (home / "run").symlink_to(open_to_all)
    (home / "owner.lock").touch()
    with running(home) as embedded:
        assert ask(embedded.login_url, "select 1") == 1
        assert not list(open_to_all.iterdir())
