"""How a repository is written on the command line."""

import pytest

from clientdesk.cli.addresses import repository_of
from clientdesk.domain.intake import RepositoryAddress


@pytest.mark.parametrize(
    ("text", "address", "ref"),
    [
        ("https://host/shop.git", "https://host/shop.git", ""),
        ("https://host/shop.git#v2.1", "https://host/shop.git", "v2.1"),
        ("git@host:shop.git#feature/x", "git@host:shop.git", "feature/x"),
        ("../shop", "../shop", ""),
    ],
)
def test_branch_stands_behind_the_hash(text, address, ref):
    assert repository_of(text) == RepositoryAddress(address, ref)


def test_folder_whose_name_holds_a_hash_is_itself(tmp_path):
    folder = tmp_path / "c#app"
    folder.mkdir()

    assert repository_of(str(folder)) == RepositoryAddress(str(folder), "")


def test_branch_that_is_named_by_an_option_wins():
    assert repository_of("https://host/a#b", "c") == RepositoryAddress("https://host/a", "c")
