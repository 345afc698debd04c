// Whether a method is offered for a function, and whether a reset from outside would hit that function only.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <utility>

#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"

namespace methods {

namespace rg = reset_guard;

// What a method answers for a function that its probe does not offer it for.
// Errors: unsupported.
RESET_GUARD_MUST_USE inline rg::Status unless_no(rg::Probe offered) noexcept {
  if (offered.support != rg::Support::no) return rg::ok();
  return rg::Error(rg::Errc::unsupported, 0, rg::Literal::unchecked(offered.why));
}

// What failed before the reset could begin: the function is fenced, and stays so. An 'unsupported' is no failure.
template <class Step, pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<Step> cannot_begin(F& function, rg::Error error) {
  if (error.code() == rg::Errc::unsupported) return error;
  return rg::reset(function, [&](rg::ResetScope<F>&) -> rg::Verdict<Step> { return error; });
}

// What: why a reset of the bus, the slot or the power would reach more than the function, which is all that its fence
// covers; with the others' names, where they are known. Changes nothing.
// Returns: a string that lives as long as the program; nullptr if the function is alone.
template <pci::Function F>
[[nodiscard]] const char* why_not_alone(const F& function) noexcept {
  if (pci::is_bridge(function)) return "a port: the bus below it would be reset too";
  if (function.is_virtual_function()) return "a virtual function: its physical function shares the bus";
  if (function.functions_on_bus() != 1) return pci::functions_beside(function);
  return nullptr;
}

}  // namespace methods
