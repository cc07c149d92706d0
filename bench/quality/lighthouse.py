"""Lighthouse on a phone: four kinds of page, the median of three runs, against what we promise.

`make lighthouse` (ARGS=--runs=1 for a quick look, --pages=home,story for some of them).
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).parent))
from shop import HERE, ROOT, page_kinds, served

PAGES = ("home", "catalogue", "product", "story")
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_VIEW_BYTES = 350 * 1024
MOST_OWN_JS_BYTES = 30 * 1024
MOST_LAYOUT_SHIFT = 0.02
TRIES = 3
REPORTS = ROOT / ".var" / "lighthouse"


def run_once(address: str, report: Path) -> dict[str, Any]:
    """One report of Lighthouse's mobile profile."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium was not found (Debian: apt-get install chromium).")
    command = [
        str(HERE / "node_modules" / ".bin" / "lighthouse"),
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        "--throttling-method=simulate",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    # Now and then Chromium's trace lacks its beginning (NO_NAVSTART): that run says nothing.
    for _try in range(TRIES):
        if not subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}).returncode:
            return json.loads(report.read_text())
    raise SystemExit(f"Lighthouse could not measure {address}.")


def numbers_of(report: dict[str, Any]) -> dict[str, float]:
    """Scores from 0 to 100, bytes over the network, layout shift."""
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    own_js = [
        each
        for each in requests
        if each.get("resourceType") == "Script" and "/static/js/" in each["url"]
    ]
    return {
        **{name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        "bytes": sum(each["transferSize"] for each in requests),
        "own js": sum(each["transferSize"] for each in own_js),
        "cls": audits["cumulative-layout-shift"]["numericValue"],
    }


def short_of(numbers: dict[str, float]) -> list[str]:
    """What is worse than promised."""
    short = [name for name, least in CATEGORIES.items() if numbers[name] < least]
    limits = {"bytes": MOST_VIEW_BYTES, "own js": MOST_OWN_JS_BYTES, "cls": MOST_LAYOUT_SHIFT}
    return short + [name for name, most in limits.items() if numbers[name] > most]


def failed_audits(report: dict[str, Any]) -> list[str]:
    """The audits that cost points outside performance, with the places they name."""
    lines = []
    for category in ("accessibility", "best-practices", "seo"):
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                items = audit.get("details", {}).get("items", [])
                where = [each.get("node", {}).get("snippet", "") for each in items[:3]]
                lines.append(f"  {category}: {audit['title']} {' '.join(where)}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", default=",".join(PAGES))
    options = parser.parse_args()
    REPORTS.mkdir(parents=True, exist_ok=True)
    names = options.pages.split(",")
    bad = 0
    with served() as address:
        paths = page_kinds(address)
        bar = tqdm(total=len(names) * options.runs, unit="run", leave=False)
        lines = [f"{'':12}perf a11y best seo     KB  own JS    CLS"]
        for name in names:
            reports = []
            for turn in range(options.runs):
                report = REPORTS / f"{name.replace(' ', '-')}-{turn + 1}.json"
                reports.append(run_once(address + paths[name], report))
                bar.update()
            each = [numbers_of(report) for report in reports]
            median = {key: statistics.median(row[key] for row in each) for key in each[0]}
            short = short_of(median)
            bad += bool(short)
            lines.append(
                f"{name:12}{median['performance']:4.0f}{median['accessibility']:5.0f}"
                f"{median['best-practices']:5.0f}{median['seo']:4.0f}{median['bytes'] / 1024:7.0f}"
                f"{median['own js'] / 1024:8.1f}{median['cls']:7.3f}"
                + (f"  short: {', '.join(short)}" if short else "")
            )
            lines += failed_audits(reports[-1])
        bar.close()
    print("\n".join(lines))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
