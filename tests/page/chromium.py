"""The system's Chromium, as tests and measurements start it."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
MISSING = "there is no Chromium: install your system's package `chromium`, or name one in CHROMIUM"


def found() -> str | None:
    """Where it is: what CHROMIUM names, or the first that the system has."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """A headless one; raise RuntimeError where there is none."""
    path = found()
    if path is None:
        raise RuntimeError(MISSING)
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET  # root has no sandbox to be in
    return playwright.chromium.launch(executable_path=path, args=arguments)
