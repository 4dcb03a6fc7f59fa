"""Who brings messages: from a file only its owner reads, the WeChat that runs here, or nobody."""

import asyncio
from pathlib import Path

import pytest
from litestar.testing import TestClient

from jishi import people, web
from jishi.kernel import Market
from jishi.ports.mail import Smtp
from jishi.ports.sms import Hook

GIVEN = """
[sms]
url = "https://hook.example/sms"
secret = "secret words"
[mail]
host = "smtp.example"
user = "shop"
password = "secret words"
sender = "shop@m.example"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own."""
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))
    for name in ("JISHI_MESSAGES", "JISHI_WECHAT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def kept(home: Path, text: str, mode: int = 0o600) -> Path:
    """Keep a file."""
    file = home / "messages.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_nobody_does_at_first(home: Path) -> None:
    assert list(home.iterdir()) == []
    assert asyncio.run(people.read_carriers()) == {}


def test_a_file_of_its_owner_is_read(home: Path) -> None:
    kept(home, GIVEN)
    found = asyncio.run(people.read_carriers())
    assert isinstance(found["phone"], Hook)
    assert isinstance(found["email"], Smtp)
    assert "words" not in repr(found["email"].mailbox)


def test_one_of_them_may_be_missing(home: Path) -> None:
    kept(home, GIVEN.partition("[mail]")[0])
    assert list(asyncio.run(people.read_carriers())) == ["phone"]


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o666])
def test_a_file_that_others_read_is_refused(home: Path, mode: int) -> None:
    file = kept(home, GIVEN, mode)
    with pytest.raises(people.MessagesRefused, match=f"chmod 600 {file}"):
        asyncio.run(people.read_carriers())


def test_a_file_that_is_no_settings_is_refused_without_its_words(home: Path) -> None:
    kept(home, GIVEN + "more = 1")
    with pytest.raises(people.MessagesRefused) as refused:
        asyncio.run(people.read_carriers())
    assert "words" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "refused"),
    [("messages.toml", people.MessagesRefused), ("account.toml", people.AccountRefused)],
)
def test_what_is_wrong_is_said_at_the_start(
    home: Path, database_url: str, name: str, refused: type[Exception]
) -> None:
    people.check_settings()
    (home / name).write_text("wrong", encoding="utf-8")
    (home / name).chmod(0o600)
    with pytest.raises(ExceptionGroup) as failed, TestClient(web.create(Market(database_url))):
        raise AssertionError
    assert failed.group_contains(refused)
