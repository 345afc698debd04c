#!/usr/bin/env python3
"""Uses the stepper in a real browser: every control does what it says, and all can be read at every width.

Usage: stepper_in_browser.py PAGE RESET_TOOL [--only CHECK...] [--pictures DIRECTORY]
RESET_TOOL writes the trace files that are loaded. Ends with 0, with 1 and a list of what is wrong, or with 77 if there
is no browser to look with.
"""

import json
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # nothing is left beside the sources
from page import Page, browser, expect  # noqa: E402
import breaking  # noqa: E402
import ears  # noqa: E402
import links  # noqa: E402
import looks  # noqa: E402

# The steps of each run, against its trace: nothing may be lost where events are put together.
COMPARE_STEPS = """
const traces = JSON.parse(document.getElementById('traces').textContent);
return traces.scenarios.flatMap(scenario => scenario.runs.map(run => {
  const own = run.reset.events.filter(event => event.function === run.address);
  const steps = stepsOf(run);
  const last = steps.at(-1);
  const count = (list, wanted) => list.filter(wanted).length;
  const writes = event => event.kind.endsWith('_write');
  const pairs = {
    'block at the end': [last.blocked, run.reset.blocked],
    'depth at the end': [last.depth, 0],
    'highest depth': [Math.max(...steps.map(step => step.depth)),
                      Math.max(0, ...own.filter(e => e.trace === 'entered').map(event => event.depth))],
    'prepares': [count(steps, s => s.sign === 'prepare'), count(own, e => e.kind === 'prepare')],
    'dones': [count(steps, s => s.sign === 'done'), count(own, e => e.kind === 'done')],
    'resets': [last.resets, count(own, e => e.kind === 'reset')],
    'writes': [steps.flatMap(s => s.accesses).filter(a => a.write).length, count(run.reset.events, writes)],
    'scopes': [count(steps, s => s.opens), count(own, e => e.trace === 'entered')],
    'unknown kinds': [count(steps, s => s.sign === 'other'), 0],
    'faults in words': [count(steps, s => s.sign === 'fault' && own.some(e => s.text.includes(e.sentence))),
                        count(own, e => e.kind === 'fault')],
    'texts with gaps': [count(steps, s => /undefined|null|NaN/.test(s.text + s.why)), 0],
  };
  return {run: `${scenario.title}, ${run.label}`, wrong: Object.entries(pairs).filter(([, [a, b]]) => a !== b)
    .map(([name, [a, b]]) => `${name}: ${a}, and in the trace ${b}`)};
}));
"""


def check_buttons(page, found):
    page.open()
    expect(found, page.position == 0, "it does not begin at the start")
    page.click("#forward")
    page.click("#forward")
    expect(found, page.position == 2, "the button 'Forward' is dead")
    page.click("#back")
    expect(found, page.position == 1, "the button 'Back' is dead")
    page.click("#to-end")
    expect(found, page.position == page.last > 5, "the button 'End' is dead")
    page.click("#forward")
    expect(found, page.position == page.last, "'Forward' goes past the end")
    page.click("#to-start")
    expect(found, page.position == 0, "the button 'Start' is dead")
    page.click("#back")
    expect(found, page.position == 0, "'Back' goes before the start")
    page.click("#play")
    expect(found, page.text("#play") == "Pause", "the button 'Play' does not turn into 'Pause'")
    expect(found, page.becomes(lambda: page.position >= 1), "the button 'Play' is dead")
    page.click("#play")
    stopped = page.position
    time.sleep(2)
    expect(found, page.position == stopped and page.text("#play") == "Play", "the button 'Pause' is dead")
    page.click("#to-end")
    page.click("#play")
    expect(found, page.position == 0 and page.text("#play") == "Pause", "'Play' does not begin again at the end")
    page.click("#to-end")
    expect(found, page.text("#play") == "Play", "it goes on playing at the end")


def check_keys(page, found):
    page.open()
    keys = page.keys
    page.press(keys.ARROW_RIGHT)
    page.press(keys.ARROW_RIGHT)
    expect(found, page.position == 2, "the key → is dead")
    page.press(keys.ARROW_LEFT)
    expect(found, page.position == 1, "the key ← is dead")
    page.press(keys.END)
    expect(found, page.position == page.last, "the key End is dead")
    page.press(keys.HOME)
    expect(found, page.position == 0, "the key Home is dead")
    page.press(keys.SPACE)
    expect(found, page.becomes(lambda: page.position >= 1), "the key Space does not play")
    page.press(keys.SPACE)
    expect(found, page.text("#play") == "Play", "the key Space does not pause")
    for number in (3, 1):
        page.press(str(number))
        expect(found, page.find("#scenario").get_property("value") == str(number - 1), f"the key {number} is dead")
    # Where a key means something to a control, it is the control's.
    page.run("document.getElementById('play').focus()")
    page.find("#play").send_keys(keys.SPACE)
    expect(found, page.text("#play") == "Pause", "Space on a button does two things at once")
    page.find("#play").send_keys(keys.SPACE)
    before = page.position
    page.find("#step").send_keys(keys.ARROW_RIGHT)
    expect(found, page.position == before + 1, "→ on the slider is not one step")
    page.find("#scenario").send_keys(keys.SPACE)
    page.find("#scenario").send_keys(keys.ESCAPE)
    stands = page.position == before + 1 and page.text("#play") == "Play"
    expect(found, stands, "a key in the list of scenarios does something else too")


def check_pointer(page, found):
    page.open()
    last = page.last
    for side, name in ((1, "left"), (2, "right")):
        line = f".lane:nth-child({side}) .tree li:nth-child(4)"
        page.click(line)
        expect(found, page.find(line).get_attribute("aria-current") == "step", f"a click on a line, {name}, is dead")
        page.click("#to-start")
        page.click(f"#picture svg:nth-of-type({side})")
        expect(found, abs(page.position - last / 2) <= 2, f"a click in the picture, {name}, is dead")
    page.go(5)
    expect(found, page.position == 5, "the slider is dead")
    page.click("#ends summary")
    expect(found, page.find("#ends table").is_displayed(), "how each version ends does not unfold")
    page.click(".lane:last-child summary")
    expect(found, page.find(".lane:last-child .registers").is_displayed(), "the registers do not unfold")
    page.click("a[href='#words-title']")
    expect(found, page.run("return location.hash") == "#words-title", "the link to the words is dead")


def check_scenarios(page, found):
    page.open()
    scenarios = page.scenarios
    expect(found, len(scenarios) == page.choices, "not every scenario can be chosen")
    for index, scenario in enumerate(scenarios):
        title = scenario["title"]
        page.choose("#scenario", index)
        expect(found, page.text("#story") == scenario["story"], f"{title}: it cannot be chosen")
        for run_index, run in enumerate(scenario["runs"]):
            page.choose(".lane:first-child select", run_index)
            page.click("#to-end")
            check_end(page, found, f"{title}, {run['label']}", run, 1)
            missed = "nothing to strike" in page.text(".lane:first-child .about")
            expect(found, missed == (run["fault"] is None), f"{title}, {run['label']}: whether the fault struck")
        check_end(page, found, f"{title}, reset_guard", scenario["runs"][-1], 2)
        ends = page.run("return [...document.querySelectorAll('#ends tbody tr')].map(row => row.cells[3].textContent)")
        expect(found, len(ends) == len(scenario["runs"]) and all(ends), f"{title}: the ends of all versions")
    page.choose(".lane:first-child select", -1)
    expect(found, not page.find(".lane:first-child .tree-box").is_displayed(), "nothing beside it: something is there")
    page.choose(".lane:first-child select", 0)
    expect(found, page.find(".lane:first-child .tree-box").is_displayed(), "what was taken away cannot come back")


def check_end(page, found, name, run, side):
    """At the end, the column says what the trace says."""
    lane = f".lane:nth-child({side})"
    dma = page.text(f"{lane} .dma dd")
    stands = "blocked" if run["reset"]["blocked"] else "goes through"
    expect(found, dma.startswith(stands), f"{name}: its DMA is '{dma}'")
    expect(found, page.text(f"{lane} .tree-name").endswith(run["label"]), f"{name}: its call tree has no name")
    end = page.text(f"{lane} .end")
    honest = run["findings"] == ["honest"]
    expect(found, run["state"] in end and ("honest" in end) == honest, f"{name}: its end is '{end}'")
    verdict = page.text(f"#picture .picture-name:nth-of-type({side})")
    judged = ("✓" in verdict) == honest and ("✕" in verdict) != honest
    expect(found, run["label"] in verdict and run["state"] in verdict and judged, f"{name}: above it is '{verdict}'")
    success = run["reset"]["answer"] in ("success", "verified")
    expect(found, ("success: 0" in end or "verified" in end) == success, f"{name}: its answer is '{end}'")
    now = page.text("#now")
    expect(found, run["state"] in now and now.startswith(f"Step {page.last} of {page.last}."),
           f"{name}: for ears, it ends with '{now}'")


def check_files(page, found):
    good = page.write("trace.json", page.trace("--fail", "flr"))
    trace = json.loads(good.read_text())

    def changed(change):
        copy = json.loads(good.read_text())
        change(copy)
        return json.dumps(copy)

    def hostile(copy):
        for function in copy["functions"]:
            function["name"] = "<img src=x>"
            for event in function["reset"]["events"]:
                event.update({name: "<img src=x>" for name in ("text", "step", "name", "sentence") if event.get(name)})

    def without_a_time(copy):
        with_events = [function for function in copy["functions"] if function["reset"]["events"]]
        del with_events[0]["reset"]["events"][1]["time_us"]

    bad = {
        "empty.json": "",
        "half.json": good.read_text()[:1000],
        "picture.json": "\0\1\2",
        "list.json": page.trace("list"),
        "other.json": "{}",
        "null.json": "null",
        "later.json": changed(lambda copy: copy.update(version=2)),
        "none.json": changed(lambda copy: copy.update(functions=[])),
        "time.json": changed(without_a_time),
    }
    page.open()
    options = page.choices
    for name, content in bad.items():
        page.load(page.write(name, content))
        expect(found, page.becomes(lambda: page.text("#complaint").startswith(f"{name}: ")), f"{name}: no complaint")
        complaint = page.text("#complaint")
        expect(found, "\n" not in complaint and len(complaint) < 120, f"{name}: not one clear line: '{complaint}'")
    expect(found, page.choices == options, "a bad file becomes a scenario")

    resets = [function for function in trace["functions"] if function["reset"]["events"]]
    expect(found, page.plays(good), "a good file is not played")
    expect(found, page.text("#complaint") == "", "a good file leaves a complaint")
    tried = [function["reset"]["attempted"] for function in resets].index(True)
    expect(found, tried > 0 and page.find(".lane:last-child select").get_property("value") == str(tried),
           "of a file is shown first what nobody tried to reset")
    expect(found, not page.find("#ends").is_displayed(), "resets of several devices are compared as if they were one's")
    expect(found, len(page.run("return [...document.querySelector('.lane:last-child select').options]")) == len(resets),
           "not every reset of a file can be chosen")
    for index, function in enumerate(resets):
        page.choose(".lane:last-child select", index)
        page.click("#to-end")
        dma, end = page.text(".lane:last-child .dma dd"), page.text(".lane:last-child .end")
        stands = "blocked" if function["reset"]["blocked"] else "goes through"
        expect(found, dma.startswith(stands), f"{function['name']}: '{dma}'")
        expect(found, "unsupported: unsupported" not in end, f"{function['name']} says it twice: '{end}'")
    page.choose(".lane:first-child select", 0)
    expect(found, page.find(".lane:first-child .tree-box").is_displayed(), "two resets of a file do not stand together")

    expect(found, page.plays(page.write("hostile.json", changed(hostile))), "a file with '<' in it is not played")
    for index in range(len(resets)):
        page.choose(".lane:last-child select", index)
        page.click("#to-end")
    expect(found, not page.run("return document.querySelectorAll('img').length"), "a file's text becomes an element")


def check_steps(page, found):
    page.open()
    compared = page.run(COMPARE_STEPS)
    expect(found, len(compared) > 30, f"only {len(compared)} runs")
    found.extend(f"{run['run']}: {wrong}" for run in compared for wrong in run["wrong"])


CHECKS = {
    "each step says what its trace says": [check_steps],
    "each button, key and click does what it says": [check_buttons, check_keys, check_pointer],
    "every version of every scenario ends as its trace does": [check_scenarios],
    "a trace file is played, and a bad one gets one clear line": [check_files],
    "the address follows the step, and leads back to it": [links.check_address, links.check_opening],
    "a wrong address gets one clear line, and the start": [links.check_astray],
    "a link is copied, or selected where copying is not allowed": [links.check_copy],
    "on a laptop's first screen the picture is seen in whole": [looks.check_first_screen],
    "an open fence is red, hatched, and named in words": [looks.check_open_fence],
    "a fault that is chosen shows the recorded answers": [breaking.check_answers, breaking.check_score],
    "each control has a name, and its focus can be seen": [ears.check_names, ears.check_controls],
    "each step is said once, and briefly": [ears.check_spoken],
    "no sign lies on another, and each sign and abbreviation is explained": [looks.check_signs, looks.check_words],
    "all can be read at every width, light and dark": [looks.check_looks],
}


def in_turn(checks):
    def found_by(driver, arguments):
        found = []
        with tempfile.TemporaryDirectory() as folder:
            page = Page(driver, arguments, pathlib.Path(folder))
            for check in checks:
                check(page, found)
        return found
    return found_by


if __name__ == "__main__":
    sys.exit(browser.main("Uses the stepper in a real browser.",
                          {name: in_turn(checks) for name, checks in CHECKS.items()}, more=["tool"]))
