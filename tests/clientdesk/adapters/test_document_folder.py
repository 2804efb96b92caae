"""The document store, in memory, in a folder and under an address: a name is written whole or not at all."""

import errno
import os
from uuid import uuid4

import pytest
from fakes import rivals as rival
from fakes.documents import MemoryDocuments
from fakes.object_store import BUCKET, object_store

from clientdesk.adapters.document_folder import BadDocumentPlace, DocumentFolder
from clientdesk.ports.documents import BadDocumentName, DocumentNotKept, UnknownDocument


@pytest.fixture(scope="module")
def bucket():
    """A bucket reached by the variables that every tool for S3 knows."""
    with object_store() as reached, pytest.MonkeyPatch.context() as patched:
        for name, value in reached.items():
            patched.setenv(name, value)
        yield f"s3://{BUCKET}"


@pytest.fixture(params=["fake", "folder", "address", "bucket"])
def documents(request, tmp_path):
    if request.param == "fake":
        return MemoryDocuments()
    if request.param == "bucket":
        return DocumentFolder(f"{request.getfixturevalue('bucket')}/{uuid4().hex}")
    return DocumentFolder(tmp_path / "documents" if request.param == "folder" else f"memory://{uuid4().hex}")


@pytest.fixture
def no_room(monkeypatch):
    """The disk takes the bytes, and says only at the end that there is no room for them."""

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


def test_document_comes_back_as_it_was_put(documents):
    documents.put("audits/one.json", b"\x00\xff\r\n")

    assert documents.get("audits/one.json") == b"\x00\xff\r\n"


def test_second_put_replaces_the_first(documents):
    documents.put("a.json", b"a long first one")
    documents.put("a.json", b"second")

    assert documents.get("a.json") == b"second"


def test_put_says_where_it_is(documents):
    assert documents.put("a/b.pdf", b"x") == documents.place("a/b.pdf")


def test_document_that_is_not_there_is_refused_by_name(documents):
    with pytest.raises(UnknownDocument, match=r"a/b\.pdf"):
        documents.get("a/b.pdf")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", ""])
def test_name_outside_the_store_is_refused(documents, name):
    for question in (documents.get, documents.place, lambda each: documents.put(each, b"x")):
        with pytest.raises(BadDocumentName):
            question(name)


def test_place_in_a_folder_is_a_path_one_can_open(tmp_path):
    place = DocumentFolder(tmp_path).put("a/b.pdf", b"x")

    assert place == str(tmp_path / "a" / "b.pdf")
    assert (tmp_path / "a" / "b.pdf").read_bytes() == b"x"


def test_place_under_an_address_is_an_address():
    assert DocumentFolder("memory://desk").place("a.pdf") == "memory:///desk/a.pdf"


def test_folder_is_no_document(tmp_path):
    documents = DocumentFolder(tmp_path)
    documents.put("a/b.pdf", b"x")

    with pytest.raises(UnknownDocument):
        documents.get("a")


def test_address_that_nobody_knows_is_refused():
    with pytest.raises(BadDocumentPlace, match="nonsense"):
        DocumentFolder("nonsense://x")


def test_full_disk_leaves_what_was_there_and_no_part(tmp_path, no_room):
    (tmp_path / "a.json").write_bytes(b"before")

    with pytest.raises(DocumentNotKept, match="disk is full"):
        DocumentFolder(tmp_path).put("a.json", b"after")

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.json", b"before")]


def test_disk_that_takes_half_of_it_keeps_nothing_of_it(tmp_path, rivals):
    said = rivals.submit(rival.put_more_than_fits, str(tmp_path), "big.pdf").result()

    assert "disk is full" in said
    assert list(tmp_path.iterdir()) == []


def test_name_that_is_taken_by_a_file_is_refused(tmp_path):
    documents = DocumentFolder(tmp_path)
    documents.put("a", b"x")

    with pytest.raises(DocumentNotKept, match="was not written"):
        documents.put("a/b", b"x")


def test_missing_bucket_is_named(bucket):
    with pytest.raises(DocumentNotKept, match="was not written: The specified bucket does not exist"):
        DocumentFolder("s3://nobody").put("a.pdf", b"x")


def test_object_store_that_is_not_there_is_said_with_what_to_check(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    far = DocumentFolder("s3://elsewhere")

    for question in (lambda: far.put("a.pdf", b"x"), lambda: far.get("a.pdf")):
        with pytest.raises(DocumentNotKept, match=r"can't be used now: .*check its address and credentials"):
            question()


def test_two_places_of_one_bucket_do_not_see_each_other(bucket):
    DocumentFolder(f"{bucket}/one").put("a.pdf", b"one")

    with pytest.raises(UnknownDocument):
        DocumentFolder(f"{bucket}/two").get("a.pdf")
