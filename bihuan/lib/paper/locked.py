"""A workbook that opens with a password alone, which Excel, WPS and LibreOffice ask for: OOXML agile encryption.

Hides msoffcrypto. Bytes in, bytes out: nothing touches the disk.
"""

import io

from msoffcrypto.format.ooxml import OOXMLFile


def locked(workbook: bytes, password: str) -> bytes:
    """The same workbook, which nobody opens without the password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, out)
    return out.getvalue()
