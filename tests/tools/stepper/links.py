"""The stepper's links: what its address says, where an address leads, and the button that copies it."""

import time

from page import expect

SCENARIOS = 9
REST = 0.4  # s, until the address follows
ALLOW = """
window.copied = [];
Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { window.copied.push(text); }}});
"""
REFUSE = """
Object.defineProperty(navigator, 'clipboard', {value: {writeText: async () => { throw new Error('not allowed'); }}});
"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
SELECTED = """
const field = document.getElementById('link');
return document.activeElement === field && field.value.slice(field.selectionStart, field.selectionEnd);
"""


def after_hash(page):
    return page.run("return location.hash.slice(1)")


def shown(page):
    """What an address is to lead to."""
    return page.run("""
        const value = selector => document.querySelector(selector).selectedOptions[0].textContent;
        return [value('#scenario'), value('.lane:first-child select'), value('.lane:last-child select'),
                document.getElementById('count').textContent];""")


def check_address(page, found):
    """It follows the reader, without a flood of entries in the history."""
    page.open()
    time.sleep(2 * REST)
    expect(found, after_hash(page) == "", "the address changes before the reader has done anything")
    entries = page.run("return history.length")
    page.run("""
        window.changes = 0;
        const replace = history.replaceState;
        history.replaceState = (...given) => { ++window.changes; replace.apply(history, given); };
        for (let i = 0; i !== 12; ++i) document.getElementById('forward').click();""")
    wanted = "scenario=a-reset-inside-a-reset&left=linux_7_0&right=reset_guard&step=12"
    expect(found, page.becomes(lambda: after_hash(page) == wanted), f"after 12 steps the address is {after_hash(page)}")
    expect(found, page.run("return window.changes") == 1, "of twelve quick steps each changes the address")
    page.choose("#scenario", 3)
    page.choose(".lane:first-child select", -1)
    page.choose(".lane:last-child select", 1)
    page.go(3)
    wanted = "scenario=the-firmware-never-answers&left=none&right=march_2026&step=3"
    expect(found, page.becomes(lambda: after_hash(page) == wanted), f"the address is {after_hash(page)}")
    expect(found, page.run("return history.length") == entries, "a step is an entry in the history")


def check_opening(page, found):
    """Each scenario, any two versions, any step: the address leads back there."""
    for index in range(SCENARIOS):
        page.open()
        expect(found, page.choices == SCENARIOS, f"{page.choices} scenarios")
        page.choose("#scenario", index)
        page.choose(".lane:first-child select", (index + 1) % 5)
        page.choose(".lane:last-child select", index % 5)
        page.go(page.last - index % 3)
        wanted = shown(page)
        has_address = page.becomes(lambda: after_hash(page).endswith(f"&step={page.position}"))
        expect(found, has_address, f"{wanted} has no address")
        address = after_hash(page)
        page.open_address(address)
        expect(found, shown(page) == wanted, f"{address} leads to {shown(page)}, not to {wanted}")
        expect(found, page.text("#astray") == "", f"{address}: '{page.text('#astray')}'")
        expect(found, page.run("return document.getElementById('picture').getBoundingClientRect().top") < 300,
               f"{address} does not lead to the picture")
    page.run("location.hash = 'scenario=done-fails&step=4'")
    expect(found, page.becomes(lambda: shown(page)[0] == "8. Done fails" and page.position == 4),
           "another address, on the same page, leads nowhere")
    page.driver.back()
    expect(found, page.becomes(lambda: shown(page) == wanted), "the way back in the history leads nowhere")
    for part in ("words-title", "break-title"):
        page.open_address(part)
        expect(found, page.position == 0 and page.text("#astray") == "", f"the address {part} is taken for a step's")


def check_astray(page, found):
    """What fits nothing is answered with one line, and the page's start."""
    page.open()
    start = shown(page)
    right = "scenario=done-fails&left=linux_7_1&right=reset_guard"
    page.open_address(f"{right}&step=1")
    last = page.last
    page.open()
    wrong = [
        "scenario=a-scenario-of-last-year&step=2", "scenario=%00", "scenario=" + "y" * 5000, "x=" + "y" * 5000,
        "step=5", "nowhere", "%", "%3Cimg%20src=x%3E", "scenario=done-fails&left=linux_1_0",
        "scenario=done-fails&right=none", "scenario=done-fails&right=<img src=x>",
        *(f"{right}&step={step}" for step in (str(last + 1), "", "-1", "1e1", "9" * 400, "two", "<img src=x>")),
    ]
    for fragment in wrong:
        short = fragment[:50]
        page.open_address(fragment)
        line = page.text("#astray")
        expect(found, line and "\n" not in line and len(line) < 120, f"{short}: not one clear line: '{line}'")
        expect(found, shown(page) == start, f"{short} leads to {shown(page)}")
        expect(found, not page.run("return document.querySelectorAll('img').length"), f"{short} becomes an element")
        expect(found, page.run("return document.getElementById('astray').getBoundingClientRect().bottom < innerHeight"),
               f"{short}: the line is out of sight")
    page.click("#forward")
    expect(found, page.text("#astray") == "", "the line about an address stays")
    page.open_address(f"{right}&step={last}")
    expect(found, page.position == last, "the last step cannot be linked to")


def check_copy(page, found):
    page.open()
    page.run(ALLOW)
    page.click("#forward")
    page.find("#copy").send_keys(page.keys.ENTER)
    expect(found, page.becomes(lambda: "is copied" in page.text("#copied")), "it does not say that it copied")
    expect(found, page.position == 1, "the button does more than to copy")
    expect(found, not page.find("#link").is_displayed(), "what is copied is shown too")
    link = page.run("return window.copied.join()")
    expect(found, link.startswith("file://") and link.endswith("&right=reset_guard&step=1"), f"'{link}' is copied")
    page.click("#forward")
    expect(found, page.text("#copied") == "", "it says of another step that it is copied")
    page.click("#play")
    page.click("#copy")
    expect(found, page.text("#play") == "Play", "it plays on while a link is copied")

    for without in (REFUSE, NO_CLIPBOARD):
        page.open()
        page.run(without)
        page.go(5)
        page.click("#copy")
        expect(found, page.becomes(lambda: page.find("#link").is_displayed()), "without a clipboard there is no link")
        expect(found, "selected" in page.text("#copied"), f"without a clipboard it says '{page.text('#copied')}'")
        link = page.find("#link").get_property("value")
        expect(found, link.endswith("&right=reset_guard&step=5"), f"'{link}' is shown")
        expect(found, page.run(SELECTED) == link, f"'{page.run(SELECTED)}' is selected")
        for key in (page.keys.ARROW_LEFT, page.keys.HOME, " ", "3"):
            page.find("#link").send_keys(key)
        expect(found, page.position == 5 and page.text("#play") == "Play", "a key in the link does something else too")
        page.go(6)
        expect(found, not page.find("#link").is_displayed(), "the link to another step stays")
    page.driver.get("about:blank")
    page.driver.get(link)
    expect(found, page.position == 5, "the link does not lead to its step")

    # A file of the reader's own is in no link.
    expect(found, page.plays(page.write("own.json", page.trace())), "a file is not played")
    page.go(3)
    expect(found, page.find("#copy").get_property("disabled"), "a link to a file of one's own can be copied")
    expect(found, "file of your own" in page.text("#copied"), "why there is no link to a file is not said")
    nameless = page.becomes(lambda: "#" not in page.run("return location.href"))
    expect(found, nameless, "the address of a file names a step")
    page.choose("#scenario", 0)
    expect(found, not page.find("#copy").get_property("disabled") and page.text("#copied") == "",
           "after a file of one's own nothing can be copied")
