import re
import time
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from fakes.agency import RATES
from fakes.sentences import printed_by_checks, told_of_failures, written_in_the_audit

from clientdesk.adapters.said import Said, said_in, untranslated
from clientdesk.adapters.templates import Templates
from clientdesk.audit import code_rules, weaknesses, workflow_rules
from clientdesk.audit.bandit_titles import TITLES
from clientdesk.audit.registry import CHECKS
from clientdesk.audit.weaknesses import Weakness
from clientdesk.domain.estimating import Cause, Estimate, estimate, hours
from clientdesk.domain.intake import Interest
from clientdesk.domain.pricing import Plan, PriceList, Tax, TaxCase
from clientdesk.domain.recommending import Need, recommend

WORDING = Path(__file__).parents[3] / "report_templates" / "wording"
GERMAN = said_in(WORDING, "de")
PLACE = re.compile(r"\{(\w+)(?::\w+)?\}")
CATALOGUE = [
    pair
    for group in tomllib.loads((WORDING / "said" / "de.toml").read_text(encoding="utf-8")).values()
    for pair in group.items()
]
# What a check takes from elsewhere: advisories, the names of kinds of secrets, packages.
FROM_ELSEWHERE = frozenset(
    {
        "some_value (5 places)",
        "some_value some_value has 7",
        "some_value, and plan some_value.",
        "some_value.",
        "some_value: some_value",
        "some_value some_value: some_value",
    }
)
EXAMPLES = tomllib.loads(Path(__file__).with_name("said_examples.toml").read_text(encoding="utf-8"))


def test_values_stand_in_the_translation_and_figures_are_written_anew() -> None:
    said = Said({"{file} has {n:number} lines": "{n} Zeilen hat {file}"})

    assert said.translated("app/models.py has 1,234.5 lines") == "1.234,5 Zeilen hat app/models.py"
    assert said.translated("app/models.py has many lines") is None


def test_a_sentence_within_a_sentence_is_translated_or_none_is() -> None:
    said = Said({"Mend {cause:said}": "Beheben: {cause}", "old locks": "alte Schlösser"})

    assert said.translated("Mend old locks") == "Beheben: alte Schlösser"
    assert said.translated("Mend new locks") is None


def test_lists_keep_the_names_that_are_not_words() -> None:
    said = Said({"In use: {names:list}.": "Im Einsatz: {names}.", "and": "und", "{n:number} more": "{n} weitere"})

    assert said.translated("In use: Ruby 3.2, Rails and 4 more.") == "Im Einsatz: Ruby 3.2, Rails und 4 weitere."


def test_a_name_is_one_word_so_that_it_does_not_swallow_the_sentence_before_it() -> None:
    said = Said(
        {"{host:name} is away": "{host} ist fort", "A failed": "A scheiterte", "{a:said}; {b:said}": "{a}; {b}"}
    )

    assert said.translated("api.example.com is away") == "api.example.com ist fort"
    assert said.translated("A failed; api.example.com is away") == "A scheiterte; api.example.com ist fort"


def test_what_is_known_of_a_text_is_translated_and_the_rest_stands() -> None:
    said = Said({"It failed: {why:text}.": "Es scheiterte: {why}.", "no room": "kein Platz"})

    assert said.translated("It failed: no room.") == "Es scheiterte: kein Platz."
    assert said.translated("It failed: E42.") == "Es scheiterte: E42."


def test_a_value_ends_where_its_sentence_does() -> None:
    said = Said({"Found: {names:list}.": "Gefunden: {names}.", "Left out: {names:list}.": "Ausgelassen: {names}."})

    assert said.translated("Found: a.rb, b.rb. Left out: c.rb.") == "Gefunden: a.rb, b.rb. Ausgelassen: c.rb."


def test_several_sentences_are_translated_only_as_a_whole() -> None:
    said = Said({"One.": "Eins.", "Two.": "Zwei."})

    assert said.translated("One. Two.") == "Eins. Zwei."
    assert said.translated("One. Three.") is None


@pytest.mark.parametrize("text", ["a " * 900 + "b", "has " * 490, "(((" * 600, "{0} {x} %s", "Mend " * 300])
def test_hostile_text_costs_little_and_is_never_formatted(text) -> None:
    began = time.perf_counter()

    assert GERMAN.translated(text) in {None, text} or "{" not in str(GERMAN.translated(text))
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(("english", "german"), CATALOGUE)
def test_a_translation_has_the_values_of_its_sentence(english, german) -> None:
    assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(german))


def test_every_title_consequence_and_fix_of_the_checks_is_translated() -> None:
    told = set(printed_by_checks()) - FROM_ELSEWHERE

    assert len(told) > 60
    assert untranslated(GERMAN, sorted(told)) == []


def test_every_reason_gap_and_word_of_evidence_in_the_audit_is_translated() -> None:
    told = set(written_in_the_audit())

    assert len(told) > 250
    assert set(untranslated(GERMAN, sorted(told))) - FROM_ELSEWHERE == set(EXAMPLES["composed"]) - FROM_ELSEWHERE


@pytest.mark.parametrize(
    "text", [*(each for whole in EXAMPLES["composed"].values() for each in whole), *EXAMPLES["others"]["whole"]]
)
def test_what_is_put_together_is_translated_as_it_reads(text) -> None:
    assert untranslated(GERMAN, [text]) == []


def test_every_reason_for_a_file_or_tool_that_failed_is_translated() -> None:
    told = set(told_of_failures())

    assert len(told) > 10
    assert untranslated(GERMAN, sorted(told)) == []


def test_of_what_quotes_a_client_the_quotation_stays_and_our_own_words_are_translated() -> None:
    said = Said({"One of {n:number} places.": "Eine von {n} Stellen.", "{code:text} One of 2.": "{code} Eine von 2."})

    assert said.known_parts("Use the form. One of 3 places.") == "Use the form. Eine von 3 Stellen."
    assert said.known_parts("exec(text) One of 2.") == "exec(text) Eine von 2."
    assert said.known_parts("exec(text)") == "exec(text)"


def test_every_title_of_bandits_rules_is_translated() -> None:
    assert untranslated(GERMAN, sorted(set(TITLES.values()))) == []


def test_every_rule_about_code_and_workflows_is_translated() -> None:
    assert untranslated(GERMAN, sorted(set(_rules()))) == []


def test_every_check_and_kind_of_work_is_translated() -> None:
    told = [text for check in CHECKS for text in (check.title, check.looks_for)]
    units = [
        estimate(tuple(Cause(f"F-{n}", "x", rule.key, 0, "x") for n in range(count)), {rule.key: rule}).items[0].reason
        for check in CHECKS
        for rule in check.effort
        for count in (1, 3, 400)
    ]
    work = [rule.work.replace("{cause}", _cause_of(rule.work)) for check in CHECKS for rule in check.effort]

    assert untranslated(GERMAN, [*told, *units, *work]) == []


def test_every_reason_and_line_of_a_plan_is_translated() -> None:
    plans = list(_plans())

    assert len({plan.reason for plan in plans}) > 12
    told = {text for plan in plans for text in (plan.reason, *_lines(plan))}
    assert untranslated(GERMAN, sorted(told)) == []


def test_what_has_no_translation_is_marked_as_english_and_code_is_set_as_code(tmp_path) -> None:
    (tmp_path / "wording").mkdir()
    for language in ("de", "en"):
        (tmp_path / "wording" / f"{language}.toml").write_text("")
    (tmp_path / "page.html").write_text("{{ said(text) }}")
    templates = Templates(tmp_path)

    german, english = (
        templates.filled("page.html", {"language": language, "text": "Set `<b>` {{ 7 }}"}) for language in ("de", "en")
    )

    assert german == '<bdi lang="en">Set <code>&lt;b&gt;</code> {{ 7 }}</bdi>'
    assert english == "<bdi>Set <code>&lt;b&gt;</code> {{ 7 }}</bdi>"


def test_a_sentence_is_cut_after_it_has_been_translated(tmp_path) -> None:
    (tmp_path / "wording" / "said").mkdir(parents=True)
    (tmp_path / "wording" / "de.toml").write_text("")
    (tmp_path / "wording" / "said" / "de.toml").write_text('[a]\n"Nothing was found." = "Nichts wurde gefunden."\n')
    (tmp_path / "page.html").write_text("{{ said(text, 10) }} {{ quoted(text) }}")

    page = Templates(tmp_path).filled("page.html", {"language": "de", "text": "Nothing was found."})

    assert page == "<bdi>Nichts wu…</bdi> Nichts wurde gefunden."


def _cause_of(work: str) -> str:
    return "Rails 6.1 → 8.0" if work.startswith("Upgrade") else "hotspots"


def _rules() -> Iterator[str]:
    for module in (code_rules, weaknesses):
        for weakness in vars(module).values():
            if isinstance(weakness, Weakness) and not weakness.is_noise and weakness is not weaknesses.RANDOM:
                yield from (weakness.name, weakness.consequence, weakness.fix_now)
    yield from (rule.title for rule in code_rules.CODE_RULES.values())
    for rule in workflow_rules.RULES.values():
        yield from (rule.title, rule.consequence, rule.fix_now, rule.cause)


def _plans() -> Iterator[Plan]:
    prices = PriceList(RATES, Tax(TaxCase.DOMESTIC, Decimal(19), ""))
    for interest in Interest:
        for likely in ("0", "3", "20.5", "90"):
            for needs_upgrade in (False, True):
                for is_regular in (False, True):
                    sized = Estimate((), hours("0", likely, "200"))
                    quote = recommend(Need(sized, needs_upgrade, is_regular, interest), (8, 12, 16), prices)
                    yield from (quote.recommended, quote.alternative)


def _lines(plan: Plan) -> Iterator[str]:
    for line in plan.lines:
        yield from (line.title, line.reason)
