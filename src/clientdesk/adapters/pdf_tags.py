"""What screen readers need and WeasyPrint 70 leaves out of its tags. Imports WeasyPrint: import it late.

Languages of single words, the direction and the index of header cells, terms apart from what is said of them, and
running lines that are no part of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

_Element = dict[str, Any]
_Elements = dict[bytes, _Element]


@contextmanager
def languages_kept() -> Iterator[None]:
    """While a document is written, what has a `lang` of its own in HTML has it in the PDF's structure too.

    One document at a time: WeasyPrint has no place to ask for this, so its function is replaced meanwhile.
    """
    build = tags._build_box_tree  # noqa: SLF001 (the one place where a box and its tag meet)
    tags._build_box_tree = _with_language(build)  # noqa: SLF001 (as above)
    try:
        yield
    finally:
        tags._build_box_tree = build  # noqa: SLF001 (as above)


def _with_language(build: Callable[..., Iterator[_Element]]) -> Callable[..., Iterator[_Element]]:
    def built(box: Any, *context: Any) -> Iterator[_Element]:  # noqa: ANN401 (WeasyPrint has no types)
        own = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 (likewise)
        is_part = own.element is not None and own.element_tag not in {"html", "body"}
        language = own.element.get("lang") if is_part else None
        for element in build(box, *context):
            if language:
                element["Lang"] = pydyf.String(language)
            yield element

    return built


def mend_tags(pdf: pydyf.PDF) -> None:
    """Complete the structure of a document that is about to be written."""
    elements = {each.reference: each for each in pdf.objects if _is_element(each)}
    root = next(each for each in pdf.objects if each.reference == pdf.catalog["StructTreeRoot"])
    _divide_terms(elements)
    _direct_headers(elements)
    _index_headers(pdf, root, elements)
    _take_out_running_lines(pdf, root, elements)


def _is_element(each: object) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"


def _divide_terms(elements: _Elements) -> None:
    """`<dl><div><dt><dd>` comes as a list of divisions of items; it is a list of items with label and body."""
    for listed in [each for each in elements.values() if each["S"] == "/L"]:
        for entry in (elements[kid] for kid in listed["K"] if kid in elements):
            if entry["S"] == "/Div":
                _as_item(entry, elements)


def _as_item(entry: _Element, elements: _Elements) -> None:
    entry["S"] = "/LI"
    parts = [elements[kid] for kid in entry["K"]]
    for place, part in enumerate(parts):
        body = elements[part["K"][0]]
        part["S"] = "/Lbl" if place == 0 and len(parts) > 1 else "/LBody"
        part["K"] = body["K"]
        for kid in body["K"]:
            elements[kid]["P"] = entry["K"][place]


def _direct_headers(elements: _Elements) -> None:
    """A header cell in a table's head is its column's, any other its row's."""
    for cell in (each for each in elements.values() if each["S"] == "/TH" and "A" in each):
        row = elements[cell["P"]]
        is_head = elements.get(row["P"], {}).get("S") == "/THead"
        cell["A"]["Scope"] = "/Column" if is_head else "/Row"


def _index_headers(pdf: pydyf.PDF, root: _Element, elements: _Elements) -> None:
    """The cells name their headers by id; where an id leads, this tree says."""
    named = sorted((each["ID"].string, reference) for reference, each in elements.items() if "ID" in each)
    if not named:
        return
    pairs = [part for name, reference in named for part in (pydyf.String(name), reference)]
    tree = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
    pdf.add_object(tree)
    root["IDTree"] = tree.reference


def _take_out_running_lines(pdf: pydyf.PDF, root: _Element, elements: _Elements) -> None:
    """Headers, footers and page numbers are painted as text that no structure holds: they are artifacts."""
    held = _held(root["K"], elements)
    loose = {reference for reference in elements if reference not in held}
    parents = next(each for each in pdf.objects if each.reference == root["ParentTree"])["Nums"]
    pages = {each.get("StructParents"): each for each in pdf.objects if _is_page(each)}
    streams = {each.reference: each for each in pdf.objects if isinstance(each, pydyf.Stream)}
    for number, owners in zip(parents[::2], parents[1::2], strict=True):
        if number in pages and isinstance(owners, list):
            out = {mcid for mcid, owner in enumerate(owners) if owner in loose}
            owners[:] = [b"null" if mcid in out else owner for mcid, owner in enumerate(owners)]
            _as_artifacts(streams[pages[number]["Contents"]].stream, out)


def _is_page(each: object) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Page"


def _held(first: Sequence[bytes], elements: _Elements) -> set[bytes]:
    held: set[bytes] = set()
    waiting = list(first)
    while waiting:
        reference = waiting.pop()
        if reference in elements:
            held.add(reference)
            waiting += elements[reference]["K"]
    return held


def _as_artifacts(painted: list[Any], out: set[int]) -> None:
    for place, part in enumerate(painted):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in out:
            painted[place - 1] = "/Artifact"
            painted[place] = pydyf.Dictionary({"Type": "/Pagination"})
