#!/usr/bin/env python3
"""Looks at the campaign's page in a real browser: are the pictures there, can everything be read, does nothing run out.

Usage: page_in_browser.py PAGE [--pictures DIRECTORY]
Ends with 0, with 1 and a list of what is wrong, or with 77 if there is no browser to look with.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "browser"))
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


def faults_of(driver, page, lanes):
    yield from browser.faults_of_page(driver, page)
    if not lanes["lanes"] or not lanes["comparisons"]:
        yield "no time line can be seen"
    for lane in lanes["lanes"]:
        yield from faults_of_lane(lane)


def look(driver, page, width, scheme):
    """Returns the colour of the paper, and how many faults there are, which it prints."""
    browser.show(driver, page, width, scheme)
    browser.open_details(driver)  # what is folded is looked at as well
    seen, lanes = browser.measure(driver), driver.execute_script(MEASURE_LANES)
    found = browser.without_repeats(faults_of(driver, seen, lanes))
    print(f"{width} px, {scheme}: {len(lanes['lanes'])} time lines, {len(seen['texts'])} texts, {len(found)} faults")
    for fault in found:
        print(f"  {fault}")
    return tuple(seen["paper"]), len(found)


def main():
    parser = argparse.ArgumentParser(description="Looks at the campaign's page in a real browser.")
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="where to leave screenshots")
    arguments = parser.parse_args()
    if not arguments.page.is_file():
        print(f"there is no page '{arguments.page}'")
        return 1

    wrong = 0
    driver = browser.start()
    try:
        papers = set()
        for width in browser.WIDTHS:
            for scheme in browser.SCHEMES:
                paper, found = look(driver, arguments.page, width, scheme)
                papers.add(paper)
                wrong += found
                if arguments.pictures:
                    # As a reader first sees it: what is folded is folded.
                    browser.open_details(driver, False)
                    browser.take_picture(driver, arguments.pictures, f"{width}-{scheme}")
        if len(papers) != 2:
            print("light and dark look the same")
            wrong += 1
    finally:
        driver.quit()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
