"""A start makes what is missing, anywhere, and lets nobody in who has no password."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from jishi.kernel.postgres import CannotStart, NoPassword, cluster, readiness, server, space
from jishi.kernel.postgres.binaries import bin_folder
from jishi.kernel.postgres.settings import memory_bytes
from jishi.kernel.postgres.tenants import make_tenants
from tests.kernel.postgres.homes import QUICK, ROOT, ask, quick, running


def test_a_new_home_opens_for_its_owner_and_for_the_market(folder: Path) -> None:
    with running(folder / "home") as embedded:
        assert embedded.was_made
        assert not embedded.was_unclean
        assert ask(embedded.owner_url, "select current_user") == "jishi"
        assert ask(embedded.login_url, "select current_user") == "jishi_login"
        superuser = "select rolsuper from pg_roles where rolname = current_user"
        assert ask(embedded.owner_url, superuser) is True
        assert ask(embedded.login_url, superuser) is False
        assert ask(embedded.owner_url, "select current_database()") == "jishi"


def test_rows_outlive_a_stop_and_the_second_start_is_fast(folder: Path) -> None:
    with running(folder / "home") as embedded:
        ask(embedded.owner_url, "create table kept as select 7 as number")
    began = time.monotonic()
    with running(folder / "home") as embedded:
        took = time.monotonic() - began
        assert not embedded.was_made
        assert not embedded.was_unclean
        assert ask(embedded.owner_url, "select number from kept") == 7
    # A tenth of a second on a quiet machine.
    assert took < 2


@pytest.mark.parametrize(
    "name", ["my shop", 'o\'brien "x"', "集市 数据", "a,b", "100%41&host=else#x", "back\\slash"]
)
def test_any_name_of_a_folder_will_do(folder: Path, name: str) -> None:
    with running(folder / name) as embedded:
        assert ask(embedded.login_url, "select 1") == 1
        assert ask(embedded.owner_url, "show data_directory") == str(folder / name / "pg18")


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_everybody_finds(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder / ("long" * 30)
    with running(home) as embedded:
        assert len(embedded.login_url.partition("host=")[2]) < 100
        short = (home / "run").readlink()
        assert short.stat().st_mode & 0o777 == 0o700
        # A process with other temporary folders, such as one from cron, finds it as well.
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        assert ask(quick(home).login_url, "select 1") == 1
    short.rmdir()
    with running(home) as embedded:
        assert (home / "run").readlink() != short
        assert ask(embedded.login_url, "select 1") == 1
    (home / "run").readlink().rmdir()


def test_a_home_may_be_a_link_to_a_larger_disk(folder: Path) -> None:
    (folder / "disk").mkdir()
    (folder / "home").symlink_to(folder / "disk")
    with running(folder / "home") as embedded:
        assert embedded.data == folder / "disk" / "pg18"
        assert ask(embedded.login_url, "select 1") == 1


def test_our_environment_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PGPORT": "9", "PGSSLMODE": "verify-full", "PGHOST": "else", "PGUSER": "else",
        "PGDATABASE": "else", "PGDATA": "/else", "PGOPTIONS": "-c fsync=on",
        "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with running(folder / "home") as embedded:
        assert ask(embedded.login_url, "show timezone") == "UTC"
        assert ask(embedded.login_url, "select current_database()") == "jishi"


def test_nobody_enters_without_the_password_or_over_the_network(folder: Path) -> None:
    with running(folder / "home") as embedded:
        url = urlsplit(embedded.login_url)
        for wrong in ("jishi_login:wrong@", "jishi_login@", "jishi:wrong@"):
            with pytest.raises((asyncpg.InvalidPasswordError, asyncpg.InterfaceError)):
                ask(url._replace(netloc=wrong).geturl(), "select 1")
        assert ask(embedded.owner_url, "show listen_addresses") == ""
        assert (embedded.home / "run").stat().st_mode & 0o777 == 0o700
        socket = next((embedded.home / "run").glob(".s.PGSQL.*[0-9]"))
        assert socket.stat().st_mode & 0o777 == 0o700
        for name in ("owner.pw", "login.pw"):
            assert (embedded.home / name).stat().st_mode & 0o777 == 0o600
        assert (embedded.home / "owner.pw").read_text() != (embedded.home / "login.pw").read_text()
        shown = subprocess.run(["ps", "axeww"], capture_output=True, text=True, check=True).stdout
        assert (embedded.home / "owner.pw").read_text() not in shown


def test_a_lost_password_of_the_owner_is_said_and_one_of_the_market_is_made_anew(
    folder: Path,
) -> None:
    home = folder / "home"
    with running(home):
        pass
    (home / "login.pw").unlink()
    with running(home) as embedded:
        assert ask(embedded.login_url, "select 1") == 1
    kept = (home / "owner.pw").read_text()
    (home / "owner.pw").unlink()
    with pytest.raises(NoPassword, match=r"owner\.pw is missing"):
        quick(home).start()
    (home / "owner.pw").write_text("another")
    with pytest.raises(CannotStart, match="will not let us in"):
        quick(home).start()
    (home / "owner.pw").write_text(kept)
    with running(home) as embedded:
        assert ask(embedded.owner_url, "select 1") == 1


def test_chinese_is_found_by_its_letters_and_ordered_the_same_everywhere(folder: Path) -> None:
    with running(folder / "home") as embedded:
        ask(embedded.owner_url, "create extension pg_trgm")
        assert ask(embedded.login_url, "select cardinality(show_trgm('面膜补水'))") == 5
        assert ask(embedded.login_url, "select '面膜' ilike '%膜%'") is True
        assert ask(embedded.login_url, "select upper('é') || lower('Ü')") == "Éü"
        rows = "select string_agg(w, '' order by w) from unnest(array['b','B','a','乙','甲']) w"
        assert ask(embedded.login_url, rows) == "Bab乙甲"


def test_a_cluster_that_cannot_search_chinese_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LOCALES", ("C",))
    with pytest.raises(CannotStart, match="cannot search Chinese: its LC_CTYPE is C"):
        quick(folder / "home").start()


def test_a_locale_that_is_missing_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LOCALES", ("xx_YY.UTF-8", "C.UTF-8"))
    with running(folder / "home") as embedded:
        ctype = "select datctype from pg_database where datname = current_database()"
        assert ask(embedded.login_url, ctype) == "C.UTF-8"


def test_binaries_may_be_named_and_a_slow_recovery_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(folder / "home"):
        pass
    slow = folder / "slow"
    slow.mkdir()
    for program in ("postgres", "pg_controldata", "initdb"):
        real = bin_folder() / program
        pause = "sleep 1.2" if program == "postgres" else ":"
        (slow / program).write_text(f'#!/bin/sh\n{pause}\nexec "{real}" "$@"\n')
        (slow / program).chmod(0o755)
    monkeypatch.setenv("JISHI_PG_BIN", str(slow))
    monkeypatch.setattr(readiness, "SAY_EVERY_SECONDS", 0.3)
    said: list[str] = []
    with running(folder / "home", said) as embedded:
        assert ask(embedded.login_url, "select 1") == 1
    assert len([words for words in said if "getting ready" in words]) >= 2


def test_a_start_that_fails_says_why_and_lets_the_home_go(folder: Path) -> None:
    with pytest.raises(CannotStart, match="unrecognized configuration parameter"):
        quick(folder / "home", no_such_setting="1").start()
    with running(folder / "home") as embedded:
        assert embedded.is_alive()


def test_what_was_interrupted_after_initdb_is_made_up_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(_url: str, _home: Path) -> None:
        raise InterruptedError

    monkeypatch.setattr(server, "make_tenants", interrupted)
    with pytest.raises(InterruptedError):
        quick(folder / "home").start()
    monkeypatch.setattr(server, "make_tenants", make_tenants)
    with running(folder / "home") as embedded:
        assert ask(embedded.login_url, "select 1") == 1


def test_a_markets_own_server_is_durable_and_keeps_to_its_memory(folder: Path) -> None:
    embedded = server.Embedded(folder / "home", say=lambda _: None, reserve_bytes=1 << 20)
    embedded.start()
    try:
        for name, value in {
            "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
            "wal_level": "replica", "max_wal_size": "1GB", "checkpoint_timeout": "5min",
            "log_lock_waits": "on", "max_connections": "100", "data_checksums": "on",
        }.items():  # fmt: skip
            assert ask(embedded.owner_url, f"show {name}") == value, name
        size = "select setting::bigint * 8192 from pg_settings where name = 'shared_buffers'"
        shared = ask(embedded.owner_url, size)
        assert isinstance(shared, int)
        assert shared <= min(memory_bytes() // 4, 2 * 1024**3)
    finally:
        embedded.stop()


def test_a_network_disk_is_warned_about(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "file_system", lambda _: "nfs4")
    said: list[str] = []
    with running(folder / "home", said):
        pass
    assert [words for words in said if "is on nfs4" in words]


def test_a_server_outlives_the_thread_that_started_it(folder: Path) -> None:
    program = f"""
import sys, threading, time
from pathlib import Path
from jishi.kernel.postgres import Embedded
embedded = Embedded(Path(sys.argv[1]), say=print, settings={QUICK!r})
thread = threading.Thread(target=embedded.start)
thread.start(); thread.join(); time.sleep(0.5)
assert embedded.is_alive()
embedded.stop()
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "home")],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0
