from __future__ import annotations

import json

import pytest
from fakes.desk import SHOP, a_desk, shop

from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.refusal import Refusal
from clientdesk.steps.packages import listed_packages

ADDRESS = RepositoryAddress(SHOP)


def test_packages_are_listed_without_any_check_and_the_clone_is_gone():
    desk = a_desk({SHOP: shop(**{"requirements.txt": "flask==3.0\n"})})

    bill = json.loads(listed_packages(desk, ADDRESS))

    assert [component["purl"] for component in bill["components"]] == ["pkg:pypi/flask@3.0"]
    assert bill["metadata"]["timestamp"].startswith(desk.clock.now().strftime("%Y-%m-%dT%H:%M"))
    assert [title for title, _ in desk.progress.ended] == [f"Clone {SHOP}", "List packages"]
    assert desk.checkouts.kept == {}


def test_a_repository_that_can_not_be_had_is_refused():
    with pytest.raises(Refusal):
        listed_packages(a_desk({}), ADDRESS)
