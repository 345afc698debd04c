#include "sim_machine.hpp"

namespace {

using Hinic = sim::HinicFirmware;
using Graphics = sim::IvyBridgeGraphicsFirmware;

// A quirk device, its BAR 0 mapped.
struct Mapped {
  explicit Mapped(pci::Id id) : fabric(machine_of(quirk_images(id))), function(last_of(fabric)), bar(map()) {}
  sim::Function::Bar map() { return value_of(function.map_bar(0)); }

  sim::Fabric fabric;
  sim::Function& function;
  sim::Function::Bar bar;
};

struct HinicMachine : Mapped {
  HinicMachine() : Mapped({0x19e5, 0x375e}) {}
  static constexpr std::uint32_t in_process = 0x00000400;  // bit 18, big-endian

  void tell_firmware() { bar.write32(Hinic::operation, bar.read32(Hinic::operation) | in_process); }
  void write_vendor_id() { write16(function, pci::header::vendor_id, 0); }
  bool acknowledged() { return (bar.read32(Hinic::operation) & in_process) == 0; }
};

struct GraphicsMachine : Mapped {
  GraphicsMachine() : Mapped({0x8086, 0x0166}) { prepare(function); }

  void panel_down() {
    bar.write32(Graphics::south_chicken_2, 5);
    bar.write32(Graphics::panel_power_control, bar.read32(Graphics::panel_power_control) & ~1u);
  }
  bool panel_busy() { return (bar.read32(Graphics::panel_power_status) & Graphics::panel_busy) != 0; }
};

}  // namespace

TEST_CASE("sim hinic: its registers are big-endian", "[sim]") {
  CHECK(HinicMachine().bar.read32(Hinic::flr_type) == 0x00000040);
}

TEST_CASE("sim hinic: the firmware acknowledges a while after the FLR and the write to the vendor id", "[sim]") {
  HinicMachine machine;
  machine.tell_firmware();
  flr(machine.function);
  machine.write_vendor_id();
  CHECK_FALSE(machine.acknowledged());
  machine.function.sleep(150ms);
  CHECK(machine.acknowledged());
}

TEST_CASE("sim hinic: without the write to the vendor id it never acknowledges", "[sim]") {
  HinicMachine machine;
  machine.tell_firmware();
  flr(machine.function);
  machine.function.sleep(1h);
  CHECK_FALSE(machine.acknowledged());
}

TEST_CASE("sim hinic: a write to the vendor id before the FLR does not count", "[sim]") {
  HinicMachine machine;
  machine.tell_firmware();
  machine.write_vendor_id();
  flr(machine.function);
  machine.function.sleep(1h);
  CHECK_FALSE(machine.acknowledged());
}

TEST_CASE("sim hinic: a second write to the vendor id does not make the firmware begin again", "[sim]") {
  HinicMachine machine;
  machine.tell_firmware();
  flr(machine.function);
  machine.write_vendor_id();
  machine.function.sleep(100ms);
  machine.write_vendor_id();
  machine.function.sleep(50ms);
  CHECK(machine.acknowledged());
}

TEST_CASE("sim hinic: without an FLR it never acknowledges", "[sim]") {
  HinicMachine machine;
  machine.tell_firmware();
  machine.write_vendor_id();
  machine.function.sleep(1h);
  CHECK_FALSE(machine.acknowledged());
}

TEST_CASE("sim hinic: verified before the acknowledgement is a violation", "[sim]") {
  HinicMachine machine;
  machine.tell_firmware();
  flr(machine.function);
  machine.write_vendor_id();
  CHECK(code_of(machine.function.reset_done(rg::Outcome::verified)) == rg::Errc{});
  CHECK(violations(machine.fabric) == Texts{"the firmware has not acknowledged the FLR"});
}

TEST_CASE("sim hinic: a firmware that takes no part says so", "[sim]") {
  auto images = quirk_images({0x19e5, 0x375e});
  images.back().behaviour.firmware.hinic_flr_capable = false;
  sim::Fabric fabric = machine_of(std::move(images));
  CHECK(value_of(last_of(fabric).map_bar(0)).read32(Hinic::flr_type) == 0);
}

TEST_CASE("sim graphics: the panel goes down a while after it was asked to", "[sim]") {
  GraphicsMachine machine;
  CHECK(machine.panel_busy());
  machine.panel_down();
  CHECK(machine.panel_busy());
  machine.function.sleep(150ms);
  CHECK_FALSE(machine.panel_busy());
}

TEST_CASE("sim graphics: without south chicken 2 the panel stays up", "[sim]") {
  GraphicsMachine machine;
  machine.bar.write32(Graphics::panel_power_control, 0);
  machine.function.sleep(1h);
  CHECK(machine.panel_busy());
}

TEST_CASE("sim graphics: the power state register resets, and leaves config space", "[sim]") {
  GraphicsMachine machine;
  machine.panel_down();
  machine.function.sleep(150ms);
  machine.bar.write32(Graphics::power_state, 2);
  CHECK_FALSE(machine.function.holds_state());
  CHECK(read16(machine.function, pci::header::command) == 0x0103);
  CHECK(violations(machine.fabric).empty());
}

TEST_CASE("sim graphics: reset with the panel still on is a violation", "[sim]") {
  GraphicsMachine machine;
  machine.bar.write32(Graphics::power_state, 2);
  CHECK(violations(machine.fabric) == Texts{"the graphics engine was reset before its panel was off"});
}

TEST_CASE("sim nvme: ready follows enable after a while", "[sim]") {
  Mapped machine({0x8086, 0x0953});
  machine.bar.write32(pci::nvme::cc, 0x00460000);
  CHECK(machine.bar.read32(pci::nvme::csts) == pci::nvme::csts_ready);
  machine.function.sleep(150ms);
  CHECK(machine.bar.read32(pci::nvme::csts) == 0);
}

TEST_CASE("sim nvme: the time it says it needs is in CAP", "[sim]") {
  CHECK(Mapped({0x8086, 0x0953}).bar.read32(pci::nvme::cap) >> pci::nvme::cap_timeout_shift == 15);
}

TEST_CASE("sim nvme: a controller is picked by the class, whatever its id", "[sim]") {
  sim::Fabric fabric = machine_of({given(nvme_id)});
  CHECK(value_of(fabric[0].map_bar(0)).read32(pci::nvme::cc) == 0x00460001);
}

TEST_CASE("sim nvme: Samsung's does not come back from an FLR while it is enabled", "[sim]") {
  Mapped machine({0x144d, 0xa804});
  flr(machine.function);
  machine.function.sleep(1h);
  CHECK(read16(machine.function, pci::header::command) == 0xffff);
}

TEST_CASE("sim nvme: Samsung's comes back from an FLR once it is disabled", "[sim]") {
  Mapped machine({0x144d, 0xa804});
  machine.bar.write32(pci::nvme::cc, 0x00460000);
  machine.function.sleep(150ms);
  flr(machine.function);
  CHECK(read16(machine.function, pci::header::command) == 0);
}

TEST_CASE("sim chelsio: stuck in an FLR unless bus mastering and MSI-X are on", "[sim]") {
  for (const bool master : {false, true}) {
    for (const bool msi_x : {false, true}) {
      sim::Fabric fabric = machine_of(quirk_images({0x1425, 0x4401}));
      sim::Function& function = last_of(fabric);
      write16(function, pci::header::command, master ? pci::command::bus_master : 0);
      write16(function, function.config().capabilities().msi_x + pci::msi_x::flags, msi_x ? pci::msi_x::enable : 0);
      flr(function);
      function.sleep(1h);
      CHECK((read16(function, pci::header::command) == 0) == (master && msi_x));
    }
  }
}
