"""Old office files (.doc, .xls, .wps): told apart, and turned into .docx by LibreOffice where it is installed.

Hides the compound file format and the conversion, which runs in a folder of its own under a time limit.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from bihuan.lib.paper.document import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECONDS = 60

_WAY_OUT = "请用 Word 或 WPS 打开，另存为 .docx 后再导入。"


def kind_of(data: bytes) -> str:
    """`word` or `workbook`. Refuses encrypted files, macros, and compound files of another kind."""
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo"):
        raise Unreadable("文件加了密码，请去掉密码后再导入。")
    if _holds(data, "_VBA_PROJECT") or _holds(data, "Macros"):
        raise Unreadable("文件带有宏，请另存为不带宏的 .docx 或 .xlsx 后再导入。")
    if _holds(data, "WordDocument"):
        return "word"
    if _holds(data, "Workbook") or _holds(data, "Book"):
        return "workbook"
    raise Unreadable("这是旧格式的办公文件，认不出内容，请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后再导入。")


def converted(data: bytes) -> bytes:
    """The .docx that LibreOffice makes of an old Word or WPS file.

    Refuses, naming the way out, where LibreOffice is not installed or does not manage it in a minute.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Unreadable(f"这是旧版 Word 文件（.doc 或 .wps），本机没有安装 LibreOffice，无法直接读取，{_WAY_OUT}")
    with tempfile.TemporaryDirectory(prefix="bihuan-") as folder:
        (Path(folder) / "paper.doc").write_bytes(data)
        _convert(office, folder)
        made = Path(folder) / "paper.docx"
        if not made.is_file():
            raise Unreadable(f"旧版 Word 文件转换失败，{_WAY_OUT}")
        return made.read_bytes()


def _convert(office: str, folder: str) -> None:
    command = [office, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
    command += ["--convert-to", "docx", "--outdir", folder, f"{folder}/paper.doc"]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=SECONDS, cwd=folder)
    except (subprocess.TimeoutExpired, OSError) as fault:
        raise Unreadable(f"旧版 Word 文件转换失败或超时，{_WAY_OUT}") from fault


def _holds(data: bytes, stream: str) -> bool:
    """Whether a directory entry of that name is in the compound file: UTF-16, closed by a zero."""
    return (stream + "\0").encode("utf-16-le") in data
