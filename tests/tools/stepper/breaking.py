"""The stepper's game: which fault the reader chooses, and what the page then says of each version."""

from page import expect

# Every choice there is, made one after the other: what the page shows, and what was recorded.
TRY_ALL = """
const {devices} = JSON.parse(document.getElementById('traces').textContent).single_faults;
const select = (name, value) => {
  const list = document.getElementById(`break-${name}`);
  list.value = value;
  list.dispatchEvent(new Event('change'));
};
const shown = () => [...document.querySelectorAll('#answers tbody tr')].map(row =>
  [...row.cells].map(cell => cell.textContent));
const tried = [];
devices.forEach((device, index) => {
  select('device', index);
  tried.push({where: device.title, shown: shown(), numbers: device.clean, device: index});
  device.places.forEach((place, at) => place.faults.forEach((fault, which) => {
    select('operation', at + 1);
    select('fault', which);
    const operation = document.getElementById('break-operation').selectedOptions[0].textContent;
    const where = `${device.title}, ${operation}, ${fault.fault}`;
    tried.push({where, shown: shown(), numbers: fault.runs, device: index});
  }));
});
return tried;
"""


def recorded(page):
    return page.run("return JSON.parse(document.getElementById('traces').textContent).single_faults")


def check_answers(page, found):
    """Each choice shows its recorded runs; with none of them reset_guard reports a success that was none."""
    page.open()
    devices = recorded(page)["devices"]
    tried = page.run(TRY_ALL)
    expect(found, len(tried) > 200, f"only {len(tried)} choices")
    expect(found, len({each["where"] for each in tried}) == len(tried), "two choices have the same name")
    fooled = set()
    for each in tried:
        device = devices[each["device"]]
        for version, number, row in zip(device["versions"], each["numbers"], each["shown"], strict=True):
            outcome = device["outcomes"][number]
            label, answer, truth, judged = row
            false_success = "false_success" in outcome["findings"]
            if false_success:
                fooled.add(label)
            expect(found, label == version["label"], f"{each['where']}: '{label}' stands for {version['label']}")
            expect(found, outcome["state"].split(";")[0] in truth and ("false success" in judged) == false_success,
                   f"{each['where']}: {label} is '{truth}', '{judged}'")
            expect(found, ("nothing fails" in answer) == outcome["missed"], f"{each['where']}: '{answer}'")
            says_success = answer.startswith(("success", "verified", "claimed"))
            expect(found, says_success == (outcome["reset"]["error"] is None), f"{each['where']}: '{answer}'")
            if label == "reset_guard":
                expect(found, not false_success, f"{each['where']}: reset_guard reports a success that was none")
    expect(found, len(fooled) == 4, f"only {sorted(fooled)} can be made to report a success that was none")
    score = page.text("#score")
    expect(found, "4 of 5" in score and "reset_guard is left" in score and "none of the" in score, f"'{score}'")


def check_score(page, found):
    """By keyboard alone: a device, an operation, what fails; the score keeps what was reached."""
    keys = page.keys
    page.open()
    faults = "return document.getElementById('break-fault').options.length"
    expect(found, page.run(faults) == 1, "where nothing fails something can be chosen")
    position = page.position
    page.find("#break-device").send_keys(keys.ARROW_DOWN)
    expect(found, page.find("#break-device").get_property("value") == "1", "the device cannot be chosen by keyboard")
    before = page.text("#broken")
    page.find("#break-operation").send_keys(keys.ARROW_DOWN)
    expect(found, page.run(faults) == 8, f"prepare can fail in {page.run(faults)} ways")
    page.find("#break-fault").send_keys(keys.ARROW_DOWN)
    expect(found, page.find("#break-fault").get_property("value") == "1", "what fails cannot be chosen by keyboard")
    expect(found, page.position == position, "a key in the game moves the stepper")
    live = page.run("return document.getElementById('score').closest('[role=status]') !== null")
    expect(found, live and before and page.text("#score").startswith("Your score: "), "the score is not said")
    score = page.text("#score")
    page.choose("#break-operation", 0)
    expect(found, page.text("#score").split(":")[1] >= score.split(":")[1], "the score forgets what was reached")
