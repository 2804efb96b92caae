"""A document's name stays inside the store."""

import pytest

from clientdesk.adapters.document_names import checked_name
from clientdesk.ports.documents import BadDocumentName


@pytest.mark.parametrize("name", ["a.json", "proposals/P-2026-0001-R2.pdf", "audits/6f1c 2d/größe.json", "a..b"])
def test_name_inside_the_store_is_taken(name):
    assert checked_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a/",
        ".",
        "a/.hidden",
        "C:\\x",
        "a\\b",
        "a\nb",
        "a\0b",
        "x" * 300,
        "con:1",
        "a\udc80",
        "file://x",
        "a.",
        "a /b",
    ],
)
def test_name_that_leaves_the_store_or_fits_no_file_is_refused(name):
    with pytest.raises(BadDocumentName):
        checked_name(name)
