"""What a far repository offers: its default branch, branches and tags, and which commit a name means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clientdesk.adapters.git_address import Source
from clientdesk.adapters.git_environment import GitFolder
from clientdesk.adapters.git_process import GitFailed, run
from clientdesk.adapters.git_refusal import refusal
from clientdesk.domain.refusal import Refusal

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FarRefs:
    """Ids by full name ("refs/heads/main"). `default` is the default branch, "" where HEAD names none."""

    default: str
    head: str
    ids: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name.split("/", 2)[2] for name in self.ids)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read. `ref` for print; `full` as the far side names it, "" for a bare commit; `id` where it is known."""

    ref: str
    full: str
    id: str


def far_refs(folder: GitFolder, source: Source, watch: Callable[[], None] = lambda: None) -> FarRefs:
    """Ask the far side; raises a `Refusal` where it can't be reached, is no repository or has no commits."""
    arguments = ["ls-remote", "--symref", "--", source.url, "HEAD", "refs/heads/*", "refs/tags/*"]
    try:
        answer = run(folder, arguments, protocol=source.protocol, watch=watch, access=source.access)
    except GitFailed as failed:
        raise refusal(str(failed), source.printed, source.credential) from failed
    refs = _parsed(answer.decode(errors="replace"))
    if not refs.ids and not refs.head:
        raise Refusal(f"{source.printed} is empty: it has no commits yet; ask for the address of the code itself")
    return refs


def _parsed(answer: str) -> FarRefs:
    default, head, ids = "", "", {}
    for line in answer.splitlines():
        value, _, name = line.partition("\t")
        if name == "HEAD" and value.startswith("ref: "):
            default = value.removeprefix("ref: refs/heads/")
        elif name == "HEAD" and _COMMIT.fullmatch(value):
            head = value
        elif re.match(r"refs/(heads|tags)/.", name) and not name.endswith("^{}") and _COMMIT.fullmatch(value):
            ids[name] = value
    return FarRefs(default, head, ids)


def wanted(refs: FarRefs, ref: str, source: Source) -> Wanted:
    """The branch, tag or commit that `ref` means ("" = the default); a branch comes before a tag of its name."""
    if not ref:
        return _default(refs, source)
    for full in (f"refs/heads/{ref}", f"refs/tags/{ref}", ref):
        if full in refs.ids:
            return Wanted(ref, full, refs.ids[full])
    if _SHORT_COMMIT.fullmatch(ref.lower()):
        return Wanted(ref, "", ref.lower() if _COMMIT.fullmatch(ref.lower()) else "")
    raise Refusal(f"{source.printed} has no branch or tag {_quoted(ref)}; {_nearest(refs, ref)}")


def _default(refs: FarRefs, source: Source) -> Wanted:
    full = f"refs/heads/{refs.default}"
    if full in refs.ids:
        return Wanted(refs.default, full, refs.ids[full])
    if not refs.default and refs.head:
        same = [name for name, commit in refs.ids.items() if commit == refs.head and name.startswith("refs/heads/")]
        return Wanted(same[0].split("/", 2)[2], same[0], refs.head) if same else Wanted(refs.head[:12], "", refs.head)
    raise Refusal(f"the default branch of {source.printed} has no commits; {_nearest(refs, refs.default)}")


def no_such_commit(refs: FarRefs, ref: str, source: Source) -> Refusal:
    return Refusal(f"{source.printed} has no commit {_quoted(ref)}; {_nearest(refs, ref)}")


def _nearest(refs: FarRefs, ref: str) -> str:
    near = difflib.get_close_matches(ref, refs.names[:5000], _NAMES_SHOWN) or list(refs.names[:_NAMES_SHOWN])
    if not near:
        return "it has none: name a commit"
    return "name one that it has, such as " + ", ".join(_quoted(name) for name in near)


def _quoted(name: str) -> str:
    return '"' + "".join(character if character.isprintable() else "?" for character in name[:100]) + '"'
