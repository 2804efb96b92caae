"""Numbered points in two dimensions, both by orders of magnitude: what is far off up and to the right stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import cast

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter

from clientdesk.adapters.chart_colours import ACCENT, INK, QUIET, RULE

_LEAST, _MOST = 30.0, 460.0  # areas in points squared
_DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
_FEWEST_TICKS, _TICKS = 3, 5
_LETTERS = 9.0  # points that a number takes up
_Point = tuple[float, float]


def bubbles(axes: Axes, chart: Mapping[str, object]) -> None:
    """Rows of `x`, `y`, `size` and `hot`, numbered in their order. The hot points are filled, the others hollow."""
    rows = cast("Sequence[Mapping[str, float]]", chart["rows"])
    across, up, hot, other = cast("Sequence[str]", chart["series"])
    largest = max((row["size"] for row in rows), default=1) or 1
    areas = [_LEAST + (_MOST - _LEAST) * row["size"] / largest for row in rows]
    _scales(axes, rows)
    for row, area in sorted(zip(rows, areas, strict=True), key=lambda pair: -pair[1]):
        fill = ACCENT if row["hot"] else "none"
        axes.scatter([row["x"]], [row["y"]], s=area, facecolors=fill, edgecolors=ACCENT, linewidths=0.9, alpha=0.9)
    _number(axes, rows, areas)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    keys = [_key(hot, ACCENT), _key(other, "none")]
    axes.legend(handles=keys, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, handlelength=1.1)


def _key(label: str, fill: str) -> Line2D:
    return Line2D([], [], linestyle="", marker="o", markersize=7, markerfacecolor=fill, markeredgecolor=ACCENT,
                  label=label)  # fmt: skip


def _scales(axes: Axes, rows: Sequence[Mapping[str, float]]) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(*_limits([row["x"] for row in rows]))
    axes.set_ylim(*_limits([row["y"] for row in rows]))
    for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        axis.set_major_locator(FixedLocator(_ticks(*limits)))
        axis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()
    axes.grid(color=RULE, linewidth=0.6)


def _ticks(low: float, high: float) -> Sequence[float]:
    """1, 2, 5, 10, …; a few whole numbers between where those are too few. What is counted has no halves."""
    steps = [step * 10**power for power in range(9) for step in (1, 2, 5) if low <= step * 10**power <= high]
    if len(steps) >= _FEWEST_TICKS:
        return steps
    return [tick for tick in MaxNLocator(_TICKS, integer=True).tick_values(low, high) if low <= tick <= high]


def _limits(values: Sequence[float]) -> _Point:
    return min(values, default=1) / 1.5, max(values, default=1) * 1.5


def _number(axes: Axes, rows: Sequence[Mapping[str, float]], areas: Sequence[float]) -> None:
    """Each point's number inside it where there is room, else beside it where it covers the least."""
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]  # a sub-figure's too
    per_point = axes.figure.dpi / 72
    centres = [cast("_Point", tuple(axes.transData.transform((row["x"], row["y"])) / per_point)) for row in rows]
    radii = [(area / 3.14) ** 0.5 for area in areas]
    taken: list[_Point] = []
    for place, row in enumerate(rows):
        best = min(_choices(place, centres, radii), key=lambda spot: _covered(spot, place, centres, radii, taken))
        taken.append(best)
        inside = best == centres[place]
        axes.annotate(
            f"{place + 1}",
            (row["x"], row["y"]),
            (best[0] - centres[place][0], best[1] - centres[place][1]),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=7.5,
            color="#ffffff" if inside and row["hot"] else INK if inside else QUIET,
        )


def _choices(place: int, centres: Sequence[_Point], radii: Sequence[float]) -> Iterator[_Point]:
    x, y = centres[place]
    if radii[place] > _LETTERS * 0.72:
        yield x, y
    for gap in (5.5, 11.0):
        for right, up in _DIRECTIONS:
            yield x + right * (radii[place] + gap), y + up * (radii[place] + gap)


def _covered(
    spot: _Point, place: int, centres: Sequence[_Point], radii: Sequence[float], taken: Sequence[_Point]
) -> float:
    """How much a number there would lie on other numbers and on other points, and how far off it is."""
    on_numbers = sum(max(0.0, _LETTERS - hypot(spot[0] - x, spot[1] - y)) for x, y in taken)
    on_points = sum(
        max(0.0, radius + _LETTERS * 0.6 - hypot(spot[0] - x, spot[1] - y))
        for other, ((x, y), radius) in enumerate(zip(centres, radii, strict=True))
        if other != place
    )
    own = hypot(spot[0] - centres[place][0], spot[1] - centres[place][1])
    return 4 * on_numbers + 2 * on_points + 0.1 * own
