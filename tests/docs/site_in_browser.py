#!/usr/bin/env python3
"""Looks at the site that docs/build.sh makes in a real browser: the start page, every other page, slides and sheet.

Usage: site_in_browser.py SITE/index.html [--only CHECK...] [--pictures DIRECTORY]
Ends with 0, with 1 and a list of what is wrong, or with 77 if there is no browser to look with.
"""

import base64
import pathlib
import re
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/tools"))
import browser  # noqa: E402

SCREENS = {390: 844, 1366: 768}  # px: a telephone and a small laptop
OTHERS = ("stepper.html", "campaign.html")  # which have tests of their own

BOXES = """
const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
return [...document.querySelectorAll(arguments[0])].map(box);
"""
# Which slide is at the top of the window.
SHOWN = """
return [...document.querySelectorAll('.slide')].findIndex(slide => Math.abs(slide.getBoundingClientRect().top) < 2);
"""
TEXTS = "return [...document.querySelectorAll(arguments[0])].map(element => element.textContent);"


def pages_of(site):
    """Those that people wrote; one of those with a source file's lines, and one of those with a folder's files only.
    Doxygen's have a look of their own."""
    chosen, seen = [], set()
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        kind = next((kind for kind in ('class="file-name"', 'class="folder-name"') if kind in text), page)
        if page.relative_to(site).parts[0] != "reference" and page.name not in OTHERS and kind not in seen:
            chosen.append(page)
            seen.add(kind)
    return chosen


def set_screen(driver, width, scheme):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": SCREENS[width], "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme", "value": scheme}]})


def show(driver, page, width, scheme="light"):
    set_screen(driver, width, scheme)
    driver.get(page.resolve().as_uri())


def is_on_first_screen(box, width):
    left, top, right, bottom = box
    return 0 <= left < right <= width and 0 <= top < bottom <= SCREENS[width]


def check_start(driver, arguments):
    for width in SCREENS:
        show(driver, arguments.page, width)
        for what, count in (("h1", 1), (".picture img", 1), (".doors > li", 4)):
            boxes = driver.execute_script(BOXES, what)
            if len(boxes) != count or not all(is_on_first_screen(box, width) for box in boxes):
                yield f"{width} px: not {count} '{what}' on the first screen, but {boxes}"
        if not driver.execute_script("return document.querySelector('.picture img').naturalWidth"):
            yield f"{width} px: the picture is not there"


def check_looks(driver, arguments):
    papers = {}
    for page in pages_of(arguments.page.parent):
        name = page.relative_to(arguments.page.parent).as_posix()
        show(driver, page, 390)
        for width, scheme in zip(SCREENS, browser.SCHEMES):
            set_screen(driver, width, scheme)
            if arguments.pictures:
                browser.take_picture(driver, arguments.pictures, f"{name.replace('/', '-')}-{width}")
                set_screen(driver, width, scheme)
            browser.open_details(driver)
            needed = driver.execute_script("return document.documentElement.scrollWidth")
            if needed > width:
                yield f"{name}, {width} px: it is {needed} px wide"
            # Pictures have colours of their own, and scroll.
            driver.execute_script("document.querySelectorAll('svg').forEach(svg => svg.style.visibility = 'hidden');"
                                  "document.querySelectorAll('svg text').forEach(text => text.textContent = '')")
            seen = browser.measure(driver)
            papers.setdefault(scheme, set()).add(tuple(seen["paper"]))
            if not seen["texts"]:
                yield f"{name}: nothing can be read"
            yield from (f"{name}, {width} px: '{text}' is cut off" for text in seen["cut"])
            yield from (f"{name}: two elements have the id '{anchor}'" for anchor in seen["twice"])
            yield from (f"{name}, {scheme}: '{text['text']}' has a contrast of {text['contrast']:.1f} to 1"
                        for text in seen["texts"] if text["contrast"] < browser.WEAKEST_CONTRAST)
            yield from (f"{name}, {width} px: '{text['text']}' has letters of {text['size']:.1f} px"
                        for text in seen["texts"] if text["size"] < browser.SMALLEST_LETTERS - 0.05)
    if papers["light"] & papers["dark"]:
        yield "light and dark look the same"


def check_slides(driver, arguments):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(key):
        ActionChains(driver).send_keys(key).perform()
        return driver.execute_script(SHOWN)

    show(driver, arguments.page.parent / "docs/slides.html", 1366)
    slides = driver.execute_script(BOXES, ".slide")
    headings = driver.execute_script(TEXTS, ".slide :is(h1, h2)")
    yield from (f"the slide '{heading}' is {bottom - top:.0f} px high" for heading, (_, top, _, bottom)
                in zip(headings, slides) if bottom - top > SCREENS[1366] + 1)
    for number in range(1, len(slides)):
        if press(Keys.ARROW_RIGHT) != number:
            yield f"→ does not lead to slide {number + 1}"
    for key, name, to in ((Keys.ARROW_RIGHT, "→ at the end", len(slides) - 1), (Keys.ARROW_LEFT, "←", len(slides) - 2),
                          (Keys.HOME, "Home", 0), (Keys.SPACE, "Space", 1), (Keys.PAGE_UP, "Page Up", 0),
                          (Keys.END, "End", len(slides) - 1)):
        if press(key) != to:
            yield f"{name} does not lead to slide {to + 1}"
    printed = printed_pages(driver, arguments, "slides")
    if len(printed) != len(slides):
        yield f"{len(slides)} slides are printed on {len(printed)} pages"


def printed_pages(driver, arguments, name):
    """The sizes of the pages of a print, in points."""
    printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
        (arguments.pictures / f"{name}.pdf").write_bytes(printed)
    return re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)


def check_sheet(driver, arguments):
    show(driver, arguments.page.parent / "docs/exercises.html", 1366)
    tutorial = (ROOT / "examples/lessons/README.md").read_text(encoding="utf-8")
    there = [*map(str, range(1, 1 + len(re.findall(r"^\*\*\d+\.\*\*", tutorial, re.MULTILINE))))]
    numbers = [number.rstrip(".") for number in driver.execute_script(TEXTS, ".exercise strong")]
    if numbers != there:
        yield f"it has the exercises {numbers}, not {there}"
    if driver.execute_script("return document.querySelectorAll('details, pre').length"):
        yield "it has an answer"
    pages = printed_pages(driver, arguments, "exercises")
    if not 1 <= len(pages) <= 2:
        yield f"it is printed on {len(pages)} pages"
    yield from (f"its page is {size} points large, not A4" for size in pages
                if [round(float(length)) for length in size] != [595, 842])


def check_plan(driver, arguments):
    show(driver, arguments.page.parent / "stepper.html", 1366)
    scenarios = driver.execute_script(TEXTS, "#scenario option")
    show(driver, arguments.page.parent / "docs/teaching.html", 1366)
    cells = driver.execute_script(TEXTS, "td:nth-child(5)")
    named = [re.sub(r"^(\d), ", r"\1. ", cell) for cell in cells if re.match(r"\d, ", cell)]
    if not named:
        yield "it names no scenario"
    yield from (f"the stepper has no scenario '{name}'" for name in named if name not in scenarios)
    minutes = sum(map(int, driver.execute_script(TEXTS, "td:first-child:nth-last-child(5)[align=right]")))
    if minutes != 90:
        yield f"its minutes are {minutes}"


CHECKS = {
    "the start page has its sentence, picture and four doors on the first screen": check_start,
    "no page is wider than its window, and each can be read, light and dark": check_looks,
    "the slides fit on a screen, go by keys, and print one a page": check_slides,
    "the exercise sheet has each exercise, no answer, and at most two pages of A4": check_sheet,
    "the plan for teachers adds up to 90 minutes, and names scenarios of the stepper": check_plan,
}

if __name__ == "__main__":
    sys.exit(browser.main("Looks at the site in a real browser.", CHECKS))
