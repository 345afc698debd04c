// The handlers' table, and what holds for each of its entries.
#include "methods_machine.hpp"

using methods::DeviceSpecific;

namespace {

Machine each_machine() {
  const pci::QuirkEntry entry = GENERATE(from_range(std::begin(pci::quirks), std::end(pci::quirks)));
  CAPTURE(entry.device);
  return quirk_machine(entry.id);
}

// Nothing shows that a modem was reset.
std::string clean_answer(const Machine& machine) {
  return pci::find_quirk(machine.function.id())->quirk == pci::Quirk::qualcomm_modem ? "claimed" : "verified";
}

const char* handler_of(pci::Id id) {
  const auto* entry = quirks::table<sim::Function>.find(id);
  return entry == nullptr ? "none" : entry->handler.name;
}

}  // namespace

TEST_CASE("quirk table: each entry's device is reset by its handler, and shows it but for the modem", "[quirks]") {
  Machine machine = each_machine();
  CHECK(said(DeviceSpecific::run(machine.function)) == clean_answer(machine));
}

TEST_CASE("quirk table: each entry's device loses its state", "[quirks]") {
  Machine machine = each_machine();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == clean_answer(machine));
  CHECK_FALSE(machine.function.holds_state());
}

TEST_CASE("quirk table: each handler keeps the rules of its device", "[quirks]") {
  Machine machine = each_machine();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == clean_answer(machine));
  CHECK(violations(machine.fabric) == Texts{});
}

TEST_CASE("quirk table: each handler has one prepare and one done", "[quirks]") {
  Machine machine = each_machine();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == clean_answer(machine));
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 1);
  CHECK(count(machine.fabric, sim::EventKind::done) == 1);
}

TEST_CASE("quirk table: each handler is probed without a write", "[quirks]") {
  Machine machine = each_machine();
  REQUIRE(DeviceSpecific::probe(machine.function).support != rg::Support::no);
  const auto& events = machine.events();
  CHECK(std::all_of(events.begin(), events.end(),
                    [](const sim::Event& event) { return event.kind == sim::EventKind::config_read; }));
}

TEST_CASE("quirk table: no handler resets a function that is gone", "[quirks]") {
  Machine machine = each_machine();
  machine.function.tear_out();
  CHECK(said(DeviceSpecific::run(machine.function)) != "verified");
}

TEST_CASE("quirk table: a function without an entry is refused before any hook", "[quirks]") {
  Machine machine = nvme_machine();
  REQUIRE(said(DeviceSpecific::run(machine.function)) == "unsupported");
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 0);
}

TEST_CASE("quirk table: each id has its handler", "[quirks]") {
  CHECK(handler_of({0x8086, 0x10ed}) == std::string("Intel 82599 VF"));
  CHECK(handler_of({0x8086, 0x0156}) == std::string("Ivy Bridge graphics"));
  CHECK(handler_of({0x8086, 0x0166}) == std::string("Ivy Bridge graphics"));
  CHECK(handler_of({0x144d, 0xa804}) == std::string("NVMe, disable before FLR"));
  CHECK(handler_of({0x8086, 0x0953}) == std::string("NVMe, 250 ms after FLR"));
  CHECK(handler_of({0x8086, 0x0a54}) == std::string("NVMe, 250 ms after FLR"));
  CHECK(handler_of({0x025e, 0xf1ac}) == std::string("NVMe, 250 ms after FLR"));
  CHECK(handler_of({0x1425, 0x5401}) == std::string("Chelsio T4"));
  CHECK(handler_of({0x19e5, 0x375e}) == std::string("HiNIC VF"));
  CHECK(handler_of({0x17cb, 0x1103}) == std::string("Qualcomm WLAN"));
  CHECK(handler_of({0x17cb, 0x1107}) == std::string("Qualcomm WLAN"));
  CHECK(handler_of({0x17cb, 0x0308}) == std::string("Qualcomm modem"));
}

TEST_CASE("quirk table: other ids have none", "[quirks]") {
  CHECK(handler_of({0x8086, 0x10ee}) == std::string("none"));
  CHECK(handler_of(pci::unreadable_id) == std::string("none"));
}
