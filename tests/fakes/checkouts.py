"""Checkouts that serve repositories from memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clientdesk.audit.repository import Repository
from clientdesk.domain.intake import RepositoryAddress, Sanity
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.checkouts import CheckoutRef


class MemoryCheckouts:
    """`sources` maps addresses to repositories, or to the refusal that fetching them meets."""

    def __init__(self, sources: Mapping[str, Repository | Refusal]) -> None:
        self._sources = dict(sources)
        self.kept: dict[str, Repository] = {}
        self._fetched = 0
        self.left_behind = 0

    def fetch(self, repository: RepositoryAddress, *, history: bool = True) -> CheckoutRef:
        found = self._found(repository)
        if repository.ref not in {"", found.ref, found.commit}:
            raise Refusal(f'there is no branch, tag or commit "{repository.ref}"; name one that exists ({found.ref})')
        self._fetched += 1
        folder = f"memory/{self._fetched}"
        self.kept[folder] = found
        return CheckoutRef(folder, found.address, found.ref, found.commit)

    def open(self, checkout: CheckoutRef) -> Repository:
        if checkout.folder not in self.kept:
            raise Refusal(f"the clone of {checkout.address} is gone; fetch it again")
        return self.kept[checkout.folder]

    def discard(self, checkout: CheckoutRef) -> None:
        self.kept.pop(checkout.folder, None)

    def sweep(self) -> int:
        swept, self.left_behind = self.left_behind, 0
        return swept

    def look(self, repository: RepositoryAddress) -> Sanity:
        try:
            found = self._found(repository)
        except Refusal as refusal:
            return Sanity(repository, problem=str(refusal))
        seen = Sanity(repository, commit=found.commit, default_branch=found.ref, files=len(found.files))
        size = sum(entry.size for entry in found.files)
        return replace(seen, last_commit_at=found.committed_at.isoformat(), bytes=size)

    def _found(self, repository: RepositoryAddress) -> Repository:
        found = self._sources.get(repository.address)
        if found is None:
            raise Refusal(f"there is no repository at {repository.address}; check the address")
        if isinstance(found, Refusal):
            raise found
        return found
