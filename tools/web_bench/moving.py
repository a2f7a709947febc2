"""What a browser says of a page itself: bytes, requests, first paint, and how soon it answers.

Times are the browser's own, in milliseconds. A page answers when what was asked for is on the
screen: after the frame that shows it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first of these that there is: without a window it starts and paints much sooner."""

_MOVES: Final = """async (moves) => {
  const control = document.getElementById("as-of"), found = [], last = Number(control.max);
  const shown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let n = 0; n < moves; n++) {
    const begun = performance.now();
    control.value = [last - 1, last, 0, last, Math.floor(last / 2)][n % 5];
    control.dispatchEvent(new Event("input"));
    await shown();
    found.push(performance.now() - begun);
    await new Promise((done) => setTimeout(done, 30));
  }
  return found;
}"""
_FIGURES: Final = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const files = performance.getEntriesByType("resource");
  return {
    bytes: [page, ...files].reduce((sum, one) => sum + one.encodedBodySize, 0),
    requests: 1 + files.length,
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ready: page.domContentLoadedEventEnd,
  };
}"""


def chromium() -> str | None:
    """Return where the system's browser is; None where there is none."""
    return next((path for path in map(shutil.which, _NAMES) if path), None)


def times_to_answer(page: Page, moves: int = 20) -> list[float]:
    """Move the control of a page, and return how long each answer took."""
    found: list[float] = page.evaluate(_MOVES, moves)
    return found


class Figures(NamedTuple):
    """What a page costs; times are medians of several loads, or moves."""

    bytes: float
    requests: float
    paint: float
    ready: float
    answer: float
    worst: float


def figures(browser: Browser, address: str, loads: int = 5) -> Figures:
    """Measure a page that is served."""
    found, answers = [], []
    for _ in range(loads):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.wait_for_timeout(300)
        found.append(page.evaluate(_FIGURES))
        answers += times_to_answer(page)
        context.close()
    middle = [median(one[key] for one in found) for key in ("bytes", "requests", "paint", "ready")]
    return Figures(*[*middle, median(answers), max(answers)])


def of_folder(folder: Path, port: int, pages: tuple[str, ...]) -> list[Figures]:
    """Measure pages of a folder that is served at a port; `folder` has to hold them."""
    for page in pages:
        if not (folder / page).is_file():
            raise FileNotFoundError(folder / page)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS])
        found = [figures(browser, f"http://127.0.0.1:{port}/{page}") for page in pages]
        browser.close()
    return found
