import re
import string
from pathlib import Path

import pytest
from markupsafe import Markup

from clientdesk.adapters.wording import MissingWording, UnknownLanguage, Wording, wording

FOLDER = Path(__file__).parents[3] / "report_templates"
ENGLISH, GERMAN = (wording(FOLDER / "wording", language) for language in ("en", "de"))
ASKED = re.compile(r"""\bt\("([\w.-]+)"(\s*~)?""")


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_stands_in_every_language_with_the_same_names() -> None:
    assert ENGLISH.keys == GERMAN.keys
    for key in ENGLISH.keys:
        assert _names(ENGLISH.template(key, {})) == _names(GERMAN.template(key, {})), key


def test_nothing_is_left_in_the_other_language() -> None:
    same = {key for key in ENGLISH.keys if ENGLISH.template(key, {}) == GERMAN.template(key, {})}

    assert same <= {
        "audit.commit",
        "common.hours",
        "hotspots.commits",
        "knowledge.commits",
        "proposal.normal",
        "proposal.sign_name",
        "sprint.repository",
    }


def test_templates_ask_only_for_words_that_are_there() -> None:
    used: set[str] = set()
    for path in (*FOLDER.rglob("*.html"), *FOLDER.rglob("*.txt")):
        if path.name == "OFL.txt":
            continue
        for key, is_prefix in ASKED.findall(path.read_text(encoding="utf-8")):
            found = {each for each in ENGLISH.keys if each.startswith(key) if is_prefix or _is(each, key)}
            assert found, f"{path.relative_to(FOLDER)} asks for {key}"
            used |= found

    assert sorted(ENGLISH.keys - used) == []


def _is(entry: str, key: str) -> bool:
    return entry in {key, f"{key}.one", f"{key}.other"}


def test_one_and_many_are_told_apart() -> None:
    words = Wording({"n.one": "one thing", "n.other": "{count} things"})

    assert (words.plain("n", count=1), words.plain("n", count=2)) == ("one thing", "2 things")


def test_what_is_filled_in_is_escaped_in_html_and_braces_in_it_are_left_alone() -> None:
    words = Wording({"hello": "Hello & {name}"})

    assert words.markup("hello", name="<b>{0.__class__}") == Markup("Hello &amp; &lt;b&gt;{0.__class__}")


def test_missing_words_and_languages_are_refused() -> None:
    with pytest.raises(MissingWording, match="no wording"):
        ENGLISH.plain("no.such")
    with pytest.raises(UnknownLanguage, match="de, en"):
        wording(FOLDER / "wording", "fr")
