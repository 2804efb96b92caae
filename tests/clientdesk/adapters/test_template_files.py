from pathlib import Path

import pytest

from clientdesk.adapters.template_files import ORIGIN, ForbiddenAddress, TemplateFiles


@pytest.fixture
def files(tmp_path) -> TemplateFiles:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a.css").write_text("p {}")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "inside" / "link.css").symlink_to(tmp_path / "secret")
    return TemplateFiles(tmp_path / "inside")


def test_files_of_the_folder_are_served_with_their_kind(files) -> None:
    answer = files.fetch(f"{ORIGIN}a.css")

    assert (answer.read(), answer.content_type) == (b"p {}", "text/css")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "https://templates.invalid.example.com/a.css",
        "data:text/css,p{}",
        f"{ORIGIN}../secret",
        f"{ORIGIN}%2e%2e/secret",
        f"{ORIGIN}link.css",
    ],
)
def test_everything_else_is_refused_unopened(files, address) -> None:
    with pytest.raises(ForbiddenAddress):
        files.fetch(address)


def test_the_templates_own_folder_is_one_of_files() -> None:
    folder = Path(__file__).parents[3] / "report_templates"

    assert TemplateFiles(folder).fetch(f"{ORIGIN}documents/proposal/style.css").read()
