"""One plain address in ASCII, or a refusal."""

import pytest

from clientdesk.documents.mail_address import BadAddress, wire_address


@pytest.mark.parametrize("address", ["nora@harbour.example", "n.o+r_a'x@sub.harbour.example", "root@localhost"])
def test_plain_address_stays_as_it_is(address):
    assert wire_address(address) == address


def test_domain_with_umlauts_keeps_its_own_owner():
    assert wire_address("nora@Größe.example") == "nora@xn--gre-6ka8i.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nora",
        "@harbour.example",
        "nora@",
        "nöra@harbour.example",
        "a b@c.example",
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example\n",
        "a@b@c.example",
        "a@b..example",
        "a.@b.example",
        "<a@b.example>",
        "a,b@c.example",
        "a@b.example, c@d.example",
        "a@-b.example",
        "a@ö\u200b\u202e.example",
        "a@" + "ö" * 300,
        "a" * 300 + "@b.example",
        '"a b"@c.example',
        "--upload@[127.0.0.1]",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address):
    with pytest.raises(BadAddress):
        wire_address(address)
