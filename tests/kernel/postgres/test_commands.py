"""What an operator asks of a market's database by hand: its health, a copy, and the copy back."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.kernel.postgres.homes import ROOT, ask, quick, running


def jishi(*words: object, **environment: str) -> tuple[int, str]:
    """Run a command; give its code and what it said."""
    known = {key: value for key, value in os.environ.items() if "JISHI" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "jishi.cli", *map(str, words)], cwd=ROOT, check=False, text=True,
        env={**known, "COLUMNS": "300", **environment}, capture_output=True,
    )  # fmt: skip
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_a_market_is_backed_up_while_it_runs_and_restored_into_a_new_home(folder: Path) -> None:
    home = folder / "home"
    with running(home) as embedded:
        assert jishi("migrate", "--home", home)[0] == 0
        ask(embedded.owner_url, "create table kept as select 7 as number")
        code, said = jishi("backup", folder / "backups", "--home", home)
        assert code == 0, said
    (backup,) = (folder / "backups").iterdir()
    assert str(backup) in said
    code, said = jishi("restore", backup, "--home", folder / "new")
    assert (code, "0 events" in said) == (0, True), said
    with running(folder / "new") as embedded:
        assert ask(embedded.owner_url, "select number from kept") == 7
    code, said = jishi("restore", backup, "--home", folder / "new")
    assert (code, "is not empty" in said) == (1, True), said


def test_the_doctor_makes_nothing_and_names_what_is_wrong(folder: Path) -> None:
    code, said = jishi("doctor", "--home", folder / "home")
    assert "not made yet" in said
    assert "PostgreSQL) 18" in said
    assert not (folder / "home").exists()
    with running(folder / "home") as embedded:
        code, said = jishi("doctor", "--home", folder / "home")
        # fsync is off in this test's server.
        assert (code, "fsync off" in said) == (1, True), said
        assert "not applied yet: 0001_ground_floor.sql" in said
        assert "trigrams of Chinese work" in said
        assert ask(embedded.owner_url, "select count(*) from pg_extension") == 1
    code, said = jishi("doctor", "--home", folder / "home", JISHI_PG_BIN=str(folder))
    assert (code, "There is no `postgres`" in said) == (1, True), said


def test_the_doctor_is_content_with_a_market_that_is_well(folder: Path) -> None:
    home = folder / "home"
    assert jishi("migrate", "--home", home)[0] == 0
    code, said = jishi("doctor", "--home", home)
    assert "Tables up to date" in " ".join(said.replace("│", " ").split()), said
    assert "fsync and synchronous_commit are on" in said
    if shutil.disk_usage(folder).free > 1 << 30:
        assert code == 0, said


def test_a_server_is_copied_if_our_role_may_and_told_otherwise(folder: Path) -> None:
    with running(folder / "home") as embedded:
        code, said = jishi("backup", folder / "to", JISHI_DATABASE_URL=embedded.login_url)
        assert (code, "Use the server's own backup" in said) == (1, True), said
        code, said = jishi("backup", folder / "to", JISHI_DATABASE_URL=embedded.owner_url)
        assert code == 0, said
    (backup,) = (folder / "to").iterdir()
    assert sorted(file.name for file in backup.iterdir()) == ["pg18"]
    code, said = jishi("restore", backup, "--home", folder / "new")
    assert (code, "has no passwords" in said) == (1, True), said


def test_there_is_nothing_to_back_up_where_no_market_is(folder: Path) -> None:
    code, said = jishi("backup", folder / "backups", "--home", folder / "home")
    assert (code, "There is no market" in said) == (1, True), said
    assert not list(folder.iterdir())
    assert not quick(folder / "home").is_alive()
