"""Gets code from where it lies: an address or a folder becomes a clone of its own, and later a repository to audit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clientdesk.adapters.clone_folders import CloneFolders
from clientdesk.adapters.git_access import Access
from clientdesk.adapters.git_address import Source, source_of
from clientdesk.adapters.git_clone import Clone, Limits, Watch, clone, deepen, watch_over
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed
from clientdesk.adapters.git_refs import far_refs, wanted
from clientdesk.adapters.git_refusal import refusal
from clientdesk.adapters.git_repository import GitRepository, Tools
from clientdesk.adapters.sanity import ci_of, languages_of, lockfiles_of
from clientdesk.adapters.scratch import sweep_scratch
from clientdesk.domain.intake import RepositoryAddress, Sanity
from clientdesk.domain.refusal import Refusal
from clientdesk.ports.checkouts import CheckoutRef

if TYPE_CHECKING:
    from clientdesk.adapters.analysers.result_cache import ResultCache


def no_access(credential: str, _url: str) -> None:
    """Where no credentials are known; raises a `Refusal` for any that is named."""
    if credential:
        raise Refusal(f"no credential {credential!r} is known here")


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A clone without its history yet."""

    folder: GitFolder
    source: Source
    clone: Clone

    @property
    def checkout(self) -> CheckoutRef:
        return CheckoutRef(str(self.folder.path), self.source.printed, self.clone.want.ref, self.clone.commit)


class GitCheckouts:
    """Clones under `root`, with `tools` for the repositories opened from them.

    Folders are read only where `folders_allowed`: where the person at the terminal names them. A clone is made bare,
    never checked out, and only the commit asked for is read: uncommitted changes are not seen. `access` gives what the
    credential of a name opens at an address; it may raise a `Refusal`. `cache` keeps what git told of their histories.
    """

    def __init__(
        self,
        root: Path,
        tools: Tools,
        *,
        folders_allowed: bool,
        limits: Limits | None = None,
        access: Callable[[str, str], Access | None] = no_access,
        cache: ResultCache | None = None,
    ) -> None:
        self._folders = CloneFolders(root)
        self._tools = tools
        self._folders_allowed = folders_allowed
        self._limits = limits or Limits()
        self._access = access
        self._cache = cache
        self._guard = threading.Lock()
        self._open: dict[str, GitRepository] = {}
        self._looked: dict[RepositoryAddress, _Fresh] = {}

    def fetch(self, repository: RepositoryAddress, *, history: bool = True) -> CheckoutRef:
        fresh = self._still_current(repository) or self._clone(repository)
        with self._removed_on_failure(fresh.folder):
            if history:
                deepen(fresh.folder, fresh.source, fresh.clone, self._watch(fresh.folder, fresh.source))
        return fresh.checkout

    def open(self, checkout: CheckoutRef) -> GitRepository:
        with self._guard:
            if not self._folders.holds(Path(checkout.folder)):
                raise Refusal(f"the clone of {checkout.address} is gone; fetch it again")
            if checkout.folder not in self._open:
                self._open[checkout.folder] = self._repository(checkout)
            return self._open[checkout.folder]

    def discard(self, checkout: CheckoutRef) -> None:
        self._drop(Path(checkout.folder))

    def sweep(self) -> int:
        sweep_scratch()
        return self._folders.sweep()

    def look(self, repository: RepositoryAddress) -> Sanity:
        """The clone behind the look is kept until the end of the process, or until `fetch` takes it over."""
        try:
            fresh = self._still_current(repository) or self._clone(repository)
            seen = self._seen(repository, fresh)
        except Refusal as refused:
            return Sanity(repository, problem=str(refused))
        with self._guard:
            self._looked[repository] = fresh
        return seen

    def _seen(self, repository: RepositoryAddress, fresh: _Fresh) -> Sanity:
        found = self.open(fresh.checkout)
        files = found.files
        return Sanity(
            repository,
            commit=found.commit,
            default_branch=fresh.clone.default_branch,
            last_commit_at=found.committed_at.isoformat(),
            files=len(files),
            bytes=sum(entry.size for entry in files),
            languages=languages_of(files),
            lockfiles=lockfiles_of(files),
            ci=ci_of(files),
        )

    def _clone(self, repository: RepositoryAddress) -> _Fresh:
        """The files of the commit; the list is read at once, so that a bomb is refused here and not in a check."""
        source = self._source(repository)
        folder = GitFolder(self._folders.create())
        with self._removed_on_failure(folder):
            folder.prepare()
            made = clone(folder, source, repository.ref.strip(), self._limits, self._watch(folder, source))
            fresh = _Fresh(folder, source, made)
            try:
                _ = self.open(fresh.checkout).files
            except GitFailed as failed:
                raise refusal(str(failed), source.printed, source.credential) from failed
        return fresh

    def _source(self, repository: RepositoryAddress) -> Source:
        source = source_of(repository.address, folders_allowed=self._folders_allowed)
        return replace(source, access=self._access(repository.credential, source.url))

    def _still_current(self, repository: RepositoryAddress) -> _Fresh | None:
        """The clone of an earlier look, if the far side still has the same commit under the same name."""
        with self._guard:
            fresh = self._looked.pop(repository, None)
        if fresh is None:
            return None
        with self._removed_on_failure(fresh.folder):
            far = far_refs(fresh.folder, fresh.source, self._watch(fresh.folder, fresh.source))
            if wanted(far, repository.ref.strip(), fresh.source) == fresh.clone.want:
                return fresh
        self.discard(fresh.checkout)
        return None

    def _repository(self, checkout: CheckoutRef) -> GitRepository:
        return GitRepository(
            Path(checkout.folder),
            address=checkout.address,
            ref=checkout.ref,
            commit=checkout.commit,
            tools=self._tools,
            limits=self._limits,
            cache=self._cache,
        )

    def _watch(self, folder: GitFolder, source: Source) -> Watch:
        return watch_over(folder, source, self._limits)

    @contextmanager
    def _removed_on_failure(self, folder: GitFolder) -> Iterator[None]:
        """Also on Ctrl-C: nothing of a client's code stays behind."""
        try:
            yield
        except BaseException:
            self._drop(folder.path)
            raise

    def _drop(self, folder: Path) -> None:
        with self._guard:
            repository = self._open.pop(str(folder), None)
        if repository is not None:
            repository.close()
        self._folders.remove(folder)
