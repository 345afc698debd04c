// Behaviour: what a function does beyond its config space; and which behaviour goes with which id.
#pragma once

#include <chrono>
#include <cstdint>

#include "clock.hpp"
#include "firmware/kinds.hpp"
#include "pci/id.hpp"
#include "pci/registers.hpp"

namespace sim {

// What the platform offers for a function. Its config space does not say it.
struct Platform {
  bool acpi_reset = false;     // its ACPI device has a _RST
  bool power_control = false;  // its power can be switched
  bool slot_reset = false;     // it sits in a hotplug slot that can be reset

  friend constexpr bool operator==(const Platform&, const Platform&) = default;
};

struct Behaviour {
  FirmwareOptions firmware{};
  Platform platform{};
  Duration ready_after = std::chrono::milliseconds(20);  // a reset, until config space answers; never: not at all
  Duration settles_after{};                              // an FLR, until it may be used, although it answers
  Duration transactions_pending{};                       // from time 0 on
  bool unreported_flr = false;                           // FLR works, and Device Capabilities does not say so
};

// The quirk table's devices as they are, each so that its handler matters.
constexpr Behaviour behaviour_of(pci::Id id, std::uint32_t class_code) noexcept {
  Behaviour behaviour;
  if (class_code == pci::nvme::class_code) behaviour.firmware.kind = FirmwareKind::nvme;
  if (id == pci::Id{0x8086, 0x10ed}) behaviour.unreported_flr = true;
  if (id == pci::Id{0x8086, 0x0156} || id == pci::Id{0x8086, 0x0166}) {
    behaviour.firmware.kind = FirmwareKind::ivy_bridge_graphics;
  }
  if (id == pci::Id{0x144d, 0xa804}) behaviour.firmware.nvme_dies_when_enabled = true;
  if (id == pci::Id{0x8086, 0x0953} || id == pci::Id{0x8086, 0x0a54} || id == pci::Id{0x025e, 0xf1ac}) {
    behaviour.settles_after = std::chrono::milliseconds(250);
  }
  if (id.vendor == 0x1425 && (id.device & 0xf000) == 0x4000) behaviour.firmware.kind = FirmwareKind::chelsio;
  if (id == pci::Id{0x19e5, 0x375e}) behaviour.firmware.kind = FirmwareKind::hinic;
  return behaviour;
}

}  // namespace sim
