"""Who decides: the terminal's person at once; nobody, where a run can't wait."""

from fakes.desk import NO, a_desk
from fakes.offers import an_offer

from clientdesk.wiring import using
from tasks import deciding


def test_on_a_terminal_the_person_there_decides(monkeypatch):
    asked = []
    monkeypatch.setattr(deciding, "ask_engineer", lambda audits: asked.append(audits) or NO)

    with using(a_desk()):
        heard = deciding.engineer_decides(["a"], 1)

    assert (asked, heard.is_final, heard.is_yes) == ([["a"]], True, False)


def test_where_nobody_is_and_no_run_can_wait_it_is_a_no():
    with using(a_desk(decisions=None)):
        assert not deciding.engineer_decides(["a"], 1).is_yes
        assert not deciding.account_lead_decides("p").is_yes


def test_on_a_terminal_nobody_waits_for_the_client():
    desk, record = an_offer()
    with using(desk):
        assert deciding.client_decides(record.id) is None
