/// What happens when a rule is broken in a way that no return value can report: one replaceable handler, then a trap.
#pragma once

namespace reset_guard {

/// Called with the rule that was broken, as one line of text. It must not return; if it does, the program traps.
using TrapHandler = void (*)(const char* rule) noexcept;

namespace detail {
inline TrapHandler trap_handler = nullptr;
}

/// Installs the handler that trap() calls, for the whole program; nullptr for none.
/// Requires: it is done before the first reset: the pointer is not synchronised.
/// Returns: the handler that was installed before, or nullptr.
inline TrapHandler set_trap_handler(TrapHandler handler) noexcept {
  TrapHandler previous = detail::trap_handler;
  detail::trap_handler = handler;
  return previous;
}

/// Stops the program because `rule` was broken: it does not return. Present in every build: a check that a release
/// build strips holds nothing.
/// Effects: calls the handler of set_trap_handler(), if there is one; then `__builtin_trap()`.
[[noreturn, gnu::cold, gnu::noinline]] inline void trap(const char* rule) noexcept {
  if (detail::trap_handler != nullptr) detail::trap_handler(rule);
  __builtin_trap();
}

}  // namespace reset_guard
