// Resets by registers behind BAR 0: whether there are any, and the registers, with memory decode on.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <utility>

#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "pci/scoped_bits.hpp"

namespace methods {

namespace rg = reset_guard;

// A probe that maps nothing: it answers `yes` where BAR 0 is assigned.
template <pci::Function F>
rg::Probe probe_behind_bar_0(const F& function, const char* yes) noexcept {
  auto address = pci::memory_bar_address(function, 0);
  if (address.failed()) {
    std::move(address).discard("a probe answers no, whatever the reason");
    return {rg::Support::no, "the function does not answer"};
  }
  if (std::move(address).take() == 0) return {rg::Support::no, "BAR 0 is not assigned"};
  return {rg::Support::yes, yes};
}

// What: steps(registers), with memory decode on: a function that no driver has enabled has it off. A virtual function
// has no decode of its own.
// Requires: steps returns a Status or a Verdict.
// Effects: memory decode is put back, also when the steps failed.
// Returns: what the steps return.
// Errors: gone; io if memory decode does not change; those of map_bar() and of the steps.
template <pci::Function F, class Steps>
RESET_GUARD_MUST_USE auto with_bar_0(rg::ResetScope<F>& scope, Steps steps)
    -> decltype(steps(std::declval<typename F::Bar&>())) {
  using Answer = decltype(steps(std::declval<typename F::Bar&>()));
  F& function = scope.device();
  const auto mapped = [&]() -> Answer {
    RESET_GUARD_TRY(auto registers, function.map_bar(0));
    return steps(registers);
  };
  if (function.is_virtual_function()) return mapped();
  scope.touch();
  return pci::with_bits16(function, pci::header::command, 0, pci::command::memory_space, mapped);
}

}  // namespace methods
