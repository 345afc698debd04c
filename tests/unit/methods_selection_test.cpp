// A function's own reset methods and their order, as Linux's file reset_method takes them.
#include "methods_machine.hpp"

using pci::MethodSelection;

namespace {

// What was read, as names; "default" for all of them in Linux's order.
std::string parsed(std::string_view text) {
  std::string_view refused;
  const MethodSelection selection = value_of(MethodSelection::parse(text, refused));
  if (selection == MethodSelection()) return "default";
  std::string names;
  for (const std::uint8_t place : selection) {
    names += (names.empty() ? "" : " ") + std::string(pci::method_names[place]);
  }
  return names;
}

// The word that was refused, and how.
std::string refused(std::string_view text) {
  std::string_view word = "nothing";
  const rg::Error error = error_of(MethodSelection::parse(text, word));
  return std::string(rg::to_string(error.code())) + " " + std::string(word);
}

std::string selected(sim::Function& function, std::string_view text) {
  std::string_view word = "nothing";
  auto answer = methods::select(function, text, word);
  if (!answer.failed()) return "selected";
  const rg::Error error = std::move(answer).error();
  return std::string(rg::to_string(error.code())) + " " + std::string(word) + ": " + error.where();
}

// The methods whose scopes were entered inside the chain's.
std::string tried(const Machine& machine) {
  std::string steps;
  for (const sim::Event& event : machine.events()) {
    if (!is_trace(event, rg::TraceKind::entered) || event.depth != 2) continue;
    steps += (steps.empty() ? "" : " ") + std::string(event.step);
  }
  return steps;
}

// It has flr, pm and bus.
Machine virtio_with(std::string_view text) {
  Machine machine = virtio_machine();
  REQUIRE(selected(machine.function, text) == "selected");
  machine.fabric.log().clear();
  return machine;
}

}  // namespace

// --- text ---

TEST_CASE("selection: names are read in their order", "[methods]") { CHECK(parsed("bus flr") == "bus flr"); }
TEST_CASE("selection: 'default' is all methods", "[methods]") { CHECK(parsed("default") == "default"); }
TEST_CASE("selection: nothing is none", "[methods]") { CHECK(parsed("").empty()); }
TEST_CASE("selection: blanks alone are none", "[methods]") { CHECK(parsed(" \n").empty()); }
TEST_CASE("selection: the line break of an echo is no part of a name", "[methods]") {
  CHECK(parsed("pm\n") == "pm");
  CHECK(parsed("default\n") == "default");
}
TEST_CASE("selection: any number of blanks separates", "[methods]") { CHECK(parsed("  flr   bus ") == "flr bus"); }
TEST_CASE("selection: of a name that comes twice the first counts", "[methods]") {
  CHECK(parsed("bus flr bus flr") == "bus flr");
}
TEST_CASE("selection: every method can be named", "[methods]") {
  for (const std::string_view name : pci::method_names) CHECK(parsed(name) == name);
}
TEST_CASE("selection: all names, and again, fit", "[methods]") {
  std::string text;
  for (int i = 0; i != 3; ++i) {
    for (const std::string_view name : pci::method_names) text += std::string(name) + " ";
  }
  CHECK(parsed(text) == "default");
}
TEST_CASE("selection: a name that is none is refused, and is told", "[methods]") {
  CHECK(refused("flr buss pm") == "invalid buss");
}
TEST_CASE("selection: the part of a name is none", "[methods]") { CHECK(refused("fl") == "invalid fl"); }
TEST_CASE("selection: a name in capitals is none", "[methods]") { CHECK(refused("FLR") == "invalid FLR"); }
TEST_CASE("selection: a comma does not separate", "[methods]") { CHECK(refused("flr,bus") == "invalid flr,bus"); }
TEST_CASE("selection: 'default' stands alone", "[methods]") {
  CHECK(refused("default flr") == "invalid default");
  CHECK(refused("flr default") == "invalid default");
}
TEST_CASE("selection: the slot is no method of its own", "[methods]") { CHECK(refused("slot") == "invalid slot"); }
TEST_CASE("selection: the names are those of the chain, in its order", "[methods]") {
  std::size_t place = 0;
  for (const auto& method : methods::chain<sim::Function>) CHECK(method.name == pci::method_names[place++]);
  CHECK(place == pci::method_names.size());
}

// --- of a function ---

TEST_CASE("selection: a function begins with the default", "[methods]") {
  CHECK(virtio_machine().function.reset_methods == MethodSelection());
}

TEST_CASE("selection: the methods are tried in the order that was chosen", "[methods]") {
  Machine machine = virtio_with("bus flr");
  REQUIRE(said(methods::reset_as_selected(machine.function)) == "verified");
  CHECK(resets(machine) == "bus");
}

TEST_CASE("selection: 'unsupported' goes on in the order that was chosen", "[methods]") {
  Machine machine = cxl_machine();  // which masks a bus reset
  REQUIRE(selected(machine.function, "bus cxl_bus") == "selected");
  REQUIRE(said(methods::reset_as_selected(machine.function)) == "verified");
  CHECK(tried(machine) == "cxl_bus");
}

TEST_CASE("selection: a method that was not chosen is not used", "[methods]") {
  Machine machine = cxl_machine();
  REQUIRE(selected(machine.function, "bus") == "selected");
  CHECK(said(methods::reset_as_selected(machine.function)) == "unsupported");
  CHECK(machine.function.resets() == 0);
}

TEST_CASE("selection: a method that was not chosen is not fallen back to", "[methods]") {
  Machine machine({given(root_port_id), nvme_that_dies_in_an_flr()});
  REQUIRE(selected(machine.function, "flr") == "selected");
  CHECK(said(methods::reset_as_selected(machine.function, {.fall_back_after_timeout = true})) == "timed_out");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("selection: with none chosen no hook is called", "[methods]") {
  Machine machine = virtio_with("");
  REQUIRE(said(methods::reset_as_selected(machine.function)) == "unsupported");
  CHECK(count(machine.fabric, sim::EventKind::prepare) == 0);
}

TEST_CASE("selection: 'default' is the chain again", "[methods]") {
  Machine machine = virtio_with("bus");
  REQUIRE(selected(machine.function, "default") == "selected");
  REQUIRE(said(methods::reset_as_selected(machine.function)) == "verified");
  CHECK(resets(machine) == "flr");
}

TEST_CASE("selection: a name that is none changes nothing", "[methods]") {
  Machine machine = virtio_with("pm");
  REQUIRE(selected(machine.function, "bus buss") == "invalid buss: no such reset method");
  CHECK(said(methods::reset_as_selected(machine.function)) == "verified");
  CHECK(resets(machine) == "pm");
}

TEST_CASE("selection: a method that the function does not support is refused, and says why", "[methods]") {
  Machine machine = virtio_machine();
  CHECK(selected(machine.function, "flr af_flr") == "unsupported af_flr: no Advanced Features capability");
}

TEST_CASE("selection: a method that the function does not support changes nothing", "[methods]") {
  Machine machine = virtio_with("pm");
  REQUIRE(selected(machine.function, "flr af_flr") != "selected");
  CHECK(said(methods::reset_as_selected(machine.function)) == "verified");
  CHECK(resets(machine) == "pm");
}

TEST_CASE("selection: a method that is flagged is refused", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x15b3, 0xcb84};
  Machine machine = virtio_machine(change);
  CHECK(selected(machine.function, "pm") == "unsupported pm: the device is flagged: no such method");
}

TEST_CASE("selection: choosing writes nothing and enters nothing", "[methods]") {
  Machine machine = virtio_machine();
  REQUIRE(selected(machine.function, "bus pm flr") == "selected");
  const auto& events = machine.events();
  CHECK(std::all_of(events.begin(), events.end(),
                    [](const sim::Event& event) { return event.kind == sim::EventKind::config_read; }));
}

TEST_CASE("selection: each function has its own", "[methods]") {
  sim::Fabric fabric = machine_of({virtio_port(), given(virtio_id), given(nvme_id)});
  REQUIRE(selected(fabric[1], "pm") == "selected");
  CHECK(fabric[2].reset_methods == MethodSelection());
}
