"""The process behind `local_server`: Prefect's API on a socket it was given, until its parent is gone."""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path


def serve(descriptor: int) -> None:
    """Serve on the listening socket `descriptor`; the first start of two at once makes the database."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app()
    # Two first starts at once would run the same migrations twice, and fail.
    lock = (Path(os.environ["PREFECT_HOME"]) / "start.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            lock.close()
            gc.enable()
            gc.freeze()

    config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=3)
    Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def _end_with_parent() -> None:
    """The parent's end of the pipe closes with it, even if it is killed."""
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os._exit(1)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
