// The methods in Linux's order, and the walk over them. Left out are acpi and d3cold, which need a platform.
#pragma once

#include <cerrno>
#include <cstddef>

#include "af_flr.hpp"
#include "bus.hpp"
#include "cxl_bus.hpp"
#include "device_specific.hpp"
#include "flr.hpp"
#include "function.hpp"
#include "pm.hpp"

namespace upstream {

struct Method {
  const char* name;
  int (*reset)(Function&, Purpose);
};

// Source: pci_reset_fn_methods[] of Linux.
inline constexpr Method methods[] = {
    {"device_specific", reset_device_specific},
    {"flr", reset_flr},
    {"af_flr", reset_af_flr},
    {"pm", reset_pm},
    {"bus", reset_bus},
    {"cxl_bus", reset_cxl_bus},
};
inline constexpr std::size_t method_count = sizeof(methods) / sizeof(methods[0]);

// Goes on after -ENOTTY: after a method that the function does not offer, and (upstream's fault) after a reset whose
// wait timed out. `first`: where it begins, as if the methods before it had been switched off.
// Source: __pci_reset_function_locked() of Linux.
inline int walk(Function& function, std::size_t first = 0) {
  for (std::size_t i = first; i < method_count; ++i) {
    const int result = methods[i].reset(function, Purpose::reset);
    if (result != -ENOTTY) return result;
  }
  return -ENOTTY;
}

}  // namespace upstream
