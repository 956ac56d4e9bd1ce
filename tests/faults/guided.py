"""Guided fuzzing of what reads words: `python -m tests.faults.guided NAMES SECONDS FOLDER`, one process a run.

The fuzzer sees which branches a text takes and changes the text towards new ones. What a reader raises, and what takes
it more than ten seconds, ends the run with a status and leaves the text in the folder.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["bihuan.lib"]):
    from bihuan.lib import chinese, grams, masks, pinyin, quantity, redact, redaction
    from bihuan.lib.paper import separated, text
    from bihuan.lib.paper.document import Unreadable
    from bihuan.lib.reading import (
        dates,
        deadlines,
        document_numbers,
        petition_numbers,
        quantities,
        recurrences,
        unit_names,
        units,
    )
    from bihuan.lib.reading.directory import default_directory, homeless_directory

ON, HOME, NOWHERE = date(2022, 7, 4), default_directory("130900"), homeless_directory()
SEEDS = (
    "2021年10月底前完成，长期坚持", "2022年3月5日至4月15日", "２０２２年１２月３１日前", "立行立改；每季度末调度一次",
    "D3SX202505280018*", "受理编号：D2HE202204120031", "沧环委〔2022〕15号", "冀政办字[2021]第3号",
    "削减化学需氧量1200.5吨/年，占比达到95%以上", "三万二千五百亩", "市水利局、沧县党委和政府，各县(市、区)人民政府",
    "我叫赵小禾，电话13912340001，身份证号130921198001019990，家住沧县杜林镇某某村12号",
    "微信号：xiaohe_1980，冀J12345",
    "一、问题：\n（一）措施\n1.责任单位：水务局\n①",
    '序号,受理编号,内容\n1,D2HE202204120032,"面粉厂""粉尘"\n', "甲\t乙\n丙\t丁",
)  # fmt: skip
WORDS = (
    "年 月 日 底前 至 前 每 季度 长期坚持 号 〔 〕 第 万 亿 吨 % 、 ； 县 市 区 局 人民政府 党委 我叫 电话 身份证号 "
    "住 村 镇 一 十 百 零 （ ） ① 2022 13912340001 D2HE * , ， 。"
)
Reader = Callable[[str], Any]


def _masks(words: str) -> list[str]:
    kinds = (masks.name, masks.phone, masks.identity_number, masks.address, masks.email, masks.account, masks.card)
    return [mask(words) for mask in (*kinds, masks.plate)]


def planted(words: str) -> str:
    """A reader with the fault that the run must find."""
    return words.split("、")[3] if words.startswith("第") and "年" in words and "吨" in words else ""


READERS: dict[str, Reader] = {
    "deadline": lambda words: (deadlines.read_deadline(words, ON), deadlines.read_deadline(words)),
    "deadlines": lambda words: [*deadlines.find_deadlines(words, ON)],
    "moments": lambda words: ([*dates.moments(words, ON)], dates.squeezed(words)),
    "recurrence": recurrences.read,
    "document_number": lambda words: (
        document_numbers.read_document_number(words),
        [*document_numbers.find_document_numbers(words)],
    ),
    "petition_number": lambda words: petition_numbers.read_petition_number(petition_numbers.unbroken(words)),
    "quantities": lambda words: [*quantities.quantities(words)],
    "units": lambda words: (units.read_units(words, HOME), units.read_units(words, NOWHERE)),
    "place": lambda words: (unit_names.is_place(words), unit_names.leading_place(words, HOME)),
    "number": lambda words: (chinese.number(words), chinese.enumerator(words), quantity.whole(words)),
    "clean": lambda words: (chinese.clean(words), chinese.half_width(words), grams.grams(words), grams.phrases(words)),
    "names": lambda words: (pinyin.initials(words), pinyin.spelled(words), _masks(words)),
    "redact": lambda words: redact.masked(redact.masked(words)),
    "redaction": lambda words: redaction.blacked(words, redaction.proposals(words)),
    "separated": separated.read_separated,
    "text": lambda words: (text.read_text(words), text.decode(words.encode()[1:])),
}
ALL = (*READERS, "planted")


def run(names: list[str], seconds: int, folder: Path) -> None:
    """Fuzz these readers together, each with every text, for so long."""
    readers = [READERS[name] if name in READERS else atheris.instrument_func(planted) for name in names]
    for reader in readers:  # what is loaded at the first use is no slow text
        for seed in SEEDS:
            with suppress(Unreadable, IndexError):
                reader(seed)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(SEEDS):
        (corpus / f"seed{place}").write_text(seed)
    dictionary = folder / "words"
    entries = ("".join(f"\\x{one:02x}" for one in word.encode()) for word in (*WORDS.split(), "\t", "\r\n"))
    dictionary.write_text("".join(f'"{entry}"\n' for entry in entries))

    def tried(data: bytes) -> None:
        words = data.decode(errors="ignore")
        for reader in readers:
            with suppress(Unreadable):  # a refusal with its sentence is an answer
                reader(words)

    options = [f"-max_total_time={seconds}", f"-dict={dictionary}", f"-artifact_prefix={folder}/", "-timeout=10"]
    atheris.Setup(
        [sys.argv[0], *options, "-max_len=600", "-rss_limit_mb=2048", "-print_final_stats=1", str(corpus)], tried
    )
    atheris.Fuzz()


if __name__ == "__main__":
    run(sys.argv[1].split(","), int(sys.argv[2]), Path(sys.argv[3]))
