// Step<S> and ResetStep<S>: the only places where evidence is minted and failures are recorded.
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

// A step: one act inside a reset, `struct FirmwareAck : Step<FirmwareAck> { ... }`. One type per act: 'the same step'
// is the type, so a step with a parameter is a template. It may declare `static constexpr const char* name` (for
// traces) and `using proved_by = any_of<...>`.
//
// Inside S only:
//   done(scope)              evidence that it was done
//   fail(scope, error)       records the failure and returns the error as it is to be handed up
//   done_if(scope, status)   one or the other
// In a class template: S::done(scope), since the base is not looked into for a plain name.
template <class S>
class Step {
  friend S;
  constexpr Step() noexcept = default;

  template <class Scope>
  [[nodiscard("reset_guard: this drops evidence; return it")]] static constexpr Done<S> done(Scope& scope) noexcept {
    return detail::StepAccess::done<S>(scope);
  }

  template <class Scope>
  RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the recorded error; return it")
  static constexpr Error fail(Scope& scope, Error error) noexcept {
    return detail::StepAccess::fail<S>(scope, error);
  }

  template <class Scope>
  RESET_GUARD_MUST_USE static constexpr Verdict<S> done_if(Scope& scope, Status status) noexcept {
    if (status.failed()) return detail::StepAccess::fail<S>(scope, RESET_GUARD_MOVE(status).error());
    return detail::StepAccess::done<S>(scope);
  }
};

// A step that resets the function. A verdict needs at least one; after it has failed, older evidence proves nothing.
template <class S>
class ResetStep : public Step<S>, private detail::tag::ResetStep {
  friend S;
  constexpr ResetStep() noexcept = default;
};

}  // namespace reset_guard
