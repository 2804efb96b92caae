"""Contents out of the object store, also when it is damaged."""

import pytest

from clientdesk.adapters.git_blobs import GitBlobs
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import run

NOT_THERE = "1" * 40


@pytest.fixture
def store(tmp_path):
    """A bare repository in a folder of ours, and how to put contents in it."""
    folder = GitFolder(tmp_path)
    folder.prepare()
    run(folder, ["init", "--quiet", "--bare", "--template="])
    return folder


def put(folder, content):
    (folder.path / "content").write_bytes(content)
    return run(folder, ["hash-object", "-w", str(folder.path / "content")]).decode().strip()


def damage(folder, blob):
    path = folder.repository / "objects" / blob[:2] / blob[2:]
    path.chmod(0o600)
    path.write_bytes(b"no object at all")


def test_contents_come_back_whole(store):
    contents = [b"", b"one\n", b"no line end", b"\0\n\0", b"missing\n", b"x" * 300_000]
    blobs = GitBlobs(store)

    ids = [put(store, content) for content in contents]

    assert list(blobs.many(ids)) == contents
    assert [blobs.one(blob) for blob in ids] == contents
    blobs.close()


def test_what_is_not_there_is_none_and_the_others_are_read(store):
    blob = put(store, b"here")

    assert list(GitBlobs(store).many([NOT_THERE, blob, NOT_THERE])) == [None, b"here", None]


def test_damaged_content_costs_that_file_alone(store):
    ids = [put(store, content) for content in (b"first", b"second", b"third")]
    damage(store, ids[1])
    blobs = GitBlobs(store)

    assert list(blobs.many(ids)) == [b"first", None, b"third"]
    assert [blobs.one(blob) for blob in ids] == [b"first", None, b"third"]
    blobs.close()


def test_bulk_read_that_is_given_up_leaves_no_process(store):
    ids = [put(store, str(number).encode()) for number in range(3)]
    reading = GitBlobs(store).many(ids)

    assert next(reading) == b"0"
    reading.close()


def test_single_reads_go_on_after_closing(store):
    blobs = GitBlobs(store)
    blob = put(store, b"again")
    blobs.one(blob)

    blobs.close()

    assert blobs.one(blob) == b"again"
    blobs.close()
