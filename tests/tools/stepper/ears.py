"""The stepper for readers who listen, or have no mouse: what they are told, and what they can reach."""

from page import expect

MOST_WORDS = 50  # of one step onward; at the end two answers are told as well
MOST_WORDS_AT_END = 75

# What can be reached with the keyboard.
CONTROLS = """
return [...document.querySelectorAll('button, select, input, summary, a[href], [tabindex]')]
  .filter(element => element.getClientRects().length !== 0).map(element => {
    element.focus({focusVisible: true});
    const name = element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent;
    const style = getComputedStyle(element);
    return {name: name.trim(), what: element.id || element.tagName, focused: document.activeElement === element,
            outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
  });
"""

# What is said at each step of each scenario, and how often something is said.
SAY_ALL = """
const said = [], now = document.getElementById('now');
const changes = new MutationObserver(() => {});
changes.observe(now, {childList: true, characterData: true, subtree: true});
for (const option of document.getElementById('scenario').options) {
  const scenario = document.getElementById('scenario');
  scenario.value = option.value;
  scenario.dispatchEvent(new Event('change'));
  for (let last = Number(document.getElementById('step').max), position = 1; position <= last; ++position) {
    changes.takeRecords();
    document.getElementById('forward').click();
    const times = changes.takeRecords().length;
    said.push({scenario: option.value, where: `${option.textContent}, step ${position}`, text: now.textContent, times,
               at_end: position === last});
  }
}
return said;
"""


def nodes_of(page):
    """The tree that screen readers get."""
    page.driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return {node["nodeId"]: node for node in nodes if not node["ignored"]}


def value_of(node, name):
    return next((each["value"].get("value") for each in node.get("properties", []) if each["name"] == name), None)


def text_in(nodes, node):
    if node["role"]["value"] == "StaticText":
        return node["name"]["value"]
    return "".join(text_in(nodes, nodes[child]) for child in node["childIds"] if child in nodes)


def live_texts(page):
    """What is said when it changes: the text of each live region."""
    nodes = nodes_of(page)
    return {node["backendDOMNodeId"]: text_in(nodes, node) for node in nodes.values()
            if value_of(node, "live") in ("polite", "assertive") and node["role"]["value"] != "StaticText"}


def check_names(page, found):
    """Each control, picture and part has a name, and no two controls have the same."""
    page.open()
    page.click("#ends summary")
    nodes = nodes_of(page)
    controls = [(node["role"]["value"], node["name"]["value"]) for node in nodes.values()
                if value_of(node, "focusable") and node["role"]["value"] != "option"]
    expect(found, len(controls) >= 15, f"only {len(controls)} controls")
    for role, name in controls:
        expect(found, name.strip(), f"a {role} has no name")
        expect(found, controls.count((role, name)) == 1, f"two of the kind {role} are called '{name}'")
    for node in nodes.values():
        role = node["role"]["value"]
        if role in ("image", "region", "table"):
            expect(found, node["name"]["value"].strip(), f"a {role} has no name")


def check_spoken(page, found):
    """Each step is said once, briefly, in one place, and no two sound the same."""
    page.open()
    before = live_texts(page)
    expect(found, len(before) >= 4, f"only {len(before)} places where something is said")
    for key, position in ((page.keys.ARROW_RIGHT, 1), (page.keys.ARROW_RIGHT, 2), (page.keys.END, page.last)):
        page.press(key)
        after = live_texts(page)
        said = [text for node, text in after.items() if text != before.get(node)]
        once = len(said) == 1 and said[0].startswith(f"Step {position} of ")
        expect(found, once, f"at step {position} is said: {said}")
        before = after
    steps = page.run(SAY_ALL)
    expect(found, len(steps) > 100, f"only {len(steps)} steps")
    for step in steps:
        words = len(step["text"].split())
        most = MOST_WORDS_AT_END if step["at_end"] else MOST_WORDS
        expect(found, 3 < words <= most, f"{step['where']}: {words} words are said: '{step['text']}'")
        expect(found, step["times"] == 1, f"{step['where']} is said {step['times']} times")
    texts = [(step["scenario"], step["text"]) for step in steps]
    expect(found, len(set(texts)) == len(texts), "two steps sound the same")


def check_controls(page, found):
    page.open(360)
    for control in page.run(CONTROLS):
        expect(found, control["name"], f"{control['what']} has no name")
        expect(found, control["focused"] and control["outline"], f"the focus on {control['what']} cannot be seen")
    for preference, moves in (("no-preference", True), ("reduce", False)):
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                                    {"features": [{"name": "prefers-reduced-motion", "value": preference}]})
        length = page.run("return getComputedStyle(document.querySelector('.cursor')).transitionDuration")
        expect(found, (length != "0s") == moves, f"motion, with {preference}: {length}")
