"""A backup is proven by being restored, and a damaged one is refused."""

import stat
from pathlib import Path

import pytest

from jishi.kernel.postgres import BackupFailed, back_up, lay_out
from tests.kernel.postgres.homes import ask, quick, running

COUNT = "select count(*) || ' ' || sum(hashtext(number::text)) from kept"


def test_what_was_backed_up_while_the_market_ran_opens_elsewhere_with_every_row(
    folder: Path,
) -> None:
    home = folder / "old home"
    with running(home) as embedded:
        ask(embedded.owner_url, "create table kept as select generate_series(1, 20000) as number")
        ask(embedded.owner_url, "grant select on kept to jishi_login")
        (home / "secret").write_text("of the cookies")
        before = ask(embedded.owner_url, COUNT)
        back_up(embedded.owner_url, folder / "backups" / "集市 1", home)
        ask(embedded.owner_url, "delete from kept")
    backup = folder / "backups" / "集市 1"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    lay_out(backup, folder / "new home", print)
    with running(folder / "new home") as embedded:
        assert ask(embedded.login_url, COUNT) == before
        assert (folder / "new home" / "secret").read_text() == "of the cookies"
        assert (folder / "new home" / "owner.pw").stat().st_mode & 0o777 == 0o600


def test_a_damaged_backup_and_a_home_in_use_are_refused(folder: Path) -> None:
    home = folder / "home"
    with running(home) as embedded:
        back_up(embedded.owner_url, folder / "backup", home)
        with pytest.raises(BackupFailed, match="is not empty"):
            lay_out(folder / "backup", home, print)
    control = folder / "backup" / "pg18" / "global" / "pg_control"
    damaged = bytearray(control.read_bytes())
    damaged[100] ^= 1
    control.write_bytes(damaged)
    with pytest.raises(BackupFailed, match="pg_verifybackup"):
        lay_out(folder / "backup", folder / "fresh", print)
    assert not (folder / "fresh").exists()
    with pytest.raises(BackupFailed, match="no passwords"):
        lay_out(folder, folder / "fresh", print)


def test_a_backup_that_fails_leaves_nothing(folder: Path) -> None:
    with running(folder / "home") as embedded:
        url = embedded.owner_url
        with pytest.raises(BackupFailed, match="pg_basebackup"):
            back_up(embedded.login_url, folder / "backup", folder / "home")
    with pytest.raises(BackupFailed, match="pg_basebackup"):
        back_up(url, folder / "backup", folder / "home")
    assert [path.name for path in folder.iterdir()] == ["home"]
    assert not quick(folder / "home").is_alive()
