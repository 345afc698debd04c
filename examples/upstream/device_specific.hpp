// The handlers, the devices they are for, and the method that calls them.
#pragma once

#include <cerrno>

#include "chelsio_t4.hpp"
#include "function.hpp"
#include "hinic_vf.hpp"
#include "intel_82599_vf.hpp"
#include "ivy_bridge_graphics.hpp"
#include "nvme_delay.hpp"
#include "nvme_disable.hpp"
#include "pci/id.hpp"
#include "pci/match.hpp"
#include "prepare_done.hpp"

namespace upstream {

struct Handler {
  pci::Match match;
  const char* name;
  int (*reset)(Function&, Purpose);
};

// Source: pci_dev_reset_methods[] of Linux.
inline constexpr Handler handlers[] = {
    {pci::Match::exactly(0x8086, 0x10ed), "intel_82599_vf", reset_82599_vf},
    {pci::Match::exactly(0x8086, 0x0156), "ivy_bridge_graphics", reset_ivy_bridge_graphics},
    {pci::Match::exactly(0x8086, 0x0166), "ivy_bridge_graphics", reset_ivy_bridge_graphics},
    {pci::Match::exactly(0x144d, 0xa804), "nvme_disable", reset_nvme_disable},
    {pci::Match::exactly(0x8086, 0x0953), "nvme_delay", reset_nvme_delay},
    {pci::Match::exactly(0x8086, 0x0a54), "nvme_delay", reset_nvme_delay},
    {pci::Match::exactly(0x025e, 0xf1ac), "nvme_delay", reset_nvme_delay},
    {pci::Match::any_device_of(0x1425), "chelsio_t4", reset_chelsio_t4},
    {pci::Match::exactly(0x19e5, 0x375e), "hinic_vf", reset_hinic_vf},
};

// nullptr: there is none for these ids.
constexpr const Handler* find_handler(pci::Id id) noexcept {
  for (const Handler& handler : handlers) {
    if (handler.match.matches(id)) return &handler;
  }
  return nullptr;
}

// Encloses the handler, and with it the pair of the FLR that the handler calls.
// Source: pci_dev_specific_reset() of Linux.
inline int reset_device_specific(Function& function, Purpose purpose) {
  const Handler* const handler = find_handler(function.hardware.enumerated().id);
  if (handler == nullptr) return -ENOTTY;
  if (purpose == Purpose::probe) return handler->reset(function, purpose);

  int result = prepare(function, "device_specific");
  if (result != 0) return result;
  result = handler->reset(function, purpose);
  done(function, "device_specific", result);
  return result;
}

}  // namespace upstream
