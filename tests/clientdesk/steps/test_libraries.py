"""Libraries are surveyed with each audit, and an older audit has none."""

from fakes.desk import SHOP, a_call, a_desk, shop
from fakes.onboarding import audited

from clientdesk.steps.libraries import survey_of


def test_survey_is_kept_with_the_audit_and_says_that_no_index_was_asked():
    desk = a_desk({SHOP: shop(**{"requirements.txt": "click==8.0\n"})})
    client = desk.store.register(a_call(), desk.clock.now()).id

    (audit,) = audited(desk, client, a_call())

    found = survey_of(desk, audit)
    assert [(each.name, each.version) for each in found.pinned] == [("click", "8.0")]
    assert found.not_asked == "package indexes is not installed"


def test_audit_from_before_has_no_survey():
    desk = a_desk()
    client = desk.store.register(a_call(), desk.clock.now()).id
    (audit,) = audited(desk, client, a_call())
    name = desk.store.audit(audit).document.removesuffix(".json") + ".libraries.json"
    del desk.documents.kept[name]

    assert survey_of(desk, audit) is None
