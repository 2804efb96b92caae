from dataclasses import replace
from decimal import Decimal

from fakes import samples
from fakes.agency import AGENCY

from clientdesk.audit.result import judged
from clientdesk.documents.letters import audit_letter, proposal_letter
from clientdesk.domain.pricing import Tax, TaxCase


def test_the_letter_names_price_window_and_the_day_to_answer_by() -> None:
    letter = proposal_letter(samples.proposal(samples.audit()), AGENCY, "P-2026-0042.pdf")

    assert letter["one_off"]["net"] == "€5,400.00"
    assert letter["window"]["day"] == "Tuesday 7 April 2026"
    assert letter["answer_by"].replace("\u00a0", " ") == "27 March 2026"


def test_vat_is_named_only_where_it_is_added() -> None:
    no_vat = Tax(TaxCase.REVERSE_CHARGE, Decimal(0), "Reverse charge.")

    letter = proposal_letter(samples.proposal(samples.audit(), tax=no_vat), AGENCY, "p.pdf")

    assert letter["is_vat_added"] is False


def test_the_team_reads_the_worst_five() -> None:
    letter = audit_letter(replace(samples.audit(40), sign_off=None), AGENCY, "audits/a.pdf")

    assert [each["id"] for each in letter["worst"]] == ["F-01", "F-02", "F-03", "F-04", "F-05"]
    assert letter["urgent"] == 20


def test_the_team_reads_how_many_checks_left_something_out() -> None:
    report = samples.audit(4)
    partly = judged("ci", (), "Nothing found.", gaps=("1 file could not be read.",))

    letter = audit_letter(replace(report, results=(*report.results, partly)), AGENCY, "audits/a.pdf")

    assert (letter["not_run"], letter["in_part"]) == (1, 2)
