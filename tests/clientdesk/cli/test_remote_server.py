"""The server is the one that Prefect's own client would ask."""

import pytest

from clientdesk.cli.remote_server import NoServer, remote_server


def test_server_is_named_by_prefects_own_variables():
    server = remote_server({"PREFECT_API_URL": "https://desk.example/api/", "PREFECT_API_AUTH_STRING": "desk:word"})

    assert (server.api, server.login()) == ("https://desk.example/api", "desk:word")


def test_login_is_not_printed():
    assert "word" not in repr(
        remote_server({"PREFECT_API_URL": "http://desk/api", "PREFECT_API_AUTH_STRING": "d:word"})
    )


@pytest.mark.parametrize("value", ["", "desk.example/api"])
def test_no_server_is_said_with_what_to_do(value):
    with pytest.raises(NoServer, match="PREFECT_API_URL"):
        remote_server({"PREFECT_API_URL": value})
