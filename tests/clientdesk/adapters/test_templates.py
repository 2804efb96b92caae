from pathlib import Path

import pytest
from jinja2 import UndefinedError

from clientdesk.adapters.templates import Templates, UnknownTemplate

FOLDER = Path(__file__).parents[3] / "report_templates"


@pytest.fixture
def small(tmp_path) -> Templates:
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording" / "en.toml").write_text('hello = "Hello {name}"\n')
    (tmp_path / "page.html").write_text('<link rel="stylesheet" href="style.css">{{ t("hello", name=who) }}')
    (tmp_path / "body.txt").write_text('{{ t("hello", name=who) }}')
    (tmp_path / "style.css").write_text('@import "more.css";\np { color: red }\n')
    (tmp_path / "more.css").write_text('@font-face { src: url("a.ttf"); }\n')
    (tmp_path / "a.ttf").write_bytes(b"wOFF")
    return Templates(tmp_path)


def test_html_is_escaped_and_plain_text_is_left(small) -> None:
    view = {"language": "en", "who": "<b>"}

    assert "Hello &lt;b&gt;" in small.filled("page.html", view)
    assert small.filled("body.txt", view) == "Hello <b>"


def test_an_undefined_name_is_an_error(small) -> None:
    with pytest.raises(UndefinedError):
        small.filled("page.html", {"language": "en"})


def test_a_page_carries_its_styles_and_fonts(small) -> None:
    page = small.self_contained('<link rel="stylesheet" href="style.css">', "page.html")

    assert "p { color: red }" in page
    assert "data:font/ttf;base64,d09GRg==" in page
    assert "@import" not in page


def test_a_style_outside_the_folder_is_refused(small) -> None:
    with pytest.raises(UnknownTemplate, match="outside"):
        small.self_contained('<link rel="stylesheet" href="../../etc/passwd">', "page.html")


def test_a_document_without_a_folder_is_refused_by_name() -> None:
    with pytest.raises(UnknownTemplate, match="documents/nothing"):
        Templates(FOLDER).filled("documents/nothing/page.html", {"language": "en"})
