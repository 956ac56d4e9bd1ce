"""M12: eighteen dossiers with two thousand files, photographs of phones among papers, from values to zips on disk.

    python -m tests.bench dossier

Every file is another one and looks different when it is unpacked; twenty photographs of twelve million pixels and a
scanned paper lie below.
"""

import hashlib
import io
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PIL import Image

from bihuan.lib.paper.book import CHAPTERS, Attached, Book, Facts, File, Heading, Listing, Pair, Statement, Words
from bihuan.lib.paper.dossier import write_dossier
from tests.bench.line import Line

DOSSIERS, FILES, PHOTOS = 18, 2_000, 20
PAPERS = 10  # every so many files is one
PROCESSES = 2
GOAL = 60
TEXT = "甲县部分乡镇生活垃圾处理设施建设滞后，渗滤液处理能力不足，部分填埋场长期超负荷运行，存在环境风险隐患。"
VERIFIER = Path(__file__).resolve().parents[2] / "docs/verify_dossier.py"


def photographs() -> list[bytes]:
    """Pictures of 4000 × 3000 pixels and 300 to 800 KB: a landscape of soft shapes under the grain of a small lens."""
    dice, made = random.Random(12), list[bytes]()  # noqa: S311 -- no secret
    for _ in range(PHOTOS):
        coarse = Image.frombytes("RGB", (40, 30), dice.randbytes(40 * 30 * 3)).resize(
            (4000, 3000), Image.Resampling.BICUBIC
        )
        grain = Image.effect_noise((4000, 3000), dice.uniform(6, 16)).convert("RGB")
        out = io.BytesIO()
        Image.blend(coarse, grain, 0.3).save(out, "JPEG", quality=dice.randint(60, 75))
        made.append(out.getvalue())
    return made


def another(photo: bytes, number: int) -> bytes:
    """The photograph as a slightly other camera would have it: one of its coarse steps is another."""
    at = photo.index(b"\xff\xdb") + 5 + number % 8
    return photo[:at] + bytes([(photo[at] + number // 8) % 250 + 1]) + photo[at + 1 :]


def paper(photos: list[bytes]) -> bytes:
    """A scanned paper of three pages."""
    pages = [Image.open(io.BytesIO(one)).resize((1240, 1754)) for one in photos[:3]]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], quality=50)
    return out.getvalue()


def book(number: int, files: list[File]) -> Book:
    """A dossier that says as much as one does."""
    photos = [file.sha256 for file in files if file.name.endswith(".jpg")]
    pairs = tuple(Pair(f"第{place}处", *photos[place * 2 : place * 2 + 2]) for place in range(len(photos) // 4))
    said = tuple(Statement(TEXT, "甲县城管局 李某", (one,)) for one in photos[:24])
    rows = tuple((f"2026-01-{day % 28 + 1:02} 10:00", "甲县整改办 张某", "填报进展", TEXT[:20]) for day in range(150))
    chapters = {
        **dict.fromkeys(CHAPTERS, (Heading("概况"), Facts((("说明", TEXT),)), Words(TEXT * 4))),
        "进展": said,
        "佐证": (*pairs, Attached(tuple(file.sha256 for file in files[len(pairs) * 2 :]))),
        "办理轨迹": (Listing((("时间", 3), ("经办", 3), ("事项", 2), ("说明", 5)), rows),),
    }
    return Book(
        "甲市", "第三轮第二批中央生态环境保护督察", f"HE2-P{number:03}", TEXT[:24], ("甲县党委和政府",),
        (("下达", "2025-06-30"), ("销号", "2026-04-20")), date(2026, 11, 28), chapters, files=tuple(files),
    )  # fmt: skip


def dossier(number: int, photos: list[bytes], paper: bytes) -> tuple[Book, dict[str, bytes]]:
    """One of them, with its files by their hashes."""
    held, files = dict[str, bytes](), list[File]()
    for place in range(number, FILES, DOSSIERS):
        is_paper = place % PAPERS == 0
        data = paper + f"{place}".encode() if is_paper else another(photos[place % PHOTOS], place)
        sha = hashlib.sha256(data).hexdigest()
        held[sha] = data
        name = f"第{place}号监测报告.pdf" if is_paper else f"IMG_{place}.jpg"
        files.append(File(sha, name, len(data), "佐证", "整改后", "东坑塘北侧", "2026-01-02 09:30", "甲县乙镇"))
    return book(number, files), held


def make(number: int, photos: list[bytes], paper: bytes) -> tuple[int, int]:
    """Make one on disk; how many files and bytes it has."""
    whole, held = dossier(number, photos, paper)
    with tempfile.TemporaryFile() as file:
        done = write_dossier(whole, held.__getitem__, file, verifier=VERIFIER.read_bytes())
    return len(held), done.size


def lines() -> Iterator[Line]:
    """M12, in two processes: each is made in one of its own, as all heavy work is (0093)."""
    photos = photographs()
    asked = [(number, photos, paper(photos)) for number in range(DOSSIERS)]
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        begun = time.perf_counter()
        done = pool.starmap(make, asked, chunksize=1)
        took = time.perf_counter() - begun
    files, size = sum(count for count, _ in done), sum(size for _, size in done)
    act = f"{DOSSIERS} dossiers with {files:,} files ({size / 1e6:,.0f} MB), {PROCESSES} processes"
    yield Line("M12", act, took, None, GOAL, "s")


def main() -> int:
    """Measure and print; exit status 1 when the goal does not hold."""
    is_all = True
    for line in lines():
        sys.stdout.write(f"{line.row()}\n")
        is_all = is_all and line.holds
    return int(not is_all)
