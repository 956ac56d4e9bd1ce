"""H3: the security rules of the linter find nothing, and the release says what it is made of."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.source import ROOT

RULES = ["ruff", "check", "--no-cache", "--select", "S", "--ignore", "S603", "--output-format", "concise"]
UV = ROOT / ".tools/bin/uv"


def found(*where: str) -> str:
    """What bandit's rules say of files, by the project's own settings."""
    return subprocess.run([*RULES, *where], cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.mark.promise("H3")
def test_bandits_rules_find_nothing_in_the_program() -> None:
    assert found("bihuan").strip() == "All checks passed!"
    ignored = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]["ignore"]
    assert [rule for rule in ignored if rule.startswith("S")] == ["S603"]


@pytest.mark.teeth("H3")
@pytest.mark.parametrize(
    "line",
    [
        "import pickle; pickle.loads(b'')",
        "eval('1')",
        "import subprocess; subprocess.run('ls', shell=True)",
        "assert 1",
    ],
)
def test_what_bandit_would_find_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "planted.py").write_text(f"{line}\n")
    command = [*RULES, "--config", str(ROOT / "pyproject.toml"), str(tmp_path / "planted.py")]

    assert "planted.py:1" in subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.promise("H3")
def test_a_release_says_what_it_is_made_of(tmp_path: Path) -> None:
    line = next(one for one in (ROOT / "Makefile").read_text().splitlines() if "cyclonedx" in one)
    words = line.strip().removeprefix("$(UV) ").split(" --output-file ")[0].split()
    told = json.loads(subprocess.run([UV, *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    named = {one["name"] for one in told["components"]}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    assert {one.split(">")[0].split("[")[0].lower() for one in wanted} <= named
    assert all(one.get("version") for one in told["components"])


def test_django_finds_nothing_to_warn_of() -> None:
    call_command("check", fail_level="WARNING")  # which our commands leave out: it loads every page
