"""An incoming webhook of Slack, or of what speaks like it."""

from __future__ import annotations

import ssl
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from clientdesk.adapters.later import later
from clientdesk.ports.channel import ChannelDown

if TYPE_CHECKING:
    import httpx
else:
    httpx = later(partial(import_module, "httpx"))

_SECONDS = 15.0
_LIMIT = 20_000  # characters; Slack cuts at 40,000
# What would be a link or call everybody in the channel.
_MEANS_NOTHING = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class SlackChannel:
    """`url` is a secret: it is in no message of an error, and nobody is followed to another address."""

    def __init__(self, url: str) -> None:
        self._url = url

    def post(self, text: str) -> None:
        try:
            answer = httpx.post(
                self._url,
                json={"text": text[:_LIMIT].translate(_MEANS_NOTHING)},
                timeout=_SECONDS,
                verify=ssl.create_default_context(),
            )
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            # Without the cause: its text and its traceback may name the address.
            raise ChannelDown(f"the team's channel could not be reached ({type(error).__name__})") from None
        if not answer.is_success:
            raise ChannelDown(f"the team's channel answered with status {answer.status_code}")
