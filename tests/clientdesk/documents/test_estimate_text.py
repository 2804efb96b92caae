from dataclasses import replace
from decimal import Decimal

from fakes import samples

from clientdesk.documents.estimate_text import estimate_as_text, overruling_lines
from clientdesk.domain.estimating import NO_HOURS, Estimate, Factor
from clientdesk.domain.pricing import HoursSet, Overruling, PlanKind

ESTIMATE = samples.estimate_for(samples.audit(4))


def test_each_number_has_its_evidence_and_its_reason() -> None:
    text = estimate_as_text(ESTIMATE)

    for item in ESTIMATE.items:
        assert item.title in text
        assert item.reason in text
        assert all(finding in text for finding in item.findings[:2])


def test_the_hours_are_summed() -> None:
    assert any(line.split()[:3] == ["27", "54", "108"] for line in estimate_as_text(ESTIMATE).splitlines())


def test_experience_is_shown_with_its_sample_size_or_said_to_be_missing() -> None:
    item = replace(ESTIMATE.items[0], factor=Factor(Decimal("1.50"), 5))
    known = Estimate((item, *ESTIMATE.items[1:]), ESTIMATE.total)

    assert f"{item.key}: factor 1.5, from 5 closed items" in estimate_as_text(known)
    assert "without enough there is none" in estimate_as_text(ESTIMATE)


def test_nothing_to_do_is_said() -> None:
    assert estimate_as_text(Estimate((), NO_HOURS)) == "Nothing was found that calls for work.\n"


def test_hostile_titles_are_made_fit_for_a_terminal() -> None:
    nasty = replace(ESTIMATE.items[0], title=samples.HOSTILE * 40, reason=samples.HOSTILE)
    text = estimate_as_text(Estimate((nasty,), nasty.hours))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(len(line) for line in text.splitlines()) < 220


def test_what_was_overruled_is_told_with_name_and_reason() -> None:
    (line,) = overruling_lines(
        [
            Overruling(
                PlanKind.RETAINER,
                "Max Lead",
                "They like a rhythm.",
                bucket=12,
                discount_percent=Decimal("5.0"),
                dropped=("Mend the CI",),
                hours=(HoursSet("Split it", Decimal(8), Decimal("6.50")),),
            )
        ]
    )

    assert line == (
        "plan retainer; 12 h a month; discount 5 %; dropped 'Mend the CI'; 'Split it' 8 h to 6.5 h"
        " - Max Lead: They like a rhythm."
    )
