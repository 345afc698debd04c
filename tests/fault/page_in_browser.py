#!/usr/bin/env python3
"""Looks at the campaign's page in a real browser: are the pictures there, can everything be read, does nothing run out.

Usage: page_in_browser.py PAGE [--pictures DIRECTORY]
Ends with 0, with 1 and a list of what is wrong, or with 77 if there is no browser to look with.
"""

import argparse
import os
import pathlib
import shutil
import sys

SKIPPED = 77
SMALLEST_LETTERS = 12  # px
WEAKEST_CONTRAST = 4.5  # to 1, as WCAG AA asks for

# Everything that can be read off the page, in one go.
MEASURE = """
const visible = element => element.getClientRects().length !== 0;
const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
const colour = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
const luminance = rgb => {
  const [r, g, b] = rgb.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
};
const paper = colour(getComputedStyle(document.body).backgroundColor);
const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (walker.currentNode.data.trim() === '' || !visible(element)) continue;
  if (['title', 'desc', 'style'].includes(element.tagName)) continue;
  const style = getComputedStyle(element);
  const drawn = element.tagName === 'text';
  const scale = drawn ? element.getScreenCTM().a : 1;
  const inverse = element.classList.contains('tag-bad-text');
  texts.push({text: walker.currentNode.data.trim().slice(0, 60), size: parseFloat(style.fontSize) * scale,
              contrast: inverse ? 21 : contrast(colour(drawn ? style.fill : style.color), paper)});
}
const lanes = [...document.querySelectorAll('svg.lane')].filter(visible).map(svg => ({
  name: svg.querySelector('title').textContent, description: svg.querySelector('desc').textContent, box: box(svg),
  shapes: svg.querySelectorAll('path, rect, line').length,
  patterns: [...svg.querySelectorAll('[style*="url("]')].every(
      e => svg.querySelector('#' + CSS.escape(e.getAttribute('style').match(/#([^)]+)/)[1])) !== null),
  texts: [...svg.querySelectorAll('text')].map(text => ({text: text.textContent, box: box(text)})),
}));
const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
return {
  width: document.documentElement.clientWidth, needed: document.documentElement.scrollWidth, texts, lanes,
  twice: ids.filter((id, i) => ids.indexOf(id) !== i), paper,
  fetched: performance.getEntriesByType('resource').map(entry => entry.name),
  comparisons: document.querySelectorAll('figure').length,
  bare_tables: [...document.querySelectorAll('table')].filter(t => !t.caption).length,
  bare_heads: document.querySelectorAll('th:not([scope])').length,
};
"""


def skip(missing):
    print(f"skipped: {missing} is missing (apt-get install chromium chromium-driver python3-selenium)")
    sys.exit(SKIPPED)


def start_browser(webdriver, service):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    # Root, as in containers, may not use the sandbox; /dev/shm is small there.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=service(shutil.which("chromedriver")), options=options)


def show(driver, page, width, scheme):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.get(page.as_uri())
    # What is folded is looked at as well.
    driver.execute_script("document.querySelectorAll('details').forEach(details => details.open = true);")


def overlap(one, other):
    """Of two boxes, by more than letters that touch."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1.5 and down > 4.5


def faults_of_lane(lane):
    name = f"'{lane['name']}'"
    left, top, right, bottom = lane["box"]
    if right - left < 200 or bottom - top < 60 or lane["shapes"] < 5:
        yield f"{name} is not there: {right - left:.0f} x {bottom - top:.0f} px, {lane['shapes']} shapes"
    if not lane["patterns"]:
        yield f"{name} is filled with a pattern that it does not have"
    if not lane["description"].strip():
        yield f"{name} has no description"
    texts = lane["texts"]
    for i, text in enumerate(texts):
        box = text["box"]
        if box[0] < left - 1 or box[2] > right + 1 or box[1] < top - 1 or box[3] > bottom + 1:
            yield f"{name}: '{text['text']}' runs out of the picture"
        for other in texts[i + 1:]:
            if overlap(box, other["box"]):
                yield f"{name}: '{text['text']}' and '{other['text']}' lie on each other"


def faults_of(seen, console):
    yield from (f"console: {entry['level']}: {entry['message']}" for entry in console)
    yield from (f"fetches {name}" for name in seen["fetched"])
    yield from (f"two elements have the id '{name}'" for name in seen["twice"])
    if seen["needed"] > seen["width"]:
        yield f"the page is {seen['needed']} px wide, the window {seen['width']} px"
    if not seen["lanes"] or not seen["comparisons"]:
        yield "no time line can be seen"
    if seen["bare_tables"] or seen["bare_heads"]:
        yield f"{seen['bare_tables']} tables without a caption, {seen['bare_heads']} heads without a scope"
    for text in seen["texts"]:
        if text["size"] < SMALLEST_LETTERS - 0.05:
            yield f"'{text['text']}' has letters of {text['size']:.1f} px"
        if text["contrast"] < WEAKEST_CONTRAST:
            yield f"'{text['text']}' has a contrast of {text['contrast']:.1f} to 1"
    for lane in seen["lanes"]:
        yield from faults_of_lane(lane)


def take_picture(driver, directory, name):
    # As a reader first sees it: what is folded is folded, and the whole page is in the picture.
    driver.execute_script("document.querySelectorAll('details').forEach(details => details.open = false);")
    height = driver.execute_script("return document.documentElement.scrollHeight")
    width = driver.execute_script("return document.documentElement.clientWidth")
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    driver.save_screenshot(str(directory / f"{name}.png"))


def main():
    parser = argparse.ArgumentParser(description="Looks at the campaign's page in a real browser.")
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="where to leave screenshots")
    arguments = parser.parse_args()
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        skip(f"the package python3-selenium, for {sys.executable},")
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            skip(f"the program {program}")
    if not arguments.page.is_file():
        print(f"there is no page '{arguments.page}'")
        return 1
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SE_OFFLINE", "true")  # it looks for no other browser

    wrong = 0
    driver = start_browser(webdriver, Service)
    try:
        papers = set()
        for width in (360, 820, 1280):
            for scheme in ("light", "dark"):
                show(driver, arguments.page.resolve(), width, scheme)
                seen = driver.execute_script(MEASURE)
                papers.add(tuple(seen["paper"]))
                found = list(dict.fromkeys(faults_of(seen, driver.get_log("browser"))))
                print(f"{width} px, {scheme}: {len(seen['lanes'])} time lines, {len(seen['texts'])} texts, "
                      f"{len(found)} faults")
                for fault in found:
                    print(f"  {fault}")
                wrong += len(found)
                if arguments.pictures:
                    take_picture(driver, arguments.pictures, f"{width}-{scheme}")
        if len(papers) != 2:
            print("light and dark look the same")
            wrong += 1
    finally:
        driver.quit()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
