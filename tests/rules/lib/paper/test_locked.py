"""A locked workbook opens with its password and with no other, in the programs that people have."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError

from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.locked import locked
from bihuan.lib.paper.reading import read_paper
from bihuan.lib.paper.workbook import Head, Sheet, workbook

PASSWORD = "ABCD-EFGH-JKMN-PQRS-TUV2"
LINE = ["赵小禾", '=HYPERLINK("http://x")']
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  Dim opened(2) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden" : opened(0).Value = True
  opened(1).Name = "Password" : opened(1).Value = "{password}"
  opened(2).Name = "InteractionHandler"
  opened(2).Value = CreateUnoListener("Asked_", "com.sun.star.task.XInteractionHandler")
  On Error GoTo Ended
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, opened())
  Dim kept(1) As New com.sun.star.beans.PropertyValue
  kept(0).Name = "FilterName" : kept(0).Value = "Text - txt - csv (StarCalc)"
  kept(1).Name = "FilterOptions" : kept(1).Value = "44,34,76,1"
  book.storeToURL("{target}", kept())
  book.close(True)
Ended:
End Sub
Sub Asked_handle(question)
  file = FreeFile
  Open "{asked}" For Output As #file
  Print #file, question.getRequest().Name
  Close #file
  For Each way In question.getContinuations()
    If HasUnoInterfaces(way, "com.sun.star.task.XInteractionAbort") Then way.select()
  Next
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def sheet(rows: int) -> bytes:
    return workbook([Sheet("举报人信息", "DC2022-001", [Head("姓名", 6), Head("电话", 10)], [LINE] * rows)])


def opened(data: bytes, password: str) -> bytes:
    """What a program gets that follows the format: the password is checked, and so is the whole."""
    file, out = msoffcrypto.OfficeFile(io.BytesIO(data)), io.BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(out, verify_integrity=True)
    return out.getvalue()


@pytest.mark.parametrize("rows", [1, 500])
def test_it_opens_with_the_password_whole(rows: int) -> None:
    plain = sheet(rows)

    assert opened(locked(plain, PASSWORD), PASSWORD) == plain


def test_it_opens_with_no_other_and_tells_nothing() -> None:
    data = locked(sheet(1), PASSWORD)

    with pytest.raises(InvalidKeyError):
        opened(data, PASSWORD.lower())
    with pytest.raises(Unreadable, match=r"^文件加了密码"):
        read_paper("举报人信息.xlsx", data)
    assert (b"PK" in data[:2], "赵小禾".encode() in data, "赵小禾".encode("utf-16-le") in data) == (False, False, False)


def test_it_is_aes_of_256_bits_and_slow_to_try() -> None:
    told = locked(sheet(1), PASSWORD)

    for words in (b'keyBits="256"', b'cipherAlgorithm="AES"', b'hashAlgorithm="SHA512"', b'spinCount="100000"'):
        assert words in told


def test_the_same_is_never_the_same_twice() -> None:
    plain = sheet(1)

    assert locked(plain, PASSWORD) != locked(plain, PASSWORD)


def in_libreoffice(folder: Path, password: str) -> tuple[str, bool]:
    """What LibreOffice reads of the file with this password, "" where it does not open it; whether it asked for one."""
    home, basic = folder / "home", folder / "home/user/basic/Standard"
    target, asked = folder / "out.csv", folder / "asked.txt"
    once = [*office(home), "--convert-to", "csv", "plain.xlsx"]  # which lays out the profile that the macro goes into
    subprocess.run(once, cwd=folder, capture_output=True, timeout=90, check=True)
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "script.xlb").write_text(LIBRARY)
    source = (folder / "locked.xlsx").as_uri()
    where = {"source": source, "target": target.as_uri(), "asked": asked}
    (basic / "Module1.xba").write_text(MACRO.format(password=password, **where))
    run = [*office(home), "macro:///Standard.Module1.Main"]
    subprocess.run(run, cwd=folder, capture_output=True, timeout=90, check=False)
    return target.read_text() if target.exists() else "", asked.exists()


def office(home: Path) -> list[str]:
    return ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore"]


@pytest.mark.parametrize("is_right", [True, False])
def test_libreoffice_opens_it_with_the_password_alone(tmp_path: Path, *, is_right: bool) -> None:
    if shutil.which("soffice") is None:
        assert not os.environ.get("CI"), "LibreOffice opens the file"
        pytest.skip("没有 LibreOffice：打开加密文件的一项没有运行")
    (tmp_path / "plain.xlsx").write_bytes(sheet(1))
    (tmp_path / "locked.xlsx").write_bytes(locked(sheet(1), PASSWORD))

    read, is_asked = in_libreoffice(tmp_path, PASSWORD if is_right else "WRONG")

    assert ("赵小禾" in read, "HYPERLINK" in read, is_asked) == (is_right, is_right, not is_right)
