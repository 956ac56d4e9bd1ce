"""Files that the sample's units bring as proof: short papers, and drawn pictures that say when and where.

Hides python-docx and Pillow. Nothing here was photographed; a picture is a plain drawing of a shore, a yard or a pond.
"""

import io
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from PIL import ExifTags, Image, ImageDraw

from bihuan.lib.pictures import CHINA, preview
from bihuan.lib.position import Position
from bihuan.matters.actions.evidence import Brought
from bihuan.rectification.rules.checklist import BY_KEY, kind_for

SIZE = (1280, 960)
HORIZON = 430
SKY, FAR, NEAR, THING, EDGE = "#bcd3e2", "#7fa3b5", "#c9b78f", "#8a8078", "#5d554f"
GREEN = "#86a365"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows: where, and how many things stand there that should not; cleared ground turns green."""

    place: str
    position: Position
    things: int


def letter(item: str, title: str, lines: tuple[str, ...]) -> Brought:
    """A short paper that proves one item of the check-list, its words found by the search."""
    label = BY_KEY[item].label
    return Brought(
        f"{title}.docx", _written(title, lines), kind_for(item, ""), label, proves=item, words="\n".join(lines)
    )


def report(title: str, kind: str, lines: tuple[str, ...]) -> Brought:
    """A short paper of that kind, which proves no item of a check-list."""
    return Brought(f"{title}.docx", _written(title, lines), kind, title, words="\n".join(lines))


def _written(title: str, lines: tuple[str, ...]) -> bytes:
    paper = Document()
    paper.add_heading(title, level=1)
    for line in lines:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def picture(scene: Scene, kind: str, at: datetime) -> Brought:
    """A drawn picture of a place as a phone would bring it: with its time, its position, and a small copy."""
    data = _drawn(scene, at)
    return Brought(
        f"{scene.place}{kind}.jpg",
        data,
        kind,
        f"{scene.place}，{'仍有' + str(scene.things) + '处' if scene.things else '已清理恢复'}",
        taken_at=at,
        preview=preview(data),
        facts={
            "place": scene.place,
            "latitude": f"{scene.position.latitude:.6f}",
            "longitude": f"{scene.position.longitude:.6f}",
            "datum": "WGS-84",
        },
    )


def _drawn(scene: Scene, at: datetime) -> bytes:
    width, height = SIZE
    image = Image.new("RGB", SIZE, SKY)
    brush = ImageDraw.Draw(image)
    brush.rectangle((0, HORIZON, width, HORIZON + 120), FAR)
    brush.rectangle((0, HORIZON + 120, width, height), NEAR if scene.things else GREEN)
    for place in range(scene.things):
        left, top = 70 + place % 4 * 300, HORIZON + 60 + place // 4 * 220
        brush.rectangle((left, top, left + 210, top + 150), THING, EDGE, 6)
        brush.line((left, top, left + 210, top + 150), EDGE, 6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, exif=_said(scene.position, at))
    return out.getvalue()


def _said(position: Position, at: datetime) -> Image.Exif:
    """What a phone writes beside the pixels."""
    said = Image.Exif()
    said[ExifTags.Base.Make], said[ExifTags.Base.Model] = "Sample", "Phone 1"
    local = at.astimezone(CHINA)
    said.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: f"{local:%Y:%m:%d %H:%M:%S}",
            ExifTags.Base.OffsetTimeOriginal: "+08:00",
        }
    )
    said.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: _degrees(position.latitude),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: _degrees(position.longitude),
        }
    )
    return said


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 3)
