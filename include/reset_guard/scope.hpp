/// ResetScope: one level of a device's reset, as a handler is lent it. OwnedScope: one that its owner ends by hand.
#pragma once

#include "device.hpp"
#include "evidence.hpp"
#include "move.hpp"
#include "state.hpp"
#include "step.hpp"
#include "trace.hpp"

namespace reset_guard {

template <class Device>
class OwnedScope;

namespace detail {

template <class Device, class Verdict>
struct Lent;
template <class Device>
class Try;

// Done has answered `status` to level.marks.outcome. Returns what the whole reset answers; `answer` is what it was
// until now.
template <class Device>
[[gnu::noinline]] Word after_done(Device& device, Level& level, Word answer, Word status) noexcept {
  answer = machine_of(device).settle_done(level, answer, status);
  publish(device);
  trace_answer(device, {TraceKind::done, 0, level.marks.outcome, nullptr, nullptr}, status);
  ownership_of(device).leave(device);
  return answer;
}
template <class Device>
Word call_done(Device& device, Level& level, Word answer) noexcept {
  return after_done(device, level, answer, ResultWord::of(ResetTraits<Device>::done(device, level.marks.outcome)));
}

}  // namespace detail

/// One level of a device's reset, lent to a handler for the call: neither copied, nor moved, nor ended by it.
template <class Device>
class RESET_GUARD_NODISCARD("reset_guard: a scope is made by reset() or OwnedScope<Device>::enter()") ResetScope {
 public:
  ResetScope(const ResetScope&) =
      RESET_GUARD_DELETE("reset_guard: reset() ends this scope; pass a reference, or own one by OwnedScope::enter()");
  ResetScope& operator=(const ResetScope&) = RESET_GUARD_DELETE("reset_guard: reset() ends this scope");
  explicit ResetScope(Device&) =
      RESET_GUARD_DELETE("reset_guard: use reset(device, handler), or OwnedScope<Device>::enter(device)");

  /// The device that it resets.
  constexpr Device& device() const noexcept { return *device_; }
  /// How many scopes of the device are open; this one's own level may be lower.
  unsigned depth() const noexcept { return ResetTraits<Device>::state(*device_).depth(); }
  /// Whether this scope is the outermost one, whose end calls done.
  constexpr bool outermost() const noexcept { return level_->marks.depth == 1; }

  /// The device was changed: from here on, 'unsupported' would be wrong. Evidence and failures say so by themselves.
  /// Effects: the end of the scope makes `already_touched`, a failure, of an `unsupported`.
  void touch() noexcept {
    if (held()) machine().touch();
  }

  /// Names a failure that another reset is to overrule: a chain that falls back to its next method.
  /// Requires: `error` is the very one that was recorded in this scope or in one inside it.
  /// Effects: the failure is resolved. Evidence that is older than it stays refused, if it was a reset step's or a
  /// scope's. An `unsupported` was no failure, so there is nothing to overrule: nothing happens.
  /// Errors: not_recorded (no such failure; or two steps failed at one level, and then nothing resolves them),
  /// out_of_order (this scope has ended), busy (another owner has the device).
  RESET_GUARD_MUST_USE Status overrule(Error error) noexcept {
    if (!held()) return Error(Errc::busy, 0, "overrule");
    if (!open()) return Error(Errc::out_of_order, error.native(), "overrule");
    if (error.code() == Errc::unsupported) return ok();  // so that a fallback need not tell it from a failure
    const detail::Word named = detail::ErrorAccess::word(error);
    if (!machine().overrule(named, *level_)) {
      const Error refusal =
          detail::ErrorAccess::error(detail::Word::error(Errc::not_recorded, error.native(), error.where()));
      trace({TraceKind::refused, depth(), Outcome::failed, &refusal, nullptr});
      return refusal;
    }
    trace({TraceKind::overruled, depth(), Outcome::failed, &error, nullptr});
    return ok();
  }

 private:
  friend struct detail::StepAccess;
  friend class OwnedScope<Device>;
  template <class, class>
  friend struct detail::Lent;
  friend class detail::Try<Device>;

  struct Key {};
  RESET_GUARD_SHORT_PATH ResetScope(Key, Device* device, detail::Level& level) noexcept
      : device_(device), level_(&level) {}
  ~ResetScope() = default;

  // By the caller: another owner's use of it changes nothing.
  constexpr bool held() const noexcept { return detail::holds(*device_); }
  constexpr detail::StateMachine& machine() const noexcept { return detail::machine_of(*device_); }
  constexpr void trace(const TraceEvent& event) const noexcept { detail::trace(*device_, event); }
  constexpr bool open() const noexcept { return level_->marks.depth != 0; }

  // Opens it; the outermost one calls prepare. False: `refusal` says why not. `name` is for the trace.
  RESET_GUARD_SHORT_PATH bool begin(detail::Word& refusal, const char* name) noexcept {
    if (const Errc refused = detail::ownership_of(*device_).enter(*device_); refused != Errc{}) RESET_GUARD_UNLIKELY {
      refusal = detail::Word::error(refused, 0, "enter");
      return false;
    }
    if (!machine().in_reset()) RESET_GUARD_LIKELY {
      if (!prepare(*device_, *level_, refusal)) return false;
    } else if (machine().can_nest()) RESET_GUARD_LIKELY {
      machine().nest(*level_);
      detail::publish_open(*device_, level_->marks.depth);
    } else {
      refusal = machine().refuse_enter();
      detail::trace_answer(*device_, {TraceKind::refused, depth(), Outcome::failed, nullptr, nullptr}, refusal);
      return false;
    }
    trace({TraceKind::entered, level_->marks.depth, Outcome::failed, nullptr, name});
    return true;
  }

  RESET_GUARD_SHORT_PATH static bool prepare(Device& device, detail::Level& level, detail::Word& refusal) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    machine.begin_prepare(level);
    detail::publish_open(device, 1);
    auto prepared = ResetTraits<Device>::prepare(device);
    if (prepared.failed()) RESET_GUARD_UNLIKELY {
      refusal = machine.cancel_prepare(level, detail::ResultWord::of(RESET_GUARD_MOVE(prepared)));
      detail::publish(device);
      detail::trace_answer(device, {TraceKind::prepared, 0, Outcome::failed, nullptr, nullptr}, refusal);
      detail::ownership_of(device).leave(device);
      return false;
    }
    machine.end_prepare();
    detail::trace(device, {TraceKind::prepared, 1, Outcome::failed, nullptr, nullptr});
    return true;
  }

  // Ends it with an answer, as the verdict's steps: here for evidence with nothing unusual, end_slowly() for all else.
  // An owned one may be finished once more by the very done that its end calls.
  template <bool owned = false>
  RESET_GUARD_SHORT_PATH detail::Word end(detail::Word answer, detail::StepId verdict) noexcept {
    detail::StateMachine& state = machine();
    if (!state.ends_cleanly(*level_, answer)) RESET_GUARD_UNLIKELY {
      if (owned && state.done_is_due(*level_)) return state.finish_again(answer);
      return end_slowly(*device_, *level_, answer, verdict);
    }
    trace({TraceKind::finished, level_->marks.depth, Outcome::verified, nullptr, nullptr});
    if (level_->outer != nullptr) {
      state.leave(*level_);
      detail::publish_open(*device_, level_->marks.depth - 1u);
      return state.evidence();
    }
    state.begin_done();
    auto done = ResetTraits<Device>::done(*device_, Outcome::verified);
    if (done.failed() || !state.done_was_quiet()) RESET_GUARD_UNLIKELY {
      return detail::after_done(*device_, *level_, state.evidence(), detail::ResultWord::of(RESET_GUARD_MOVE(done)));
    }
    state.end_done();
    const detail::Word evidence = state.evidence();
    detail::publish_verified(*device_);
    trace({TraceKind::done, 0, Outcome::verified, nullptr, nullptr});
    detail::ownership_of(*device_).leave(*device_);
    return evidence;
  }

  [[gnu::noinline]] static detail::Word end_slowly(Device& device, detail::Level& level, detail::Word answer,
                                                   detail::StepId verdict) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    const unsigned depth = level.marks.depth;
    answer = machine.settle(level, answer, verdict);
    detail::publish(device);
    detail::trace_answer(device, {TraceKind::finished, depth, level.marks.outcome, nullptr, nullptr}, answer);
    return machine.done_is_due(level) ? detail::call_done(device, level, answer) : answer;
  }

  Device* device_;
  detail::Level* level_;
};

// A level is written when the scope is opened, and not before.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Weffc++"
#endif

/// A scope that its owner ends by hand, where a callable does not fit: move-only, made by enter(), ended by finish().
/// Requires: the device outlives it.
template <class Device>
class RESET_GUARD_NODISCARD("reset_guard: this scope ends at once, as abandoned; name it, and finish() it")
OwnedScope final : public ResetScope<Device> {
  using Base = ResetScope<Device>;

 public:
  /// Opens a scope. The outermost one calls the device's prepare; a nested one only counts.
  /// Requires: the caller may reset the device (ResetState: it holds the device's lock).
  /// Returns: the scope. After a failure nothing is held: no scope was opened, and done is not called for it.
  /// Errors: those of reset() that it has before it calls the handler.
  /// Source: pci_dev_reset_iommu_prepare() of Linux 7.1, which counts; that of 7.0 answered -EBUSY to the second one.
  RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH static Result<OwnedScope> enter(Device& device) noexcept {
    detail::check_device<Device>();
    return Result<OwnedScope>(detail::InPlace(), Key(), device);
  }

  /// Hands the scope on: the object that it leaves has ended.
  RESET_GUARD_SHORT_PATH OwnedScope(OwnedScope&& other) noexcept : Base(Key(), other.device_, own_) {
    if (other.open()) RESET_GUARD_LIKELY {
      this->machine().relocate(other.own_, own_);
    } else {
      own_.marks.depth = 0;
    }
  }
  OwnedScope(const OwnedScope&) = RESET_GUARD_DELETE("reset_guard: a scope ends once; move it, or pass a reference");
  OwnedScope& operator=(const OwnedScope&) =
      RESET_GUARD_DELETE("reset_guard: it would abandon a reset; use a new variable");
  OwnedScope& operator=(OwnedScope&&) = RESET_GUARD_DELETE("reset_guard: it would abandon a reset; use a new variable");

  /// Does nothing after finish(). Without it the scope ends as failed: with the failure that was recorded inside it, or
  /// else as `abandoned`.
  RESET_GUARD_SHORT_PATH ~OwnedScope() {
    if (this->open()) RESET_GUARD_UNLIKELY
      abandon();
  }

  /// Ends the scope with a handler's verdict.
  /// Requires: at least one of the verdict's steps is a ResetStep: anything else does not compile.
  /// Effects: those of reset() after the handler. The scope has ended, whatever the answer.
  /// Returns: what reset() returns.
  /// Errors: those of reset() after the handler; out_of_order (it has ended before); busy (another owner has the
  /// device: the scope has not ended).
  /// Source: pci_dev_reset_iommu_done() of Linux 7.1, which returns void and always unblocks.
  template <class... S>
  RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH Verdict<S...> finish(Verdict<S...> verdict) noexcept {
    static_assert((detail::is_reset_step<S> || ...),
                  "reset_guard: this verdict resets nothing: it needs evidence of at least one ResetStep");
    return detail::ResultWord::as<Verdict<S...>>(
        finish_as(detail::ResultWord::of(RESET_GUARD_MOVE(verdict)), detail::step_id<S...>()));
  }
  /// The same with evidence in hand.
  /// Returns: what finish() returns for a verdict of this evidence.
  template <class... S>
  RESET_GUARD_MUST_USE Verdict<S...> finish(Evidence<S...> evidence) noexcept {
    return finish(Verdict<S...>(RESET_GUARD_MOVE(evidence)));
  }
  /// The same with an error in hand.
  /// Returns: always a failure: the first error since this scope was entered.
  RESET_GUARD_MUST_USE Status finish(Error error) noexcept {
    return detail::ResultWord::as<Status>(finish_as(detail::ErrorAccess::word(error), detail::no_step));
  }

  /// Hands the reset to another owner, who ends it: a work queue, say. The scope object is moved there.
  /// Requires: a state of ManyOwners. The other owner comes to the object after this call, by a queue or a lock.
  /// Effects: from here on the caller's uses of the scope are refused.
  /// Errors: busy (the caller is not the owner), out_of_order (it has ended, or it is not the only open scope),
  /// invalid (no owner: see ManyOwners). Nothing has changed then.
  template <class To>
  RESET_GUARD_MUST_USE Status hand_over(const To* to) noexcept {
    Device& device = this->device();
    if (!this->open()) return Error(Errc::out_of_order, 0, "hand_over");
    if (!this->held()) return Error(Errc::busy, 0, "hand_over");
    if (this->machine().depth() != 1) return Error(Errc::out_of_order, 0, "hand_over");
    const Errc refused = detail::ownership_of(device).hand_over(to);
    if (refused != Errc{}) return Error(refused, 0, "hand_over");
    return ok();
  }

  Status finish(Status) =
      RESET_GUARD_DELETE("reset_guard: a Status says nothing about what was done; finish with a Verdict or an Error");

 private:
  template <class, bool>
  friend class detail::Either;
  using Key = typename Base::Key;

  // For Result: opens it where it lies.
  RESET_GUARD_SHORT_PATH OwnedScope(Key, Device& device) noexcept : Base(Key(), &device, own_) {
    detail::Word refusal{};
    if (!this->begin(refusal, nullptr)) RESET_GUARD_UNLIKELY
      hold(refusal);
  }
  // And what lies in the place of one that could not be opened.
  OwnedScope(Key, detail::Word refusal) noexcept : Base(Key(), nullptr, own_) { hold(refusal); }
  void hold(detail::Word refusal) noexcept {
    own_.marks.depth = 0;
    own_.first = refusal;
  }

  RESET_GUARD_SHORT_PATH detail::Word finish_as(detail::Word answer, detail::StepId verdict) noexcept {
    if (!this->held()) RESET_GUARD_UNLIKELY
      return detail::Word::error(Errc::busy, 0, "finish");
    if (!this->open()) RESET_GUARD_UNLIKELY
      return finish_again(answer);
    answer = this->template end<true>(answer, verdict);
    own_.marks.depth = 0;
    return answer;
  }
  [[gnu::noinline, gnu::cold]] detail::Word finish_again(detail::Word answer) noexcept {
    const detail::Word refusal = this->machine().finish_again(answer);
    detail::trace_answer(this->device(), {TraceKind::refused, this->depth(), Outcome::failed, nullptr, nullptr},
                         refusal);
    return refusal;
  }
  [[gnu::noinline, gnu::cold]] void abandon() noexcept {
    if (!this->held()) trap("a scope is destroyed by another owner: hand_over() the reset before");
    Base::end_slowly(this->device(), own_, detail::Word::error(Errc::abandoned, 0, "scope"), detail::no_step);
  }

  detail::Level own_;
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

namespace detail {

// A scope or an error: the scope's own level holds either.
template <class Device>
class Either<OwnedScope<Device>, false> {
 public:
  using Scope = OwnedScope<Device>;
  using Key = typename Scope::Key;

  RESET_GUARD_SHORT_PATH Either(InPlace, Key key, Device& device) noexcept : scope_(key, device) {}
  explicit Either(Error error) noexcept : scope_(Key(), ErrorAccess::word(error)) {}
  explicit Either(Scope&& scope) noexcept : scope_(RESET_GUARD_MOVE(scope)) {}

  Either(Either&& other) noexcept : scope_(RESET_GUARD_MOVE(other.scope_)) {
    if (failed()) scope_.hold(other.scope_.own_.first);
  }

  bool failed() const noexcept { return scope_.own_.marks.depth == 0; }
  Error error() const noexcept { return ErrorAccess::error(scope_.own_.first); }
  Scope& value() noexcept { return scope_; }

 private:
  Scope scope_;
};

}  // namespace detail

}  // namespace reset_guard
