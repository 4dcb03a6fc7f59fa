"""`jishi wechat-sandbox`: on its own, in an empty folder, with all that a client needs."""

import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from jishi.sandbox.pointing import POINTINGS, lines_for
from tests.free_ports import free_port

START_SECONDS_MAX = 90


def answered(url: str, process: "subprocess.Popen[bytes]") -> bytes:
    """Wait until the address answers."""
    deadline = time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            with urlopen(url, timeout=5) as answer:
                return bytes(answer.read())
        except (URLError, OSError):
            assert process.poll() is None, "it ended"
            assert time.monotonic() < deadline, "it did not start"
            time.sleep(0.1)


def wait_for(path: Path) -> None:
    """Wait until a file is there."""
    deadline = time.monotonic() + START_SECONDS_MAX
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} was not written"
        time.sleep(0.1)


def test_it_starts_in_an_empty_folder_and_stops_when_asked(tmp_path: Path) -> None:
    port, said = free_port(), tmp_path / "said"
    command = [sys.executable, "-m", "jishi.cli", "wechat-sandbox", "--port", str(port)]
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--home", str(tmp_path / "home")], stdout=out, stderr=out, cwd=tmp_path
        )
    try:
        told = json.loads(answered(f"http://127.0.0.1:{port}/sandbox/credentials", process))
        merchant = told["merchants"][0]
        key = tmp_path / "home" / "keys" / f"{merchant['mchid']}_key.pem"
        wait_for(key)
        time.sleep(0.5)
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert key.read_text("utf-8") == merchant["private_pem"]
        words = said.read_text("utf-8")
        for needed in (told["accounts"][0]["appid"], merchant["apiv3_key"], merchant["serial"]):
            assert needed in words
        assert f"http://127.0.0.1:{port}" in words
        for pointing in POINTINGS:
            assert pointing.client in words
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert "Stopped." in said.read_text("utf-8")


def test_every_client_is_pointed_at_the_address_that_is_meant() -> None:
    languages = {pointing.language for pointing in POINTINGS}
    assert {"Python", "Node", "Java", "PHP", "Go"} <= languages
    for pointing in POINTINGS:
        lines = "\n".join(lines_for(pointing, "http://127.0.0.1:9911"))
        assert "{base}" not in lines
        assert "{port}" not in lines
        assert "9911" in lines or pointing.client.startswith("weixin-js-sdk")
