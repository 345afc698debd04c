/// Step and ResetStep: the only places where evidence is minted and failures are recorded.
#pragma once

#include "evidence.hpp"
#include "move.hpp"
#include "result.hpp"
#include "trace.hpp"

namespace reset_guard {

namespace detail {

// The way from a step to its scope's ledger.
struct StepAccess {
  template <class S, class Scope>
  static constexpr Done<S> done(Scope& scope) noexcept {
    const Stamp stamp = scope.machine().mint(&step_identity<S>);
    scope.trace({TraceKind::evidence, scope.depth(), Outcome::verified, nullptr, step_name<S>()});
    return Done<S>(stamp);
  }

  template <class S, class Scope>
  static constexpr Error fail(Scope& scope, Error error) noexcept {
    const Error recorded = scope.machine().fail(error, &step_identity<S>, is_reset_step<S>);
    scope.trace({TraceKind::failure, scope.depth(), Outcome::failed, &recorded, step_name<S>()});
    return recorded;
  }
};

}  // namespace detail

/// A step: one act inside a reset, `struct FirmwareAck : Step<FirmwareAck> { ... }`. One type per act: 'the same step'
/// is the type, so a step with a parameter is a template. It may declare `static constexpr const char* name` (for
/// traces) and `using proved_by = any_of<...>`.
///
/// done(), fail() and done_if() can be called inside S only. The scope that they are given is a ResetScope of the
/// device, borrowed for the call. In a class template say `S::done(scope)`, since the base is not looked into for a
/// plain name.
template <class S>
class Step {
  friend S;
  constexpr Step() noexcept = default;  ///< for S, which derives from it, and for nobody else

  /// Says that the step was done, and mints the evidence.
  /// Effects: the device counts as touched; failures of S alone that this reset has recorded are resolved.
  /// Returns: evidence for the scope's device and its present reset.
  template <class Scope>
  [[nodiscard("reset_guard: this drops evidence; return it")]] static constexpr Done<S> done(Scope& scope) noexcept {
    return detail::StepAccess::done<S>(scope);
  }

  /// Says that the step failed, and records it in the device's ledger.
  /// Effects: the reset is not verified until the failure is resolved: S is done later in it, or a scope is verified
  /// later with the verdict of one that failed by it, or ResetScope::supersede() names it. The failure of a ResetStep
  /// makes older evidence void. `unsupported` from a device that was not touched since the innermost enter is not
  /// recorded; from one that was, it becomes `touched`. Outside a reset nothing is recorded.
  /// Returns: the error as it was recorded. Hand up this one: supersede() knows it, and not the one that was given.
  template <class Scope>
  RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the recorded error; return it")
  static constexpr Error fail(Scope& scope, Error error) noexcept {
    return detail::StepAccess::fail<S>(scope, error);
  }

  /// One or the other: done() if `status` is a success, fail() with its error if not.
  /// Returns: the evidence; or what fail() returns.
  template <class Scope>
  RESET_GUARD_MUST_USE static constexpr Verdict<S> done_if(Scope& scope, Status status) noexcept {
    if (status.failed()) return detail::StepAccess::fail<S>(scope, RESET_GUARD_MOVE(status).error());
    return detail::StepAccess::done<S>(scope);
  }
};

/// A step that resets the function. A handler's verdict needs at least one. After one has failed, older evidence proves
/// nothing.
template <class S>
class ResetStep : public Step<S>, private detail::tag::ResetStep {
  friend S;
  constexpr ResetStep() noexcept = default;  ///< for S, which derives from it, and for nobody else
};

}  // namespace reset_guard
