"""How the stepper looks: at every width, light and dark, and whether each sign and each word is explained."""

import browser
from page import expect

FIRST_SCREEN = (1366, 768)  # px, of a laptop

# Of each picture its box, and the letters and signs in it, these with the width of their lines. Letters have some room
# above and below them.
PICTURES = """
const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
return [...document.querySelectorAll('#picture svg')].filter(svg => svg.getClientRects().length).map(svg => ({
  box: box(svg),
  texts: [...svg.querySelectorAll('text')].map(text => ({name: text.textContent, box: box(text), slack: 4.5})),
  signs: [...svg.querySelectorAll('.sign')].map(sign => {
    const {x, y, width, height} = sign.getBBox(), at = sign.getScreenCTM();
    const line = parseFloat(getComputedStyle(sign).strokeWidth) / 2;
    return {name: sign.classList[1], slack: 0.5,
            box: [at.e + x - line, at.f + y - line, at.e + x + width + line, at.f + y + height + line]};
  }),
}));
"""

# Shapes in pictures and marks in trees, of everything that can be shown; and those in the legend.
SIGNS = """
const kinds = selector => [...new Set([...document.querySelectorAll(selector)].map(each =>
  [each.tagName, ...[...each.classList].filter(name => name !== 'wrong')].join(' ')))];
const marks = [...document.querySelectorAll('.tree .mark')].map(mark => mark.textContent).filter(Boolean);
return {drawn: kinds('#picture svg :is(path, rect):not(.grid)'), legend: kinds('#signs :is(path, rect)'),
        marks: [...new Set(marks)], explained: document.getElementById('tree-signs').textContent};
"""

# What is said anywhere without the names of registers, and the errors, of which one is explained.
ABBREVIATIONS = """
const traces = JSON.parse(document.getElementById('traces').textContent);
const registers = new Set(), said = [];
for (const scenario of traces.scenarios) {
  said.push(scenario.story, scenario.watch);
  for (const run of scenario.runs) {
    for (const event of run.reset.events) if (event.register?.name) registers.add(event.register.name);
    for (const step of stepsOf(run)) said.push(step.text, step.why);
  }
}
said.push(...Object.values(versionWords).flatMap(Object.values), ...Object.values(findingWords).flat());
for (const part of document.querySelectorAll('header p, .gauges dt, caption, .keys')) said.push(part.textContent);
let text = said.join('\\n');
for (const name of [...registers].sort((a, b) => b.length - a.length)) text = text.replaceAll(name, '');
text = text.replace(/-\\d+, E[A-Z]+/g, '');
const words = document.querySelector('dl.words').textContent;
return {used: [...new Set(text.match(/\\b[A-Z]{2,}\\w*/g))], words};
"""

NAMES_IN_FULL = """
return [...document.querySelectorAll('.lane')].map(lane => [
  lane.querySelector('select').selectedOptions[0].textContent, lane.querySelector('.about').textContent])
  .filter(([label, about]) => about.includes(label)).map(([label]) => label);
"""

# How each run's DMA is drawn, and how the campaign judged that run.
OPEN_FENCES = """
const {scenarios} = JSON.parse(document.getElementById('traces').textContent);
return scenarios.flatMap(scenario => scenario.runs.map(run => ({
  name: `${scenario.title}, ${run.label}`, findings: run.findings, exposed: stepsOf(run).map(step => step.exposed)})));
"""

# How the open fence of the first picture is drawn.
DRAWN_FENCE = """
const svg = document.querySelector('#picture svg'), box = svg.querySelector('.exposed');
if (!box) return null;
const warning = svg.querySelector('.warning'), red = getComputedStyle(warning).fill;
const style = getComputedStyle(box);
return {red: style.stroke === red, hatched: style.fill.includes('#hatch'),
  dashed: style.strokeDasharray !== 'none', words: warning.textContent,
  within: warning.getBoundingClientRect().right <= svg.getBoundingClientRect().right + 0.5,
  reds: red.match(/\\d+/g).map(Number)};
"""

NO_ABBREVIATIONS = {"FAULT", "NVMe"}  # a word that is cried out, and the name that such disks are sold by


def faults_of_pictures(page):
    for picture in page.run(PICTURES):
        left, top, right, bottom = picture["box"]
        shapes = picture["signs"] + picture["texts"]
        for index, shape in enumerate(shapes):
            box = shape["box"]
            if box[0] < left - 0.5 or box[2] > right + 0.5 or box[1] < top - 0.5 or box[3] > bottom + 0.5:
                yield f"'{shape['name']}' runs out of the picture"
            for other in shapes[index + 1:]:
                if browser.overlap(box, other["box"], 0.5, max(shape["slack"], other["slack"])):
                    yield f"'{shape['name']}' and '{other['name']}' lie on each other"


def check_signs(page, found):
    """In the narrowest window no sign lies on another, whichever versions are compared; and each is explained."""
    page.open(browser.WIDTHS[0])
    given = page.choices
    for fault in ("done", "gone-and-back"):  # signs stand close to each other there
        expect(found, page.plays(page.write(f"{fault}.json", page.trace("--fail", fault))), "a file is not played")
    for scenario in range(page.choices):
        page.choose("#scenario", scenario)
        name = page.run("return document.getElementById('scenario').selectedOptions[0].textContent")
        versions = page.run("return document.querySelector('.lane:last-child select').options.length")
        for version in range(versions):
            page.choose(".lane:first-child select", version)
            if scenario >= given:
                page.choose(".lane:last-child select", (version + 1) % versions)
            found.extend(f"{name}: {fault}" for fault in faults_of_pictures(page))
            signs = page.run(SIGNS)
            found.extend(f"'{sign}' is not in the legend" for sign in signs["drawn"] if sign not in signs["legend"])
            found.extend(f"'{mark}' is not explained" for mark in signs["marks"] if mark not in signs["explained"])


def check_words(page, found):
    """Nobody has to know an abbreviation, or what stands in a table whose heads have no room."""
    page.open(browser.WIDTHS[0])
    page.click("#ends summary")
    heads = page.run("return [...document.querySelectorAll('#ends thead th')].map(head => head.textContent)")
    for index, head in enumerate(heads[1:]):
        shown = page.run("const cell = document.querySelectorAll('#ends td')[arguments[0]];"
                         "return getComputedStyle(cell, '::before').content", index)
        expect(found, head in shown, f"in the narrowest window '{head}' is missing: {shown}")
    page.open()
    seen = page.run(ABBREVIATIONS)
    expect(found, len(seen["used"]) > 5, f"only {seen['used']}")
    for word in seen["used"]:
        if word not in NO_ABBREVIATIONS and word not in seen["words"]:
            found.append(f"'{word}' is not explained")


def check_first_screen(page, found):
    """The first thing that a reader sees is what the page is about."""
    width, height = FIRST_SCREEN
    page.open()
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    for scenario in range(page.choices):
        page.choose("#scenario", scenario)
        pictures = page.run(PICTURES)
        expect(found, len(pictures) == 2, f"scenario {scenario + 1}: {len(pictures)} pictures")
        for picture in pictures:
            left, top, right, bottom = picture["box"]
            expect(found, 0 <= left and 0 <= top and right <= width and bottom <= height,
                   f"scenario {scenario + 1}: a picture at {picture['box']} is not on the first screen")


def check_open_fence(page, found):
    """What is most dangerous is what is seen first; a run that is honest, or was fenced throughout, has none of it."""
    page.open()
    runs = page.run(OPEN_FENCES)
    for run in runs:
        during = "unfenced_work" in run["findings"]
        expect(found, ("during" in run["exposed"]) == during, f"{run['name']}: {run['findings']}, and it is drawn so")
        if run["findings"] == ["honest"]:
            expect(found, not any(run["exposed"]), f"{run['name']}: an honest run has an open fence")
    for kind in ("during", "after"):
        expect(found, any(kind in run["exposed"] for run in runs), f"no run shows DMA {kind} a reset")
    for width in (browser.WIDTHS[0], 1366):
        for scheme in browser.SCHEMES:
            page.open(width, scheme)
            page.open_address("scenario=the-inner-done-comes-first&left=march_2026&right=reset_guard&step=0")
            drawn = page.run(DRAWN_FENCE)
            expect(found, drawn, f"{width} px: no open fence is drawn")
            if not drawn:
                continue
            red, green, blue = drawn["reds"][:3]
            expect(found, drawn["red"] and red > green + 60 and red > blue + 60, f"{scheme}: it is not red: {drawn}")
            expect(found, drawn["hatched"] and drawn["dashed"], f"{scheme}: it differs by colour alone: {drawn}")
            expect(found, drawn["words"] == "DMA goes through during the reset", f"it is called '{drawn['words']}'")
            expect(found, drawn["within"], f"{width} px: its words run out of the picture")


def faults_of_looks(page, trace):
    """Every scenario, and a file of one's own, in the middle and at its end; the first one at its start, too."""
    if not page.plays(trace):
        yield "a file is not played"
    own = page.choices - 1
    for scenario in range(page.choices):
        page.choose("#scenario", scenario)
        written_out = []
        if scenario == own:
            page.choose(".lane:first-child select", 1)
            # The name of a device may be too long for a list, below which it stands in full.
            written_out = [f"'{name}' is cut off" for name in page.run(NAMES_IN_FULL)]
            if len(written_out) != 2:
                yield f"of a file of one's own {written_out} have names in full"
        browser.open_details(page.driver)
        for step in (*([0] if scenario == 0 else []), page.last // 2, page.last):
            page.go(step)
            faults = browser.faults_of_page(page.driver, browser.measure(page.driver))
            yield from (fault for fault in faults if fault not in written_out)
        yield from faults_of_pictures(page)
    page.choose("#scenario", 0)


def check_looks(page, found):
    trace = page.write("looks.json", page.trace())
    found.extend(browser.look(page.driver, page.arguments, lambda _: faults_of_looks(page, trace)))
