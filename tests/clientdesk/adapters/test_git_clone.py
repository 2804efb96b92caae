"""What one clone may cost, and where the objects of a folder lie. The rest is promised in test_checkout.py."""

import time

import pytest

from clientdesk.adapters.git_clone import Limits, Watch, _git_folder_of
from clientdesk.domain.refusal import Refusal


def watch(folder, **limits):
    return Watch(folder, "https://example.com/a", Limits(**limits), time.monotonic())


def test_clone_within_its_limits_goes_on(tmp_path):
    (tmp_path / "pack").write_bytes(b"x" * 1000)

    watch(tmp_path, clone_bytes=1000, seconds=60)()


def test_size_counts_every_file_in_every_folder(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "pack").write_bytes(b"x" * 600)
    (tmp_path / "pack").write_bytes(b"x" * 600)

    with pytest.raises(Refusal, match=r"grew larger than 0\.001 MB"):
        watch(tmp_path, clone_bytes=1000)()


def test_time_counts_from_the_start(tmp_path):
    late = Watch(tmp_path, "https://example.com/a", Limits(seconds=5), time.monotonic() - 6)

    with pytest.raises(Refusal, match="longer than 5 seconds"):
        late()


def test_folder_that_vanishes_meanwhile_has_no_size(tmp_path):
    watch(tmp_path / "gone", clone_bytes=0)()


@pytest.mark.parametrize("pointer", ["gitdir: ../real\n", "gitdir: ../tree/../real"])
def test_git_file_of_a_work_tree_is_followed(tmp_path, pointer):
    (tmp_path / "real").mkdir()
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / ".git").write_text(pointer)

    assert _git_folder_of(tmp_path / "tree") == tmp_path / "real"


def test_git_file_that_makes_no_sense_comes_to_nothing(tmp_path):
    (tmp_path / ".git").write_text("gitdir: \0\n")

    assert _git_folder_of(tmp_path) == tmp_path
