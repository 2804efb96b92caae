"""What a form names is found, or comes with what can be chosen from."""

import pytest
from fakes.business import a_client, agreed
from fakes.desk import a_call, a_desk
from fakes.sprint_runs import started

from clientdesk.domain.intake import RepositoryAddress
from clientdesk.steps.choosing import Kind, find, is_id, repository_meant
from clientdesk.steps.looking_up import NotFound

SHOP = RepositoryAddress("https://git.example.com/harbour/shop.git", "develop", "harbour-token")


def a_registered_desk():
    desk = a_desk()
    call = a_call()
    client = desk.store.register(type(call)(**{**vars_of(call), "repositories": (SHOP,)}), desk.clock.now())
    return desk, client.id


def vars_of(call):
    return {name: getattr(call, name) for name in call.__slots__}


def test_client_is_found_or_offered():
    desk = a_desk()
    harbour, _ = a_client(desk.store, "Harbour GmbH"), a_client(desk.store, "Curlew Ltd")

    assert find(desk, Kind.CLIENT, "harb").id == harbour
    unclear = find(desk, Kind.CLIENT, "Harbor")
    assert unclear.id == ""
    assert "did you mean Harbour GmbH" in unclear.problem
    assert [words.partition(" (")[0] for words in unclear.choices] == ["Harbour GmbH", "Curlew Ltd"]
    assert find(desk, Kind.CLIENT, unclear.choices[next(iter(unclear.choices))]).id == harbour


def test_words_of_a_choice_are_harmless():
    desk = a_desk()
    a_client(desk.store, "Harbour\x1b[31m\nGmbH")

    (words,) = find(desk, Kind.CLIENT, "nobody").choices

    assert words.isprintable()


def test_window_and_agreement_are_found_by_a_choice_too():
    desk = a_desk()
    record = agreed(desk.store)
    (window,) = desk.windows.windows()

    for kind, found in ((Kind.WINDOW, window.id), (Kind.AGREEMENT, record.client)):
        assert find(desk, kind, "Harbour").id == found
        (chosen,) = find(desk, kind, "Curlew").choices.values()
        assert find(desk, kind, chosen).id == found


def test_sprint_is_found_by_its_clients_name():
    desk, window = started()

    assert find(desk, Kind.SPRINT, "Harbour").id == window.id


def test_ids_are_known_as_such():
    desk = a_desk()
    client = agreed(desk.store).client
    (window,) = desk.windows.windows()

    known = {Kind.CLIENT: client, Kind.AGREEMENT: client, Kind.WINDOW: window.id, Kind.SPRINT: window.id}
    assert all(is_id(desk, kind, name) for kind, name in known.items())
    assert not any(is_id(desk, kind, "Harbour") for kind in Kind)


def test_repository_is_named_by_its_last_part_and_comes_with_branch_and_credential():
    desk, client = a_registered_desk()

    assert repository_meant(desk, client, RepositoryAddress("shop")) == SHOP
    assert repository_meant(desk, client, RepositoryAddress("shop", "main")).ref == "main"
    with pytest.raises(NotFound, match=r"no repository of this client 'shp': did you mean|there is https"):
        repository_meant(desk, client, RepositoryAddress("shp"))


def test_registered_address_comes_with_its_credential_and_another_is_itself():
    desk, client = a_registered_desk()
    other = RepositoryAddress("https://git.example.com/harbour/other.git")

    assert repository_meant(desk, client, RepositoryAddress(SHOP.address)) == RepositoryAddress(
        SHOP.address, "", "harbour-token"
    )
    assert repository_meant(desk, client, other) == other
