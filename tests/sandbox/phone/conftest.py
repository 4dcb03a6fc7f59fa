"""A served sandbox with a shop beside it, and phones in a real browser."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, sync_playwright

from tests.conftest import Cluster, clone, on
from tests.free_ports import free_port
from tests.journeys.chromium import chromium, flags
from tests.sandbox.scene import Scene, a_running_sandbox, a_sandbox

OPEN_SECONDS_MAX = 60
READY_MS_MAX = 10_000


class Stage(NamedTuple):
    """Where the sandbox and the shop are."""

    base: str
    shop: str

    @property
    def home(self) -> str:
        """Give the phone's own origin."""
        return f"http://phone.webview.localhost:{self.base.rpartition(':')[2]}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Use the control door."""
        answer = httpx.request(method, f"{self.base}{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def facts(self) -> Any:
        """Ask the shop what a test needs."""
        return httpx.get(f"{self.shop}/facts").json()

    def person(self, name: str) -> int:
        """Make somebody new, so that tests do not meet."""
        return int(self.ask("POST", "/sandbox/people", {"name": name})["person_id"])


@contextmanager
def a_shop(wechat: str) -> Iterator[str]:
    """Serve the shop in a process of its own; give its address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.sandbox.phone.serving", str(port), wechat]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + OPEN_SECONDS_MAX
        while True:
            try:
                if httpx.get(f"{base}/facts", timeout=20).is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
            assert process.poll() is None, "the shop ended"
            assert time.monotonic() < deadline, "the shop did not open"
        yield base
    finally:
        process.terminate()
        process.wait(30)


class Origin:
    """A shop's server: remembers what came, answers what a test puts here."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Be as new."""
        self.came: list[tuple[str, str, dict[str, str], bytes]] = []
        self.status, self.headers = 200, [(b"content-type", b"text/html; charset=utf-8")]
        self.parts = [b"<!doctype html><html><head></head><body>shop</body></html>"]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take a request, and answer it in parts."""
        body, is_more = b"", True
        while is_more:
            event = await receive()
            body, is_more = body + event.get("body", b""), event.get("more_body", False)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        target = scope["raw_path"].decode() + (f"?{query}" if query else "")
        self.came.append((scope["method"], target, headers, body))
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)
        for part in self.parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class Theatre(NamedTuple):
    """A sandbox in this process, open for all tests of a worker; its outside is one origin."""

    runner: asyncio.Runner
    scene: Scene
    origin: Origin

    def play(self, act: Callable[[Scene], Coroutine[Any, Any, None]]) -> None:
        """Have something done in it."""
        self.runner.run(act(self.scene))


@pytest.fixture(scope="session")
def opened_theatre() -> Iterator[Theatre]:
    """Open the sandbox once."""
    with asyncio.Runner() as runner:
        lent = clone()
        name = runner.run(lent.__aenter__())
        origin = Origin()
        played = a_sandbox(on(Cluster.login_url, name), receiver=origin)
        scene = runner.run(played.__aenter__())
        yield Theatre(runner, scene, origin)
        runner.run(played.__aexit__(None, None, None))
        runner.run(lent.__aexit__(None, None, None))


@pytest.fixture
def theatre(opened_theatre: Theatre) -> Theatre:
    """Lend the sandbox, with an origin that remembers nothing."""
    opened_theatre.origin.forget()
    opened_theatre.scene.http.cookies.clear()
    return opened_theatre


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Lend a sandbox and a shop to all tests of a worker."""
    with asyncio.Runner() as runner, ExitStack() as opened:
        lent = clone()
        name = runner.run(lent.__aenter__())
        try:
            base = opened.enter_context(a_running_sandbox(on(Cluster.login_url, name)))
            yield Stage(base, opened.enter_context(a_shop(base)))
        finally:
            opened.close()
            runner.run(lent.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def browser(stage: Stage) -> Iterator[Browser]:
    """Lend a browser to a file's tests; no longer: its loop would stand in the others' way."""
    assert stage.base
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium(), args=flags())
        yield running
        running.close()


class Phone:
    """A phone in somebody's hand, in a browser of its own."""

    def __init__(self, page: Page, stage: Stage, person: int) -> None:
        self.page, self.stage, self.person = page, stage, person

    @property
    def web(self) -> FrameLocator:
        """Give the page that is open in the WebView."""
        return self.page.frame_locator("#frame iframe")

    def open(self, url: str) -> FrameLocator:
        """Open an address, as a card would."""
        self.page.evaluate(
            "url => { const card = document.createElement('button'); card.dataset.open = url;"
            " card.dataset.entry = 'card'; document.body.append(card); card.click();"
            " card.remove(); }",
            url,
        )
        self.web.locator("body").wait_for()
        return self.web

    def told(self, name: str, value: str) -> None:
        """Wait until the page says this of itself."""
        self.web.locator(f'body[data-{name}$="{value}"]').wait_for(timeout=READY_MS_MAX)

    def calls(self) -> list[str]:
        """Give what the pages asked of WeChat, as the panel shows it, the newest first."""
        self.page.click("#tab-calls")
        self.page.wait_for_selector(".call", timeout=READY_MS_MAX)
        return self.page.locator(".call summary").all_inner_texts()

    def log(self, wanted: str) -> str:
        """Wait until the workshop heard this, and give all it heard."""
        heard = self.web.locator("#log")
        heard.filter(has_text=wanted).wait_for(timeout=READY_MS_MAX)
        return heard.inner_text()


Lend = Callable[..., Phone]


@pytest.fixture
def lend(browser: Browser, stage: Stage) -> Iterator[Lend]:
    """Lend phones; whatever one complains of in its console is a fault."""
    said: list[str] = []
    lent: list[BrowserContext] = []

    def give(person: int, **how: Any) -> Phone:
        given = {"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN", **how}
        context = browser.new_context(**given)
        lent.append(context)
        page = context.new_page()
        page.set_default_timeout(READY_MS_MAX)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{stage.home}/phone/people/{person}")
        page.wait_for_selector("body.ready")
        return Phone(page, stage, person)

    yield give
    for context in lent:
        context.close()
    assert said == []
