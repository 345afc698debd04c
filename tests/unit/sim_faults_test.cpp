#include <set>
#include <string>

#include "sim_machine.hpp"

namespace {

using sim::FaultKind;

struct FaultMachine {
  sim::Fabric fabric = machine_of({given(nvme_id)});
  sim::Function& function = fabric[0];
  sim::Faults& faults = fabric.faults();
};

struct Below {
  sim::Fabric fabric = machine_of({given(root_port_id), given(nvme_id)});
  sim::Function& port = fabric[0];
  sim::Function& function = fabric[1];
};

}  // namespace

TEST_CASE("sim faults: every operation is counted, a sleep is not", "[sim]") {
  FaultMachine machine;
  prepare(machine.function);             // 1
  read16(machine.function, 4);           // 2
  write16(machine.function, 4, 0x0507);  // 3
  auto bar = value_of(machine.function.map_bar(0));
  bar.read32(0);         // 5
  bar.write32(0x24, 0);  // 6
  machine.function.sleep(1s);
  CHECK(code_of(machine.function.reset_done(rg::Outcome::failed)) == rg::Errc{});  // 7
  CHECK(machine.faults.operations() == 7);
}

TEST_CASE("sim faults: a fault strikes in the operation that it is armed at, and in no other", "[sim]") {
  FaultMachine machine;
  machine.faults.arm_at(2, FaultKind::reads_ones);
  CHECK(read16(machine.function, 4) == 0x0507);
  CHECK(read16(machine.function, 4) == 0xffff);
  CHECK(read16(machine.function, 4) == 0x0507);
  CHECK(machine.faults.struck() == 1);
}

TEST_CASE("sim faults: a fault that does not fit its operation never strikes", "[sim]") {
  FaultMachine machine;
  machine.faults.arm_at(1, FaultKind::write_fails);
  read16(machine.function, 4);
  write16(machine.function, 4, 0);
  CHECK(machine.faults.struck() == 0);
}

TEST_CASE("sim faults: a fault without a number strikes in the first operation that fits", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(FaultKind::write_fails);
  read16(machine.function, 4);
  CHECK(error_of(machine.function.write16(4, 0)).native() == -5);
  CHECK(read16(machine.function, 4) == 0x0507);
  CHECK(code_of(machine.function.write16(4, 0)) == rg::Errc{});
}

TEST_CASE("sim faults: a fault can strike several times, or without end", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(sim::Fault{.kind = FaultKind::reads_ones, .times = 2});
  CHECK(read16(machine.function, 4) == 0xffff);
  CHECK(read16(machine.function, 4) == 0xffff);
  CHECK(read16(machine.function, 4) == 0x0507);
  machine.faults.arm(sim::Fault{.kind = FaultKind::reads_ones, .times = 0});
  for (int i = 0; i != 5; ++i) CHECK(read16(machine.function, 4) == 0xffff);
}

TEST_CASE("sim faults: a fault can be for one function or one register", "[sim]") {
  Below machine;
  machine.fabric.faults().arm(
      sim::Fault{.kind = FaultKind::reads_ones, .function = machine.port.address(), .offset = 0x3e});
  CHECK(read16(machine.function, 0x3e) == 0);
  CHECK(read16(machine.port, 4) == 0x0507);
  CHECK(read16(machine.port, 0x3e) == 0xffff);
}

TEST_CASE("sim faults: without a number a fault passes over the ports", "[sim]") {
  Below machine;
  machine.fabric.faults().arm(FaultKind::gone);
  CHECK(read16(machine.port, 4) == 0x0507);
  CHECK(read16(machine.function, 4) == 0xffff);
  CHECK(machine.function.gone());
  CHECK_FALSE(machine.port.gone());
}

TEST_CASE("sim faults: two faults strike in one run", "[sim]") {
  FaultMachine machine;
  machine.faults.arm_at(1, FaultKind::reads_ones);
  machine.faults.arm_at(3, FaultKind::write_fails);
  CHECK(read16(machine.function, 4) == 0xffff);
  CHECK(read16(machine.function, 4) == 0x0507);
  CHECK(code_of(machine.function.write16(4, 0)) == rg::Errc::io);
  CHECK(machine.faults.struck() == 2);
}

TEST_CASE("sim faults: the operations of a clean run can be listed", "[sim]") {
  FaultMachine machine;
  machine.faults.record_operations(true);
  read16(machine.function, 4);
  write16(machine.function, 6, 0);
  REQUIRE(machine.faults.performed().size() == 2);
  CHECK(machine.faults.performed()[1].operation == sim::Operation::config_write);
  CHECK(machine.faults.performed()[1].offset == 6);
}

TEST_CASE("sim faults: a strike is in the log", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(FaultKind::reads_ones);
  read16(machine.function, 4);
  REQUIRE(count(machine.fabric, sim::EventKind::fault) == 1);
  CHECK(std::string(machine.fabric.log().events().front().text) == "reads-ones");
}

TEST_CASE("sim faults: every kind has a name, and is found by it", "[sim]") {
  for (const sim::FaultName& entry : sim::fault_names) CHECK(sim::fault_by_name(entry.name) == entry.kind);
  CHECK_FALSE(sim::fault_by_name("no such fault").has_value());
}

TEST_CASE("sim faults: every kind has a sentence of its own", "[sim]") {
  std::set<std::string> sentences{""};
  for (const sim::FaultName& entry : sim::fault_names) CHECK(sentences.insert(sim::fault_sentence(entry.name)).second);
  CHECK(std::string(sim::fault_sentence("no such fault")) == "?");
}

// --- what each does ---

TEST_CASE("sim fault map: the BAR cannot be mapped", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(FaultKind::map_fails);
  CHECK(error_of(machine.function.map_bar(0)).native() == -12);
}

TEST_CASE("sim fault prepare: nothing is blocked", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(FaultKind::prepare_fails);
  CHECK(code_of(machine.function.reset_prepare()) == rg::Errc::no_memory);
  CHECK_FALSE(machine.function.blocked());
}

TEST_CASE("sim fault done: the block stays", "[sim]") {
  FaultMachine machine;
  flr(machine.function);
  machine.faults.arm(FaultKind::done_fails);
  CHECK(code_of(machine.function.reset_done(rg::Outcome::verified)) == rg::Errc::no_memory);
  CHECK(machine.function.blocked());
}

TEST_CASE("sim fault done-unfenced: the block is lost, also of a failed reset", "[sim]") {
  FaultMachine machine;
  prepare(machine.function);
  machine.faults.arm(FaultKind::done_unfenced);
  CHECK(code_of(machine.function.reset_done(rg::Outcome::failed)) == rg::Errc::unfenced);
  CHECK_FALSE(machine.function.blocked());
}

TEST_CASE("sim fault pending: transactions are pending, and in no other bit", "[sim]") {
  FaultMachine machine;
  const auto status = static_cast<std::uint16_t>(device_control_of(machine.function) + 2);
  const std::uint16_t before = read16(machine.function, status);
  machine.faults.arm(FaultKind::transactions_pending);
  CHECK(read16(machine.function, status) == (before | pci::express::transactions_pending));
  CHECK(machine.function.read32(static_cast<std::uint16_t>(status - 2)) >> 16 ==
        (before | unsigned{pci::express::transactions_pending}));
}

TEST_CASE("sim fault never-ready: after the next reset it does not answer", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(FaultKind::never_ready);
  CHECK(read16(machine.function, 4) == 0x0507);
  flr(machine.function);
  machine.function.sleep(24h);
  CHECK(read16(machine.function, 4) == 0xffff);
}

TEST_CASE("sim fault never-ready: struck while it recovers, it never finishes", "[sim]") {
  FaultMachine machine;
  prepare(machine.function);
  write16(machine.function, device_control_of(machine.function), pci::express::initiate_function_level_reset);
  machine.faults.arm_at(3, FaultKind::never_ready);
  read16(machine.function, 4);
  machine.function.sleep(24h);
  CHECK(read16(machine.function, 4) == 0xffff);
}

TEST_CASE("sim fault never-ready: struck in the port's write, it is the function below that suffers", "[sim]") {
  Below machine;
  prepare(machine.function);
  machine.fabric.faults().arm_at(3, FaultKind::never_ready);
  pulse_bus_reset(machine.port, 2ms);
  machine.function.sleep(24h);
  CHECK(read16(machine.function, 4) == 0xffff);
  CHECK(read16(machine.port, 4) == 0x0507);
}

TEST_CASE("sim fault ready-late: it answers, but later", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(sim::Fault{.kind = FaultKind::ready_late, .length = 5s});
  flr(machine.function);
  machine.function.sleep(4s);
  CHECK(read16(machine.function, 4) == 0xffff);
  machine.function.sleep(2s);
  CHECK(read16(machine.function, 4) == 0);
}

TEST_CASE("sim fault firmware: silent never answers, late answers later", "[sim]") {
  for (const FaultKind kind : {FaultKind::firmware_silent, FaultKind::firmware_late}) {
    FaultMachine machine;
    auto bar = value_of(machine.function.map_bar(0));
    machine.faults.arm(sim::Fault{.kind = kind, .length = 10s});
    bar.write32(pci::nvme::cc, 0);
    machine.function.sleep(10s);
    CHECK(bar.read32(pci::nvme::csts) == 1);
    machine.function.sleep(1s);
    CHECK(bar.read32(pci::nvme::csts) == (kind == FaultKind::firmware_silent ? 1 : 0));
  }
}

TEST_CASE("sim fault gone-and-back: it goes once, however often the fault could strike", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(sim::Fault{.kind = FaultKind::gone_and_back, .times = 0, .length = 1s});
  for (int i = 0; i != 5; ++i) {
    read16(machine.function, 4);
    machine.function.sleep(500ms);
  }
  CHECK_FALSE(machine.function.gone());
}

TEST_CASE("sim fault gone-and-back: it comes back without its state", "[sim]") {
  FaultMachine machine;
  machine.faults.arm(sim::Fault{.kind = FaultKind::gone_and_back, .length = 1500ms});
  CHECK(read16(machine.function, 4) == 0xffff);
  machine.function.sleep(1499ms);
  CHECK(read16(machine.function, 4) == 0xffff);
  machine.function.sleep(100ms);
  read16(machine.function, 4);
  machine.function.sleep(100ms);
  CHECK(read16(machine.function, 4) == 0);
  CHECK_FALSE(machine.function.holds_state());
}
