/// Step and ResetStep: the only places where evidence is made and failures are recorded.
#pragma once

#include <cstdint>
#include <type_traits>

#include "contents.hpp"
#include "device.hpp"
#include "evidence.hpp"
#include "move.hpp"
#include "result.hpp"
#include "state.hpp"
#include "trace.hpp"
#include "witness.hpp"

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
Verdict<S> run_step(Device& device, StepId step, Arguments&&... arguments);

// The key of one of several things. Not the address of an object that is given: it may be a copy, and copies one after
// another have one address.
template <class T>
std::uintptr_t key_of(T key) noexcept {
  static_assert(std::is_pointer_v<T> || std::is_integral_v<T> || std::is_enum_v<T>,
                "reset_guard: a key is a number or a pointer: run_for(scope, &chip, ...)");
  static_assert(sizeof(T) <= sizeof(std::uintptr_t),
                "reset_guard: this key is longer than a pointer, and two things could have one key: give a pointer, or "
                "a shorter number");
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<std::uintptr_t>(key);
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    return static_cast<std::uintptr_t>(key);
  } else {
    return 0;  // does not compile: see above
  }
}

// Of an element of a range: its own value, or its address.
template <class Element>
std::uintptr_t key_of_element(Element&& element) noexcept {
  using T = std::remove_reference_t<Element>;
  if constexpr (std::is_pointer_v<T> || std::is_integral_v<T> || std::is_enum_v<T>) {
    return key_of<std::remove_cv_t<T>>(element);
  } else {
    static_assert(std::is_lvalue_reference_v<Element>,
                  "reset_guard: this range makes its elements as it goes, and they have no address: call run_for() for "
                  "each, with a number as its key");
    return reinterpret_cast<std::uintptr_t>(&reinterpret_cast<const volatile char&>(element));
  }
}

template <class Device>
inline constexpr bool ownership_publishes = std::remove_reference_t<decltype(ownership_of(made<Device&>()))>::publishes;

// The way from a step to its device's reset.
struct StepAccess {
  template <class S, class Device>
  RESET_GUARD_SHORT_PATH static Evidence<S> pass(ResetScope<Device>& scope, StepId step, bool claimed) noexcept {
    // Of another owner's reset it proves nothing.
    if (!scope.held()) return EvidenceAccess::evidence<S>({nullptr, 0});
    const Word evidence = scope.machine().pass(*scope.level_, step);
    scope.trace({TraceKind::evidence, scope.depth(), claimed ? Outcome::claimed : Outcome::verified, nullptr,
                 step_name<S>(), names_of_destroyed<S>()});
    return EvidenceAccess::evidence<S>(evidence.with_claim(claimed));
  }

  template <class S, class Device>
  static Error fail(ResetScope<Device>& scope, StepId step, Error error) noexcept {
    if constexpr (ownership_publishes<Device>) {
      return fail_slowly<S>(scope, step, error);
    } else {
      return fail_held<S>(scope, step, error);
    }
  }
  template <class S, class Device>
  [[gnu::noinline, gnu::cold]] static Error fail_slowly(ResetScope<Device>& scope, StepId step, Error error) noexcept {
    if (!scope.held()) return error;
    return fail_held<S>(scope, step, error);
  }
  template <class S, class Device>
  static Error fail_held(ResetScope<Device>& scope, StepId step, Error error) noexcept {
    const Error recorded = ErrorAccess::error(scope.machine().fail(ErrorAccess::word(error), step));
    scope.trace({TraceKind::failure, scope.depth(), Outcome::failed, &recorded, step_name<S>()});
    return recorded;
  }

  template <class S, class Device>
  static Verdict<S> pass_if(ResetScope<Device>& scope, StepId step, Status status) noexcept {
    if (status.failed()) return fail<S>(scope, step, RESET_GUARD_MOVE(status).error());
    return pass<S>(scope, step, is_claim<S>);
  }

  template <class S, class Device, class Witness, class... Arguments>
  static Verdict<S> pass_if(ResetScope<Device>& scope, StepId step, Status status, const Witness& witness,
                            Arguments&... arguments) {
    if (status.failed()) return fail<S>(scope, step, RESET_GUARD_MOVE(status).error());
    auto shown = ask(witness, scope.device(), arguments...);
    if (shown.failed()) return fail<S>(scope, step, RESET_GUARD_MOVE(shown).error());
    return pass<S>(scope, step, !RESET_GUARD_MOVE(shown).take());
  }

  // Outside a reset a step would be a reset of its own, and a plain step proves none. Errc{}: it may run.
  template <class Device>
  static Errc cannot_run(const ResetScope<Device>& scope) noexcept {
    if (!scope.held()) return Errc::busy;
    return scope.machine().in_reset() ? Errc{} : Errc::out_of_order;
  }

  // What goes wrong between steps is no step's failure.
  template <class Device>
  static Status or_record(ResetScope<Device>& scope, Status status) noexcept {
    if (!status.failed()) return status;
    return fail<void>(scope, no_step, RESET_GUARD_MOVE(status).error());
  }

  // By hand.
  template <class S>
  static constexpr void check_plain_pass() noexcept {
    static_assert(!is_reset_step<S> || is_claim<S>,
                  "reset_guard: a ResetStep passes by its Witness: pass_if(scope, status, witness); one that can show "
                  "nothing has a Witness that derives from NoWitness");
    if constexpr (is_claim<S>) check_reason<S>();
  }
  template <class S, class Witness, class Device>
  static constexpr void check_pass_by_witness() noexcept {
    static_assert(is_reset_step<S>,
                  "reset_guard: only a ResetStep has a Witness; pass_if(scope, status) is for a Step");
    check_witness<S, Device>();
    if constexpr (has_witness<S>) {
      static_assert(std::is_same_v<Witness, typename S::Witness>, "reset_guard: a ResetStep passes by its own Witness");
    }
  }
};

}  // namespace detail

/// A step that resets nothing, and must not be skipped: `struct FirmwareAck : Step<FirmwareAck> { ... }`. One type per
/// act: 'the same step' is the type, so a step with a parameter is a template; and the key, for what run_for() does to
/// one of several things. It may declare `static constexpr Literal name` (for traces) and `using proved_by =
/// any_of<...>`.
///
/// It declares `static Status act(Device&, ...)`, from which run() is made; one that opens scopes of its own takes
/// `ResetScope<Device>&`. Or it is written by hand, with pass(), fail() and pass_if(), which can be called inside S
/// only. In a class template say `S::pass(scope)`, since the base is not looked into for a plain name.
template <class S>
class Step {
 public:
  /// Does S::act(device, arguments...) in a scope of its own: what fails inside it is a failure of S.
  /// Effects: those of a nested reset(); S passes if act succeeds, and fails with its error if not.
  /// Returns: evidence that S passed, or the error.
  /// Errors: out_of_order (the scope has ended, and so has its reset); busy (another owner has the device); those of a
  /// nested reset().
  template <class Device, class... Arguments>
  RESET_GUARD_MUST_USE static Verdict<S> run(ResetScope<Device>& scope, Arguments&&... arguments) {
    if (const Errc why = detail::StepAccess::cannot_run(scope); why != Errc{}) return Error(why, 0, "run");
    return detail::run_step<S>(scope.device(), detail::step_id<S>(), static_cast<Arguments&&>(arguments)...);
  }

  /// The same for one of several things, which `key` tells apart: a pointer, or a number that is no longer than one,
  /// run_for(scope, &chip, ...). A failure for one key is not resolved when S passes for another one, or without a key.
  /// Returns: evidence that S passed for it, or the error.
  template <class Device, class Key, class... Arguments>
  RESET_GUARD_MUST_USE static Verdict<S> run_for(ResetScope<Device>& scope, Key key, Arguments&&... arguments) {
    if (const Errc why = detail::StepAccess::cannot_run(scope); why != Errc{}) return Error(why, 0, "run");
    return detail::run_step<S>(scope.device(), {&detail::keyed_identity<S>, detail::key_of(key)},
                               static_cast<Arguments&&>(arguments)...);
  }

  /// run_for() with each element of a range as first argument of act: act(device, element, arguments...). The key is
  /// the element's address, or the element if it is a number or a pointer.
  /// Stops at the first failure.
  /// Returns: evidence that S passed for each of them, which is another thing than that it passed for one.
  /// Errors: invalid (the range is empty); those of run_for().
  template <class Device, class Range, class... Arguments>
  RESET_GUARD_MUST_USE static Verdict<each_of<S>> run_for_each(ResetScope<Device>& scope, Range&& range,
                                                               const Arguments&... arguments) {
    const detail::StepId all = detail::step_id<each_of<S>>();
    detail::EachJoined<S> joined;
    for (auto&& element : range) {
      auto verdict =
          run_for(scope, detail::key_of_element(static_cast<decltype(element)>(element)), element, arguments...);
      if (verdict.failed()) return RESET_GUARD_MOVE(verdict).error();
      joined.add(RESET_GUARD_MOVE(verdict).take());
    }
    if (joined.empty()) {
      return detail::StepAccess::fail<each_of<S>>(scope, all, Error(Errc::invalid, 0, "run_for_each: an empty range"));
    }
    return joined.verdict();
  }

 private:
  friend S;
  constexpr Step() noexcept = default;  ///< for S alone, which derives from it

  /// Says that the step passed, and makes the evidence.
  /// Requires: S is no ResetStep, or one whose Witness derives from NoWitness.
  /// Effects: the device counts as touched; failures of S alone that this reset has recorded are resolved.
  /// Returns: evidence for the scope's device and its present reset.
  template <class Device>
  RESET_GUARD_NODISCARD("reset_guard: this drops evidence; return it")
  RESET_GUARD_SHORT_PATH static Evidence<S> pass(ResetScope<Device>& scope) noexcept {
    detail::StepAccess::check_plain_pass<S>();
    return detail::StepAccess::pass<S>(scope, detail::step_id<S>(), detail::is_claim<S>);
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
    return detail::StepAccess::fail<S>(scope, detail::step_id<S>(), error);
  }

  /// One or the other: pass() if `status` is a success, fail() with its error if not.
  /// Requires: what pass() requires.
  /// Returns: the evidence; or what fail() returns.
  template <class Device>
  RESET_GUARD_MUST_USE static Verdict<S> pass_if(ResetScope<Device>& scope, Status status) noexcept {
    detail::StepAccess::check_plain_pass<S>();
    return detail::StepAccess::pass_if<S>(scope, detail::step_id<S>(), RESET_GUARD_MOVE(status));
  }

  /// Of a ResetStep: the same, if its witness confirms it. The witness was made before the reset.
  /// Returns: the evidence; or what fail() returns, for the error of `status` or that of the witness.
  template <class Device, class Witness>
  RESET_GUARD_MUST_USE static Verdict<S> pass_if(ResetScope<Device>& scope, Status status, const Witness& witness) {
    detail::StepAccess::check_pass_by_witness<S, Witness, Device>();
    return detail::StepAccess::pass_if<S>(scope, detail::step_id<S>(), RESET_GUARD_MOVE(status), witness);
  }
};

/// A step that resets the function. A handler's verdict needs at least one. After one has failed, older evidence proves
/// nothing.
///
/// It has a Witness: something that only this reset destroys, looked at before it and after it.
///
///     struct Flr : ResetStep<Flr> {
///       static Status act(Nic&) noexcept;             // starts the reset, and waits until it is over
///       struct Witness {
///         explicit Witness(Nic&) noexcept;            // notes what is there
///         Status check(Nic&) const noexcept;          // an error if it is still there
///       };
///     };
///
/// Both may take what act is called with behind the device, too. One that plants a mark where the device's user would
/// notice it takes ResetScope<Nic>&, and calls its touch(). One that cannot always look has, instead of the constructor,
/// `static Result<Witness> look(ResetScope<Nic>&)`: its error is the step's, and act is not called.
/// check() may return Result<bool>: false says that there was nothing to look at, and the evidence is a claim. So it is
/// if the Witness derives from NoWitness. What else the reset destroys may be said by `using destroys = all_of<...>`.
template <class S>
class ResetStep : public Step<S>, private detail::tag::ResetStep {
 public:
  using Step<S>::run;

  /// The same without a scope around it: a reset of its own.
  /// Returns: evidence that S passed, or the error.
  template <class Device, class... Arguments, std::enable_if_t<!detail::is_scope<Device>, int> = 0>
  RESET_GUARD_MUST_USE static Verdict<S> run(Device& device, Arguments&&... arguments) {
    return detail::run_step<S>(device, detail::step_id<S>(), static_cast<Arguments&&>(arguments)...);
  }

 private:
  friend S;
  constexpr ResetStep() noexcept = default;  ///< for S alone, which derives from it
};

}  // namespace reset_guard
