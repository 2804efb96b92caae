from __future__ import annotations

from clientdesk.audit.result import Severity
from clientdesk.audit.secret_kinds import kind_of


def test_known_kind_says_what_it_opens():
    assert kind_of("stripe-access-token").name == "A key to Stripe"
    assert "payments" in kind_of("stripe-access-token").consequence


def test_unknown_kind_is_named_after_its_rule_and_taken_seriously():
    kind = kind_of("acme-api-token")

    assert (kind.name, kind.at_most, kind.is_vague) == ("A secret (acme api token)", Severity.CRITICAL, False)
