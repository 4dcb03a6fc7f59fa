"""The account's settings: from a file only its owner reads, never shown, or none."""

import asyncio
from pathlib import Path

import pytest

from jishi import people
from jishi.kernel import Refused
from jishi.people.wechat_account import AccountSettings, WechatAccount
from jishi.ports.wechat.official import Hosts
from jishi.ports.wechat.transport import Transport
from tests.conftest import opened
from tests.free_ports import free_port

GIVEN = 'appid = "wx1"\nsecret = "secret words"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own."""
    monkeypatch.setenv("JISHI_HOME", str(tmp_path))
    for name in ("JISHI_ACCOUNT", "JISHI_WECHAT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def kept(home: Path, text: str, mode: int = 0o600) -> Path:
    """Keep a file."""
    file = home / "account.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_there_are_none_at_first(home: Path) -> None:
    assert list(home.iterdir()) == []
    assert asyncio.run(people.read_account()) is None


def test_a_file_of_its_owner_is_read(home: Path) -> None:
    kept(home, GIVEN)
    found = asyncio.run(people.read_account())
    assert found is not None
    assert (found.appid, found.secret, found.hosts) == ("wx1", "secret words", Hosts())
    assert "words" not in repr(found)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o666])
def test_a_file_that_others_read_is_refused(home: Path, mode: int) -> None:
    file = kept(home, GIVEN, mode)
    with pytest.raises(people.AccountRefused, match=f"chmod 600 {file}"):
        asyncio.run(people.read_account())


@pytest.mark.parametrize("text", ["", "appid = 1", GIVEN + "more = 1", "\x00"])
def test_a_file_that_is_no_settings_is_refused_without_its_words(home: Path, text: str) -> None:
    kept(home, text)
    with pytest.raises(people.AccountRefused) as refused:
        asyncio.run(people.read_account())
    assert "words" not in str(refused.value)


def test_a_sandbox_that_is_not_up_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.exists()
    monkeypatch.setenv("JISHI_WECHAT", f"http://127.0.0.1:{free_port()}")
    assert asyncio.run(people.read_account()) is None


def test_a_wechat_that_is_away_is_an_answer(database_url: str) -> None:
    base = f"http://127.0.0.1:{free_port()}"
    hosts = Hosts(api=(base,), pages=base, consent=base)

    async def read() -> AccountSettings | None:
        return AccountSettings(appid="wx1", secret="", hosts=hosts)

    async def scene() -> None:
        account = WechatAccount()
        assert await account.way_out("https://m.example/", "a") == "", "it is not set up"
        assert await account.proved("code") == Refused("wechat_away", is_final=False)
        async with opened(database_url) as market:
            account.open(read, market, transport=Transport((base,)))
            assert (await account.way_out("https://m.example/", "a")).startswith(base)
            assert await account.proved("code") == Refused("wechat_away", is_final=False)
            await account.close()

    asyncio.run(scene())
