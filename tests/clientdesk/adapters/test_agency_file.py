"""agency.toml: the real one is read, and each mistake in it is said with key and line."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from clientdesk.adapters.agency_file import BadAgencyFile, read_agency
from clientdesk.domain.agency import Person
from clientdesk.domain.estimating import EffortRule, hours
from clientdesk.domain.intake import NOT_SERVED, Expectation

REAL = Path(__file__).parents[3] / "agency.toml"
SPLIT = EffortRule(
    "complexity.split", "Split {cause}", "function", hours("0", "1", "2"), hours("1", "2", "3"), Decimal(9)
)


def mistaken(folder: Path, *changes: tuple[str, str]) -> list[str]:
    """The lines said about the real file with texts replaced; line numbers stay where no line is added."""
    text = REAL.read_text()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    with pytest.raises(BadAgencyFile) as refused:
        read_agency(written(folder, text), [SPLIT])
    return str(refused.value).splitlines()


def written(folder: Path, text: str) -> Path:
    file = folder / "agency.toml"
    file.write_text(text)
    return file


def line_of(start: str) -> int:
    return next(n for n, line in enumerate(REAL.read_text().splitlines(), start=1) if line.startswith(start))


def test_real_file_says_what_the_agency_offers():
    agency = read_agency(REAL)

    assert (agency.seller.name, agency.seller.email) == ("Atenbi", "contact@atenbi.com")
    hours_open = agency.office_hours
    assert (hours_open.zone, hours_open.opens, hours_open.closes) == ("Europe/Berlin", time(9), time(17))
    assert (hours_open.weekdays, hours_open.country, hours_open.subdivision) == (frozenset(range(5)), "DE", "BE")
    assert date(2026, 12, 24) in hours_open.days_off
    assert agency.proposals.retainer_hours == (8, 12, 16)
    assert (agency.windows.notice_days, agency.windows.weekday, agency.windows.months_apart) == (10, 1, 3)
    assert (agency.response.critical_first, agency.response.critical_plan, agency.response.normal_first) == (1, 4, 8)
    assert agency.partners.keys() == NOT_SERVED
    assert agency.effort == {}


def test_figures_that_are_made_up_say_so():
    agency = read_agency(REAL)

    assert agency.rates.are_examples
    assert all(partner.is_example for partner in agency.partners.values())


def test_rates_are_exact_however_they_are_written(tmp_path: Path):
    text = (
        REAL.read_text().replace("retainer = 95.00", 'retainer = "95.10"').replace("sprint = 105.00", "sprint = 105.1")
    )

    rates = read_agency(written(tmp_path, text)).rates

    assert (rates.retainer, rates.sprint) == (Decimal("95.10"), Decimal("105.1"))


def test_effort_changes_only_what_is_named(tmp_path: Path):
    text = REAL.read_text() + '\n[effort."complexity.split"]\nper_unit = [1, 1.5, 4]\n'

    effort = read_agency(written(tmp_path, text), [SPLIT]).effort

    assert effort["complexity.split"].per_unit == hours("1", "1.5", "4")
    assert effort["complexity.split"].fixed == SPLIT.fixed
    assert effort["complexity.split"].cap == SPLIT.cap


def test_partner_may_be_left_out(tmp_path: Path):
    text = REAL.read_text()
    without = text[: text.index("[partners.")] + text[text.index("# What mending costs") :]

    assert read_agency(written(tmp_path, without)).partners == {}
    assert Expectation.WAR_ROOM in read_agency(REAL).partners


def test_rate_that_is_no_number_is_said_with_its_line_and_an_example(tmp_path: Path):
    said = mistaken(tmp_path, ("retainer = 95.00", 'retainer = "cheap"'))

    place = f"agency.toml, line {line_of('retainer = 95.00')}: rates.retainer"
    assert said == [f'{place}: must be a decimal number of EUR per hour, as in "95.00", not "cheap"']


def test_people_half_days_and_windows_by_retainer_are_read(tmp_path: Path):
    people = '[people."Ada Engineer"]\nhours_a_day = 8\n[people.Ben]\nhours_a_day = 6.5\nweekdays = ["tuesday"]\n'
    text = REAL.read_text().replace("[proposals]", f"{people}[proposals]").replace("capacity_hours = 16\n", "")
    text = text.replace("half_days = []", "half_days = [2026-12-23]").replace(
        "per_period = {}", "per_period = {12 = 2}"
    )

    agency = read_agency(written(tmp_path, text))

    week = frozenset(range(5))
    assert agency.people == (
        Person("Ada Engineer", Decimal(8), week),
        Person("Ben", Decimal("6.5"), frozenset({1})),
    )
    assert agency.windows.capacity_hours is None
    assert [agency.windows.windows_for(hours) for hours in (0, 8, 12, 16)] == [1, 1, 2, 2]
    assert agency.office_hours.closes_on(date(2026, 12, 23)) == time(13)
    assert agency.office_hours.closes_on(date(2026, 12, 22)) == time(17)


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(tmp_path: Path):
    said = mistaken(
        tmp_path,
        ('name = "Atenbi"', 'name = ""'),
        ("sprint = 105.00", "sprint = -1"),
        ("notice_days = 10", 'notice_days = "ten"'),
    )

    keys = [line.split(": ")[1] for line in said]
    assert keys == ["seller.name", "rates.sprint", "windows.notice_days"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '"Europe/Berlin"',
            '"Europe/Berln"',
            'office_hours.zone: must be a zone of the IANA\'s, as in "Europe/Berlin"',
        ),
        ('closes = "17:00"', 'closes = "08:00"', "office_hours.closes: must be a time of day later than `opens`"),
        ('opens = "09:00"', "opens = 9", 'office_hours.opens: must be a time of day, as in "09:00", not 9'),
        ('subdivision = "BE"', 'subdivision = "XX"', "office_hours.subdivision: must be a part of the country"),
        ('weekdays = ["monday",', 'weekdays = ["Montag",', "office_hours.weekdays: must be a list of weekdays"),
        ("days_off = [2026-12-24,", "days_off = [24,", "office_hours.days_off: must be a list of dates"),
        ('"contact@atenbi.com"', '"contact"', "seller.email: must be an e-mail address"),
        ("vat_percent = 19", "vat_percent = 119", "seller.vat_percent: must be a number of percent, as in 19, not 119"),
        ("vat_percent = 19", "vat_percent = true", "seller.vat_percent: must be a number of percent"),
        ("retainer = 95.00", "retainer = nan", "rates.retainer: must be a decimal number"),
        ("retainer = 95.00", "retainer = 95.001", "rates.retainer: must be a decimal number"),
        ('currency = "EUR"', 'currency = "Euro"', "rates.currency: must be a currency in three letters"),
        ("are_examples = true", 'are_examples = "no"', 'rates.are_examples: must be true or false, not "no"'),
        ('weekday = "tuesday"', 'weekday = "sunday"', "windows.weekday: must be one of office_hours.weekdays"),
        ("months_apart = 3", "months_apart = 0", "windows.months_apart: must be a whole number of months"),
        (
            "capacity_hours = 16",
            "capacity_hours = 4",
            "windows.capacity_hours: must be a number of person-hours, no less",
        ),
        ("capacity_hours = 16", "", "windows.capacity_hours: is missing: where [people] names nobody"),
        ("per_period = {}", "per_period = { x = 2 }", "windows.per_period: must be hours of retainer a month"),
        ("per_period = {}", "per_period = { 16 = 0 }", "windows.per_period: must be hours of retainer a month"),
        ("per_period = {}", "per_period = { 8 = 2, 16 = 1 }", "windows.per_period: must be hours of retainer a month"),
        ("half_days = []", "half_days = [24]", "office_hours.half_days: must be a list of dates"),
        ('half_day_closes = "13:00"', 'half_day_closes = "18:00"', "office_hours.half_day_closes: must be a time"),
        ("[proposals]", "[people.Ada]\nhours_a_day = 4\n[proposals]", "people: must have 8 hours for a window"),
        ("[proposals]", "[people.Ada]\nhours_a_day = 0\n[proposals]", "people.Ada.hours_a_day: must be a number"),
        ("[8, 12, 16]", "[]", "proposals.retainer_hours: must be a list of whole numbers"),
        ('locale = "en_IE"', 'locale = "english"', "proposals.locale: must be a language and a country"),
        ("normal_first = 8", "normal_first = 0", "response.normal_first: must be a whole number of business hours"),
        ('[partners."24x7"]', '[partners."24/7"]', 'partners."24/7": is not known; did you mean 24x7?'),
        ('contact = "war-room@partner.example"', "", "partners.war-room.contact: is missing: it must be a text"),
        ("valid_days = 30", "vaild_days = 30", "proposals.vaild_days: is not known; did you mean valid_days?"),
        ("valid_days = 30", "vaild_days = 30", "proposals.valid_days: is missing: it must be a whole number of days"),
        ("[response]", "[responses]", "response: is missing: add this table"),
        ("[rates]", "[[rates]]", "rates: must be a table, not "),
    ],
)
def test_mistake_is_said_with_key_and_line(tmp_path: Path, old: str, new: str, says: str):
    said = mistaken(tmp_path, (old, new))

    assert any(says in line for line in said), said
    assert all(line.startswith("agency.toml, line ") or "is missing: add this table" in line for line in said)


def test_mistake_in_a_list_over_several_lines_is_said_with_the_line_where_the_list_begins(tmp_path: Path):
    said = mistaken(tmp_path, ("retainer_hours = [8, 12, 16]", "retainer_hours = [\n  8,\n  12.5,\n]"))

    place = f"agency.toml, line {line_of('retainer_hours')}: proposals.retainer_hours"
    assert said == [f"{place}: must be a list of whole numbers of hours a month, as in [8, 12, 16], not 12.5"]


def test_effort_rule_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path):
    end = "# cap = 12\n"
    said = mistaken(tmp_path, (end, f'{end}[effort."complexity.spilt"]\ncap = 3\n'))

    assert len(said) == 1
    assert 'effort."complexity.spilt": there is no such effort rule' in said[0]
    assert said[0].endswith("did you mean complexity.split?")


def test_effort_hours_that_fall_are_refused(tmp_path: Path):
    end = "# cap = 12\n"
    said = mistaken(tmp_path, (end, f'{end}[effort."complexity.split"]\nfixed = [3, 2, 1]\n'))

    assert said[0].endswith("fixed: must be three numbers of hours that rise, as in [0.5, 1, 2], not [3, 2, 1]")


def test_text_that_is_no_toml_is_said_with_its_line(tmp_path: Path):
    said = mistaken(tmp_path, ("months_apart = 3", "months_apart 3"))

    assert said == [f"agency.toml, line {line_of('months_apart')}: Expected '=' after a key in a key/value pair"]


def test_text_that_ends_too_soon_is_refused(tmp_path: Path):
    with pytest.raises(BadAgencyFile, match=r"agency\.toml, at its end"):
        read_agency(written(tmp_path, 'name = """'))


def test_file_that_is_not_there_is_refused_with_what_to_do(tmp_path: Path):
    with pytest.raises(BadAgencyFile, match="set CLIENTDESK_AGENCY"):
        read_agency(tmp_path / "agency.toml")


def test_file_that_is_no_text_is_refused(tmp_path: Path):
    file = tmp_path / "agency.toml"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(BadAgencyFile, match="can't be read"):
        read_agency(file)


def test_folder_in_place_of_the_file_is_refused(tmp_path: Path):
    with pytest.raises(BadAgencyFile, match="can't be read"):
        read_agency(tmp_path)
