"""What somebody named in a form: found, or what they can choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from clientdesk.documents.client_text import printable
from clientdesk.domain.intake import RepositoryAddress
from clientdesk.domain.naming import Named
from clientdesk.ports.records import UnknownRecord
from clientdesk.steps.desk import Desk
from clientdesk.steps.evidence import audit_meant
from clientdesk.steps.looking_up import NotFound, agreement_named, client_named, one_meant, short, window_named
from clientdesk.steps.sprint_work import item_named, sprint_named

_MOST = 200
_WIDEST = 40  # with its id, as much as the box of a drop-down shows


class Kind(StrEnum):
    CLIENT = "client"
    WINDOW = "window"
    AGREEMENT = "agreement"
    SPRINT = "sprint"
    ITEM = "item"
    REPOSITORY = "repository"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Found:
    """`id` "" where the name was not clear: then `problem` says why, and `choices` are words to ids.

    `question` is the problem without what the choices say themselves.
    """

    id: str
    problem: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    question: str = ""


def find(desk: Desk, kind: Kind, text: str, client: str = "") -> Found:
    """Of an agreement the id is the client's, of a sprint its window's. A choice is named again, by its id.

    Repositories and audits are those of `client`; a repository's id is its address.
    """
    try:
        return Found(_BY_NAME[kind](desk, text, client))
    except NotFound as unclear:
        return Found(
            "",
            str(unclear),
            _WORDS.get(kind, _words)(unclear.choices),
            unclear.question[:1].upper() + unclear.question[1:],
        )


def is_id(desk: Desk, kind: Kind, text: str) -> bool:
    """Whoever is no person gives an id."""
    if kind is Kind.AUDIT:  # whose it is has to be looked at
        return False
    if kind is Kind.REPOSITORY:
        return _is_address(text)
    try:
        _BY_ID[kind](desk, text)
    except UnknownRecord:
        return False
    return True


def repository_meant(desk: Desk, client: str, said: RepositoryAddress) -> RepositoryAddress:
    """A client's repository named by its last part alone ("shop"); of an address, with the credential registered.

    What is said beside it counts more. An address that is not registered is itself.
    """
    registered = desk.store.client(client).repositories
    same = [each for each in registered if each.address == said.address]
    if same or _is_address(said.address):
        opened = next((each.credential for each in same if each.credential), "")
        return replace(said, credential=said.credential or opened)
    known = [Named(str(place), each.address, (each.address,)) for place, each in enumerate(registered)]
    found = one_meant("repository of this client", said.address, known, "clientdesk portfolio list")
    meant = registered[int(found.id)]
    return RepositoryAddress(meant.address, said.ref or meant.ref, said.credential or meant.credential)


def _is_address(text: str) -> bool:
    return "/" in text or ":" in text


def _words(choices: Sequence[Named]) -> dict[str, str]:
    ids = [each.id for each in choices]
    return {f"{_shown(each.name)} ({short(each.id, ids)})": each.id for each in choices[:_MOST]}


def _audits(choices: Sequence[Named]) -> dict[str, str]:
    """All of one client: the repository's own name and the day tell them apart."""
    return _words([replace(each, name=each.name.rpartition("/")[2]) for each in choices])


def _addresses(choices: Sequence[Named]) -> dict[str, str]:
    """Those that are shown alike are told apart by their place."""
    words: dict[str, str] = {}
    for place, each in enumerate(choices[:_MOST], 1):
        shown = _shown(each.name)
        words[f"{shown} ({place})" if shown in words else shown] = each.name
    return words


def _shown(name: str) -> str:
    """Cut in the middle: addresses, days and clients of items stand at the end."""
    line = printable(name, 4 * _WIDEST)
    half = _WIDEST // 2
    return line if len(line) <= _WIDEST else f"{line[:half].rstrip()}…{line[1 - half :].lstrip()}"


_WORDS: dict[Kind, Callable[[Sequence[Named]], dict[str, str]]] = {Kind.REPOSITORY: _addresses, Kind.AUDIT: _audits}
_BY_NAME: dict[Kind, Callable[[Desk, str, str], str]] = {
    Kind.CLIENT: lambda desk, text, _: client_named(desk.store, text).id,
    Kind.WINDOW: lambda desk, text, _: window_named(desk.windows, text, desk.today()).id,
    Kind.AGREEMENT: lambda desk, text, _: agreement_named(desk.windows, text).client,
    Kind.SPRINT: lambda desk, text, _: sprint_named(desk, text).window,
    Kind.ITEM: lambda desk, text, _: item_named(desk, text).id,
    Kind.REPOSITORY: lambda desk, text, client: repository_meant(desk, client, RepositoryAddress(text)).address,
    Kind.AUDIT: lambda desk, text, client: audit_meant(desk, client, text),
}
_BY_ID: dict[Kind, Callable[[Desk, str], object]] = {
    Kind.CLIENT: lambda desk, text: desk.store.client(text),
    Kind.WINDOW: lambda desk, text: desk.windows.window(text),
    Kind.AGREEMENT: lambda desk, text: desk.store.client(text),
    Kind.SPRINT: lambda desk, text: desk.windows.window(text),
    Kind.ITEM: lambda desk, text: desk.sprints.item(text),
}
