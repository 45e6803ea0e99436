"""PDF files with text (pypdf), within a time that is checked at every drawing step."""

from __future__ import annotations

import io
import logging
from typing import Any

from poltwt_console.errors import UnreadableError
from poltwt_console.mailbox.attached.sheet import Deadline, Sheet, SheetWriter

PAGES = 20
BYTES = 20 * 1024 * 1024


class _OutOfTime(Exception):
    """Raised inside pypdf's walk when the time is up."""


def read_portable(raw: bytes, _charset: str, deadline: Deadline) -> list[Sheet]:
    """One sheet with the text of the first pages; none if the file holds only pictures.

    UnreadableError if it is damaged or locked.
    """
    if len(raw) > BYTES:
        raise UnreadableError("The PDF file is too large to be read here.", "Open it in its own program.")
    import pypdf  # 150 ms to load

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each fault of the file

    def check(*_arguments: Any) -> None:
        if deadline.passed():
            raise _OutOfTime

    writer = SheetWriter()
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(
                "The PDF file is protected with a password.", "Ask the sender for an open one."
            )
        for page in list(reader.pages)[:PAGES]:
            check()
            text = page.extract_text(visitor_operand_before=check).strip()
            if text:
                writer.write(text.replace("\x00", "\ufffd") + "\n\n")
    except _OutOfTime:
        pass  # what was read until then is kept
    except UnreadableError:
        raise
    except Exception as error:  # pypdf raises anything on damaged files
        raise UnreadableError("The PDF file is damaged.", "Open it in its own program.") from error
    sheet = writer.finish()
    return [sheet] if sheet.text else []
