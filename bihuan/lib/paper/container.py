"""The zip package around a modern office file, opened with suspicion: limits, names, bombs, macros, outside links.

Hides zipfile. What leaves here was read once in full, is known to be small enough, and holds no DTD, no macro, no
embedded object and no reference that would reach out of the file.
"""

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass

from bihuan.lib.paper.document import Unreadable

PACKED_LIMIT = 50 * 1024 * 1024
UNPACKED_LIMIT = 200 * 1024 * 1024
PARTS_LIMIT = 2_000
RATIO_LIMIT = 200
RATIO_FROM = 1024 * 1024

_DAMAGED = "文件已损坏或没有传完，请重新取得原件后再导入。"
_TOO_BIG_UNPACKED = "文件展开后超过 200 MB，请删去无关内容或拆成几份后再导入。"
_BOMB = "文件的压缩比例不正常（可能是压缩炸弹），请用 Word 或 Excel 重新另存后再导入。"
_BAD_NAME = "文件内部的路径不正常，请用 Word 或 Excel 重新另存后再导入。"
_MACRO = "文件带有宏，请另存为不带宏的 .docx 或 .xlsx 后再导入。"
_DTD = "文件内部带有外部实体定义（DTD），请用 Word 或 Excel 重新另存后再导入。"
_OBJECT = "文件里嵌有对象（OLE）或其他文档，请删去嵌入对象后再导入。"
_LINK = "文件引用了外部工作簿或远程模板，请断开链接后另存再导入。"
_LOCKED = "文件加了密码，请去掉密码后再导入。"

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_REMOTE = re.compile(r"(?:https?:|ftp:|\\\\|//|file:/*\\\\|file:////)", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:embeddings/.*\.bin|activex/.*|.*oleobject.*\.bin)$", re.IGNORECASE)
_MACRO_PART = re.compile(r"(?:^|/)(?:vbaproject[^/]*\.bin|vbadata\.xml|basic/script-l[bc]\.xml)$", re.IGNORECASE)
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an office file by name, every one read and checked."""

    parts: dict[str, bytes]

    def part(self, name: str) -> bytes | None:
        """The bytes of a part (names are looked up as written, a leading slash aside), `None` if it is not there."""
        return self.parts.get(name.lstrip("/"))

    def names(self) -> list[str]:
        """All part names in the order of the file."""
        return list(self.parts)


def open_package(data: bytes) -> Package:
    """Every part of the zip file `data`.

    Refuses, in one sentence, what is damaged, encrypted, too big, a bomb, or would bring code or reach out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except _FAULTS as fault:
        raise Unreadable(_DAMAGED) from fault
    for name, content in parts.items():
        _check_part(name, content)
    return Package(parts)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > PARTS_LIMIT:
        raise Unreadable(f"文件内部有 {len(entries)} 个部件，超过 {PARTS_LIMIT} 个，请重新另存后再导入。")
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise Unreadable(_TOO_BIG_UNPACKED)
    if len({entry.filename for entry in entries}) != len(entries):
        raise Unreadable(_BAD_NAME)
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in entry.orig_filename:
        raise Unreadable(_BAD_NAME)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable(_BAD_NAME)
    if entry.flag_bits & 0x1:
        raise Unreadable(_LOCKED)
    if entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1):
        raise Unreadable(_BOMB)
    if _MACRO_PART.search(name):
        raise Unreadable(_MACRO)
    if _EMBEDDED.search(name):
        raise Unreadable(_OBJECT)
    if "externallinks/" in name.lower():
        raise Unreadable(_LINK)


def _check_part(name: str, content: bytes) -> None:
    lowered = name.lower()
    if lowered.endswith((".xml", ".rels", ".vml")):
        _check_markup(content)
    if lowered.endswith(".rels"):
        for relation in _RELATION.findall(_as_utf8(content)):
            _check_relation(relation.decode("utf-8", "replace"))
    if lowered == "[content_types].xml" and b"macroenabled" in _as_utf8(content).lower():
        raise Unreadable(_MACRO)


def _check_markup(content: bytes) -> None:
    if _DECLARATION.search(_as_utf8(content)):
        raise Unreadable(_DTD)


def _as_utf8(content: bytes) -> bytes:
    """Markup in UTF-16 turned into UTF-8, so that one pattern finds a declaration in either."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in content[:4]:
        return content.replace(b"\0", b"")
    return content


def _check_relation(relation: str) -> None:
    kind = _attribute(relation, "Type").rsplit("/", 1)[-1].lower()
    if kind in {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"}:
        raise Unreadable(_MACRO)
    if kind in {"oleobject", "control", "afchunk", "activexcontrol"}:
        raise Unreadable(_OBJECT)
    if kind.startswith("externallink"):
        raise Unreadable(_LINK)
    if kind in {"attachedtemplate", "subdocument", "framesource"} and _REMOTE.match(_attribute(relation, "Target")):
        raise Unreadable(_LINK)


def _attribute(relation: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", relation)
    return (found[1] or found[2] or "").strip() if found else ""
