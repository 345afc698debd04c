// Linux's order of reset methods, as a chain; and what a function's own selection makes of it.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>

#include "acpi.hpp"
#include "af_flr.hpp"
#include "bus.hpp"
#include "cxl_bus.hpp"
#include "d3cold.hpp"
#include "device_specific.hpp"
#include "flr.hpp"
#include "pci/function.hpp"
#include "pci/method_selection.hpp"
#include "pm.hpp"

namespace methods {

namespace rg = reset_guard;

// The function was reset, by one method or another.
struct FunctionReset : rg::ResetStep<FunctionReset> {
  static constexpr rg::Literal name = "function reset";
  using proved_by = rg::any_of<quirks::DeviceSpecific, Acpi, Flr, AfFlr, Pm, Bus, CxlBus, D3cold>;
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
    method<F, DeviceSpecific>, method<F, Acpi>,         method<F, Flr>,          method<F, AfFlr>, method<F, Pm>,
    method<F, Bus, true>,      method<F, CxlBus, true>, method<F, D3cold, true>,
};

template <pci::Function F>
inline constexpr rg::MethodChain chain(in_order<F>);

// What: resets a function by the chosen methods, in the chosen order, as the chain does by all of them.
// Errors: those of the chain; unsupported too if none is chosen.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<FunctionReset> reset_by(F& function, const pci::MethodSelection& selection,
                                                         rg::ChainOptions options = {}) {
  static_assert(std::size(in_order<F>) == pci::method_names.size());
  rg::Method<F, FunctionReset> chosen[pci::method_names.size()] = {};
  std::size_t size = 0;
  for (const std::uint8_t place : selection) chosen[size++] = in_order<F>[place];
  return rg::MethodChain<F, FunctionReset>(chosen, size).reset(function, options);
}

// A function that keeps a selection of its own.
template <class F>
concept Selective = pci::Function<F> && requires(F& function) {
  { function.reset_methods } -> std::same_as<pci::MethodSelection&>;
};

// What: chooses a function's reset methods, as a write to Linux's `reset_method` file does.
// Effects: probes each method that is named. `function.reset_methods` changes only if all of them are good.
// Errors: invalid, no such method; unsupported, this function does not support it. `refused` is that part of the text,
// and the error says why.
// Source: reset_method_store() of Linux.
template <Selective F>
RESET_GUARD_MUST_USE rg::Status select(F& function, std::string_view text, std::string_view& refused) {
  RESET_GUARD_TRY(const pci::MethodSelection selection, pci::MethodSelection::parse(text, refused));
  if (selection != pci::MethodSelection()) {  // 'default' leaves it to the chain what is supported
    const F& asked = function;
    for (const std::uint8_t place : selection) {
      const rg::Probe offered = chain<F>.probe(in_order<F>[place], asked);
      if (offered.support != rg::Support::no) continue;
      refused = pci::method_names[place];
      return rg::Error(rg::Errc::unsupported, 0, rg::Literal::unchecked(offered.why));
    }
  }
  function.reset_methods = selection;
  return rg::ok();
}

// What: resets a function by the methods that were chosen for it.
template <Selective F>
RESET_GUARD_MUST_USE rg::Verdict<FunctionReset> reset_as_selected(F& function, rg::ChainOptions options = {}) {
  return reset_by(function, function.reset_methods, options);
}

}  // namespace methods
