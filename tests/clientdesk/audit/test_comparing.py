from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.repository import RepositoryFromText
from hypothesis import given
from hypothesis import strategies as st

from clientdesk.audit.assembling import assemble, with_profile
from clientdesk.audit.comparing import all_findings, changes, configuration_of, earlier, examined_less
from clientdesk.audit.profile import IgnoredPath, Profile
from clientdesk.audit.result import CheckResult, Confidence, Finding, Outcome, Severity, Tool, could_not_run, judged

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
BANDIT = Tool("bandit", "1.9.4")


def finding(name="a", *, check="security", line=1, path="app.py"):
    return Finding(check, f"{check}.rule", Severity.LOW, Confidence.HIGH, f"Thing {name}", "C", "F", path=path,
                   line=line, snippet=name)  # fmt: skip


def result(*findings, check="security", tool=BANDIT, gaps=()):
    return judged(check, findings, "looked", tool=tool, gaps=gaps)


def report(*results, edition="1.0", **more):
    return assemble(RepositoryFromText({}, **more), results, AT, edition)


def compared(then, now):
    return changes(earlier(then), now)


def counted(findings):
    return Counter((each.check, each.fingerprint) for each in findings)


def by_id(one, ids):
    return counted(each.finding for each in all_findings(one) if each.id in ids)


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from("abcd"),
        check=st.sampled_from(["security", "ci"]),
        line=st.integers(1, 40),
        path=st.sampled_from(["app.py", "lib/x.py"]),
    ),
    max_size=12,
)


def audited(findings):
    split = {check: [each for each in findings if each.check == check] for check in ("security", "ci")}
    return report(*(result(*inside, check=check) for check, inside in split.items()))


@given(FINDINGS)
def test_a_report_compared_with_itself_has_only_what_remains(findings):
    told = compared(audited(findings), audited(findings))

    assert (told.new, told.fixed, told.not_compared, told.remarks) == ((), (), (), ())
    assert set(told.remaining) == {each.id for each in audited(findings).findings}


@given(FINDINGS, FINDINGS)
def test_fixed_and_remaining_are_all_there_was_and_new_and_remaining_all_there_is(before, after):
    then, now = audited(before), audited(after)

    told = compared(then, now)

    assert counted(told.fixed) + by_id(now, told.remaining) == counted(each.finding for each in then.findings)
    assert by_id(now, told.new) + by_id(now, told.remaining) == counted(each.finding for each in now.findings)
    assert not set(told.new) & set(told.remaining)


@given(FINDINGS, FINDINGS)
def test_what_is_new_one_way_is_gone_the_other_way(before, after):
    then, now = audited(before), audited(after)

    assert counted(compared(then, now).fixed) == by_id(then, compared(now, then).new)


@given(FINDINGS, st.integers(1, 500))
def test_moved_lines_change_nothing(findings, down):
    moved = [replace(each, line=each.line + down) for each in findings]

    told = compared(audited(findings), audited(moved))

    assert (told.new, told.fixed) == ((), ())


def test_the_same_thing_twice_then_and_once_now_is_one_that_remains_and_one_that_is_gone():
    told = compared(audited([finding(line=1), finding(line=9)]), audited([finding(line=4)]))

    assert (len(told.remaining), len(told.fixed), len(told.new)) == (1, 1, 0)


def why(then, now):
    (remark,) = compared(report(then), report(now)).not_compared
    return remark.text


def test_another_version_of_the_tool_is_not_compared():
    newer = result(finding(), tool=Tool("bandit", "1.9.5"))

    told = compared(report(result(finding())), report(newer))

    assert (told.new, told.remaining, told.fixed) == ((), (), ())
    assert told.not_compared[0].text == "Another tool or version looked then: bandit 1.9.4, now bandit 1.9.5."


def test_rules_of_another_version_are_not_compared():
    told = compared(report(result(finding())), report(result(finding()), edition="1.1"))

    assert told.not_compared[0].text == "Its rules have changed with the version of clientdesk."


def test_an_audit_that_does_not_say_its_rules_is_not_compared():
    assert configuration_of("", "security") == ""
    told = compared(report(result(finding()), edition=""), report(result(finding())))

    assert told.not_compared[0].text == "It is not said by which version's rules it worked."


def test_a_check_that_could_not_run_fixes_nothing():
    failed = could_not_run("security", "bandit crashed.", BANDIT)

    assert why(result(finding()), failed) == "It could not run this time: bandit crashed."
    assert why(failed, result(finding())) == "It could not run in the earlier audit: bandit crashed."


def test_a_check_asked_for_once_only_is_not_compared():
    told = compared(report(result()), report(result(check="ci")))

    assert [(one.check, one.text) for one in told.not_compared] == [
        ("ci", "It was not part of the earlier audit."),
        ("security", "It was not part of this audit."),
    ]


def test_nothing_left_of_what_the_check_looks_at_mends_its_findings():
    gone = CheckResult("security", Outcome.NOT_APPLICABLE, "There is no program code.")

    assert len(compared(report(result(finding())), report(gone)).fixed) == 1


def test_nothing_found_with_the_same_part_left_out_is_compared():
    gap = ("1 file could not be read.",)

    assert len(compared(report(result(finding(), gaps=gap)), report(result(gaps=gap))).fixed) == 1


def test_a_part_left_out_once_only_is_no_failure_to_run():
    partly, whole = result(gaps=("1 file could not be read.",)), result(finding())

    assert why(whole, partly) == "It ran in part this time, and left out what it examined before."
    assert why(partly, result()) == "It ran in part in the earlier audit, and left out what it examined this time."


def test_what_is_gone_with_something_left_out_is_not_surely_fixed():
    then, partly = report(result(finding("a"), finding("b"))), result(finding("a"), gaps=("1 file could not be read.",))

    assert (compared(then, report(partly)).surely_fixed, compared(then, report(partly)).maybe_fixed) == ((), 1)
    assert len(compared(then, report(result(finding("a")))).surely_fixed) == 1


CRASHED = could_not_run("security", "bandit crashed.", BANDIT)
PARTLY = result(gaps=("1 file could not be read.",))


@pytest.mark.parametrize(
    ("here", "there", "less"),
    [
        ([CRASHED], [result()], ("security",)),
        ([], [result()], ("security",)),
        ([PARTLY], [result(finding())], ("security",)),
        ([PARTLY], [PARTLY], ()),
        ([CRASHED], [CRASHED], ()),
        ([PARTLY], [CRASHED], ()),
        ([result()], [PARTLY], ()),
    ],
)
def test_a_check_examined_less_where_it_left_out_what_it_examined_the_other_time(here, there, less):
    assert examined_less(earlier(report(*here)).checks, earlier(report(*there)).checks) == less


def test_what_may_only_be_unexamined_is_said_so():
    told = compared(
        report(result(finding("a"), finding("b"))), report(result(finding("a"), gaps=("1 file could not be read.",)))
    )

    assert [(one.check, one.text) for one in told.remarks] == [
        ("security", "It left out what it examined before: something gone may only be unexamined.")
    ]


def test_where_only_the_worst_are_listed_new_may_not_be_new_and_gone_not_gone():
    then, now = (report(result(finding(name, check="complexity"), check="complexity")) for name in "ab")

    assert [one.check for one in compared(then, now).remarks] == ["complexity"]
    assert compared(then, report(result(check="complexity"))).remarks == ()


def test_another_repository_is_named():
    told = compared(report(address="https://example.com/x/shop.git"), report(address="https://example.com/y/till"))

    assert [one.text for one in told.remarks] == ["The earlier audit is of another repository: shop."]


def test_a_finding_that_somebody_accepts_is_neither_new_nor_gone():
    then = audited([finding("a"), finding("b", path="lib/x.py")])
    now = with_profile(then, Profile("p", "0" * 64, (IgnoredPath("lib/**", "old"),)), AT.date())

    for one, other in ((then, now), (now, then)):
        assert (compared(one, other).new, compared(one, other).fixed) == ((), ())
