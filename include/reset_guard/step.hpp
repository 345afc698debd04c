/// Step and ResetStep: the only places where evidence is made and failures are recorded.
#pragma once

#include "evidence.hpp"
#include "move.hpp"
#include "result.hpp"
#include "state.hpp"
#include "trace.hpp"

namespace reset_guard {

template <class Device>
class ResetScope;
template <class Device>
class OwnedScope;

namespace detail {

template <class T>
inline constexpr bool is_scope = false;
template <class Device>
inline constexpr bool is_scope<ResetScope<Device>> = true;
template <class Device>
inline constexpr bool is_scope<OwnedScope<Device>> = true;

template <class S, class Device, class... Arguments>
Verdict<S> run_step(Device& device, Arguments&&... arguments);

// The way from a step to its device's reset.
struct StepAccess {
  template <class S, class Device>
  RESET_GUARD_SHORT_PATH static Evidence<S> pass(ResetScope<Device>& scope) noexcept {
    const Word evidence = scope.machine().pass(*scope.level_, &step_identity<S>);
    scope.trace({TraceKind::evidence, scope.depth(), Outcome::verified, nullptr, step_name<S>()});
    return EvidenceAccess::evidence<S>(evidence);
  }

  template <class S, class Device>
  static Error fail(ResetScope<Device>& scope, Error error) noexcept {
    const Error recorded = ErrorAccess::error(
        scope.machine().fail(ErrorAccess::word(error), &step_identity<S>));
    scope.trace({TraceKind::failure, scope.depth(), Outcome::failed, &recorded, step_name<S>()});
    return recorded;
  }

  template <class S, class Device>
  static Verdict<S> pass_if(ResetScope<Device>& scope, Status status) noexcept {
    if (status.failed()) return fail<S>(scope, RESET_GUARD_MOVE(status).error());
    return pass<S>(scope);
  }
};

}  // namespace detail

/// A step: one act inside a reset, `struct FirmwareAck : Step<FirmwareAck> { ... }`. One type per act: 'the same step'
/// is the type, so a step with a parameter is a template. It may declare `static constexpr Literal name` (for traces) and
/// `using proved_by = any_of<...>`.
///
/// It declares `static Status act(Device&, ...)`, from which run() is made; one that opens scopes of its own takes
/// `ResetScope<Device>&`. Or it is written by hand, with pass(), fail() and pass_if(), which can be called inside S only.
/// In a class template say `S::pass(scope)`, since the base is not looked into for a plain name.
template <class S>
class Step {
 public:
  /// Does S::act(device, arguments...) in a scope of its own: what fails inside it is a failure of S.
  /// Effects: those of a nested reset(); S passes if act succeeds, and fails with its error if not.
  /// Returns: evidence that S passed, or the error.
  template <class Device, class... Arguments>
  RESET_GUARD_MUST_USE static Verdict<S> run(ResetScope<Device>& scope, Arguments&&... arguments) {
    return detail::run_step<S>(scope.device(), static_cast<Arguments&&>(arguments)...);
  }

 private:
  friend S;
  constexpr Step() noexcept = default;  ///< for S, which derives from it, and for nobody else

  /// Says that the step passed, and makes the evidence.
  /// Effects: the device counts as touched; failures of S alone that this reset has recorded are resolved.
  /// Returns: evidence for the scope's device and its present reset.
  template <class Device>
  RESET_GUARD_NODISCARD("reset_guard: this drops evidence; return it")
  RESET_GUARD_SHORT_PATH static Evidence<S> pass(ResetScope<Device>& scope) noexcept {
    return detail::StepAccess::pass<S>(scope);
  }

  /// Says that the step failed, and records it.
  /// Effects: the reset is not verified until the failure is resolved: S passes later in it, or a scope is verified
  /// later with the verdict of one that failed by it, or ResetScope::overrule() names it. The failure of a ResetStep
  /// makes older evidence void. `unsupported` from a device that was not touched since the innermost enter is not
  /// recorded; from one that was, it becomes `already_touched`. Outside a reset nothing is recorded.
  /// Returns: the error as it was recorded. Hand up this one: overrule() knows it, and not the one that was given.
  template <class Device>
  RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the recorded error; return it")
  static Error fail(ResetScope<Device>& scope, Error error) noexcept {
    return detail::StepAccess::fail<S>(scope, error);
  }

  /// One or the other: pass() if `status` is a success, fail() with its error if not.
  /// Returns: the evidence; or what fail() returns.
  template <class Device>
  RESET_GUARD_MUST_USE static Verdict<S> pass_if(ResetScope<Device>& scope, Status status) noexcept {
    return detail::StepAccess::pass_if<S>(scope, RESET_GUARD_MOVE(status));
  }
};

/// A step that resets the function. A handler's verdict needs at least one. After one has failed, older evidence proves
/// nothing.
template <class S>
class ResetStep : public Step<S>, private detail::tag::ResetStep {
 public:
  using Step<S>::run;

  /// The same without a scope around it: a reset of its own.
  /// Returns: evidence that S passed, or the error.
  template <class Device, class... Arguments, std::enable_if_t<!detail::is_scope<Device>, int> = 0>
  RESET_GUARD_MUST_USE static Verdict<S> run(Device& device, Arguments&&... arguments) {
    return detail::run_step<S>(device, static_cast<Arguments&&>(arguments)...);
  }

 private:
  friend S;
  constexpr ResetStep() noexcept = default;  ///< for S, which derives from it, and for nobody else
};

}  // namespace reset_guard
