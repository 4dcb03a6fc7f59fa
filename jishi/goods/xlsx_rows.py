"""Rows of an Excel file's first sheet, each cell as text; read within bounds, never computed.

A workbook is a ZIP of XML: what it says it unpacks to is counted before anything is unpacked, and
its XML is read without entities (openpyxl uses defusedxml where that is installed, as it is here).
"""

import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException

from jishi.goods.csv_rows import Row

FILE_BYTES_MAX = 20 * 1024 * 1024
UNPACKED_BYTES_MAX = 200 * 1024 * 1024
PARTS_MAX = 500
ROWS_MAX = 100_000
COLUMNS_MAX = 200


class BadWorkbook(Exception):
    """It is no workbook, or a larger one than is read; says why."""


def is_workbook(data: bytes) -> bool:
    """Tell whether this begins as an Excel file does."""
    return data[:4] == b"PK\x03\x04"


def sheet_rows(data: bytes, progress: Callable[[int], None]) -> Iterator[Row]:
    """Give the rows that say something. Raises BadWorkbook."""
    # Few processes ever read one, and it takes a while to be imported.
    from openpyxl import load_workbook  # noqa: PLC0415 - see above
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - the same

    _measure(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            if line > ROWS_MAX or len(values) > COLUMNS_MAX:
                raise BadWorkbook(f"at most {ROWS_MAX:,} rows of {COLUMNS_MAX} cells can be read")
            cells = [_text(value) for value in values]
            progress(line)
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
    # The reader raises whatever it meets in what somebody made up.
    except (BadZipFile, InvalidFileException, DefusedXmlException, ParseError, zlib.error, KeyError,
            ValueError, TypeError, IndexError, AttributeError, EOFError, OSError,
            NotImplementedError) as error:  # fmt: skip
        raise BadWorkbook("this is no Excel workbook that can be read") from error


def _measure(data: bytes) -> None:
    """Refuse a file that is too large, or would be."""
    if len(data) > FILE_BYTES_MAX:
        raise BadWorkbook(f"{len(data):,} bytes; at most {FILE_BYTES_MAX:,} can be read")
    try:
        with ZipFile(BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except (BadZipFile, ValueError, OSError, EOFError) as error:
        raise BadWorkbook("this is no Excel workbook that can be read") from error
    if len(sizes) > PARTS_MAX or sum(sizes) > UNPACKED_BYTES_MAX:
        raise BadWorkbook(f"unpacked it would be {sum(sizes):,} bytes in {len(sizes):,} parts")


def _text(value: object) -> str:
    """Give a cell as a CSV would say it; a number without the noise of its binary form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | str):
        return str(value)
    return format(value, ".15g")
