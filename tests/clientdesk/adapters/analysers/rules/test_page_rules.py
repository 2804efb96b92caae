import pytest
from fakes.parsed import broken_rules


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("document.location = document.referrer", []),
        ("box.innerHTML = other.innerHTML", []),
        ("const hint = { nonce: Math.random() }", []),
        ("const token = pick(list, Math.random())", []),
        ("const a = <a target='_blank' {...rest} href={to}>x</a>", []),
        ("const a = <Link target='_blank' href={to}>x</Link>", []),
        ("const accessToken = 'en-GB/labels.access'", []),
        ("const p = /(a|b)+$/; const q = /([a-z]+)?x/", []),
    ],
)
def test_what_real_repositories_taught(source, expected):
    assert broken_rules("tsx", source) == expected
