// Behaviour: what a function does beyond its config space; and which behaviour goes with which id.
#pragma once

#include <chrono>
#include <cstdint>

#include "clock.hpp"
#include "firmware/firmware.hpp"
#include "pci/id.hpp"
#include "pci/quirks.hpp"
#include "pci/registers.hpp"
#include "quirk_models.hpp"

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

// Of a device in the list of quirks what its model says.
constexpr Behaviour behaviour_of(pci::Id id, std::uint32_t class_code) {
  Behaviour behaviour;
  if (class_code == pci::nvme::class_code) behaviour.firmware.make = make_firmware<NvmeFirmware>;
  const pci::QuirkEntry* entry = pci::find_quirk(id);
  if (entry == nullptr) return behaviour;
  const QuirkModel model = model_of(entry->quirk);
  behaviour.firmware.nvme_dies_when_enabled = model.nvme_dies_when_enabled;
  behaviour.unreported_flr = model.unreported_flr;
  behaviour.settles_after = model.settles_after;
  behaviour.firmware.make = model.firmware;
  return behaviour;
}

}  // namespace sim
