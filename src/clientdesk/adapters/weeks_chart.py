"""A year at a glance: a row for each client, a column for each week, and above them how full the weeks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from clientdesk.adapters.chart_colours import ACCENT, INK, QUIET, RULE

_LOAD_HEIGHT, _LOAD_BASE = 1.9, -1.0  # in rows; they count downwards
_OVERFULL = "#7a1f2b"
# A form each beside the colour, so that a grey printer tells them apart: to come, over, off.
_MARKS: Mapping[str, Mapping[str, object]] = {
    "booked": {"marker": "s", "markerfacecolor": ACCENT, "markeredgecolor": ACCENT},
    "over": {"marker": "s", "markerfacecolor": "none", "markeredgecolor": ACCENT},
    "off": {"marker": "x", "markeredgecolor": QUIET},
}


def weeks(axes: Axes, chart: Mapping[str, object]) -> None:
    """`rows` have a `label` and `marks`: (week, kind). `load` is the share of each week's hours that is taken.

    `months` are their first weeks and short names. `series` names the three kinds of marks, and the load.
    """
    rows = cast("Sequence[Mapping[str, object]]", chart["rows"])
    load = cast("Sequence[float]", chart["load"])
    names = cast("Sequence[str]", chart["series"])
    _columns(axes, cast("Sequence[tuple[int, str]]", chart["months"]), len(load), len(rows))
    _filled(axes, load)
    for place, row in enumerate(rows):
        axes.axhline(place, color=RULE, linewidth=0.5, zorder=0)
        for week, kind in cast("Sequence[tuple[int, str]]", row["marks"]):
            axes.plot([week + 0.5], [place], linestyle="", markersize=4.6, **_MARKS[kind])  # type: ignore[arg-type]
    axes.set_yticks([_LOAD_BASE - _LOAD_HEIGHT / 2, *range(len(rows))])
    axes.set_yticklabels([names[-1], *(str(row["label"]) for row in rows)])
    keys = [
        Line2D([], [], linestyle="", markersize=5, label=name, **_MARKS[kind])  # type: ignore[arg-type]
        for kind, name in zip(_MARKS, names, strict=False)
    ]
    axes.legend(handles=keys, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, frameon=False, handlelength=1.1)


def _columns(axes: Axes, months: Sequence[tuple[int, str]], count: int, rows: int) -> None:
    axes.set_xlim(0, count)
    axes.set_ylim(rows - 0.4, _LOAD_BASE - _LOAD_HEIGHT - 0.3)
    axes.set_xticks([week for week, _ in months])
    axes.set_xticklabels([name for _, name in months], ha="left", color=QUIET)
    for week, _ in months:
        axes.axvline(week, color=RULE, linewidth=0.5, zorder=0)


def _filled(axes: Axes, load: Sequence[float]) -> None:
    """Bars that grow upwards; a line is a full week."""
    for week, share in enumerate(load):
        height = min(share, 1.0) * _LOAD_HEIGHT
        colour = _OVERFULL if share > 1 else ACCENT
        axes.bar([week + 0.5], [-height], 0.7, bottom=[_LOAD_BASE], color=colour, linewidth=0)
    axes.axhline(_LOAD_BASE, color=INK, linewidth=0.6)
    axes.axhline(_LOAD_BASE - _LOAD_HEIGHT, color=RULE, linewidth=0.6, linestyle=(0, (2, 2)))
