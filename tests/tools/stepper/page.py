"""The stepper's page as a reader uses it, for the tests of it."""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import browser  # noqa: E402

LONGEST_WAIT = 5  # s, for what a click makes happen


class Page:
    def __init__(self, driver, arguments, folder):
        from selenium.webdriver.common.keys import Keys
        self.driver, self.keys, self.arguments, self.path = driver, Keys, arguments, arguments.page
        self.folder = folder  # for trace files

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0]).textContent", selector).strip()

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def open(self, width=1280, scheme="light"):
        browser.show(self.driver, self.path, width, scheme)

    def open_address(self, after):
        """As if for the first time."""
        self.driver.get("about:blank")
        self.driver.get(f"{pathlib.Path(self.path).resolve().as_uri()}#{after}")

    def click(self, selector):
        self.find(selector).click()

    def press(self, key):
        self.find("body").send_keys(key)

    def choose(self, selector, value):
        self.set(selector, value, "change")

    def go(self, position):
        self.set("#step", position, "input")

    def set(self, selector, value, event):
        self.run("const control = document.querySelector(arguments[0]); control.value = arguments[1];"
                 "control.dispatchEvent(new Event(arguments[2]));", selector, value, event)

    def trace(self, *options):
        """What the tool that writes traces says."""
        return subprocess.run([self.arguments.tool, "--json", *options], capture_output=True, text=True,
                              check=False).stdout

    def write(self, name, text):
        file = self.folder / name
        file.write_text(text)
        return file

    def load(self, file):
        self.find("#file").send_keys(str(file))

    def plays(self, file):
        self.load(file)
        return self.becomes(lambda: file.name in self.text("#scenario"))

    @property
    def scenarios(self):
        return self.run("return JSON.parse(document.getElementById('traces').textContent).scenarios")

    @property
    def choices(self):
        return len(self.run("return [...document.getElementById('scenario').options]"))

    @property
    def position(self):
        return int(self.text("#count").split(" of ")[0])

    @property
    def last(self):
        return int(self.text("#count").split(" of ")[1])

    def becomes(self, condition):
        end = time.monotonic() + LONGEST_WAIT
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True


def expect(found, is_right, what):
    if not is_right:
        found.append(what)
