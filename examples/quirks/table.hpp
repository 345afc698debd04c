// The handlers, and the devices they are for.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "chelsio_t4.hpp"
#include "hinic_vf.hpp"
#include "intel_82599_vf.hpp"
#include "ivy_bridge_graphics.hpp"
#include "nvme_delay.hpp"
#include "nvme_disable.hpp"
#include "pci/function.hpp"
#include "pci/match.hpp"
#include "qualcomm_power_cycle.hpp"

namespace quirks {

namespace rg = reset_guard;

// What all handlers have in common, so that a table can hold them. A handler's own verdict says which steps it owes.
struct DeviceSpecific : rg::ResetStep<DeviceSpecific> {
  static constexpr rg::Literal name = "device_specific";
  using proved_by = rg::any_of<methods::Flr, IvyBridgeReset, PowerCycle>;
};

template <pci::Function F>
struct Handler {
  const char* name;
  rg::Probe (*probe)(const F&) noexcept;
  rg::Verdict<DeviceSpecific> (*reset)(rg::ResetScope<F>&);
  bool proposed = false;  // for Linux, and not merged
};

template <pci::Function F, auto handler>
RESET_GUARD_MUST_USE rg::Verdict<DeviceSpecific> as_device_specific(rg::ResetScope<F>& scope) {
  RESET_GUARD_TRY(auto evidence, handler(scope));
  return evidence;
}

template <pci::Function F>
inline constexpr rg::HandlerEntry<pci::Match, Handler<F>> entries[] = {
    {pci::Match::exactly(0x8086, 0x10ed),
     {"Intel 82599 VF", probe_82599_vf<F>, as_device_specific<F, reset_82599_vf<F>>}},
    {pci::Match::exactly(0x8086, 0x0156),
     {"Ivy Bridge graphics", probe_ivy_bridge_graphics<F>, as_device_specific<F, reset_ivy_bridge_graphics<F>>}},
    {pci::Match::exactly(0x8086, 0x0166),
     {"Ivy Bridge graphics", probe_ivy_bridge_graphics<F>, as_device_specific<F, reset_ivy_bridge_graphics<F>>}},
    {pci::Match::exactly(0x144d, 0xa804),
     {"NVMe, disable before FLR", probe_nvme_disable<F>, as_device_specific<F, reset_nvme_disable<F>>}},
    {pci::Match::exactly(0x8086, 0x0953),
     {"NVMe, 250 ms after FLR", probe_nvme_delay<F>, as_device_specific<F, reset_nvme_delay<F>>}},
    {pci::Match::exactly(0x8086, 0x0a54),
     {"NVMe, 250 ms after FLR", probe_nvme_delay<F>, as_device_specific<F, reset_nvme_delay<F>>}},
    {pci::Match::exactly(0x025e, 0xf1ac),
     {"NVMe, 250 ms after FLR", probe_nvme_delay<F>, as_device_specific<F, reset_nvme_delay<F>>}},
    {pci::Match::any_device_of(0x1425),
     {"Chelsio T4", probe_chelsio_t4<F>, as_device_specific<F, reset_chelsio_t4<F>>}},
    {pci::Match::exactly(0x19e5, 0x375e), {"HiNIC VF", probe_hinic_vf<F>, as_device_specific<F, reset_hinic_vf<F>>}},
    {pci::Match::exactly(0x17cb, 0x1103),
     {"Qualcomm power cycle", probe_qualcomm_power_cycle<F>, as_device_specific<F, reset_qualcomm_power_cycle<F>>,
      true}},
    {pci::Match::exactly(0x17cb, 0x1107),
     {"Qualcomm power cycle", probe_qualcomm_power_cycle<F>, as_device_specific<F, reset_qualcomm_power_cycle<F>>,
      true}},
    {pci::Match::exactly(0x17cb, 0x0308),
     {"Qualcomm power cycle", probe_qualcomm_power_cycle<F>, as_device_specific<F, reset_qualcomm_power_cycle<F>>,
      true}},
};

// Source: pci_dev_reset_methods[] of Linux 7.x, but for what is marked as proposed.
template <pci::Function F>
inline constexpr auto& table = rg::handler_table<entries<F>>;

}  // namespace quirks
