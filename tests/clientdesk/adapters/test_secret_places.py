"""Where secrets may lie, and what is said where there is none: the place, never a value."""

import os

import pytest

from clientdesk.adapters.secret_places import NoSecret, SecretPlaces, private_file


def no_block(name: str) -> str:
    raise AssertionError(f"{name} was not asked for")


def places(block=no_block, **variables: str) -> SecretPlaces:
    return SecretPlaces(variables, block)


def kept(folder, content: str, mode: int = 0o600):
    path = folder / "token"
    path.write_text(content)
    path.chmod(mode)
    return path


def test_variable_is_read_without_its_line_end():
    assert places(ACME="t0ken\n").read("env:ACME") == "t0ken"


def test_variable_that_is_not_set_is_named():
    with pytest.raises(NoSecret, match="ACME is not set"):
        places().read("env:ACME")


def test_empty_secret_is_none():
    with pytest.raises(NoSecret, match="env:ACME is empty"):
        places(ACME=" \n").read("env:ACME")


def test_whole_book_is_no_secret():
    with pytest.raises(NoSecret, match="longer than 20000"):
        places(ACME="x" * 20_001).read("env:ACME")


def test_block_is_asked_by_its_name():
    assert places(block={"acme": "t0ken"}.__getitem__).read("prefect:acme") == "t0ken"


def test_file_of_its_owner_is_read(tmp_path):
    assert places().read(f"file:{kept(tmp_path, 't0ken')}") == "t0ken"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_file_that_others_may_read_is_refused(tmp_path, mode):
    with pytest.raises(NoSecret, match="chmod 600"):
        places().read(f"file:{kept(tmp_path, 't0ken', mode)}")


def test_missing_file_and_folder_are_named(tmp_path):
    with pytest.raises(NoSecret, match="No such file"):
        private_file(str(tmp_path / "nothing"))
    with pytest.raises(NoSecret, match="is not a file"):
        private_file(str(tmp_path))


def test_file_that_is_no_text_is_refused(tmp_path):
    path = kept(tmp_path, "")
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(NoSecret, match="must be text"):
        places().read(f"file:{path}")
