"""The values of a comparison; what they promise is tested with `comparing`."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from clientdesk.audit.changes import Changes


def test_a_comparison_can_not_be_edited():
    changes = Changes("app", "c0ffee", datetime(2026, 3, 2, tzinfo=UTC), 80, "B")

    with pytest.raises(FrozenInstanceError):
        changes.new = ("F-01",)
