"""A full disk does not keep a market closed, and a nearly full one is noticed in time."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jishi.kernel.postgres import file_system, free_space, is_low_on_space
from jishi.kernel.postgres.server import Embedded
from jishi.kernel.postgres.space import keep_reserve, release_reserve
from tests.kernel.postgres.homes import QUICK, ask

SIZE = 160 * 1024**2
RESERVE = 24 * 1024**2


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """Lend a disk of 160 MB."""
    if os.geteuid() != 0:
        pytest.skip("needs root: it mounts a small disk")
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", disk],
        check=False, capture_output=True,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def fill(disk: Path) -> Path:
    """Write until not a byte is free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as out:
        for size in (1024**2, 4096, 1):
            try:
                while True:
                    out.write(bytes(size))
            except OSError:
                continue
    assert free_space(disk) == 0
    return filler


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_server_that_ended_on_a_full_disk_starts_again_thanks_to_the_reserve(
    small_disk: Path, is_killed: bool
) -> None:
    said: list[str] = []
    home = small_disk / "home"
    embedded = Embedded(home, say=said.append, settings=QUICK, reserve_bytes=RESERVE)
    embedded.start()
    try:
        ask(embedded.owner_url, "create table kept as select 7 as number")
        assert (home / "reserve").stat().st_size == RESERVE
        assert embedded.process is not None
        if is_killed:
            embedded.process.kill()
            embedded.process.wait()
            # The dead server's file would leave its few bytes to the next one.
            (embedded.data / "postmaster.pid").unlink()
        embedded.stop()
        filler = fill(small_disk)
        embedded.start()
        assert embedded.was_unclean is is_killed
        assert ask(embedded.owner_url, "select number from kept") == 7
        assert [words for words in said if "The disk is full" in words]
        assert not (home / "reserve").exists()
        assert not embedded.keep_reserve()
        filler.unlink()
        assert embedded.keep_reserve()
    finally:
        embedded.stop()


def test_a_disk_that_fills_while_the_server_runs_loses_nothing(small_disk: Path) -> None:
    embedded = Embedded(
        small_disk / "home", say=lambda _: None, settings=QUICK, reserve_bytes=RESERVE
    )
    embedded.start()
    try:
        ask(embedded.owner_url, "create table kept as select 7 as number", "checkpoint")
        filler = fill(small_disk)
        with pytest.raises(Exception, match=r"space|closed|reset|not exist"):
            ask(embedded.owner_url, "create table lost as select generate_series(1, 5000000)")
        filler.unlink()
        if not embedded.is_alive():
            embedded.restart()
        assert ask(embedded.owner_url, "select number from kept") == 7
    finally:
        embedded.stop()


def test_the_reserve_is_kept_only_where_there_is_room_for_it(folder: Path) -> None:
    assert keep_reserve(folder, 1 << 20)
    assert (folder / "reserve").stat().st_size == 1 << 20
    assert (folder / "reserve").stat().st_blocks * 512 >= 1 << 20
    assert release_reserve(folder)
    assert not release_reserve(folder)
    assert not keep_reserve(folder, free_space(folder))
    assert not (folder / "reserve").exists()


def test_low_space_is_known_by_bytes_or_by_percent(folder: Path) -> None:
    assert is_low_on_space(folder, bytes_min=1 << 62, percent_min=0)
    assert is_low_on_space(folder, bytes_min=0, percent_min=101)
    assert not is_low_on_space(folder, bytes_min=1, percent_min=0)


def test_the_file_system_is_the_last_mounted_above_the_path(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "d / ext4 rw 0 0\nd /srv xfs rw 0 0\nd /srv nfs4 rw 0 0\n"
        "d /srv/my\\040shop btrfs rw 0 0\nd /srv/\\351\\233\\206 zfs rw 0 0\n"
    )
    known = {
        "/home": "ext4", "/srv": "nfs4", "/srv/x": "nfs4", "/srvx": "ext4",
        "/srv/my shop/a": "btrfs", "/srv/集/a": "zfs",
    }  # fmt: skip
    assert {path: file_system(Path(path), mounts) for path in known} == known
    assert file_system(tmp_path, tmp_path / "none") == ""
