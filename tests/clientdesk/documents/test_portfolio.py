"""The round's table: a row each, nothing measured that was not, and strangers' text without a meaning."""

from fakes import samples
from fakes.agency import AGENCY

from clientdesk.documents.portfolio import (
    Portfolio,
    PortfolioLine,
    in_a_sentence,
    portfolio_letter,
    portfolio_markdown,
    portfolio_rows,
)


def test_each_repository_has_its_row_and_those_left_out_theirs():
    rows = portfolio_rows(samples.portfolio())

    assert [row[2] for row in rows] == ["B (78), was C", "A (91)", "not measured", ""]
    assert rows[0][3:8] == ("12", "3", "1", "5", "9")
    assert rows[1][-1] == "first audit; 2 checks could not run; 1 check left something out"
    assert rows[0][-1] == "1 check not compared; 2 more gone or only unexamined"
    assert rows[2][-1].startswith("the repository can't be reached")
    assert rows[3][-1] == "left out: turned us down"


def test_sentence_counts_what_was_done_and_what_is_urgent():
    assert in_a_sentence(samples.portfolio()) == (
        "2 of 3 repositories audited, 1 new critical or high, 1 client left out."
    )


def test_what_has_moved_stands_in_one_column_of_the_page():
    page = portfolio_markdown(samples.portfolio()).splitlines()

    assert page[4] == "| Client | Repository | Grade | Findings | Since last time | Note |"
    assert page[6].split(" | ")[4] == "3 new \\(1 urgent\\), 5 fixed, 9 remaining"
    assert page[7].split(" | ")[4] == ""


def test_names_mean_nothing_on_the_page():
    hostile = Portfolio((PortfolioLine("[x](http://evil)|<b>", "https://git.example.com/a.git", problem="`a`"),))

    row = portfolio_markdown(hostile).splitlines()[-1]

    assert row.startswith("| \\[x\\]\\(http\\:\u200b//evil\\)\\|&lt;b\\> |")
    assert row.endswith("| \\`a\\` |")


def test_mail_begins_with_what_failed_and_what_is_urgent():
    letter = portfolio_letter(samples.portfolio(), AGENCY)

    assert [line["company"] for line in letter["lines"]] == ["Quay Ltd", "Harbour Bookings GmbH", "Mole & Sons"]


def test_mail_of_a_large_portfolio_names_how_many_more_there_are():
    many = Portfolio(tuple(PortfolioLine(f"Client {n}", "https://git.example.com/a.git", "A", 90) for n in range(75)))

    letter = portfolio_letter(many, AGENCY)

    assert (len(letter["lines"]), letter["more"]) == (60, 15)
