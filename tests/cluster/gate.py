"""One address before several servers: passes connections on, WebSockets too; can be slow, and can be shut."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Self

_BYTES = 65_536
Address = tuple[str, int]


class Gate:
    """A TCP proxy: each new connection goes to the next server, or to one after it if that does not answer.

    `delay` is the seconds that every piece waits before it is passed on to the server.
    """

    def __init__(self, host: str, servers: Sequence[Address], port: int = 0) -> None:
        self.host, self.port, self.delay, self.is_shut = host, port, 0.0, False
        self.servers = tuple(servers)
        self._turn = count()
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError(f"no gate on {self.host}:{self.port}")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def shut(self) -> None:
        """Cut every connection, and take no new one until `is_shut` is False again."""
        self.is_shut = True
        self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in self._open])

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listening = self._loop.run_until_complete(asyncio.start_server(self._pass_on, self.host, self.port))
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        listening.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here = asyncio.current_task()
        assert here is not None
        self._open.add(here)
        there: asyncio.StreamWriter | None = None
        with suppress(OSError, asyncio.CancelledError):
            if not self.is_shut:
                from_server, there = await self._connected()
                await asyncio.gather(self._pump(reader, there, is_slow=True), self._pump(from_server, writer))
        self._open.discard(here)
        for each in (writer, there):
            if each is not None:
                each.transport.abort()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        first = next(self._turn)
        for number in range(len(self.servers)):
            with suppress(OSError):
                return await asyncio.open_connection(*self.servers[(first + number) % len(self.servers)])
        raise ConnectionRefusedError

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, is_slow: bool = False) -> None:
        while piece := await source.read(_BYTES):
            if is_slow and self.delay:
                await asyncio.sleep(self.delay)
            sink.write(piece)
            await sink.drain()
        if sink.can_write_eof():
            sink.write_eof()
