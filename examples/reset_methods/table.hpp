// Which handler is for which of the devices in pci/quirks.hpp.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include "chelsio_t4.hpp"
#include "hinic_vf.hpp"
#include "intel_82599_vf.hpp"
#include "ivy_bridge_graphics.hpp"
#include "nvme_delay.hpp"
#include "nvme_disable.hpp"
#include "pci/function.hpp"
#include "pci/match.hpp"
#include "pci/quirks.hpp"
#include "qualcomm.hpp"

namespace quirks {

namespace rg = reset_guard;

// What all handlers have in common, so that a table can hold them. A handler's own verdict says which steps it owes.
struct DeviceSpecific : rg::ResetStep<DeviceSpecific> {
  static constexpr rg::Literal name = "device_specific";
  using proved_by = rg::any_of<methods::Flr, IvyBridgeReset, WlanReset, ModemReset>;
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
  static_assert(std::is_convertible_v<decltype(evidence), rg::Verdict<DeviceSpecific>>,
                "the reset step that this handler shows is not in DeviceSpecific::proved_by, above");
  return evidence;
}

template <pci::Function F>
constexpr Handler<F> handler_of(pci::Quirk quirk) {
  const auto handler = [quirk](rg::Probe (*probe)(const F&) noexcept,
                               rg::Verdict<DeviceSpecific> (*reset)(rg::ResetScope<F>&)) {
    return Handler<F>{pci::name_of(quirk).text, probe, reset, pci::name_of(quirk).proposed};
  };
  switch (quirk) {
    using enum pci::Quirk;
    case intel_82599_vf: return handler(probe_82599_vf<F>, as_device_specific<F, reset_82599_vf<F>>);
    case ivy_bridge_graphics:
      return handler(probe_ivy_bridge_graphics<F>, as_device_specific<F, reset_ivy_bridge_graphics<F>>);
    case nvme_disable: return handler(probe_nvme_disable<F>, as_device_specific<F, reset_nvme_disable<F>>);
    case nvme_delay: return handler(probe_nvme_delay<F>, as_device_specific<F, reset_nvme_delay<F>>);
    case chelsio_t4: return handler(probe_chelsio_t4<F>, as_device_specific<F, reset_chelsio_t4<F>>);
    case hinic_vf: return handler(probe_hinic_vf<F>, as_device_specific<F, reset_hinic_vf<F>>);
    case qualcomm_wlan: return handler(probe_qualcomm<F>, as_device_specific<F, reset_qualcomm_wlan<F>>);
    case qualcomm_modem: return handler(probe_qualcomm<F>, as_device_specific<F, reset_qualcomm_modem<F>>);
  }
  rg::trap("a quirk without a handler: add a case above");  // it is no constant, and so does not compile
}

namespace detail {
template <pci::Function F, class Indices>
struct Entries;
template <pci::Function F, std::size_t... entry>
struct Entries<F, std::index_sequence<entry...>> {
  static constexpr rg::HandlerEntry<pci::Match, Handler<F>> list[] = {
      {pci::quirks[entry].match, handler_of<F>(pci::quirks[entry].quirk)}...};
};
}  // namespace detail

template <pci::Function F>
inline constexpr auto& table =
    rg::handler_table<detail::Entries<F, std::make_index_sequence<std::size(pci::quirks)>>::list>;

}  // namespace quirks
