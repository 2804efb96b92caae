from dataclasses import replace
from decimal import Decimal

from fakes import samples
from fakes.agency import RATES

from clientdesk.documents.figures import Figures
from clientdesk.documents.proposal_text import estimate_lines, fact, facts_lines, price_lines, table
from clientdesk.domain.pricing import Discount, Overruling, PlanKind, PriceList

FIGURES = Figures("en_IE", "Europe/Berlin")
PROPOSAL = samples.proposal(samples.audit(4))


def test_facts_name_client_plan_window_and_what_was_overruled() -> None:
    ruled = replace(PROPOSAL.quote, overrulings=(Overruling(None, "Max", "A friend.", discount_percent=Decimal(5)),))

    text = "\n".join(facts_lines(replace(PROPOSAL, quote=ruled), FIGURES)).replace("\u00a0", " ")

    for words in (
        "Harbour Bookings GmbH, Nora Feld",
        "sprint-then-retainer: ",
        "Tuesday 7 April 2026, held until 27 March",
    ):
        assert words in text
    assert "discount 5 % - Max: A friend." in text


def test_prices_are_listed_with_what_is_taken_off_and_summed() -> None:
    plan = PriceList(RATES, PROPOSAL.quote.tax).plan(
        PlanKind.SPRINT_THEN_RETAINER, "because", PROPOSAL.estimate.items, 8, Discount(Decimal(10), "A friend.")
    )

    text = "\n".join(price_lines(plan, FIGURES))

    assert "-€72.00 /mo  Discount of 10 %" in text
    assert "€4,860.00  net once, €5,783.40 with VAT" in text


def test_work_that_costs_nothing_tells_its_rate() -> None:
    plan = PriceList(RATES, PROPOSAL.quote.tax).plan(PlanKind.PAY_AS_YOU_GO, "because", (), 8)

    assert list(price_lines(plan, FIGURES)) == ["      €110.00 /h  Work by the hour"]


def test_work_is_listed_by_the_numbers_that_commands_take() -> None:
    numbers = [line.split()[0] for line in estimate_lines(PROPOSAL) if line[:3].strip()]

    assert numbers == [str(item.priority) for item in PROPOSAL.estimate.items]


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    assert table([("a", "bbb"), ("cc", "d")]) == ["a   bbb", "cc  d"]
    assert table([]) == []


def test_hostile_text_stays_on_its_line() -> None:
    assert "\n" not in fact("Evidence", samples.HOSTILE + "\nX: y")
    assert "\x1b" not in table([(samples.HOSTILE,)])[0]
