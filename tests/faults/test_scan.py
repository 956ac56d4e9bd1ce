"""B6: a scanner that others wrote walks the sample city as its clerk, and finds nothing medium or worse."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bihuan.sample.office import PASSWORD
from tests.house.source import ROOT
from tests.served import Clerk, Site

WAPITI = "wapiti3==3.2.3"  # the last for Python 3.11; in an environment of its own, as it brings many packages
OFFLINE = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,information_disclosure,ldap,methods,permanentxss,"
    "redirect,shellshock,sql,timesql,upload,xss"
)
MEDIUM = 2
Report = dict[str, Any]


def scanned(site: Site, to: Path) -> Report:
    """What the scanner reports of a served site, signed in as the office's clerk."""
    clerk = Clerk(site, "zonghe", PASSWORD)
    cookies = "; ".join(f"{one.name}={one.value}" for one in clerk.jar)
    command = [
        str(ROOT / ".tools/bin/uvx"), "--from", WAPITI, "wapiti", "-u", f"{site.url}/", "-H", f"Cookie: {cookies}",
        "-m", OFFLINE, "--scope", "folder", "-x", f"{site.url}/logout/*", "-x", f"{site.url}/static/*", "-d", "3",
        "--max-links-per-page", "25", "--max-files-per-dir", "12", "--max-scan-time", "90", "--max-attack-time", "40",
        "--flush-session", "--store-session", str(to / "session"), "-f", "json", "-o", str(to / "report.json"),
        "--no-bugreport",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report: Report = json.loads((to / "report.json").read_text())
    return report


def grave(report: Report) -> list[str]:
    """What a report calls medium or worse, and every answer of 5xx."""
    found = [
        (name, one) for part in ("vulnerabilities", "anomalies") for name, all_ in report[part].items() for one in all_
    ]
    return [
        f"{name}: {one['method']} {one['path']} {one['parameter']} {one['info']}"
        for name, one in found
        if one["level"] >= MEDIUM or name == "Internal Server Error"
    ]


@pytest.mark.release
@pytest.mark.promise("B6")
def test_a_scanner_finds_nothing_grave(site: Site, tmp_path: Path, figure: Callable[[str], None]) -> None:
    site.start()
    report = scanned(site, tmp_path)
    site.stop()

    assert grave(report) == []
    assert report["infos"]["crawled_pages_nbr"] > 300
    figure(f"{report['infos']['crawled_pages_nbr']} addresses and forms, 19 modules, 0 medium or worse")


@pytest.mark.teeth("B6")
def test_what_a_scanner_calls_grave_is_heard() -> None:
    one = {"method": "GET", "path": "/search/", "parameter": "q", "info": "XSS"}
    report = {
        "vulnerabilities": {"Secure Flag cookie": [{**one, "level": 1}], "Reflected XSS": [{**one, "level": 2}]},
        "anomalies": {"Internal Server Error": [{**one, "level": 1}]},
    }

    assert [line.split(":")[0] for line in grave(report)] == ["Reflected XSS", "Internal Server Error"]
