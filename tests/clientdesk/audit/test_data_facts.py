from clientdesk.audit.data_facts import OTHER_DATA, PYTHON_DATA, DataReport
from clientdesk.audit.result import Tool


def test_a_report_without_facts_is_whole():
    assert DataReport(Tool("x", "1")).unread == ()


def test_the_two_reports_are_asked_for_apart():
    assert OTHER_DATA.name != PYTHON_DATA.name
