"""A proxy before PostgreSQL that cuts a connection just after a commit went through.

The client then cannot know whether its transaction was committed: the hardest case there is.
"""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"


class Proxy:
    """Runs in a thread of its own; forwards everything, and cuts when armed."""

    def __init__(self, folder: Path, upstream: Path) -> None:
        self.folder, self.upstream = folder, upstream
        self.armed = self.cuts = 0
        self.loop = asyncio.new_event_loop()
        self.is_ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Listen."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.thread.start()
        assert self.is_ready.wait(10)

    def stop(self) -> None:
        """Stop listening and cut whatever is left."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def arm(self, cuts: int) -> None:
        """Cut the next so many connections right after their commit was forwarded."""
        self.armed += cuts

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(
            asyncio.start_unix_server(self._serve, path=self.folder / SOCKET)
        )
        self.is_ready.set()
        self.loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    async def _serve(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        try:
            server, ask = await asyncio.open_unix_connection(self.upstream / SOCKET)
        except OSError:
            answer.close()
            return
        back = asyncio.ensure_future(self._forward(server, answer))
        try:
            while data := await client.read(65_536):
                ask.write(data)
                await ask.drain()
                if self.armed and b"commit" in data:
                    self.armed -= 1
                    self.cuts += 1
                    back.cancel()
                    # The commit is on its way; its answer never comes back.
                    await asyncio.sleep(0.01)
                    answer.transport.abort()
                    break
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            back.cancel()
            ask.close()
            answer.close()

    async def _forward(self, server: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while data := await server.read(65_536):
                    answer.write(data)
                    await answer.drain()
        finally:
            # However the server went: a client must not wait for one that is gone.
            answer.close()
