"""What is wrong with a PDF that claims PDF/A-3a and PDF/UA-1, as far as its structure tells. No veraPDF: see docs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary

STANDARD = frozenset(
    {
        "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L",
        "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Link", "Figure",
        "NonStruct",
    }
)  # fmt: skip
PARENTS = {
    "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
}  # fmt: skip
KIDS = {
    "L": {"LI", "Caption", "L"}, "LI": {"Lbl", "LBody", "NonStruct"}, "TR": {"TH", "TD"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
}  # fmt: skip
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
PAINTS = SHOWS_TEXT | {"f", "f*", "F", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}
XMP = {
    "/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
}  # fmt: skip


def faults(content: bytes) -> list[str]:
    """A line for each fault, none where the file keeps all rules looked at here."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = list(_elements(pdf.Root.StructTreeRoot))
        return [
            *_of_the_file(pdf),
            *_of_metadata(pdf),
            *_of_tags(tree),
            *_of_headings(tree),
            *_of_tables(pdf, tree),
            *_of_pictures_and_links(pdf, tree),
            *_of_pages(pdf, tree),
            *_of_fonts(pdf),
            *_of_attachments(pdf),
        ]


def _elements(root: Dictionary) -> Iterator[tuple[Dictionary, str]]:
    """Every structure element in reading order, with the name of the one it stands in."""
    waiting = [(each, "") for each in reversed(_kids(root))]
    while waiting:
        element, parent = waiting.pop()
        yield element, parent
        waiting += [(kid, _tag(element)) for kid in reversed(_kids(element))]


def _kids(element: Dictionary) -> list[Dictionary]:
    kids = element.get("/K", Array())
    return [
        each for each in (kids if isinstance(kids, Array) else [kids]) if isinstance(each, Dictionary) and "/S" in each
    ]


def _tag(element: Dictionary) -> str:
    return str(element.S).lstrip("/")


def _of_the_file(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    intents = [str(each.S) for each in root.get("/OutputIntents", Array()) if "/DestOutputProfile" in each]
    wrong = {
        "encrypted": pdf.is_encrypted,
        "no language": not LANGUAGE.fullmatch(str(root.get("/Lang", ""))),
        "not marked as tagged": not root.get("/MarkInfo", {}).get("/Marked", False),
        "the title is not what a window shows": not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False),
        "no output intent with its colour profile": intents != ["/GTS_PDFA1"],
        "no identifier": "/ID" not in pdf.trailer,
        "acts when it is opened": {"/OpenAction", "/AA"} & set(root.keys()) or "/JavaScript" in root.get("/Names", {}),
        "maps roles, though all tags are standard": "/RoleMap" in root.StructTreeRoot,
    }
    yield from (words for words, is_so in wrong.items() if is_so)


def _of_metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        for key, name in XMP.items():
            told = said.get(name, "")
            told = told[0] if isinstance(told, list) else str(told)
            if told != str(pdf.docinfo.get(key, "")):
                yield f"{key} is {pdf.docinfo.get(key)} in the file and {told} in its metadata"
        for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            if re.sub(r"\D", "", str(pdf.docinfo[key]))[:14] != re.sub(r"\D", "", str(said[name]))[:14]:
                yield f"{key} differs from {name}"
        if said.pdfa_status != "3A" or str(said.get("pdfuaid:part", "")) != "1":
            yield "does not claim both standards"


def _of_tags(tree: list[tuple[Dictionary, str]]) -> Iterator[str]:
    for element, parent in tree:
        tag = _tag(element)
        if tag not in STANDARD:
            yield f"{tag} is no standard tag"
        if parent not in PARENTS.get(tag, {parent}):
            yield f"{tag} in {parent}"
        yield from (f"{_tag(kid)} in {tag}" for kid in _kids(element) if _tag(kid) not in KIDS.get(tag, STANDARD))
        if "/Lang" in element and not LANGUAGE.fullmatch(str(element.Lang)):
            yield f"{element.Lang} is no language"


def _of_headings(tree: list[tuple[Dictionary, str]]) -> Iterator[str]:
    level = 0
    for element, _ in tree:
        if re.fullmatch("H[1-6]", _tag(element)):
            now = int(_tag(element)[1])
            if now > level + 1:
                yield f"H{now} after H{level}"
            level = now
    if not level:
        yield "no heading"


def _of_tables(pdf: pikepdf.Pdf, tree: list[tuple[Dictionary, str]]) -> Iterator[str]:
    names = pdf.Root.StructTreeRoot.get("/IDTree", Dictionary()).get("/Names", Array())
    ids = [bytes(each) for each in list(names)[::2]]
    if ids != sorted(set(ids)):
        yield "the index of headers is out of order"
    for element, _ in tree:
        match _tag(element):
            case "Table":
                below = {_tag(each) for each, _ in _elements(Dictionary(K=element))}
                yield from ["a table without headers"] if "TD" in below and "TH" not in below else []
            case "TH":
                yield from _of_header(element, ids)
            case "TD":
                named = element.get("/A", Dictionary()).get("/Headers", Array())
                yield from ("a cell names a header that is not there" for each in named if bytes(each) not in ids)


def _of_header(cell: Dictionary, ids: list[bytes]) -> Iterator[str]:
    if str(cell.get("/A", Dictionary()).get("/Scope", "")) not in {"/Column", "/Row"}:
        yield "a header without direction"
    if "/ID" not in cell or bytes(cell.ID) not in ids:
        yield "a header that is not in the index"


def _of_pictures_and_links(pdf: pikepdf.Pdf, tree: list[tuple[Dictionary, str]]) -> Iterator[str]:
    linked = 0
    for element, _ in tree:
        if _tag(element) == "Figure" and not (
            str(element.get("/Alt", "")).strip() and "/BBox" in element.get("/A", {})
        ):
            yield "a picture without words or place"
        if _tag(element) == "Link":
            leads = [kid.Obj for kid in element.K if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"]
            linked += len(leads)
            yield from ("a link that does not say where to" for each in leads if not str(each.get("/Contents", "")))
    annotations = [each for page in pdf.pages for each in page.get("/Annots", Array())]
    if linked != len(annotations) or not all("/StructParent" in each for each in annotations):
        yield "an annotation outside the structure"


def _of_pages(pdf: pikepdf.Pdf, tree: list[tuple[Dictionary, str]]) -> Iterator[str]:
    held = {element.objgen for element, _ in tree}
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip((int(each) for each in numbers[::2]), numbers[1::2], strict=True))
    for number, page in enumerate(pdf.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: the order of tabs is not the structure's"
        mine = owners[int(page.StructParents)]
        for mcid, is_artifact in _painted(page):
            if mcid is None and not is_artifact:
                yield f"page {number}: something painted is neither text nor artifact"
            elif mcid is not None and mine[mcid].objgen not in held:
                yield f"page {number}: a text that the structure does not hold"


def _painted(page: pikepdf.Page) -> Iterator[tuple[int | None, bool]]:
    """Of everything painted: the number of the text it belongs to, and whether it is an artifact."""
    within: list[tuple[int | None, bool]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                named = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
                within.append((int(named.MCID) if "/MCID" in named else None, str(operands[0]) == "/Artifact"))
            case "EMC":
                within.pop()
            case paints if paints in PAINTS:
                mcid = next((one for one, _ in within if one is not None), None)
                yield mcid, any(is_artifact for _, is_artifact in within)


def _of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor":
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()):
                yield f"{each.FontName} is not embedded"
        elif isinstance(each, Dictionary) and each.get("/Subtype") == "/Type0" and "/ToUnicode" not in each:
            yield f"{each.BaseFont} does not say which characters it shows"


def _of_attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = [str(each.get("/UF", each.get("/F", ""))) for each in pdf.Root.get("/AF", Array())]
    if sorted(associated) != sorted(pdf.attachments):
        yield "attachments and associated files differ"
    for each in pdf.Root.get("/AF", Array()):
        if str(each.get("/AFRelationship", "")) not in {"/Data", "/Source", "/Alternative", "/Supplement"}:
            yield "an attachment without its relation"
        if "/Subtype" not in each.EF.F or "/ModDate" not in each.EF.F.get("/Params", Dictionary()):
            yield "an attachment without type or date"
