"""What the tests of pages share: a headless browser, what can be read off any page, and what is wrong with it."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import traceback

SKIPPED = 77
SMALLEST_LETTERS = 12  # px
WEAKEST_CONTRAST = 4.5  # to 1, as WCAG AA asks for
WIDTHS = (360, 820, 1280)  # px
SCHEMES = ("light", "dark")

# Everything that can be read off any page, in one go.
MEASURE = """
const visible = element => element.getClientRects().length !== 0;
const colour = text => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
const luminance = rgb => {
  const [r, g, b] = rgb.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
};
const paper = colour(getComputedStyle(document.body).backgroundColor);
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const [r, g, b, alpha = 1] = colour(getComputedStyle(at).backgroundColor);
    if (alpha !== 0) return [r, g, b];
  }
  return paper;
};
const texts = [], cut = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  const text = walker.currentNode.data.trim();
  if (text === '' || !visible(element)) continue;
  if (['title', 'desc', 'style', 'SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(element.tagName)) continue;
  if (element.closest('.for-ears')) continue;
  const style = getComputedStyle(element);
  const drawn = element.tagName === 'text';
  const scale = drawn ? element.getScreenCTM().a : 1;
  const inverse = element.matches('.tag-bad-text, .on-blocked');  // on a box that is filled
  const ink = colour(drawn ? style.fill : style.color).slice(0, 3);
  texts.push({text: text.slice(0, 60), size: parseFloat(style.fontSize) * scale,
              contrast: inverse ? 21 : contrast(ink, ground(element))});
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  // What can be scrolled to is not cut off.
  let left = -window.scrollX, right = document.documentElement.scrollWidth - window.scrollX;
  for (let at = element; at && !drawn; at = at.parentElement) {
    const overflow = getComputedStyle(at).overflowX;
    if (overflow === 'auto' || overflow === 'scroll') {
      [left, right] = [-Infinity, Infinity];
      break;
    }
    if (overflow === 'visible') continue;
    const clip = at.getBoundingClientRect();
    left = Math.max(left, clip.left);
    right = Math.min(right, clip.right);
  }
  for (const box of range.getClientRects()) {
    if (box.left < left - 1 || box.right > right + 1) cut.push(text.slice(0, 60));
  }
}
// A list shows one of its options, and cuts off what has no room beside its arrow.
const pen = document.createElement('canvas').getContext('2d');
for (const list of [...document.querySelectorAll('select')].filter(visible)) {
  const style = getComputedStyle(list);
  pen.font = style.font;
  const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
  const text = list.selectedOptions[0]?.textContent ?? '';
  if (pen.measureText(text).width > room) cut.push(text);
}
const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
return {
  width: document.documentElement.clientWidth, needed: document.documentElement.scrollWidth, texts, cut, paper,
  twice: ids.filter((id, i) => ids.indexOf(id) !== i),
  fetched: performance.getEntriesByType('resource').map(entry => entry.name),
  bare_tables: [...document.querySelectorAll('table')].filter(t => !t.caption).length,
  bare_heads: document.querySelectorAll('th:not([scope])').length,
};
"""


def skip(missing):
    print(f"skipped: {missing} is missing (apt-get install chromium chromium-driver fonts-liberation python3-selenium)")
    sys.exit(SKIPPED)


def start():
    """A headless browser, or the end of the test if there is none."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        skip(f"the package python3-selenium, for {sys.executable},")
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            skip(f"the program {program}")
    # The pages ask for Arial or a font of its widths. With a wider one, words are cut off that no reader loses.
    font = subprocess.run(["fc-match", "Arial"], capture_output=True, text=True, check=False).stdout
    if not any(name in font for name in ("Arial", "Liberation", "Arimo")):
        skip("a font with the widths of Arial")
    os.environ.setdefault("SE_OFFLINE", "true")  # it looks for no other browser
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    # Root, as in containers, may not use the sandbox; /dev/shm is small there.
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)


def show(driver, page, width, scheme):
    """Nothing glides: what is clicked at stands still."""
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"features": [{"name": "prefers-color-scheme", "value": scheme},
                                         {"name": "prefers-reduced-motion", "value": "reduce"}]})
    driver.get(pathlib.Path(page).resolve().as_uri())


def open_details(driver, is_open=True):
    driver.execute_script(
        "document.querySelectorAll('details').forEach(details => details.open = arguments[0]);", is_open)


def measure(driver):
    return driver.execute_script(MEASURE)


def faults_of_console(driver):
    """What it says since it was last asked."""
    return [f"console: {entry['level']}: {entry['message']}" for entry in driver.get_log("browser")]


def faults_of_page(driver, seen):
    """What no page may have; `seen`: what was measured."""
    yield from faults_of_console(driver)
    yield from (f"fetches {name}" for name in seen["fetched"])
    yield from (f"two elements have the id '{name}'" for name in seen["twice"])
    if seen["needed"] > seen["width"]:
        yield f"the page is {seen['needed']} px wide, the window {seen['width']} px"
    if seen["bare_tables"] or seen["bare_heads"]:
        yield f"{seen['bare_tables']} tables without a caption, {seen['bare_heads']} heads without a scope"
    yield from (f"'{text}' is cut off" for text in seen["cut"])
    for text in seen["texts"]:
        if text["size"] < SMALLEST_LETTERS - 0.05:
            yield f"'{text['text']}' has letters of {text['size']:.1f} px"
        if text["contrast"] < WEAKEST_CONTRAST:
            yield f"'{text['text']}' has a contrast of {text['contrast']:.1f} to 1"


def overlap(one, other, across=1.5, down=4.5):
    """Of two boxes, by more than that; without it, by more than letters that touch."""
    return (min(one[2], other[2]) - max(one[0], other[0]) > across and
            min(one[3], other[3]) - max(one[1], other[1]) > down)


def without_repeats(faults):
    return list(dict.fromkeys(faults))


def take_picture(driver, directory, name):
    """The whole page is in the picture."""
    directory.mkdir(parents=True, exist_ok=True)
    height = driver.execute_script("return document.documentElement.scrollHeight")
    width = driver.execute_script("return document.documentElement.clientWidth")
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    driver.save_screenshot(str(directory / f"{name}.png"))


def look(driver, arguments, faults_of):
    """What is wrong with the page at every width, light and dark. `faults_of(driver)`: with what is shown."""
    papers = set()
    for width in WIDTHS:
        for scheme in SCHEMES:
            show(driver, arguments.page, width, scheme)
            papers.add(tuple(measure(driver)["paper"]))
            yield from (f"{width} px, {scheme}: {fault}" for fault in without_repeats(faults_of(driver)))
            if arguments.pictures:
                # As a reader first sees it: what is folded is folded.
                open_details(driver, False)
                take_picture(driver, arguments.pictures, f"{width}-{scheme}")
    if len(papers) != len(SCHEMES):
        yield "light and dark look the same"


def where_it_stops(error):
    frames = traceback.extract_tb(error.__traceback__)
    at = next(frame for frame in reversed(frames) if "selenium" not in frame.filename)
    said = str(error).splitlines() or [""]
    return f"it stops at {pathlib.Path(at.filename).name}:{at.lineno}: {type(error).__name__}: {said[0]}"


def main(description, checks, more=()):
    """A test of a page, from its command line, PAGE and `more`, to its exit status.

    `checks`: by what they say, functions of the browser and the command line, which return what they find wrong. With
    the one word 'list' as the command line they are printed.
    """
    if sys.argv[1:] == ["list"]:
        print("\n".join(checks))
        return 0
    parser = argparse.ArgumentParser(description=description)
    for name in ("page", *more):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--only", nargs="+", metavar="CHECK", choices=list(checks), default=list(checks))
    parser.add_argument("--pictures", type=pathlib.Path, help="where to leave screenshots")
    arguments = parser.parse_args()
    if not arguments.page.is_file():
        print(f"there is no page '{arguments.page}'")
        return 1

    wrong = 0
    driver = start()
    try:
        for name in arguments.only:
            try:
                found = [*checks[name](driver, arguments)]
            except Exception as error:  # what cannot be found or used
                found = [where_it_stops(error)]
            found = without_repeats([*found, *faults_of_console(driver)])
            print(f"{name}: {len(found)} faults")
            for fault in found:
                print(f"  {fault}")
            wrong += len(found)
    finally:
        driver.quit()
    return 1 if wrong else 0
