"""Files that nobody has by accident, made when they are needed: small on disk, or cheap to write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter

MEGABYTE = 1024 * 1024
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
TEXT_CELL = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
)


def xlsx(
    path: Path, sheet: str | Iterable[bytes], more: dict[str, str | Iterable[bytes]] | None = None
) -> Path:
    """A workbook with one sheet, whose parts may be given in pieces."""
    plain = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _workbook('<sheet name="表" sheetId="1" r:id="rId1"/>'),
        "xl/_rels/workbook.xml.rels": _relations(
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return archive(path, {**plain, **(more or {})})


def _workbook(sheets: str) -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def archive(path: Path, parts: dict[str, str | Iterable[bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in parts.items():
            with made.open(name, "w", force_zip64=True) as part:
                for piece in [content.encode()] if isinstance(content, str) else content:
                    part.write(piece)
    return path


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def repeated(head: str, piece: str, times: int, tail: str) -> Iterable[bytes]:
    block = piece.encode() * 10_000
    yield head.encode()
    for _ in range(times // 10_000):
        yield block
    yield tail.encode()


def many_blanks(path: Path) -> Path:
    """Blanks that unpack to more than any workbook has: each part lies in the file once and is listed forty times."""
    return overlapping(path, parts=40, size=64 * MEGABYTE)


def overlapping(path: Path, *, parts: int, size: int) -> Path:
    """After David Fifield's bomb: the entries of the directory share one compressed content."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = b" " * MEGABYTE
    packed, check = b"", 0
    for _ in range(size // MEGABYTE):
        packed += packer.compress(block)
        check = zlib.crc32(block, check)
    packed += packer.flush()
    name = b"xl/worksheets/sheet1.xml"
    about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, check, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + about + name + packed
    entries = (
        b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    ) * parts
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, parts, parts, len(entries), len(local), 0)
    path.write_bytes(local + entries + end)
    return path


def lying_directory(path: Path) -> Path:
    """The directory tells of ten bytes; there are many more."""
    overlapping(path, parts=1, size=4 * MEGABYTE)
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 4 * MEGABYTE), struct.pack("<I", 10)))
    return path


def shared_strings(path: Path) -> Path:
    strings = repeated(f'<sst xmlns="{MAIN}">', "<si><t>a</t></si>", 20_000_000, "</sst>")
    return xlsx(path, worksheet(ROWS), {"xl/sharedStrings.xml": strings})


def one_long_string(path: Path) -> Path:
    string = repeated(f'<sst xmlns="{MAIN}"><si><t>', "a" * 1_000, 1_500_000, "</t></si></sst>")
    return xlsx(path, worksheet(ROWS), {"xl/sharedStrings.xml": string})


def entities(path: Path) -> Path:
    """A billion laughs, in which each entity is ten of the one before."""
    told = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    cell = TEXT_CELL.format("A1", "&a9;")
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{told}]>{worksheet(f"<row>{cell}</row>")}'
    return xlsx(path, sheet)


def outside_entity(path: Path) -> Path:
    cell = TEXT_CELL.format("A1", "&x;")
    sheet = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>{worksheet(f"<row>{cell}</row>")}'
    return xlsx(path, sheet)


def claims_everything(path: Path) -> Path:
    return xlsx(path, worksheet(ROWS, before='<dimension ref="A1:XFD1048576"/>'))


def last_cell_of_all(path: Path) -> Path:
    rows = ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return xlsx(path, worksheet(rows))


def beyond_the_last_cell(path: Path) -> Path:
    return xlsx(path, worksheet(ROWS + '<row r="4294967296"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>'))


def many_sheets(path: Path) -> Path:
    """All of them the same part of the archive."""
    sheets = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 100_001))
    return xlsx(path, worksheet(ROWS), {"xl/workbook.xml": _workbook(sheets)})


def many_members(path: Path) -> Path:
    return xlsx(path, worksheet(ROWS), {f"xl/media/{n}.png": "" for n in range(12_000)})


def many_merges(path: Path) -> Path:
    merges = "".join(f'<mergeCell ref="A{n}:A1048576"/>' for n in range(2, 60_000))
    return xlsx(path, worksheet(ROWS, after=f"<mergeCells>{merges}</mergeCells>"))


def deep_xml(path: Path) -> Path:
    return xlsx(path, repeated(f'<worksheet xmlns="{MAIN}"><sheetData>', "<row>", 3_000_000, ""))


def nested(path: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("a.xlsx", "x")
    return archive(path, {"inner.zip": [inner.getvalue()]})


def truncated(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["姓名", "甲"])
    path.write_bytes(path.read_bytes()[:-300])
    return path


def ods(path: Path, rows: str) -> Path:
    table = f'<table:table table:name="表">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'<office:document-content {spaces} office:version="1.2">{body}</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>'
    return archive(path, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_row(repeats: int, cells: int = 1) -> str:
    cell = (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{cells}">'
        "<text:p>x</text:p></table:table-cell>"
    )
    return f'<table:table-row table:number-rows-repeated="{repeats}">{cell}</table:table-row>'


def ods_many_rows(path: Path) -> Path:
    return ods(path, ods_row(1_000_000_000))


def ods_many_cells(path: Path) -> Path:
    return ods(path, ods_row(1, 1_000_000_000))


def ods_square(path: Path) -> Path:
    return ods(path, ods_row(1_048_576, 16_384))


def locked(path: Path) -> Path:
    """What Excel writes under a password: an OLE file that names the encrypted package."""
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name + b"\0" * 4096)
    return path


def long_line(path: Path) -> Path:
    return _written(path, (b"x" * MEGABYTE for _ in range(100)))


def wide_row(path: Path) -> Path:
    return _written(path, [b",".join([b"x"] * 1_000_000), b"\n"])


def large_cell(path: Path) -> Path:
    return _written(path, [b"name,note\nx,", *[b"y" * MEGABYTE] * 20, b"\n"])


def large_quoted_cell(path: Path) -> Path:
    """A quote that is never closed swallows line after line."""
    return _written(path, [b'name,note\nx,"', *[b"y,z\n" * 250_000] * 50])


def many_commas(path: Path) -> Path:
    """As many cells as fit into a file, all of them blank."""
    return _written(path, [b"name,phone\nx,1\n", *[(b"," * 900 + b"\n") * 1_100] * 120])


def many_lines(path: Path) -> Path:
    return _written(path, [b"name\n", *[b"x\n" * 500_000] * 3])


def many_line_ends(path: Path) -> Path:
    return _written(path, [b"name\nx\n", *[b"\n" * MEGABYTE] * 4])


def nested_html(path: Path) -> Path:
    return _written(path, [b"<html>", b"<table><tr><td>" * 200_000])


def wide_html(path: Path) -> Path:
    cell = b'<td colspan="1000" rowspan="1000">x</td>'
    return _written(path, [b"<html><table>", (b"<tr>" + cell * 100 + b"</tr>") * 1_000, b"</table>"])


def _written(path: Path, pieces: Iterable[bytes]) -> Path:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    return path


Maker = Callable[[Path], Path]
