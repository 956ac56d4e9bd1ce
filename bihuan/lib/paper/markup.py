"""Parsing of the XML inside office files: no entities, no network, bounded depth and size.

Hides lxml's faults: whatever does not parse is refused in one sentence.
"""

from typing import Any, TypeAlias

from lxml import etree

from bihuan.lib.paper.document import Unreadable

Element: TypeAlias = Any  # lxml ships no types, and no public name for the class of its elements

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parse(content: bytes) -> Element:
    """The root element of `content`; the strict flavour of WordprocessingML is read as the usual one.

    Refuses what is not well-formed, nested deeper than 256 levels, or holds a text of more than 10 MB.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise Unreadable("文件内部结构已损坏或过于复杂，请用 Word 或 Excel 打开后重新另存再导入。") from fault
    if root is None:
        raise Unreadable("文件内部结构已损坏或过于复杂，请用 Word 或 Excel 打开后重新另存再导入。")
    return root


def word_attribute(element: Element | None, name: str) -> str | None:
    """The value of a `w:` attribute, `None` if the element or the attribute is not there."""
    if element is None:
        return None
    value = element.get(W + name)
    return str(value) if value is not None else None


def word_number(element: Element | None, name: str, default: int = 0) -> int:
    """The value of a `w:` attribute as a whole number, `default` if it is none."""
    value = word_attribute(element, name) or ""
    return int(value) if value.isascii() and value.lstrip("-").isdigit() and len(value) < 10 else default
