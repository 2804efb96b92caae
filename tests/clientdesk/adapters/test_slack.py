"""A webhook on loopback: what it gets, and that its address, which is a secret, is in no error."""

import json
import traceback

import pytest
from fakes.hook import a_hook

from clientdesk.adapters.slack import SlackChannel
from clientdesk.ports.channel import ChannelDown


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
