// Linux's order of reset methods, as a chain.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "af_flr.hpp"
#include "bus.hpp"
#include "cxl_bus.hpp"
#include "device_specific.hpp"
#include "flr.hpp"
#include "pci/function.hpp"
#include "pm.hpp"

namespace methods {

namespace rg = reset_guard;

// The function was reset, by one method or another.
struct FunctionReset : rg::ResetStep<FunctionReset> {
  static constexpr const char* name = "function reset";
  using proved_by = rg::any_of<quirks::DeviceSpecific, Flr, AfFlr, Pm, Bus, CxlBus>;
};

template <pci::Function F, class M>
RESET_GUARD_MUST_USE rg::Verdict<FunctionReset> run_as_function_reset(F& function) {
  RESET_GUARD_TRY(auto evidence, M::run(function));
  return evidence;
}

template <pci::Function F, class M, bool works_unresponsive = false>
inline constexpr rg::Method<F, FunctionReset> method{
    .name = M::name,
    .probe = M::template probe<F>,
    .reset = run_as_function_reset<F, M>,
    .works_unresponsive = works_unresponsive,
    .excluded = [] {
      if constexpr (requires(const F& function) { M::excluded(function); }) {
        return static_cast<bool (*)(const F&) noexcept>(M::template excluded<F>);
      } else {
        return static_cast<bool (*)(const F&) noexcept>(nullptr);
      }
    }()};

template <pci::Function F>
inline constexpr rg::Method<F, FunctionReset> in_order[] = {
    method<F, DeviceSpecific>, method<F, Flr>,          method<F, AfFlr>, method<F, Pm>,
    method<F, Bus, true>,      method<F, CxlBus, true>,
};

// Source: pci_reset_fn_methods[] of Linux.
template <pci::Function F>
inline constexpr rg::MethodChain chain(in_order<F>);

}  // namespace methods
