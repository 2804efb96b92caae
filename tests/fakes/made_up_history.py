"""Made-up git histories, drawn by Hypothesis: moves, merges, side branches, clocks that go wrong, changing mailmaps."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

_PATHS = ("a/one.py", "b/one.py", "a/two.py", "c/two.py", "index.ts", "d/index.ts", "naïve")
_PEOPLE = ("Ada <ada@example.com>", "ada <countess@example.org>", "Bob <bob@example.com>")
_MAILMAPS = ("Ada Lovelace <ada@example.com> <countess@example.org>\n", "Bobby <bob@example.com>\n", "")
_BEGAN = 1_772_442_000


@dataclass(frozen=True)
class MadeUp:
    """One commit on top of others, by number. `writes` are a path and the number of its content, -1: removed."""

    parents: tuple[int, ...]
    seconds: int
    person: str
    writes: tuple[tuple[str, int], ...]
    mailmap: str | None = None
    tag: bool = False


def histories(*, most: int = 14, right_clocks: bool = False) -> st.SearchStrategy[list[MadeUp]]:
    """Each commit has earlier ones for parents: the last is not always the newest, nor has it all others behind it."""

    @st.composite
    def drawn(draw: st.DrawFn) -> list[MadeUp]:
        steps = st.integers(1, 3) if right_clocks else st.sampled_from([1, 1, 1, 2, 0, -2, 30, -30])
        made: list[MadeUp] = []
        at = _BEGAN
        for number in range(draw(st.integers(2, most))):
            at += draw(steps)
            before = st.integers(max(0, number - 5), number - 1)
            parents = draw(st.lists(before, min_size=1, max_size=3, unique=True)) if number else []
            write = st.tuples(st.sampled_from(_PATHS), st.integers(-1, 2))
            made.append(
                MadeUp(
                    tuple(parents),
                    at,
                    draw(st.sampled_from(_PEOPLE)),
                    tuple(draw(st.lists(write, max_size=3, unique_by=lambda one: one[0]))),
                    draw(st.none() | st.sampled_from(_MAILMAPS)) if draw(st.integers(0, 5)) == 0 else None,
                    draw(st.integers(0, 4)) == 0,
                )
            )
        return made

    return drawn()


def imported(made: list[MadeUp]) -> bytes:
    """For `git fast-import`: a branch `c0`, `c1`, … at each commit, and tags."""
    stream: list[str] = []
    for number, one in enumerate(made):
        stream += [f"commit refs/heads/c{number}", f"mark :{number + 1}"]
        stream += [f"author {one.person} {one.seconds} +0000", f"committer {one.person} {one.seconds} +0000", "data 0"]
        for place, parent in enumerate(one.parents):
            stream.append(f"{'merge' if place else 'from'} :{parent + 1}")
        for path, content in one.writes:
            stream += [f"D {path}"] if content < 0 else [f"M 100644 inline {path}", "data 10", f"content{content:3d}"]
        if one.mailmap is not None:
            stream += ["M 100644 inline .mailmap", f"data {len(one.mailmap)}", one.mailmap]
        stream.append("")
    for number, one in enumerate(made):
        if one.tag:
            stream += [f"reset refs/tags/t{number}", f"from :{number + 1}", ""]
    return "\n".join([*stream, "done", ""]).encode()
