"""What is kept for years is read back without loss, or refused by name."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from fakes.samples import HOSTILE, audit, call, clean_audit, proposal

from clientdesk.documents.archive import (
    UnreadableArchive,
    audit_from_bytes,
    audit_to_bytes,
    call_from_bytes,
    call_to_bytes,
    proposal_from_bytes,
    proposal_to_bytes,
)
from clientdesk.domain.intake import Interest
from clientdesk.domain.pricing import PlanKind


@pytest.mark.parametrize("report", [audit(9), clean_audit(), audit(200)])
def test_audit_comes_back_as_it_was(report):
    assert audit_from_bytes(audit_to_bytes(report)) == report


@pytest.mark.parametrize("locale", ["en_IE", "de_DE"])
def test_proposal_comes_back_as_it_was(locale):
    kept = proposal(audit(9), call(locale=locale))

    assert proposal_from_bytes(proposal_to_bytes(kept)) == kept


def test_plan_kept_under_its_short_name_is_read_as_what_it_means():
    asked = replace(call(), interest=Interest.PAY_AS_YOU_GO)
    kept = proposal(audit(9), asked, plan=PlanKind.PAY_AS_YOU_GO)

    assert call_from_bytes(call_to_bytes(asked).replace(b'"pay-as-you-go"', b'"payg"')) == asked
    assert proposal_from_bytes(proposal_to_bytes(kept).replace(b'"pay-as-you-go"', b'"payg"')) == kept


def test_hostile_call_comes_back_as_it_was():
    said = call(company=HOSTILE)

    assert call_from_bytes(call_to_bytes(said)) == said


def test_decimals_keep_their_places():
    kept = proposal(audit(9))

    back = proposal_from_bytes(proposal_to_bytes(kept))

    assert str(back.quote.effort.likely) == str(kept.quote.effort.likely)
    assert isinstance(back.quote.effort.likely, Decimal)


def test_metrics_keep_whole_numbers_fractions_and_words_apart():
    report = audit(1)
    first = replace(report.results[0], metrics={"whole": 1, "fraction": 1.0, "word": "1"})

    back = audit_from_bytes(audit_to_bytes(replace(report, results=(first,))))

    assert [type(value) for value in back.results[0].metrics.values()] == [float, int, str]  # sorted by name


def test_instants_stay_aware():
    assert audit_from_bytes(audit_to_bytes(audit(1))).audited_at.utcoffset() is not None


def test_equal_values_give_equal_bytes():
    assert audit_to_bytes(audit(9)) == audit_to_bytes(audit_from_bytes(audit_to_bytes(audit(9))))


def test_file_name_that_is_no_unicode_is_kept():
    report = replace(audit(1), repository="bad\udc80name")

    assert audit_from_bytes(audit_to_bytes(report)).repository == "bad\udc80name"


def test_instant_without_a_zone_is_not_kept():
    with pytest.raises(ValueError, match=r"audited_at has no time zone"):
        audit_to_bytes(replace(audit(1), audited_at=datetime(2026, 3, 18, 13)))  # noqa: DTZ001  # that is the point


def test_figure_that_is_no_number_is_not_kept():
    report = audit(1)
    first = replace(report.results[0], metrics={"ratio": float("nan")})

    with pytest.raises(ValueError, match="Out of range"):
        audit_to_bytes(replace(report, results=(first,)))


def _changed(**changes):
    kept = json.loads(audit_to_bytes(audit(1)))
    kept["content"].update(changes.pop("content", {}))
    return json.dumps(kept | changes).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1]", "format"),
        (b"[" * 100_000, "not JSON"),
        (audit_to_bytes(audit(1))[:-40], "not JSON"),
        (proposal_to_bytes(proposal(audit(1))), "format"),
        (_changed(version=2), "version 2"),
        (_changed(content={"files": "many"}), "damaged: files"),
        (_changed(content={"score": None}), "damaged: score"),
        (_changed(content=None or {}).replace(b'"content"', b'"contents"'), "damaged"),
    ],
)
def test_bytes_that_are_no_audit_are_refused_with_the_place(content, said):
    with pytest.raises(UnreadableArchive, match=said):
        audit_from_bytes(content)


def test_price_that_is_no_money_is_refused():
    kept = json.loads(proposal_to_bytes(proposal(audit(9))))
    kept["content"]["quote"]["recommended"]["one_off"]["net"]["amount"] = "1.001"

    with pytest.raises(UnreadableArchive, match=r"damaged: quote\.recommended\.one_off\.net"):
        proposal_from_bytes(json.dumps(kept).encode())
