// What a platform may offer for a function beyond its registers. A backend has the members of what it offers: without
// them it models pci::Function all the same, and the reset methods that need them answer 'no'.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <concepts>

#include "function.hpp"
#include "id.hpp"

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

// Where a function sits: by this several functions are told from one, and those on one bus from others.
template <class F>
concept Located = Function<F> && requires(const F& constant) {
  { constant.address() } -> std::convertible_to<Address>;
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

// What a function may lack that a reset needs.
enum class Lacks { port, acpi_reset, power_control, slot_reset };

// Why the function has none, as a sentence that lives as long as the program. A backend that cannot tell whether it has
// one has a member of this name that says so.
template <Function F>
[[nodiscard]] const char* why_none([[maybe_unused]] const F& function, Lacks what) noexcept {
  if constexpr (requires {
                  { function.why_none(what) } -> std::same_as<const char*>;
                }) {
    return function.why_none(what);
  }
  switch (what) {
    case Lacks::port: return "on a root bus: no port above it";
    case Lacks::acpi_reset:
      return AcpiResettable<F> ? "ACPI has no _RST for it" : "only the kernel can evaluate a _RST of ACPI";
    case Lacks::power_control:
      return PowerControlled<F> ? "the platform does not control its power" : "only the kernel can switch its power";
    case Lacks::slot_reset: return "in no hotplug slot that can be reset";
  }
  return "";
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
