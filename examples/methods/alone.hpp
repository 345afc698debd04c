// Whether a reset from outside would hit one function only.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"

namespace methods {

namespace rg = reset_guard;

// What: why a reset of the bus, the slot or the power would reach more than the function, which is all that its fence
// covers; with the others' names, where they are known. Changes nothing.
// Returns: a string that lives for ever; nullptr if the function is alone.
template <pci::Function F>
[[nodiscard]] const char* why_not_alone(const F& function) noexcept {
  if (pci::is_bridge(function)) return "a port: the bus below it would be reset too";
  if (function.is_virtual_function()) return "a virtual function: its physical function shares the bus";
  if (function.functions_on_bus() != 1) return pci::functions_beside(function);
  return nullptr;
}

}  // namespace methods
