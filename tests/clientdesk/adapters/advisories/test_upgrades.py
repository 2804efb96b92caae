from __future__ import annotations

from clientdesk.adapters.advisories.answers import Pin, Weakness
from clientdesk.adapters.advisories.upgrades import clean_upgrades


def rails(version):
    return Pin("RubyGems", "rails", version)


def weak(*fixes):
    return tuple(Weakness(f"A-{place}", fixed_in=(fix,) if fix else ()) for place, fix in enumerate(fixes))


def test_a_fix_against_which_nothing_is_known_is_the_upgrade():
    assert clean_upgrades({rails("6.0"): weak("6.1.9", "6.1.10")}, lambda pins: dict.fromkeys(pins, ())) == {
        rails("6.0"): "6.1.10"
    }


def test_a_fix_with_a_weakness_of_its_own_leads_further():
    known = {rails("6.1"): weak("6.2"), rails("6.2"): (), rails("6.1.9"): ()}

    found = clean_upgrades({rails("6.0"): weak("6.1"), rails("5.0"): weak("6.1.9")}, lambda pins: known)

    assert found == {rails("6.0"): "6.2", rails("5.0"): "6.1.9"}


def test_what_has_no_fix_is_not_known_or_leads_on_for_ever_is_promised_to_nobody():
    def ever(pins):
        return {pin: weak(f"{pin.version}.1") for pin in pins}

    assert clean_upgrades({rails("6.0"): weak("6.1", "")}, ever) == {}
    assert clean_upgrades({rails("6.0"): weak("6.1")}, ever) == {}
    assert clean_upgrades({rails("6.0"): weak("6.1")}, lambda pins: {}) == {}
    assert clean_upgrades({rails("6.0"): ()}, ever) == {}
