"""An agency with round figures, for tests that need one."""

from __future__ import annotations

from decimal import Decimal

from fakes.calendar import BERLIN

from clientdesk.domain.agency import Agency, ProposalRules, Rates, ResponseTimes, Seller, WindowRules
from clientdesk.domain.intake import Expectation, Partner

SELLER = Seller(
    name="Atenbi",
    email="contact@atenbi.com",
    address=("Example Street 1", "10115 Berlin"),
    country="DE",
    vat_id="DE999999999",
    vat_percent=Decimal(19),
)
RATES = Rates(
    currency="EUR",
    retainer=Decimal("90.00"),
    pay_as_you_go=Decimal("110.00"),
    sprint=Decimal("100.00"),
    are_examples=True,
)
WINDOWS = WindowRules(
    notice_days=10,
    weekday=1,
    months_apart=3,
    answer_days=5,
    reschedule_days=5,
    hours_a_day=Decimal(8),
    capacity_hours=Decimal(16),
)
PARTNERS = {
    Expectation.ROUND_THE_CLOCK: Partner(Expectation.ROUND_THE_CLOCK, "Night Owl Ltd", "owl@example.com"),
    Expectation.TIER_ONE_DESK: Partner(Expectation.TIER_ONE_DESK, "First Desk Ltd", "desk@example.com"),
    Expectation.WAR_ROOM: Partner(Expectation.WAR_ROOM, "War Room Ltd", "room@example.com"),
}
AGENCY = Agency(
    seller=SELLER,
    office_hours=BERLIN,
    rates=RATES,
    windows=WINDOWS,
    proposals=ProposalRules(
        valid_days=30, retainer_hours=(8, 12, 16), locale="en_IE", engineer="Ada Engineer", account_lead="Max Lead"
    ),
    response=ResponseTimes(critical_first=1, critical_plan=4, normal_first=8),
    partners=PARTNERS,
)
