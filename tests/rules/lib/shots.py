"""Makers of pictures as phones take them; what they show is noise."""

import io
from typing import Any

from PIL import ExifTags, Image, ImageDraw


def shot(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **said: Any) -> bytes:
    """A picture, its upper left quarter red; what `exif` says of it by the names of the tags."""
    image = Image.new("RGB", size, "navy")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill="red")
    out = io.BytesIO()
    image.save(out, kind, exif=exif(**said), **({"comment": b"secret"} if kind == "JPEG" else {}))
    return out.getvalue()


def exif(**said: Any) -> Image.Exif:
    """The block that a camera writes: each name where the standard has it."""
    block = Image.Exif()
    parts = {ExifTags.IFD.Exif: {}, ExifTags.IFD.GPSInfo: {}}
    for name, value in said.items():
        if name.startswith("GPS"):
            parts[ExifTags.IFD.GPSInfo][ExifTags.GPS[name].value] = value
        elif name.endswith("Original"):
            parts[ExifTags.IFD.Exif][ExifTags.Base[name].value] = value
        else:
            block[ExifTags.Base[name].value] = value
    for part, values in parts.items():
        block.get_ifd(part).update(values)
    return block


def opened(data: bytes) -> Image.Image:
    """The picture, loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
