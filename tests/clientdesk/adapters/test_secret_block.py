"""Secret blocks of a Prefect server: asked over its API as Prefect 3.8 answers."""

import json

import pytest
from fakes.web_server import answering

from clientdesk.adapters.secret_block import SecretBlocks
from clientdesk.adapters.secret_places import NoSecret

PATH = "/api/block_types/slug/secret/block_documents/name/acme"


def block(value: object) -> bytes:
    return json.dumps({"name": "acme", "data": {"value": value}}).encode()


def asked(answers) -> str:
    with answering(answers) as server:
        return SecretBlocks(f"{server.address}/api", "team:pass").value("acme")


def test_value_of_the_block_is_brought():
    assert asked({f"{PATH}?include_secrets=true": (200, {}, block("t0ken"))}) == "t0ken"


def test_missing_block_is_named_with_what_to_do():
    with pytest.raises(NoSecret, match="no Secret block acme: make it there"):
        asked({})


@pytest.mark.parametrize("content", [b"nothing", b"[]", b'{"data": 3}'])
def test_odd_answer_is_no_secret(content):
    with pytest.raises(NoSecret, match="is none"):
        asked({f"{PATH}?include_secrets=true": (200, {}, content)})


def test_block_that_holds_no_text_is_refused_unseen():
    with pytest.raises(NoSecret, match="holds no text") as refused:
        asked({f"{PATH}?include_secrets=true": (200, {}, block({"t0ken": 1}))})

    assert "t0ken" not in str(refused.value)


def test_refusing_server_is_said_by_its_status():
    with pytest.raises(NoSecret, match="status 401"):
        asked({f"{PATH}?include_secrets=true": (401, {}, b"t0ken")})


def test_without_a_server_the_setting_is_named():
    with pytest.raises(NoSecret, match="PREFECT_API_URL names none"):
        SecretBlocks("").value("acme")


def test_server_that_is_not_there_is_said():
    with pytest.raises(NoSecret, match="does not answer"):
        SecretBlocks("http://127.0.0.1:9/api").value("acme")


def test_name_that_would_lead_elsewhere_is_refused():
    with pytest.raises(NoSecret, match="is no name of a Prefect block"):
        SecretBlocks("http://127.0.0.1:9/api").value("../../admin")
