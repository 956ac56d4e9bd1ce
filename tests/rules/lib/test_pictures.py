"""What a picture says of itself is read; a copy says nothing; whatever else comes is refused in one sentence."""

import io
import random
import re
import struct
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import Image

from bihuan.lib import pictures
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.seen import Picture
from bihuan.lib.pictures import CHINA, preview, read_picture
from bihuan.lib.position import Position
from tests.rules.lib.shots import exif, opened, shot

KINDS = ["JPEG", "PNG", "WEBP", "HEIF"]
SAID = {
    "Make": "HUAWEI",
    "Model": "HUAWEI P60",
    "DateTimeOriginal": "2026:03:12 09:30:00",
    "GPSLatitudeRef": "N",
    "GPSLatitude": (38.0, 18.0, 30.6),
    "GPSLongitudeRef": "E",
    "GPSLongitude": (116.0, 50.0, 0.0),
}
DAMAGED = "图片已损坏或没有传完，请重新取得原图后再上传。"
OTHER = "这不是 JPEG、PNG、HEIC 或 WebP 图片，请换成这几种格式后再上传。"


def refusal(data: bytes) -> str:
    """The one sentence by which both refuse."""
    with pytest.raises(Unreadable) as refused:
        read_picture(data)
    with pytest.raises(Unreadable, match=f"^{re.escape(str(refused.value))}$"):
        preview(data)
    return str(refused.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_says_when_and_where_it_was_taken(kind: str) -> None:
    assert read_picture(shot(kind, **SAID)) == Picture(
        64, 48, datetime(2026, 3, 12, 9, 30, tzinfo=CHINA), False, Position(38.3085, 116.8333333), "HUAWEI P60"
    )


def test_an_offset_that_stands_there_holds() -> None:
    found = read_picture(shot(DateTimeOriginal="2026:03:12 09:30:00", OffsetTimeOriginal="+09:00"))

    assert found.taken_at == datetime(2026, 3, 12, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    assert found.has_offset
    assert found.taken_at.astimezone(UTC).hour == 0


def test_south_and_west_are_below_zero() -> None:
    said = SAID | {"GPSLatitudeRef": "S", "GPSLongitudeRef": "W"}

    assert read_picture(shot(**said)).position == Position(-38.3085, -116.8333333)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"DateTimeOriginal": "0000:00:00 00:00:00"},
        {"DateTimeOriginal": "2026:13:41 09:30:00"},
        {"DateTimeOriginal": "昨天"},
        {**SAID, "DateTimeOriginal": "", "Make": "", "Model": "", "GPSLatitudeRef": ""},
        {**SAID, "DateTimeOriginal": "", "Make": "", "Model": "", "GPSLatitude": (91.0, 0.0, 0.0)},
        {**SAID, "DateTimeOriginal": "", "Make": "", "Model": "", "GPSLongitude": (116.0, 50.0)},
        {
            "GPSLatitudeRef": "N",
            "GPSLatitude": (0.0, 0.0, 0.0),
            "GPSLongitudeRef": "E",
            "GPSLongitude": (0.0, 0.0, 0.0),
        },
    ],
)
def test_what_makes_no_sense_is_not_known(said: dict[str, object]) -> None:
    assert read_picture(shot(**said)) == Picture(64, 48)


def test_a_block_that_cannot_be_read_leaves_the_pixels() -> None:
    whole = shot(**SAID)
    broken = whole.replace(b"Exif\0\0MM\0*", b"Exif\0\0XX\0*").replace(b"Exif\0\0II*\0", b"Exif\0\0XX*\0")

    assert broken != whole
    assert read_picture(broken) == Picture(64, 48)
    assert opened(preview(broken)).size == (64, 48)


def test_the_name_of_a_camera_is_shown_on_one_line() -> None:
    assert read_picture(shot(Make="XIAOMI\0?", Model="12\n" + "L" * 200)).camera == "XIAOMI 12" + "L" * 71


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_copy_stands_upright(turn: int) -> None:
    data = shot(Orientation=turn)
    corner = {2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[turn]
    found, copy = read_picture(data), opened(preview(data))

    assert (found.width, found.height) == copy.size == ((48, 64) if turn > 4 else (64, 48))
    quarters = copy.getchannel("R").resize((2, 2), Image.Resampling.BOX)
    assert [(x, y) for x in (0, 1) for y in (0, 1) if quarters.getpixel((x, y)) > 128] == [corner]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_says_nothing(kind: str) -> None:
    copy = preview(shot(kind, (400, 300), **SAID), most=100)
    image = opened(copy)

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (100, 75))
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not [word for word in (b"HUAWEI", b"2026", b"secret", b"Exif", b"ICC") if word in copy]


def test_a_copy_that_took_the_block_along_is_found() -> None:
    out = io.BytesIO()
    opened(shot(**SAID)).save(out, "JPEG", exif=exif(**SAID))

    assert b"HUAWEI" in out.getvalue()
    assert b"secret" in out.getvalue()


def test_the_same_picture_gives_the_same_copy() -> None:
    data = shot(size=(300, 200), **SAID)

    assert preview(data) == preview(data)


def test_what_is_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(preview(out.getvalue())).getpixel((9, 9)) == (255, 255, 255)


def test_sixteen_bits_of_grey_are_not_burnt_out() -> None:
    out = io.BytesIO()
    Image.new("I;16", (20, 20), 0x8000).save(out, "PNG")

    assert opened(preview(out.getvalue())).getpixel((9, 9)) == (128, 128, 128)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"GIF89a" + b"\0" * 40, b"PK\x03\x04", "文字".encode() * 99])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refusal(data) == OTHER


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("left", [20, 100, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(kind: str, left: float) -> None:
    out = io.BytesIO()
    Image.effect_noise((200, 150), 90).convert("RGB").save(out, kind)
    whole = out.getvalue()

    assert refusal(whole[: int(left if left > 1 else len(whole) * left)]) == DAMAGED


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)) + shot("PNG")[33:]
    )

    assert refusal(bomb) == "图片的像素过多（60000×60000），请缩小后再上传。"


def test_a_bomb_without_the_bound_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PIXELS", 100)

    assert refusal(shot("PNG")) == "图片的像素过多（64×48），请缩小后再上传。"
    assert read_picture(shot("JPEG")).width == 64


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_the_bytes_only_the_refusal_comes_out(kind: str) -> None:
    dice, whole, said = random.Random(12), shot(kind, **SAID), set()  # noqa: S311 -- no secret
    for _ in range(60):
        harmed = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            harmed[dice.randrange(len(harmed))] = dice.randrange(256)
        for ask in (read_picture, preview):
            try:
                ask(bytes(harmed))
            except Unreadable as refused:
                said.add(str(refused))

    assert {one[-1] for one in said} == {"。"}


@pytest.mark.parametrize("ground", ["white", "black", "gray"])
def test_a_watermark_is_read_on_any_ground_and_leaves_no_part_without(ground: str) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (800, 600), ground).save(plain, "JPEG")

    marked = Image.open(io.BytesIO(pictures.watermarked(plain.getvalue(), "钱专 2022-07-04 12:00 查看"))).convert("L")

    assert marked.size == (800, 600)
    for box in ((0, 0, 400, 300), (400, 0, 800, 300), (0, 300, 400, 600), (400, 300, 800, 600)):
        darkest, lightest = marked.crop(box).getextrema()
        assert lightest - darkest > 60


def test_a_watermark_is_put_on_no_damaged_picture() -> None:
    with pytest.raises(Unreadable):
        pictures.watermarked(b"\xff\xd8\xff cut", "钱专")
