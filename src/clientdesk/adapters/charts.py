"""Pictures as inline SVG, drawn by matplotlib: text stays text, and the same figures give the same bytes.

Importing this takes half a second: only a page with pictures does.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import matplotlib as mpl
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from clientdesk.adapters.bubble_chart import bubbles
from clientdesk.adapters.chart_colours import INK, QUIET, RULE
from clientdesk.adapters.weeks_chart import weeks

# From dark to light, so that the order survives a grey printer; patterns say the same without any ink.
SHADES = ("#7a1f2b", "#b4552d", "#cf9a3a", "#8fa3ad", "#cfd8dd")
PATTERNS = ("", "///", "", "\\\\\\", "")
_WIDTH = 6.7
_ONE_AT_A_TIME = threading.Lock()  # matplotlib's settings are one for the whole process
_STYLE: Mapping[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["Inter", "DejaVu Sans"],
    "font.size": 8.5,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "hatch.linewidth": 0.6,
    "hatch.color": "#ffffff",
    "axes.unicode_minus": False,
    "text.parse_math": False,
}
_PROLOGUE = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_STYLED = re.compile(r' style="([^"]*)"')
_FONT_SIZE = re.compile(r"([\d.]+)px")
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_GROUP_ID = re.compile(r'(<g) id="[^"]*"')


def drawn(chart: Mapping[str, object], title: str, series: Sequence[str] = ()) -> Markup:
    """The chart as an `<svg>` whose `<title>` is its alternative text.

    `chart["kind"]` is `stacked`: rows of counts, one per series, or `bubbles`: numbered points (x, y, size), hot ones
    filled, or `weeks`: a year of windows. `series` are the names of the series, or of x, y and both sorts of points, in
    the reader's language.
    """
    rows = cast("Sequence[Mapping[str, object]]", chart["rows"])
    with _ONE_AT_A_TIME, mpl.rc_context({**_STYLE, "svg.hashsalt": title}):
        kind = _KINDS[str(chart["kind"])]
        figure = Figure(figsize=(_WIDTH, kind.height(len(rows))), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        kind.draw(axes, {**chart, "series": series})
        axes.tick_params(length=0)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "bottom", "left"]].set_visible(False)
        target = io.StringIO()
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return Markup(_inline(target.getvalue(), title))  # noqa: S704 (matplotlib escapes labels; the title is escaped here)


def _stacked(axes: Axes, chart: Mapping[str, object]) -> None:
    rows = cast("Sequence[Mapping[str, object]]", chart["rows"])
    labels = [str(row["label"]) for row in rows]
    left = [0.0] * len(rows)
    for place, series in enumerate(cast("Sequence[str]", chart["series"])):
        counts = [cast("Sequence[float]", row["counts"])[place] for row in rows]
        axes.barh(labels, counts, 0.62, left, color=SHADES[place], hatch=PATTERNS[place], linewidth=0, label=series)
        left = [start + count for start, count in zip(left, counts, strict=True)]
    for place, end in enumerate(left):
        axes.annotate(f"{end:.0f}", (end, place), (4, 0), textcoords="offset points", va="center", color=INK)
    axes.margins(x=0.06)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(SHADES), frameon=False, handlelength=1.1)


@dataclass(frozen=True, slots=True)
class _Kind:
    draw: Callable[[Axes, Mapping[str, object]], None]
    height: Callable[[int], float]


_KINDS: Mapping[str, _Kind] = {
    "stacked": _Kind(_stacked, lambda rows: 0.55 + 0.21 * rows),
    "bubbles": _Kind(bubbles, lambda _rows: 2.6),
    "weeks": _Kind(weeks, lambda rows: 1.15 + 0.19 * rows),
}


def _inline(svg: str, title: str) -> str:
    plain = _METADATA.sub("", _PROLOGUE.sub("", svg, count=1))
    # Nothing names matplotlib's groups, and two charts of one page would have the same: "text_1".
    body = _STYLED.sub(_as_attributes, _GROUP_ID.sub(r"\1", plain)).strip()
    return body.replace(">", f' role="img" font-family="Inter, sans-serif"><title>{escape(title)}</title>', 1)


def _as_attributes(style: re.Match[str]) -> str:
    """SVG's own attributes: a page's style rules do not know `fill`, and printers complain of each."""
    attributes: dict[str, str] = {}
    for declaration in filter(str.strip, style[1].split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        size = _FONT_SIZE.search(value) if name == "font" else None
        attributes["font-size" if size else name] = size[1] if size else value
    return "".join(f' {name}="{value}"' for name, value in attributes.items())
