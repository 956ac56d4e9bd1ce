"""The dossier of a problem, made of its rows: read back from the PDF and the zip, verified without this system."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from bihuan.core import examine, files
from bihuan.core.actor import Actor
from bihuan.core.audit import Entry
from bihuan.gate import dossiers
from bihuan.lib.flow import Refused
from bihuan.lib.paper.book import CHAPTERS
from bihuan.lib.paper.dossier import BOOK, MANIFEST, VERIFIER
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.models import Manifest, WatchHit
from bihuan.matters.rules import evidence as kinds
from bihuan.rectification.actions import evidence
from bihuan.rectification.papers.asked import asked
from bihuan.rectification.queries import dossier
from tests.cast import ROBOT, Cast, account_of
from tests.loop import DAY, Loop, make_loop
from tests.makers import make_batch, make_petition, write
from tests.rules.lib.shots import shot

BLANK = re.compile(r"\s")


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Path) -> None:
    settings.FILES = str(tmp_path / "files")


def make(loop: Loop, by: Actor | None = None) -> bytes:
    """The zip of a dossier that was made just now."""
    by = by or loop.cast.chen
    dossiers.make(loop.problem.matter.code, by=by, at=loop.now)
    manifest = dossier.last_made(loop.problem, by)
    assert manifest is not None
    with dossiers.zipped(manifest) as out:
        return out.read()


def words_of(zipped: bytes) -> str:
    """The words of the book, without blanks, from its first chapter on."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive, pdfplumber.open(io.BytesIO(archive.read(BOOK))) as pdf:
        return "".join(BLANK.sub("", page.extract_text()) for page in pdf.pages)


def verified(place: Path, *words: str) -> tuple[int, str]:
    """The verifier that lies in the zip, run on it with nothing but the standard library."""
    with zipfile.ZipFile(place) as archive:
        script = place.with_name("verify.py")
        script.write_bytes(archive.read(VERIFIER))
    command = [sys.executable, "-I", "-S", str(script), str(place), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONUTF8": "1"})
    return done.returncode, done.stdout + done.stderr


def test_every_chapter_has_its_facts(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()

    told = words_of(make(loop))

    for chapter in CHAPTERS:
        assert chapter in told
    problem = loop.problem
    facts = "沧县水务局 封填自备井 20眼 封填过半 封填自备井20眼 逐眼查看，井口已封填 各项整改措施全部落实 现场核实"
    hands = "郑局 冯县 褚验 蒋长 王主任 同意销号 申请验收"
    shown = "公示文本 HE2-G001 没有收到不同意见 沧州市运河区某路1号"
    days = "2022-07-27 销号后3个月 2022-10-27 公示截图和无异议证明 自查自验报告"
    for words in (problem.text, *facts.split(), *hands.split(), *days.split(), *shown.split()):
        assert BLANK.sub("", words) in told, words
    assert "approve" not in told
    assert "改动前的版本" not in told


def test_hits_that_were_judged_stand_with_what_came_after_and_those_that_wait_do_not(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    batch = make_batch(loop.problem.plan.inspection)
    hits = [
        WatchHit(
            matter=loop.problem.matter,
            newcomer=make_petition(cast, batch, f"D2HE2022041200{number}").matter,
            strength=85,
            reasons=["同一村（杜林乡倪桥村）。"],
            state=state,
            raised_at=loop.now,
            judged_at=loop.now if state != "raised" else None,
            judged_by_id=cast.wang.person if state != "raised" else None,
            opinion="邻村另一家同名企业" if state != "raised" else "",
        )
        for number, state in (("01", "unrelated"), ("02", "raised"))
    ]
    write(hits, by=ROBOT, at=loop.now)

    told = words_of(make(loop))

    for words in ("反弹线索研判", "HE2-X0001", "同一村（杜林乡倪桥村）。", "无关", "王主任", "邻村另一家同名企业"):
        assert words in told
    assert "HE2-X0002" not in told


def test_what_may_be_asked_is_found_in_the_rows(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_proven()
    now = loop.now.date()
    there = dossier.whole_of(loop.problem, cast.chen, now).evidence
    file = next(one for one in there if one.proves == "penalty")
    evidence.end_evidence(loop.problem, file, by=loop.reporter, at=loop.now, note="放错")
    evidence.waive_item(loop.problem, "penalty", by=loop.doer, at=loop.now, note="没有处罚对象")
    loop.step("claim_done", loop.head)
    loop.check(loop.county, "现场督导", verdict="未达到", demand="补封两眼", demand_due_on=loop.now.date() + 9 * DAY)
    loop.step("return", loop.county, "还有两眼没有封")
    old = Brought("旧.jpg", shot(), kinds.AFTER, taken_at=loop.now - 500 * DAY)
    evidence.add_evidence(loop.problem, [old], by=loop.reporter, at=loop.now)

    gaps = {one.text: one.answer for one in _asked(loop)}

    assert "没有处罚对象；验收单位还没有确认。" in gaps["“处罚决定”凭什么不适用？"]
    assert any("未达到" in one for one in gaps)
    assert any("补封两眼" in one for one in gaps.values())
    assert any("为什么“退回整改”" in text and "还有两眼没有封" in said for text, said in gaps.items())
    assert any("为什么拍在交办以前" in one for one in gaps)
    told = words_of(make(loop))
    assert all(BLANK.sub("", one) in told for one in gaps)


def _asked(loop: Loop) -> Any:
    return asked(dossier.whole_of(loop.problem, loop.cast.chen, loop.now.date()))


def test_a_problem_without_proofs_is_asked_for_them(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_confirmed()
    loop.later(400)

    gaps = {one.text: one.answer for one in _asked(loop)}

    assert gaps["整改前后的对比照片在哪里？"] == "缺整改前照片、整改后照片"
    assert gaps["清单上的材料为什么不全？"].startswith("缺自查自验报告、")
    assert "为什么超过时限还没有整改完成？" in gaps


def test_late_work_is_asked_about(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_rectifying()
    loop.later(400)

    gaps = [one.text for one in _asked(loop)]

    assert "措施1为什么超过时限还没有完成？" in gaps


def test_a_signed_off_problem_is_asked_whether_anybody_looked_since(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()

    gaps = {one.text for one in _asked(loop)}
    assert "销号以后复查过吗？" in gaps
    assert "申请验收以后为什么改了材料？" not in gaps  # what came since is what acceptance and sign-off ask for
    loop.later(200)
    assert "销号后3个月的复查为什么没有做？" in {one.text for one in _asked(loop)}


def test_the_same_facts_at_the_same_moment_give_the_same_bytes(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()

    first, second = make(loop), make(loop)

    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()
    kept = Manifest.objects.filter(step=dossier.STEP)
    assert kept.count() == 2
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.digest for one in kept} == {hashlib.sha256(archive.read(MANIFEST)).hexdigest()}
    assert Entry.objects.filter(action=dossier.MAKING, person=cast.chen.person).exists()
    assert [*examine.findings()] == []


def test_whoever_receives_it_verifies_it_and_a_flipped_byte_is_named(cast: Cast, tmp_path: Path) -> None:
    loop = make_loop(cast)
    loop.to_claimed()
    zipped = make(loop)
    digest = Manifest.objects.get(step=dossier.STEP).digest
    place = tmp_path / "whole.zip"
    place.write_bytes(zipped)

    status, _ = verified(place, digest)

    assert status == 0
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        victim = next(one for one in archive.infolist() if one.filename.startswith("佐证/"))
        at = zipped.index(archive.read(victim.filename))
    place.write_bytes(zipped[:at] + bytes([zipped[at] ^ 1]) + zipped[at + 1 :])
    status, said = verified(place, digest)
    assert status == 1
    assert victim.filename in said


@pytest.mark.broken
def test_a_file_that_was_damaged_in_the_store_is_not_handed_out(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_claimed()
    one = dossier.whole_of(loop.problem, cast.chen, loop.now.date()).evidence[0]
    path = Path(files.store.current().root) / files.place_of(one.file)  # type: ignore[attr-defined]  # a folder here
    path.write_bytes(b"another")

    with pytest.raises(Refused, match="SHA-256"):
        make(loop)


@pytest.mark.broken  # a number in the clear is what is planted
def test_telephones_and_identity_numbers_are_masked(cast: Cast) -> None:
    loop = make_loop(cast, text="群众反映电话13912345678，身份证号130921197701011234，井未封。")
    loop.to_rectifying()

    told = words_of(make(loop))

    assert "13912345678" not in told
    assert "130921197701011234" not in told
    assert "井未封" in told


def test_of_a_draft_there_is_none_and_what_was_changed_meanwhile_is_not_recorded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = make_loop(cast)
    with pytest.raises(Refused, match="还没有下达"):
        make(loop)
    loop.to_rectifying()
    inner = dossiers.write_dossier

    def slow(*args: Any, **more: Any) -> Any:
        loop.add("", "来得巧.txt")
        return inner(*args, **more)

    monkeypatch.setattr(dossiers, "write_dossier", slow)
    with pytest.raises(Refused, match="材料有了改动"):
        make(loop)
    assert not Manifest.objects.filter(step=dossier.STEP).exists()


def test_the_earlier_round_stays_frozen_in_the_dossier_after_a_rebound(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_signed_off()
    frozen = Manifest.objects.get(step="sign_off").digest
    loop.later(30)
    loop.check(loop.accepter, "回头看", verdict="未达到")
    loop.step("rebound", cast.wang, "井口重新打开")

    told = words_of(make(loop))

    assert Manifest.objects.get(step="sign_off").digest == frozen
    assert frozen[:16] in told
    assert "第1轮" in told and "第2轮" in told
    assert "为什么认定反弹？" in told and "井口重新打开" in told


def test_the_page_makes_it_and_hands_it_out(cast: Cast, client: Any) -> None:
    loop = make_loop(cast)
    loop.to_claimed()
    code = loop.problem.matter.code
    client.force_login(account_of(cast.chen))
    page = f"/problems/{code}/dossier/"

    assert page in client.get(f"/problems/{code}/").content.decode()
    assert client.get(f"{page}book.pdf").headers["Location"] == page
    assert client.post(page, {"once": "a"}).status_code == 302
    shown = client.get(page).content.decode()
    digest = Manifest.objects.get(step=dossier.STEP).digest
    assert digest in shown and "核验.py" in shown
    assert client.get(f"{page}book.pdf").content.startswith(b"%PDF")
    answer = client.get(f"{page}whole.zip")
    whole = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert hashlib.sha256(archive.read(MANIFEST)).hexdigest() == digest
        assert json.loads(archive.read(MANIFEST))["number"] == code
    told = client.get(f"/api/v1/problems/{code}/dossier").json()
    assert [(one["digest"], one["is_own"]) for one in told["made"]] == [(digest, True)]


def test_another_countys_person_finds_none_of_it_and_a_colleague_not_the_files_of_another(
    cast: Cast, client: Any
) -> None:
    loop = make_loop(cast)
    loop.to_claimed()
    make(loop)
    page = f"/problems/{loop.problem.matter.code}/dossier/"

    client.force_login(account_of(cast.qian))
    assert {client.get(f"{page}{one}").status_code for one in ("", "book.pdf", "whole.zip")} == {404}
    client.force_login(account_of(cast.wang))
    assert client.get(f"{page}whole.zip").status_code == 302  # what he may see may be another part


def test_only_what_whoever_makes_it_may_see_is_in_it(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_finished()

    theirs = dossier.whole_of(loop.problem, cast.li, loop.now.date())

    assert theirs.measures == []
    assert theirs.reports == []


def test_what_was_changed_since_the_claim_is_asked_about_and_stands_on_the_cover(cast: Cast) -> None:
    loop = make_loop(cast)
    loop.to_claimed()
    loop.add("", "又补的材料.txt")

    gaps = {one.text: one.answer for one in _asked(loop)}

    assert "又补的材料.txt" in gaps["申请验收以后为什么改了材料？"]
    assert "申请验收签字以后材料有1处改动" in words_of(make(loop))
