"""What a form names is found, or comes with what can be chosen from."""

import pytest
from fakes.business import a_client, agreed, tuesday
from fakes.desk import a_call, a_desk
from fakes.onboarding import audited
from fakes.sprint_runs import started

from clientdesk.domain.intake import RepositoryAddress
from clientdesk.ports.windows import Change
from clientdesk.steps.choosing import Kind, find, is_id, repository_meant
from clientdesk.steps.inviting import invitations
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


def test_question_for_a_form_leaves_to_the_list_what_the_list_shows():
    desk = a_desk()
    a_client(desk.store, "Harbour Bookings GmbH"), a_client(desk.store, "Harbour Ferries Ltd")

    assert find(desk, Kind.CLIENT, "Harbour").question == "'Harbour' fits more than one. Which is meant?"
    unclear = find(desk, Kind.CLIENT, "Curlew")
    assert unclear.question == "There is no client 'Curlew'. Which of these is meant?"
    assert "clientdesk portfolio list" in unclear.problem


def test_item_is_offered_with_its_client_and_found_by_its_name():
    desk, window = started()
    items = desk.sprints.items_in(window.id)

    unclear = find(desk, Kind.ITEM, "Harbour")

    assert sorted(unclear.choices.values()) == sorted(each.id for each in items)
    assert all("Bookings GmbH (" in words for words in unclear.choices)
    assert [find(desk, Kind.ITEM, each.work.title).id for each in items] == [each.id for each in items]
    assert is_id(desk, Kind.ITEM, items[0].id)


def test_repository_and_audit_are_those_of_the_client():
    desk, client = a_registered_desk()
    (audit,) = audited(desk, client, a_call(SHOP.address))
    (theirs,) = audited(desk, a_client(desk.store, "Curlew Ltd"), a_call(SHOP.address))

    assert find(desk, Kind.REPOSITORY, "shop", client).id == SHOP.address
    assert find(desk, Kind.REPOSITORY, "sohp", client).choices == {SHOP.address: SHOP.address}
    assert find(desk, Kind.AUDIT, "shop", client).id == audit
    refused = find(desk, Kind.AUDIT, theirs, client)
    assert "of another client" in refused.question
    ((words, chosen),) = refused.choices.items()
    assert (words.partition(" of ")[0], chosen) == ("shop.git", audit)


def test_whom_a_list_names_has_what_is_asked_for():
    desk = a_desk()
    agreed(desk.store)
    over = agreed(desk.store, "Curlew Ltd", tuesday(1))
    (theirs,) = desk.windows.windows(client=over.client)
    desk.windows.skip(theirs.id, Change("Max", desk.clock.now(), "they asked"), invitations(desk))

    unclear = find(desk, Kind.WINDOW, "Curlew")

    assert "No window of Curlew Ltd is booked" in unclear.question
    assert [words.partition(" (")[0] for words in unclear.choices] == ["Harbour Bookings GmbH"]


def test_address_that_is_long_is_shown_by_both_ends():
    desk = a_desk()
    address = f"https://git.example.com/{'harbour/' * 8}shop.git"
    call = type(a_call())(**{**vars_of(a_call()), "repositories": (RepositoryAddress(address),)})
    client = desk.store.register(call, desk.clock.now()).id

    assert find(desk, Kind.REPOSITORY, "sohp", client).choices == {"https://git.example.…ur/harbour/shop.git": address}
