"""Values into a PDF: a template of ours, data that stays data, pictures, and fonts that every machine has.

Hides Typst. What people wrote reaches the template as JSON and is set as text; nothing in it can become markup. The
file is PDF/A-2a, which archives take and screen readers read, and the same bytes for the same values.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pylopdf_fonts_zh_cn
import typst

from bihuan.lib.paper.document import Unreadable

STANDARD: Final = "a-2a"
TRIES = 40
LONG = 24
# Families in the order in which they are wished for; the last of each is always there.
FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", "Noto Serif SC"),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC"),
    "head": ("SimHei", "STHeiti", "Noto Sans SC"),
    "mono": ("DejaVu Sans Mono", "Noto Sans SC"),
}

_SURE = re.compile(
    r"[\n -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2460-\u24ff\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]"
)
_UNBROKEN = re.compile(rf"[!-~]{{{LONG}}}(?=[!-~])")
_HASH = re.compile(r"[0-9a-f]{64}(?:\.jpg)?")
_LACKING = re.compile(r'text `"(?:\\u\{([0-9a-f]+)\}|(.))')
_PROBE = b"""#set document(date: datetime(year: 2026, month: 1, day: 1))
#set text(font: json(bytes(sys.inputs.faces)), lang: "zh")
#json(bytes(sys.inputs.text))"""


def typeset(template: str, values: Any, pictures: Mapping[str, bytes], *, on: date, fonts: str = "") -> bytes:
    """The PDF that `template` (a file beside this one) makes of `values`, which JSON can hold, dated `on`.

    The template reads them from `data.json`, the names of its faces from `faces.json`, and `pictures` by their names.
    The fonts of the folder `fonts` come before those that are always there. A character for which there is no font
    stands as its code, ☐U+1F600. Refuses by `Unreadable` what cannot be set.
    """
    known = _fonts(fonts)
    faces = {use: [one for one in wished if one in known.families()] for use, wished in FACES.items()}
    lacking = _lacking(_texts(values), known, faces)
    with TemporaryDirectory(prefix="bihuan-") as folder:  # Typst takes pictures from files alone
        root = Path(folder)
        (root / "main.typ").write_bytes(_source(template))
        (root / "faces.json").write_text(json.dumps(faces))
        (root / "data.json").write_text(json.dumps(_shown(values, lacking)))
        for name, picture in pictures.items():
            (root / name).write_bytes(picture)
        return _compiled(root, known, datetime(on.year, on.month, on.day, tzinfo=UTC))


def _compiled(root: Path, known: typst.Fonts, at: datetime) -> bytes:
    """As an archive takes it; where that is refused after all, as any reader opens it."""
    main = root / "main.typ"
    with suppress(RuntimeError):  # TypstError is one, and a few come as they are
        return bytes(typst.compile(main, root=root, font_paths=known, pdf_standards=STANDARD, timestamp=at))
    try:
        return bytes(typst.compile(main, root=root, font_paths=known, timestamp=at))
    except RuntimeError as fault:
        raise Unreadable("排版没有成功，请把卷中最近改动的文字或图片检查一遍后再试。") from fault


def _source(template: str) -> bytes:
    return resources.files("bihuan.lib.paper").joinpath(template).read_bytes()


@cache
def _fonts(folder: str) -> typst.Fonts:
    paths = [*([folder] if folder else []), str(pylopdf_fonts_zh_cn.sans_path().parent)]
    return typst.Fonts(include_system_fonts=False, font_paths=paths)


def _texts(values: Any) -> set[str]:
    """The characters that need to be tried: those that are not known to have a shape in the fonts at hand."""
    if isinstance(values, str):
        return set(_SURE.sub("", cleaned(values)))
    if isinstance(values, Mapping):
        return set().union(*(_texts(value) for value in values.values()))
    if isinstance(values, Sequence):
        return set().union(*(_texts(value) for value in values))
    return set()


def _lacking(doubtful: set[str], known: typst.Fonts, faces: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those that no font can show, found by setting them; whatever is still untried after some tries counts as one."""
    left, lacking = sorted(doubtful), set[str]()
    for _ in range(TRIES if doubtful else 0):
        tried = {"text": json.dumps(" ".join(left)), "faces": json.dumps([*faces["body"], *faces["head"]])}
        try:
            typst.compile(_PROBE, font_paths=known, pdf_standards=STANDARD, sys_inputs=tried)
        except typst.TypstError as fault:
            found = _LACKING.search(fault.message)
            one = (chr(int(found[1], 16)) if found[1] else found[2]) if found else ""
            if one not in left:
                return frozenset(doubtful)
            lacking.add(one)
            left = sorted(doubtful - lacking)
        else:
            return frozenset(lacking)
    return frozenset(doubtful)


def _shown(values: Any, lacking: frozenset[str]) -> Any:
    if isinstance(values, str):
        text = "".join(f"☐U+{ord(one):04X}" if one in lacking else one for one in cleaned(values))
        return text if _HASH.fullmatch(text) else _UNBROKEN.sub("\\g<0>\u200b", text)
    if isinstance(values, Mapping):
        return {name: _shown(value, lacking) for name, value in values.items()}
    if isinstance(values, Sequence):
        return [_shown(value, lacking) for value in values]
    return values


def cleaned(text: str) -> str:
    """The text without what has no shape: control characters, marks that turn its direction, halves of pairs.

    Line ends become one kind, tabs become blanks; characters of private use stand as a box.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(_one(character) for character in plain.replace("\t", " "))


def _one(character: str) -> str:
    if character == "\n":
        return character
    kind = unicodedata.category(character)
    if kind in {"Cc", "Cf", "Cs"}:
        return ""
    return "☐" if kind in {"Co", "Cn"} else character
