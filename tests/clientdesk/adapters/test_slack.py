"""A webhook on loopback: what it gets, and that its address, which is a secret, is in no error."""

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from clientdesk.adapters.slack import SlackChannel
from clientdesk.ports.channel import ChannelDown


@contextmanager
def a_hook(status: int = 200, **headers: str) -> Iterator[tuple[str, list[bytes]]]:
    """Its address with a secret in it, and what it was sent."""
    got: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/services/s3cr3t", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_text_arrives_and_calls_nobody():
    with a_hook() as (url, got):
        SlackChannel(url).post('<!channel> & "Co"\nsecond line')

    assert json.loads(got[0]) == {"text": '&lt;!channel&gt; &amp; "Co"\nsecond line'}


@pytest.mark.parametrize("status", [302, 404, 500])
def test_refusal_is_said_without_the_address(status):
    with a_hook(status, Location="http://127.0.0.1:9/") as (url, got), pytest.raises(ChannelDown) as refused:
        SlackChannel(url).post("x")

    assert f"status {status}" in str(refused.value)
    assert len(got) == 1
    assert "s3cr3t" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/s3cr3t", "http://[s3cr3t", "https://s3cr3t.invalid/"])
def test_channel_that_is_not_there_is_said_without_the_address(url):
    with pytest.raises(ChannelDown) as refused:
        SlackChannel(url).post("x")

    assert "s3cr3t" not in "".join(traceback.format_exception(refused.value))
