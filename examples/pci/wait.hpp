// The two waits around a reset: before it, for transactions under way; after it, for the function to answer.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <utility>

#include "capability.hpp"
#include "function.hpp"
#include "registers.hpp"

namespace pci {

// No function may be spoken to earlier after an FLR or a bus reset (PCI Express Base 6.0, section 6.6).
inline constexpr Duration reset_recovery_time = std::chrono::milliseconds(100);
// And after each change of the power state between D0 and D3hot (section 5.9).
inline constexpr Duration power_transition_time = std::chrono::milliseconds(10);
// How long a secondary bus reset is held: the specification asks for 1 ms.
inline constexpr Duration bus_reset_hold_time = std::chrono::milliseconds(2);
// When a function that does not answer is given up. Linux gives up near 65 s too. A backend may have a member of this
// name that says another time.
inline constexpr Duration longest_recovery = std::chrono::seconds(65);
template <class F>
[[nodiscard]] Duration longest_recovery_of([[maybe_unused]] const F& function) noexcept {
  if constexpr (requires {
                  { function.longest_recovery() } -> std::same_as<Duration>;
                }) {
    return function.longest_recovery();
  }
  return longest_recovery;
}
// Between two looks; short at first, since most functions answer at once.
inline constexpr Duration shortest_look_interval = std::chrono::milliseconds(1);
inline constexpr Duration longest_look_interval = std::chrono::seconds(1);

namespace detail {

// Linux's intervals: looks at once, and 100, 300 and 700 ms later.
template <class F>
  requires ConfigRead<F> && Clocked<F>
RESET_GUARD_MUST_USE rg::Status wait_until_clear(F& function, unsigned offset, std::uint16_t mask) {
  static constexpr rg::Literal step = "pending transactions";
  const auto at = static_cast<std::uint16_t>(offset);
  return rg::poll_until(
      function, {std::chrono::milliseconds(700), std::chrono::milliseconds(100), std::chrono::milliseconds(400)}, step,
      [&function, at, mask]() -> rg::Result<bool> {
        const std::uint16_t value = function.read16(at);
        if (value == all_ones<std::uint16_t> && reads_as_absent(function)) return rg::Error(rg::Errc::gone, 0, step);
        return (value & mask) == 0;
      });
}

}  // namespace detail

// Waits until no transaction that the function asked for is unanswered (Device Status, Transactions Pending).
// Effects: sleeps up to 700 ms. Belongs before prepare: it says nothing about the reset, and a reset may go on without.
// Errors: timed_out; gone; invalid for a broken capability list. Without a PCI Express capability there is nothing to
// ask, and that is a success.
// Source: PCI Express Base 6.0, section 6.6.2, implementation note.
template <class F>
  requires ConfigRead<F> && Clocked<F>
RESET_GUARD_MUST_USE rg::Status wait_for_pending_transactions(F& function) {
  auto found = find_capability(function, express::id);
  if (found.failed()) {
    const rg::Error error = std::move(found).error();
    if (error.code() == rg::Errc::unsupported) return rg::ok();
    return error;
  }
  return detail::wait_until_clear(function, std::move(found).take() + express::device_status,
                                  express::transactions_pending);
}

// The same for a function with the Advanced Features capability, at `capability`.
template <class F>
  requires ConfigRead<F> && Clocked<F>
RESET_GUARD_MUST_USE rg::Status wait_for_pending_transactions_af(F& function, std::uint16_t capability) {
  // The status byte is the upper half of the 16 bits at control.
  return detail::wait_until_clear(function, capability + advanced_features::control,
                                  advanced_features::transactions_pending << 8);
}

// The function answers again after its reset.
// Effects: sleeps `at_first` before it looks at all, then looks in doubling intervals.
// Errors: timed_out after longest_recovery_of(function), of which `spent` was over before; gone if by then the port
// above does not answer either.
// Source: PCI Express Base 6.0, section 6.6. The Command register is read, and not the vendor id: that of a virtual
// function always reads ffff.
struct Ready : rg::Step<Ready> {
  static constexpr rg::Literal name = "ready";

  template <class F>
    requires ConfigRead<F> && Clocked<F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function, Duration at_first, Duration spent = {}) {
    static constexpr rg::Literal step = "wait until ready";
    function.sleep(at_first);
    rg::Status ready =
        rg::poll_until(function, {longest_recovery_of(function) - spent, shortest_look_interval, longest_look_interval},
                       step, [&function] { return !reads_as_absent(function); });
    if (!ready.failed()) return ready;
    const rg::Error error = std::move(ready).error();
    if constexpr (requires { reads_as_absent(*function.parent()); }) {
      if (function.parent() != nullptr && reads_as_absent(*function.parent())) {
        return rg::Error(rg::Errc::gone, error.native(), step);
      }
    }
    return error;
  }
};

// Does that step, for an act that ends with it.
template <Function F>
RESET_GUARD_MUST_USE rg::Status wait_until_ready(rg::ResetScope<F>& scope, Duration at_first = reset_recovery_time) {
  RESET_GUARD_TRY([[maybe_unused]] auto ready, Ready::run(scope, at_first));
  return rg::ok();
}

// After a reset that went through D3hot: the function is in D0. If the write that was to bring it there was lost, it is
// repeated.
// Errors: io if the function does not go to D0; those of wait_until_ready().
template <Function F>
RESET_GUARD_MUST_USE rg::Status require_d0(rg::ResetScope<F>& scope, std::uint16_t control_status) {
  F& function = scope.device();
  for (unsigned time = 0; time != 3; ++time) {
    const auto status = read_surely<std::uint16_t>(function, control_status);
    if (status == all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "look at the power state");
    if ((status & power_management::power_state_mask) == power_management::d0) return rg::ok();
    RESET_GUARD_CHECK(
        function.write16(control_status, static_cast<std::uint16_t>(status & ~power_management::power_state_mask)));
    RESET_GUARD_CHECK(wait_until_ready(scope, power_transition_time));
  }
  return rg::Error(rg::Errc::io, 0, "the function does not go to D0");
}

}  // namespace pci
