"""What a person types finds what they mean, and nothing else."""

import pytest

from clientdesk.domain.naming import Named, folded, meant, nearest, repository_name

HARBOUR = Named("3f9a1c2e00", "Harbour Bookings GmbH", ("https://git.example.com/harbour/shop.git",))
SOEHNE = Named("abcd123400", "Müller & Söhne AG", ("git@git.example.com:soehne/web",))
CAFE, CAFE_WITH_ACCENT = Named("0001", "Cafe"), Named("0002", "Café")


@pytest.mark.parametrize(
    "text",
    ["Harbour", " harbour  BOOKINGS", "Bookings", "3f9a1c2e00", "3f9a", "shop", HARBOUR.addresses[0],
     "https://git.example.com/harbour/shop/"],
)  # fmt: skip
def test_one_is_found_by_any_of_its_names(text):
    assert meant(text, [HARBOUR, SOEHNE]) == (HARBOUR,)


def test_accents_need_not_be_typed_and_tell_two_apart_where_they_are():
    assert meant("muller", [HARBOUR, SOEHNE]) == (SOEHNE,)
    assert meant("café", [CAFE, CAFE_WITH_ACCENT]) == (CAFE_WITH_ACCENT,)


@pytest.mark.parametrize("text", ["", " ", "H", "Ha", "arbour", "3f9", "sho", "x" * 100_000])
def test_too_little_or_the_middle_of_a_word_means_nobody(text):
    assert meant(text, [HARBOUR, SOEHNE]) == ()


def test_whole_name_counts_more_than_a_part_of_another():
    short, long = Named("0001", "Harbour"), HARBOUR

    assert meant("harbour", [long, short]) == (short,)
    assert meant("harb", [long, short]) == (long, short)


def test_nearest_are_those_that_look_alike_the_likest_first():
    harbinger = Named("0001", "Harbinger Ltd")

    assert nearest("Harbor", [SOEHNE, harbinger, HARBOUR]) == (HARBOUR, harbinger)
    assert nearest("Harbour Boking", [SOEHNE, HARBOUR]) == (HARBOUR,)
    assert nearest("zebra", [SOEHNE, HARBOUR]) == ()
    assert nearest("x" * 1_000_000, [SOEHNE, HARBOUR]) == ()


def test_repository_has_the_last_part_of_its_address_as_name():
    assert repository_name("git@git.example.com:shop.git") == repository_name("https://a.example/b/shop/") == "shop"


def test_letters_are_compared_without_case_accents_and_spacing():
    assert folded(" É  STRASSE ") == folded("e straße")
