#!/usr/bin/env python3
"""Looks at the campaign's page in a real browser: are the pictures there, can everything be read, does nothing run out.

Usage: page_in_browser.py PAGE [--pictures DIRECTORY]
Ends with 0, with 1 and a list of what is wrong, or with 77 if there is no browser to look with.
"""

import pathlib
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import browser  # noqa: E402

# What can be read off the time lines, in one go.
MEASURE_LANES = """
const visible = element => element.getClientRects().length !== 0;
const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
const lanes = [...document.querySelectorAll('svg.lane')].filter(visible).map(svg => ({
  name: svg.querySelector('title').textContent, description: svg.querySelector('desc').textContent, box: box(svg),
  shapes: svg.querySelectorAll('path, rect, line').length,
  patterns: [...svg.querySelectorAll('[style*="url("]')].every(
      e => svg.querySelector('#' + CSS.escape(e.getAttribute('style').match(/#([^)]+)/)[1])) !== null),
  texts: [...svg.querySelectorAll('text')].map(text => ({text: text.textContent, box: box(text)})),
}));
return {lanes, comparisons: document.querySelectorAll('figure').length};
"""


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
            if browser.overlap(box, other["box"]):
                yield f"{name}: '{text['text']}' and '{other['text']}' lie on each other"


def faults_of(driver):
    browser.open_details(driver)  # what is folded is looked at as well
    yield from browser.faults_of_page(driver, browser.measure(driver))
    seen = driver.execute_script(MEASURE_LANES)
    if not seen["lanes"] or not seen["comparisons"]:
        yield "no time line can be seen"
    for lane in seen["lanes"]:
        yield from faults_of_lane(lane)


def look(driver, arguments):
    return browser.look(driver, arguments, faults_of)


if __name__ == "__main__":
    sys.exit(browser.main("Looks at the campaign's page in a real browser.", {"it can be read": look}))
