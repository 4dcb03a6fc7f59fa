"""Prove the wheel in dist/: it holds every file, and opens a market in an empty folder."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
OPEN_SECONDS_MAX = 120
CLOSE_SECONDS_MAX = 30


def main() -> None:
    """Install the wheel where nothing else is, and use it as a stranger would."""
    (wheel,) = (ROOT / "dist").glob("*.whl")
    prove_contents(wheel)
    with tempfile.TemporaryDirectory(prefix="jishi wheel ") as folder:
        # So that PostgreSQL's own user, where root runs this, may pass.
        Path(folder).chmod(0o755)
        home = Path(folder, "an empty folder")
        home.mkdir()
        run(BIN / "uv", "venv", "--quiet", "--python", sys.executable, Path(folder, "env"))
        python = Path(folder, "env", "bin", "python")
        run(BIN / "uv", "pip", "install", "--quiet", "--python", python, wheel)
        jishi = python.with_name("jishi")
        assert " up " in run(jishi, "--help", cwd=home), "jishi --help does not know `up`"
        prove_market(jishi, home)
    print(f"{wheel.name}: {wheel.stat().st_size // 1024} kB; installs, opens a market, closes it")


def prove_contents(wheel: Path) -> None:
    """Compare the wheel with the tree."""
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("jishi/")}
    there = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "jishi").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert packed == there, f"the wheel and the tree differ: {sorted(packed ^ there)}"


def prove_market(jishi: Path, home: Path) -> None:
    """Open a market, see its first page, close it as a person would."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    market = subprocess.Popen(
        [jishi, "up", "--port", str(port)], cwd=home, env=stranger(), start_new_session=True
    )
    try:
        page = first_page(f"http://127.0.0.1:{port}/", market)
        assert b"<html" in page, "the first page is not a page"
        market.send_signal(signal.SIGINT)
        code = market.wait(CLOSE_SECONDS_MAX)
        assert code in {0, 130, -signal.SIGINT}, f"the market closed with {code}"
    finally:
        if market.poll() is None:
            os.killpg(market.pid, signal.SIGKILL)


def first_page(url: str, market: subprocess.Popen[bytes]) -> bytes:
    """Wait until the market answers."""
    until = time.monotonic() + OPEN_SECONDS_MAX
    while time.monotonic() < until:
        assert market.poll() is None, f"the market closed by itself with {market.returncode}"
        try:
            with urlopen(url, timeout=5) as answer:
                return bytes(answer.read())
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {OPEN_SECONDS_MAX} s")


def stranger() -> dict[str, str]:
    """Give an environment that knows nothing of this project."""
    return {name: value for name, value in os.environ.items() if not name.startswith("JISHI_")}


def run(*command: object, cwd: Path = ROOT) -> str:
    """Run a command; give what it said."""
    answer = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=stranger(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, f"{command}: {answer.stdout}{answer.stderr}"
    return answer.stdout


if __name__ == "__main__":
    main()
