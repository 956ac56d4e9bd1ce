"""Checks an exported trail without the system that wrote it: python3 verify_trail.py trail.jsonl [trail.heads]

Standard library only. Wanted: entries numbered 1, 2, 3 … without a gap, each holding the hash of the one before it and
its own right hash; and every head that stands in the file of heads found in the trail. Each fault names the entry. Exit
status: 0 nothing wrong, 1 something wrong, 2 not readable.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

GENESIS = "0" * 64
SEALED = (
    "number", "deed", "action", "step", "at", "person", "name", "appointment", "post", "behalf", "origin", "request",
    "city", "kind", "table", "row", "about", "note", "changes",
)  # fmt: skip
CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest_of(entry: dict[str, object]) -> str:
    """SHA-256 over the JSON array of the digest before and the sealed fields in their order."""
    return hashlib.sha256(CANONICAL([entry["previous"], *(entry[name] for name in SEALED)]).encode()).hexdigest()


def faults_of(trail: Path, heads: Path | None) -> Iterator[str]:
    """What is wrong, entry by entry, then head by head."""
    number, digest, ends = 0, GENESIS, dict[str, tuple[int, str]]()
    with trail.open(encoding="utf-8") as lines:
        for place, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                right = digest_of(entry)
            except (ValueError, TypeError, KeyError):
                yield f"第{place}行读不出来。"
                continue
            if entry["number"] != number + 1:
                yield f"第{entry['number']}条：应为第{number + 1}条，缺少、重复或次序不对。"
            if entry["previous"] != digest:
                yield f"第{entry['number']}条：前一哈希与上一条不符。"
            if right != entry["digest"]:
                yield f"第{entry['number']}条：内容与哈希不符。"
            number, digest = entry["number"], entry["digest"]
            ends[entry["deed"]] = number, digest
    if heads:
        yield from unwitnessed({*ends.values()}, heads)


def unwitnessed(ends: set[tuple[int, str]], heads: Path) -> Iterator[str]:
    """Where deeds ended (`=`), or were about to (`+`), in the file outside, against where they end in the trail."""
    done, known = set(), set()
    for line in heads.read_text(encoding="utf-8", errors="replace").splitlines():
        number, _, digest = line[1:].partition(" ")
        if line[:1] in ("+", "=") and number.isdecimal() and len(digest) == 64:
            known.add((int(number), digest))
            done |= {(int(number), digest)} if line[0] == "=" else set()
    yield from (f"第{number}条：库外链头里没有这次办理。" for number, _ in sorted(ends - known)[:10])
    yield from (f"第{number}条：库外链头有记载，轨迹里没有或不同。" for number, _ in sorted(done - ends)[:10])


def main(words: list[str]) -> int:
    """Check the files that are named; the exit status."""
    if len(words) not in (1, 2):
        sys.stderr.write("用法：python3 verify_trail.py 轨迹文件 [链头文件]\n")
        return 2
    count = 0
    try:
        for count, fault in enumerate(faults_of(Path(words[0]), Path(words[1]) if words[1:] else None), 1):  # noqa: B007 -- asked for afterwards
            sys.stdout.write(f"{fault}\n")
    except (OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"读不了：{fault}\n")
        return 2
    sys.stdout.write(f"发现{count}处问题。\n" if count else "轨迹完整，没有发现问题。\n")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
