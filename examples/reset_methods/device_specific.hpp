// The handler that the quirk table has for a function. Encloses what the handler calls, `flr` for the most part.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "pci/function.hpp"
#include "reset_methods/table.hpp"

namespace methods {

namespace rg = reset_guard;

// Source: pci_dev_specific_reset() of Linux.
struct DeviceSpecific {
  static constexpr rg::Literal name = quirks::DeviceSpecific::name;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    const auto* entry = quirks::table<F>.find(function.id());
    if (entry == nullptr) return {rg::Support::no, "no handler for these ids"};
    return entry->handler.probe(function);
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<quirks::DeviceSpecific> run(F& function) {
    const auto* entry = quirks::table<F>.find(function.id());
    if (entry == nullptr) return rg::Error(rg::Errc::unsupported, 0, "no handler for these ids");
    return rg::reset(function, entry->handler.reset);
  }
};

}  // namespace methods
