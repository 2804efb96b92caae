"""Against a service on the loopback address."""

from __future__ import annotations

import pytest
from fakes.osv_service import OsvService as Service
from fakes.osv_service import advisory, serving

from clientdesk.adapters.advisories.answers import Pin
from clientdesk.adapters.advisories.osv_service import OsvService
from clientdesk.adapters.web import NotReached
from clientdesk.audit.result import Severity

RAILS = Pin("RubyGems", "rails", "6.1.4")
LODASH = Pin("npm", "lodash", "4.17.15")
SYMFONY = Pin("Packagist", "symfony/http", "5.0.0")
KNOWN = {
    "rails": [
        advisory("rails", f"6.1.7.{n}", number=f"GHSA-{n}", alias=f"CVE-{n}", ecosystem="RubyGems") for n in range(1, 6)
    ],
    "lodash": [advisory("lodash", "4.17.21", number="GHSA-9", ecosystem="npm", database_specific={"severity": "HIGH"})],
}


@pytest.fixture
def service():
    with serving(Service(KNOWN)) as running:
        yield running


def test_all_ecosystems_are_asked_at_once_and_told_in_full(service):
    answers = OsvService(service.address).answers([RAILS, LODASH, SYMFONY])

    assert len(service.asked) == 3
    assert answers.failed == {}
    assert answers.known[SYMFONY] == ()
    assert len(answers.known[RAILS]) == 5
    (lodash,) = answers.known[LODASH]
    assert (lodash.severity, lodash.fixed_in) == (Severity.HIGH, ("4.17.21",))


def test_further_pages_are_asked_for():
    with serving(Service(KNOWN, page=2)) as service:
        answers = OsvService(service.address).answers([RAILS, LODASH])

    assert [each.id for each in answers.known[RAILS]] == [f"GHSA-{n}" for n in range(1, 6)]
    assert service.asked.count(("rails", "6.1.4")) == 3
    assert service.asked.count(("lodash", "4.17.15")) == 1


def test_a_question_that_upsets_the_service_costs_no_other():
    with serving(Service(KNOWN, broken=["odd"])) as service:
        odd = Pin("npm", "odd", "1.0.0")
        answers = OsvService(service.address).answers([RAILS, odd, LODASH, SYMFONY])

    assert set(answers.known) == {RAILS, LODASH, SYMFONY}
    assert answers.failed == {odd: "127.0.0.1 answered with status 400"}


def test_an_advisory_whose_words_can_not_be_had_is_still_known():
    with serving(Service(KNOWN, silent=["GHSA-9"])) as service:
        (known,) = OsvService(service.address).answers([LODASH]).known[LODASH]

    assert (known.id, known.severity) == ("GHSA-9", None)


def test_a_withdrawn_advisory_is_left_out():
    with serving(
        Service({"lodash": [advisory("lodash", "9.0.0", ecosystem="npm", withdrawn="2026-01-01")]})
    ) as service:
        assert OsvService(service.address).answers([LODASH]).known == {LODASH: ()}


def test_records_are_read_once_until_they_change(service, tmp_path):
    asked = OsvService(service.address, tmp_path / "records.sqlite")

    first = asked.answers([RAILS, LODASH])
    second = asked.answers([RAILS, LODASH])

    assert first == second
    assert len(service.read) == 6


def test_fewer_answers_than_questions_are_no_answer():
    class Short(Service):
        def answer_batch(self, questions):
            return 200, {"results": [{}]}

    with serving(Short({})) as service:
        answers = OsvService(service.address).answers([RAILS, LODASH])

    assert answers.known == {RAILS: (), LODASH: ()}  # each was asked again alone
    with serving(Service({})) as service:
        service.answer_batch = lambda questions: (200, {"results": []})
        assert set(OsvService(service.address).answers([RAILS, LODASH]).failed) == {RAILS, LODASH}


def test_nobody_there_is_said_at_once():
    with pytest.raises(NotReached, match="could not be reached"):
        OsvService("http://127.0.0.1:9/v1/query").answers([RAILS])


def test_no_question_asks_nobody():
    assert OsvService("http://127.0.0.1:9/v1/query").answers([]).known == {}


def test_the_source_is_printed_without_its_password():
    assert OsvService("https://me:secret@osv.example.com/v1/query").source == "OSV at osv.example.com"
