"""The settings of payment: from a file only its owner reads, never shown, or none."""

import asyncio
from pathlib import Path

import pytest

from jishi import money
from jishi.ports.wechat.pay import HOSTS

GIVEN = """
appid = "wx1"
mchid = "190"
serial = "AB"
private_pem = "private words"
apiv3_key = "secret words"
public_key_id = "PUB_KEY_ID_1"
public_key_pem = "pem"
origin = "https://market.example/"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own."""
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))
    for name in ("JISHI_PAY", "JISHI_WECHAT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def kept(home: Path, text: str, mode: int = 0o600) -> Path:
    """Keep a file."""
    file = home / "pay.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_there_are_none_at_first(home: Path) -> None:
    assert list(home.iterdir()) == []
    assert asyncio.run(money.read_settings()) is None


def test_a_file_of_its_owner_is_read(home: Path) -> None:
    kept(home, GIVEN)
    found = asyncio.run(money.read_settings())
    assert found is not None
    assert (found.mchid, found.base_urls) == ("190", HOSTS)
    assert found.notify_url == "https://market.example/wechat/pay/notices"
    assert "words" not in repr(found)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o660, 0o666])
def test_a_file_that_others_read_is_refused(home: Path, mode: int) -> None:
    file = kept(home, GIVEN, mode)
    with pytest.raises(money.SettingsRefused, match=f"chmod 600 {file}"):
        asyncio.run(money.read_settings())


@pytest.mark.parametrize("text", ["", "x", GIVEN + "more = 1\n", GIVEN.replace('"190"', "190")])
def test_a_file_that_says_something_else_is_refused_without_its_words(
    home: Path, text: str
) -> None:
    kept(home, text)
    with pytest.raises(money.SettingsRefused) as refused:
        asyncio.run(money.read_settings())
    assert "words" not in str(refused.value)


def test_beside_no_wechat_there_are_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JISHI_WECHAT", "http://127.0.0.1:9")
    assert list(home.iterdir()) == []
    assert asyncio.run(money.read_settings()) is None
