"""The secret: made once, kept to itself, and each purpose signed apart."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jishi.kernel.secret import Secret, begin_data_key, end_data_key, read_secret


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the data folder be one of the test's own."""
    monkeypatch.delenv("JISHI_SECRET", raising=False)
    monkeypatch.setenv("JISHI_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def test_it_is_made_once_and_nobody_else_reads_it(home: Path) -> None:
    first = read_secret()
    file = home / "secret"
    assert (file.stat().st_mode & 0o777, len(file.read_bytes())) == (0o600, 64)
    assert read_secret().key == first.key
    assert [each.name for each in home.iterdir()] == ["secret"]


def test_workers_that_start_together_have_one(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = {secret.key for secret in pool.map(lambda _: read_secret(), range(8))}
    assert len(keys) == 1
    assert [each.name for each in home.iterdir()] == ["secret"]


def test_a_damaged_file_stops_the_market(home: Path) -> None:
    home.mkdir()
    (home / "secret").write_text("short")
    with pytest.raises(SystemExit, match="damaged"):
        read_secret()


def test_a_short_secret_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JISHI_SECRET", "short")
    with pytest.raises(SystemExit, match="fewer than 32"):
        read_secret()


def test_a_signature_serves_one_purpose_and_one_text() -> None:
    secret = Secret(b"k" * 32)
    signed = secret.sign("form", "text")
    assert secret.is_signed("form", "text", signed)
    assert not secret.is_signed("visitor", "text", signed)
    assert not secret.is_signed("form", "texts", signed)
    assert not Secret(b"l" * 32).is_signed("form", "text", signed)


def test_keys_that_wrap_others_are_the_secret_itself_until_one_is_begun(home: Path) -> None:
    before = read_secret()
    assert before.wrapping("person", "7") == [before.derive("person", "7")]
    assert not begin_data_key(home)
    both = read_secret()
    assert both.key == before.key
    assert both.derive("person", "7") == before.derive("person", "7"), "all else stays"
    assert both.wrapping("person", "7")[1:] == before.wrapping("person", "7")
    assert begin_data_key(home), "one that was begun goes on"
    assert read_secret().data_keys == both.data_keys
    end_data_key(home)
    assert read_secret().data_keys == both.data_keys[:1]
    assert (home / "data-keys").stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in home.iterdir()) == ["data-keys", "secret"]


def test_a_damaged_file_of_keys_stops_the_market(home: Path) -> None:
    read_secret()
    (home / "data-keys").write_text("short\nsecret\n")
    with pytest.raises(SystemExit, match="damaged"):
        read_secret()
