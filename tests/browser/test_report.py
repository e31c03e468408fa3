"""The report as a browser shows it: it fits a telephone, and nothing in it spills over."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from expectations.kpi.page import page
from tests.unit.expectations.figures import warehouse
from tests.unit.expectations.test_page import assessed

pytestmark = pytest.mark.browser

MEASURES = """
<iframe src="report.html" style="width:{width}px;height:900px;border:0"></iframe>
<pre id="said"></pre>
<script>
window.onload = () => {{
  const page = document.querySelector("iframe").contentDocument;
  const spills = [...page.querySelectorAll("section, .tile, h1, h2, .hint, li, .rowbar, footer p")]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === "visible")
    .map(e => e.className || e.tagName);
  document.getElementById("said").textContent = JSON.stringify({{
    width: page.documentElement.scrollWidth,
    spills,
    scrolls: [...page.querySelectorAll(".scroll")].filter(e => e.scrollWidth > e.clientWidth).length,
    charts: [...page.querySelectorAll("svg")].filter(s => s.getBoundingClientRect().width > 0).length,
    heading: page.querySelector("h1").textContent,
  }});
}};
</script>
"""
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--allow-file-access-from-files", "--virtual-time-budget=4000", "--window-size=1400,1000",
)  # fmt: skip


@pytest.mark.parametrize("width", [320, 390, 400, 800, 1050, 1200])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_fits_its_window(tmp_path: Path, language: str, width: int) -> None:
    (tmp_path / "report.html").write_text(
        page(assessed(warehouse(tmp_path, days=3)), language), "utf-8"
    )
    (tmp_path / "measure.html").write_text(
        "<meta charset=utf-8>" + MEASURES.format(width=width), "utf-8"
    )
    chromium = shutil.which("chromium") or "chromium"
    shown = subprocess.run(  # noqa: S603 - our own page, in the browser this machine has
        [chromium, *CHROMIUM, f"--user-data-dir={tmp_path}/profile", "--dump-dom", f"file://{tmp_path}/measure.html"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    found = re.search(r'<pre id="said">(.*?)</pre>', shown.stdout, re.DOTALL)
    assert found, shown.stderr[-500:]
    said = json.loads(found[1])
    assert said["width"] <= width
    assert said["spills"] == []
    assert said["scrolls"] == 0
    assert said["charts"] > 20
    assert "2026" in said["heading"]
