from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from fakes.web_server import answering

from clientdesk.adapters.web import NoAnswer, NotReached, NotThere, Web, host_of

OK = (200, {}, b'{"a": 1}')


def patient(seconds=30.0):
    waited = []
    return Web(seconds, sleep=waited.append), waited


def in_turn(*answers):
    left = list(answers)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_json_is_read_from_a_get_and_from_a_post():
    with answering({"/a": OK}) as server, Web(30) as web:
        assert web.json(f"{server.address}/a") == {"a": 1}
        assert web.json(f"{server.address}/a", {"q": 1}) == {"a": 1}


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_patience_is_asked_again_when_it_said(status):
    web, waited = patient()
    with answering({"/a": in_turn((status, {"Retry-After": "7"}, b""), OK)}) as server, web:
        assert web.json(f"{server.address}/a") == {"a": 1}

    assert waited == [7.0]


def test_patience_until_a_date_is_understood():
    web, waited = patient()
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=9), usegmt=True)
    with answering({"/a": in_turn((429, {"Retry-After": until}, b""), OK)}) as server, web:
        web.json(f"{server.address}/a")

    assert 5 < waited[0] < 10


def test_without_a_time_the_pauses_grow():
    web, waited = patient()
    with answering({"/a": (503, {}, b"")}) as server, web, pytest.raises(NotReached, match="too busy"):
        web.json(f"{server.address}/a")

    assert waited == [0.5, 1.0]


@pytest.mark.parametrize("wanted", ["3600", "99999999999999", "21"])
def test_nobody_waits_longer_than_is_sensible(wanted):
    web, waited = patient()
    with answering({"/a": (429, {"Retry-After": wanted}, b"")}) as server, web, pytest.raises(NotReached):
        web.json(f"{server.address}/a")

    assert all(pause <= 20 for pause in waited)


def test_not_there_and_refused_are_told_apart():
    with answering({"/no": (403, {}, b"")}) as server, Web(30) as web:
        with pytest.raises(NotThere):
            web.json(f"{server.address}/missing")
        with pytest.raises(NoAnswer, match="status 403"):
            web.json(f"{server.address}/no")


@pytest.mark.parametrize("content", [b"", b"<html>", b"[" * 100_000])
def test_what_is_no_json_is_no_answer(content):
    with answering({"/a": (200, {}, content)}) as server, Web(30) as web, pytest.raises(NoAnswer, match="not JSON"):
        web.json(f"{server.address}/a")


def test_an_answer_beyond_the_limit_is_cut_off():
    with (
        answering({"/a": (200, {}, b"x" * 3_000_000)}) as server,
        Web(30, most_bytes=1 << 20) as web,
        pytest.raises(NoAnswer, match="more than 1 MB"),
    ):
        web.bytes(f"{server.address}/a")


def test_when_the_time_is_up_nobody_is_asked():
    with answering({"/a": OK}) as server, Web(0.0) as web, pytest.raises(NotReached, match="no time left"):
        web.json(f"{server.address}/a")

    assert server.asked == []


def test_nobody_there_is_not_reached():
    with Web(30) as web, pytest.raises(NotReached, match=r"127.0.0.1 could not be reached \(no connection\)"):
        web.json("http://me:secret@127.0.0.1:9/")


@pytest.mark.parametrize("address", ["http://[", "ftp://example.com/", "no address", json.dumps({})])
def test_an_address_that_is_none_is_no_answer(address):
    with Web(30) as web, pytest.raises(NoAnswer):
        web.json(address)


def test_an_endless_redirect_ends():
    with answering({"/a": (302, {"Location": "/a"}, b"")}) as server, Web(30) as web, pytest.raises(NoAnswer):
        web.json(f"{server.address}/a")


def test_a_file_is_saved(tmp_path):
    with answering({"/a": (200, {}, b"abc")}) as server, Web(30) as web:
        web.save(f"{server.address}/a", tmp_path / "a")

    assert (tmp_path / "a").read_bytes() == b"abc"


def test_only_the_host_is_printed():
    assert host_of("https://me:secret@osv.example.com:8443/v1?key=1") == "osv.example.com"
    assert host_of("http://[") == "the address"
