"""Migrations: each once, in order, forward only, and never a changed one."""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from jishi.kernel import MigrationRefused, migrate, pending
from tests.conftest import Cluster, on, run_as_owner


@pytest.fixture
def empty_url() -> str:
    """Give an empty database."""
    name = f"empty_{uuid4().hex}"
    asyncio.run(run_as_owner(on(Cluster.owner_url, "postgres"), f"create database {name}"))
    return on(Cluster.owner_url, name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two migrations."""
    (tmp_path / "0001_cups.sql").write_text("create table cups (cup int);")
    (tmp_path / "0002_more.sql").write_text("alter table cups add column tea text;")
    return tmp_path


def test_each_is_applied_once_and_in_order(empty_url: str, folder: Path) -> None:
    assert asyncio.run(pending(empty_url, folder)) == ["0001_cups.sql", "0002_more.sql"]
    assert asyncio.run(migrate(empty_url, folder)) == ["0001_cups.sql", "0002_more.sql"]
    assert asyncio.run(migrate(empty_url, folder)) == []
    assert asyncio.run(pending(empty_url, folder)) == []


def test_several_at_once_apply_each_once(empty_url: str, folder: Path) -> None:
    async def scene() -> list[list[str]]:
        return await asyncio.gather(*(migrate(empty_url, folder) for _ in range(4)))

    applied = asyncio.run(scene())
    assert sorted(map(len, applied)) == [0, 0, 0, 2]


def test_one_that_was_changed_afterwards_is_refused(empty_url: str, folder: Path) -> None:
    asyncio.run(migrate(empty_url, folder))
    (folder / "0001_cups.sql").write_text("create table mugs (mug int);")
    with pytest.raises(MigrationRefused, match=r"0001_cups\.sql was changed"):
        asyncio.run(migrate(empty_url, folder))


def test_a_database_of_a_newer_jishi_is_refused(empty_url: str, folder: Path) -> None:
    asyncio.run(migrate(empty_url, folder))
    (folder / "0002_more.sql").unlink()
    with pytest.raises(MigrationRefused, match="knows migrations"):
        asyncio.run(migrate(empty_url, folder))


def test_a_missing_number_is_refused_before_anything_is_done(empty_url: str, folder: Path) -> None:
    (folder / "0004_gap.sql").write_text("select 1")
    with pytest.raises(MigrationRefused, match="should be number 0003"):
        asyncio.run(migrate(empty_url, folder))
    (folder / "0004_gap.sql").unlink()
    assert len(asyncio.run(pending(empty_url, folder))) == 2


def test_one_that_fails_leaves_nothing(empty_url: str, folder: Path) -> None:
    (folder / "0002_more.sql").write_text("create table pots (pot int); select 1 / 0;")
    with pytest.raises(Exception, match="division by zero"):
        asyncio.run(migrate(empty_url, folder))
    assert asyncio.run(pending(empty_url, folder)) == ["0002_more.sql"]
    (folder / "0002_more.sql").write_text("create table pots (pot int);")
    assert asyncio.run(migrate(empty_url, folder)) == ["0002_more.sql"]
