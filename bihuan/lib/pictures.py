"""Pictures of phones and scanners: what they say of themselves, and small copies that say nothing.

Hides Pillow and libheif. The picture itself is never changed: what is shown is a copy with the pixels alone, without
time, place, camera or whatever else stood in the file.
"""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

import pillow_heif
import pylopdf_fonts_zh_cn
from PIL import ExifTags, Image, ImageDraw, ImageFont, UnidentifiedImageError

from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.seen import Picture
from bihuan.lib.position import Position

Result = TypeVar("Result")
CHINA = timezone(timedelta(hours=8))
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
PIXELS = 64_000_000  # 200 MB when unpacked
PIXELS_IN_STRIPS = 220_000_000  # a baseline JPEG is unpacked strip by strip, and smaller at once
SIDE = 65_535
QUALITY = 80
INK, SHADE = (255, 255, 255, 120), (20, 28, 44, 120)
SLANT = 24  # degrees
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_DAMAGED = "图片已损坏或没有传完，请重新取得原图后再上传。"
_OTHER = "这不是 JPEG、PNG、HEIC 或 WebP 图片，请换成这几种格式后再上传。"
_TOO_LARGE = "图片的像素过多（{width}×{height}），请缩小后再上传。"

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # how large is too large is said here, in a sentence


def is_picture(data: bytes) -> bool:
    """Whether its first bytes are those of a JPEG, PNG, HEIC or WebP; whether it is whole they do not say."""
    is_heif = data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"msf1"}
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG")) or is_webp or is_heif


def read_picture(data: bytes) -> Picture:
    """What the picture says of itself.

    Refuses by `Unreadable`, and raises nothing else, what is no JPEG, PNG, HEIC or WebP, is damaged or cut short, or
    would take too much room.
    """
    return _guarded(data, _facts)


def preview(data: bytes, *, most: int = 1600) -> bytes:
    """A copy as JPEG, upright, no side longer than `most` pixels, without a word about time, place or camera.

    The same bytes for the same picture. Refuses as `read_picture` does.
    """
    return _guarded(data, lambda image: _reduced(image, most))


def watermarked(data: bytes, words: str) -> bytes:
    """A copy of a small picture as JPEG with these words all over it, aslant, dark and light, so that they are read on
    any ground and no part of it is without them. Refuses as `read_picture` does.
    """
    return _guarded(data, lambda image: _marked(image, words))


def _marked(image: Image.Image, words: str) -> bytes:
    ground = _opaque(image).convert("RGBA")
    font = _font(max(14, min(40, max(ground.size) // 36)))
    width, height = (int(side) for side in font.getbbox(words)[2:])
    across, down = width + height * 2, height * 5
    side = int((ground.width**2 + ground.height**2) ** 0.5) + across
    layer = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(layer)
    for row, top in enumerate(range(0, side, down)):
        for left in range(-across // 2 * (row % 2), side, across):
            pen.text((left + 1, top + 1), words, font=font, fill=SHADE)
            pen.text((left, top), words, font=font, fill=INK)
    slanted = layer.rotate(SLANT, Image.Resampling.BICUBIC)
    left, top = (slanted.width - ground.width) // 2, (slanted.height - ground.height) // 2
    ground.alpha_composite(slanted.crop((left, top, left + ground.width, top + ground.height)))
    out = io.BytesIO()
    ground.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)


def _guarded(data: bytes, ask: Callable[[Image.Image], Result]) -> Result:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_too_large(image)
            return ask(image)
    except Unreadable:
        raise
    except UnidentifiedImageError as fault:
        raise Unreadable(_DAMAGED if is_picture(data) else _OTHER) from fault
    except Exception as fault:  # the libraries raise whatever a damaged picture makes them trip over
        raise Unreadable(_DAMAGED) from fault


def _refuse_too_large(image: Image.Image) -> None:
    in_strips = image.format in {"JPEG", "MPO"} and not image.info.get("progressive")
    most = PIXELS_IN_STRIPS if in_strips else PIXELS
    if image.width * image.height > most or max(image.size) > SIDE:
        raise Unreadable(_TOO_LARGE.format(width=image.width, height=image.height))


def _reduced(image: Image.Image, most: int) -> bytes:
    """The pixels alone: everything that a saved copy would take along is left behind."""
    scale = min(1.0, most / max(image.size))
    image.draft(
        "RGB", (int(image.width * scale), int(image.height * scale))
    )  # a quarter is unpacked in a third of the time
    small = _opaque(image)
    small.thumbnail((most, most), Image.Resampling.HAMMING, reducing_gap=2.0)
    turn = UPRIGHT.get(_said(image).get(ExifTags.Base.Orientation, 1))
    upright = small if turn is None else small.transpose(turn)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _opaque(image: Image.Image) -> Image.Image:
    """The picture in colours that JPEG knows, what is transparent as white."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256, "L")
    if "A" not in image.mode and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _facts(image: Image.Image) -> Picture:
    said = _said(image)
    is_lying = said.get(ExifTags.Base.Orientation) in {5, 6, 7, 8}
    width, height = (image.height, image.width) if is_lying else image.size
    image.draft("RGB", (1, 1))
    image.load()  # what was cut short is found here
    taken_at, has_offset = _taken(_part(said, ExifTags.IFD.Exif))
    return Picture(width, height, taken_at, has_offset, _position(_part(said, ExifTags.IFD.GPSInfo)), _camera(said))


def _said(image: Image.Image) -> Image.Exif:
    """What stands beside the pixels; nothing where it cannot be read, for the pixels may be whole."""
    with suppress(Exception):
        return image.getexif()
    return Image.Exif()


def _part(said: Image.Exif, part: int) -> dict[int, Any]:
    with suppress(Exception):
        return dict(said.get_ifd(part))
    return {}


def _taken(said: dict[int, Any]) -> tuple[datetime | None, bool]:
    """When, and whether the offset stood there."""
    at = _words(said.get(ExifTags.Base.DateTimeOriginal))
    offset = _words(said.get(ExifTags.Base.OffsetTimeOriginal))
    with suppress(ValueError):
        return datetime.strptime(f"{at} {offset}", "%Y:%m:%d %H:%M:%S %z"), True
    with suppress(ValueError):
        return datetime.strptime(f"{at} +0800", "%Y:%m:%d %H:%M:%S %z").replace(tzinfo=CHINA), False
    return None, False


def _position(said: dict[int, Any]) -> Position | None:
    with suppress(ValueError, TypeError, ZeroDivisionError, KeyError):
        north = _degrees(said[ExifTags.GPS.GPSLatitude], said[ExifTags.GPS.GPSLatitudeRef], "NS")
        east = _degrees(said[ExifTags.GPS.GPSLongitude], said[ExifTags.GPS.GPSLongitudeRef], "EW")
        if abs(north) <= 90 and abs(east) <= 180 and (north, east) != (0, 0):  # a phone without a fix says zero
            return Position(round(north, 7), round(east, 7))
    return None


def _degrees(said: Any, side: Any, sides: str) -> float:
    """Degrees, minutes and seconds as one number. `ValueError` where the side is none of the two."""
    degrees, minutes, seconds = (float(one) for one in said)
    sign = (1, -1)[sides.index(_words(side).upper() or "?")]
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _camera(said: Image.Exif) -> str:
    make, model = _words(said.get(ExifTags.Base.Make)), _words(said.get(ExifTags.Base.Model))
    whole = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return whole.strip()[:80]


def _words(said: Any) -> str:
    """A text of the file that may be shown: printable, on one line."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if not isinstance(text, str):
        return ""
    return "".join(one for one in text.partition("\0")[0] if one.isprintable()).strip()
