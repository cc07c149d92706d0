"""Raster the demo's SVG drawings to PNG, since the picture library holds rasters only.

Run after a drawing changes, and commit both: `python -m cms.demo.render_pictures [name ...]`.
Names pick drawings by a part of their path; without one, every drawing is rendered.
Needs Playwright and a Chromium (CHROMIUM names its program when it is not on the PATH).
"""

import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent / "pictures"
# Flat colours and their edges: 96 shades keep the outlines smooth at a third of the size.
PALETTE_COLOURS = 96
VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def drawings(parts: list[str]) -> list[Path]:
    """Every SVG under the pictures whose path holds one of `parts` (all when empty)."""
    found = sorted(PICTURES.rglob("*.svg"))
    return [path for path in found if not parts or any(part in str(path) for part in parts)]


def size_of(svg: str) -> tuple[int, int]:
    """Width and height of the drawing in pixels, from its viewBox. ValueError without one."""
    match = VIEW_BOX.search(svg)
    if match is None:
        raise ValueError("the drawing has no viewBox starting at 0 0")
    return int(match[1]), int(match[2])


def raster(page: Page, drawing: Path) -> Image.Image:
    """The drawing as pixels, at the size of its viewBox."""
    width, height = size_of(drawing.read_text(encoding="utf-8"))
    page.set_viewport_size({"width": width, "height": height})
    page.goto(drawing.as_uri())
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def render(chosen: list[Path]) -> Iterator[tuple[Path, int]]:
    """Write a palette PNG beside each drawing; yields its path and size in bytes."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for drawing in chosen:
            target = drawing.with_suffix(".png")
            flat = raster(page, drawing).quantize(PALETTE_COLOURS, dither=Image.Dither.NONE)
            flat.save(target, optimize=True)
            yield target, target.stat().st_size
        browser.close()


def main() -> None:
    """Render the drawings named on the command line and print what was written."""
    total = 0
    for target, size in render(drawings(sys.argv[1:])):
        total += size
        print(f"{target.relative_to(PICTURES)}  {size / 1000:.0f} kB")
    print(f"{total / 1000:.0f} kB in all")


if __name__ == "__main__":
    main()
