// What a platform may offer for a function beyond its registers. A backend has the members of what it offers: without
// them it models pci::Function all the same, and the reset methods that need them answer 'no'.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <concepts>

#include "function.hpp"

namespace pci {

// The firmware's own reset of one function.
//   has_acpi_reset()  whether the function's ACPI device has a _RST
//   acpi_reset()      evaluates it
// Source: ACPI 6.5, section 7.3.25.
template <class F>
concept AcpiResettable = requires(F& function, const F& constant) {
  { constant.has_acpi_reset() } -> std::same_as<bool>;
  { function.acpi_reset() } -> std::same_as<rg::Status>;
};

// The power supply of a function and of all that shares its slot.
//   has_power_control()  whether the platform can switch it
//   power_off()          returns when the power has been off for long enough that every state is lost
//   power_on()           returns when the power is good; with power that was never off, it does nothing
template <class F>
concept PowerControlled = requires(F& function, const F& constant) {
  { constant.has_power_control() } -> std::same_as<bool>;
  { function.power_off() } -> std::same_as<rg::Status>;
  { function.power_on() } -> std::same_as<rg::Status>;
};

// A hotplug slot whose controller can reset what is in it.
//   has_slot_reset()  whether the function sits in one
//   reset_slot()      returns when the slot is out of reset; to the controller nothing was unplugged
template <class F>
concept SlotResettable = requires(F& function, const F& constant) {
  { constant.has_slot_reset() } -> std::same_as<bool>;
  { function.reset_slot() } -> std::same_as<rg::Status>;
};

// Whether the platform offers it for this function.
template <Function F>
[[nodiscard]] bool has_acpi_reset([[maybe_unused]] const F& function) noexcept {
  if constexpr (AcpiResettable<F>) return function.has_acpi_reset();
  return false;
}
template <Function F>
[[nodiscard]] bool has_power_control([[maybe_unused]] const F& function) noexcept {
  if constexpr (PowerControlled<F>) return function.has_power_control();
  return false;
}
template <Function F>
[[nodiscard]] bool has_slot_reset([[maybe_unused]] const F& function) noexcept {
  if constexpr (SlotResettable<F>) return function.has_slot_reset();
  return false;
}

// Which functions share the function's bus, as a sentence that lives as long as the program. A backend that knows their
// names has a member of this name that says them.
template <Function F>
[[nodiscard]] const char* functions_beside([[maybe_unused]] const F& function) noexcept {
  if constexpr (requires {
                  { function.functions_beside() } -> std::same_as<const char*>;
                }) {
    return function.functions_beside();
  }
  return "several functions on its bus";
}

}  // namespace pci
