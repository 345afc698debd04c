/// ResetScope: one level of a device's reset. The outermost one fences the device, and lifts the fence for evidence
/// only.
#pragma once

#include <cstdint>

#include "device.hpp"
#include "evidence.hpp"
#include "fence.hpp"
#include "move.hpp"
#include "state.hpp"
#include "step.hpp"
#include "trace.hpp"
#include "try.hpp"

namespace reset_guard {

template <class Device>
class ResetScope;

namespace detail {

template <class Device, class Verdict>
class HandlerAccess;

// A scope's level, from 1 to depth_limit, and beside it, above the bits of the state's depth, what else the scope is:
// then it never compares equal to the depth, and never takes the short path out.
struct Level {
  std::uint16_t bits;

  static constexpr std::uint16_t ended = 0x3f;      // no live scope's
  static constexpr std::uint16_t borrowed = 0x100;  // reset() ends it, nobody else
  static constexpr std::uint16_t suspends = 0x200;  // a failure of the level below waits in it
};
// Only the library builds scopes.
class ScopeKey {
  template <class>
  friend class reset_guard::ResetScope;
  constexpr ScopeKey() noexcept = default;
};

}  // namespace detail

/// One level of a device's reset: move-only, made by enter() or by reset(), which lends it to a handler.
///
/// Whoever has one from enter() ends it with finish(). A borrowed one is ended by reset(): its handler neither finishes
/// it nor moves it away.
/// Requires: the device outlives it.
template <class Device>
class [[nodiscard("reset_guard: this scope ends at once, as abandoned; name it, and finish() it")]] ResetScope final {
  static_assert(detail::HasState<Device>,
                "reset_guard: the device needs a member 'ResetState reset_state', or a ResetTraits with state()");
  static_assert(detail::HasPrepare<Device>,
                "reset_guard: the device needs 'Status reset_prepare() noexcept' (exactly that), or a ResetTraits");
  static_assert(detail::HasDone<Device>,
                "reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that), or a ResetTraits");

 public:
  /// Opens a scope. The outermost one calls the device's prepare; a nested one only counts.
  /// Requires: the caller may reset the device (ResetState: it holds the device's lock).
  /// Returns: the scope. After a failure nothing is held: no scope was opened, and done is not called for it.
  /// Errors: prepare's own; busy (another owner has the device), too_deep (depth_limit scopes are open),
  /// hook_reentered (called from inside prepare or done). The last two are failures of what is under way, too.
  /// Source: pci_dev_reset_iommu_prepare() of Linux 7.1, which counts; that of 7.0 answered -EBUSY to the second one.
  RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH static Result<ResetScope> enter(Device& device) noexcept {
    detail::Level level{};
    detail::Word refusal{};
    if (!open(device, level, refusal)) [[unlikely]]
      return refusal.error();
    return Result<ResetScope>(detail::InPlace(), detail::ScopeKey(), device, level);
  }

  /// Internal: for enter(), the scope of the level that was just opened.
  constexpr ResetScope(detail::ScopeKey, Device& device, detail::Level level) noexcept
      : device_(&device), level_(level.bits) {
    if ((level_ & suspends) != 0) [[unlikely]]
      machine().suspend(suspended_);
  }

  ResetScope(const ResetScope&) = RESET_GUARD_DELETE("reset_guard: a scope ends once; move it, or pass a reference");
  ResetScope& operator=(const ResetScope&) =
      RESET_GUARD_DELETE("reset_guard: it would abandon a reset; use a new variable");
  ResetScope& operator=(ResetScope&&) = RESET_GUARD_DELETE("reset_guard: it would abandon a reset; use a new variable");

  /// Hands the scope on: the object that it leaves has ended. Moving away a borrowed scope is finishing what is
  /// another's: a failure of the reset, `out_of_order`.
  constexpr ResetScope(ResetScope&& other) noexcept : device_(other.device_), level_(other.level_) {
    if ((level_ & (borrowed | suspends)) != 0) [[unlikely]]
      move_slowly(other);
    other.level_ = ended;
  }

  /// Does nothing after finish(). Without it the scope ends as failed: with the failure that was recorded inside it, or
  /// else as `abandoned`.
  constexpr ~ResetScope() {
    if (level_ != ended) [[unlikely]]
      abandon(*device_, level_, &suspended_, &detail::no_step);
  }

  /// Ends the scope with a handler's verdict. The outermost one calls the device's done, and tells it the outcome.
  /// Requires: at least one of the verdict's steps is a ResetStep: anything else does not compile.
  /// Effects: the scope has ended, whatever the answer. A verified reset lifts the fence, and a quarantine. After a
  /// failed one the device is quarantined for the first error, and stays fenced, unless its done could not keep it so;
  /// but `unsupported` from an untouched device puts back what was there before. A nested scope's failure is one of the
  /// reset around it.
  /// Returns: the verdict, if it is evidence that holds; otherwise the first error since this scope was entered.
  /// Errors: what the verdict says; laundered (a failure inside was not resolved), foreign_evidence (of another device,
  /// of an earlier reset, or older than a failed reset step), touched ('unsupported' was said too late),
  /// out_of_order (a scope inside is still open; or this one is borrowed, or has ended), hook_reentered (done entered
  /// its own device); done's own, if nothing failed before it.
  /// Source: pci_dev_reset_iommu_done() of Linux 7.1, which returns void and always unblocks.
  template <class... S>
  RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH Verdict<S...> finish(Verdict<S...> verdict) noexcept {
    static_assert((detail::is_reset_step<S> || ...),
                  "reset_guard: this verdict resets nothing: it needs evidence of at least one ResetStep");
    const unsigned level = level_;
    if ((level & borrowed) == 0) [[likely]]
      level_ = ended;
    return end(*device_, level, &suspended_, RESET_GUARD_MOVE(verdict));
  }

  /// The same with evidence in hand.
  /// Returns: what finish() returns for a verdict of this evidence.
  template <class... S>
  RESET_GUARD_MUST_USE Verdict<S...> finish(Done<S...> evidence) noexcept {
    return finish(Verdict<S...>(RESET_GUARD_MOVE(evidence)));
  }

  /// The same with an error in hand.
  /// Returns: always a failure: the first error since this scope was entered.
  RESET_GUARD_MUST_USE Status finish(Error error) noexcept {
    const unsigned level = level_;
    if ((level & borrowed) == 0) level_ = ended;
    return detail::ResultWord::as<Status>(
        settle(*device_, level, &suspended_, detail::ResultWord::of(Status(error)), &detail::no_step));
  }

  Status finish(Status) =
      RESET_GUARD_DELETE("reset_guard: a Status says nothing about what was done; finish with a Verdict or an Error");

  /// The device that it resets.
  constexpr Device& device() const noexcept { return *device_; }
  /// How many scopes of the device are open; this one's own level may be lower.
  constexpr unsigned depth() const noexcept { return machine().depth(); }
  /// Whether this scope is the outermost one, whose end calls done.
  constexpr bool outermost() const noexcept { return level_in(level_) == 1; }

  /// The device was changed: from here on, 'unsupported' would be a lie. Evidence and failures say so by themselves.
  /// Effects: finish() makes `touched`, a failure, of an `unsupported`.
  constexpr void touch() noexcept { machine().touch(); }

  /// Names a failure that another reset is to overrule: a chain that falls back to its next method.
  /// Requires: `error` is the very one that was recorded in this scope or in one inside it.
  /// Effects: the failure is resolved. Evidence that is older than it stays refused, if it was a reset step's or a
  /// scope's. An `unsupported` was no failure, so there is nothing to overrule: nothing happens.
  /// Errors: not_recorded (no such failure; or two steps failed at one level, and then nothing resolves them),
  /// out_of_order (this scope has ended).
  RESET_GUARD_MUST_USE Status supersede(Error error) noexcept {
    if (level_ == ended) return Error(Errc::out_of_order, error.native, "supersede");
    if (error.code == Errc::unsupported) return ok();  // so that a fallback need not tell it from a failure
    if (!machine().supersede(error, level_in(level_))) {
      const Error refusal(Errc::not_recorded, error.native, error.step);
      trace({TraceKind::refused, depth(), Outcome::failed, &refusal, nullptr});
      return refusal;
    }
    trace({TraceKind::superseded, depth(), Outcome::failed, &error, nullptr});
    return ok();
  }

 private:
  friend struct detail::StepAccess;
  template <class, class>
  friend class detail::HandlerAccess;

  // For reset(): a scope on loan.
  constexpr ResetScope(Device& device, unsigned level) noexcept
      : device_(&device), level_(static_cast<std::uint16_t>(level)) {}

  static constexpr std::uint16_t ended = detail::Level::ended;
  static constexpr std::uint16_t borrowed = detail::Level::borrowed;
  static constexpr std::uint16_t suspends = detail::Level::suspends;
  static constexpr std::uint8_t level_in(unsigned level) noexcept { return level & 0x3f; }

  constexpr detail::StateMachine& machine() const noexcept { return detail::machine_of(*device_); }
  constexpr void trace(const TraceEvent& event) const noexcept { detail::trace(*device_, event); }

  // Opens a level of the device's reset. True: `level` is it. False: `refusal` says why not. `name` is for the trace.
  // Not a Result: a bool is what both compilers see through from here to the caller's branch.
  RESET_GUARD_SHORT_PATH static bool open(Device& device, detail::Level& level, detail::Word& refusal,
                                          const char* name = nullptr) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    if (!detail::ownership_of(device).enter(device)) [[unlikely]] {
      refusal = detail::Word::of(Error(Errc::busy, 0, "enter"));
      return false;
    }
    if (machine.is_idle()) [[likely]] {
      machine.begin_prepare();
      if (!prepare(device, refusal)) [[unlikely]]
        return false;
      level.bits = 1;
    } else if (machine.can_nest()) [[likely]] {
      level.bits = machine.nest();
    } else {
      const detail::Word opened = open_slowly(device, name);
      if (opened.failed()) refusal = opened;
      level.bits = static_cast<std::uint16_t>(opened.tail);
      return !opened.failed();
    }
    detail::trace(device, {TraceKind::entered, level.bits, Outcome::failed, nullptr, name});
    return true;
  }

  // The same when something is unusual: the refusal, or the level as a success.
  [[gnu::noinline, gnu::cold]] static detail::Word open_slowly(Device& device, const char* name) noexcept {
    using Entry = detail::StateMachine::Entry;
    detail::StateMachine& machine = detail::machine_of(device);
    const Entry entry = machine.enter_slowly();
    if (entry == Entry::hook_reentered || entry == Entry::too_deep) {
      const Error error = machine.refuse_enter(entry);
      detail::trace(device, {TraceKind::refused, machine.depth(), Outcome::failed, &error, nullptr});
      return detail::Word::of(error);
    }
    unsigned level = machine.depth();
    if (entry == Entry::outermost) {
      const Error reason = machine.reason();
      detail::Word refusal{};
      if (!prepare(device, refusal)) {
        machine.keep_reason(reason);
        return refusal;
      }
    } else if (machine.pending()) {
      level |= suspends;
    }
    detail::trace(device, {TraceKind::entered, machine.depth(), Outcome::failed, nullptr, name});
    return {nullptr, level};
  }

  // Calls the hook. If it fails, the device is as it was before, and `refusal` says why.
  RESET_GUARD_SHORT_PATH static bool prepare(Device& device, detail::Word& refusal) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    auto prepared = ResetTraits<Device>::prepare(device);
    if (prepared.failed()) [[unlikely]] {
      refusal = detail::ResultWord::of(RESET_GUARD_MOVE(prepared));
      if (!machine.cancel_prepare()) refusal = detail::Word::of(machine.cancel_slowly(refusal.error()));
      detail::ownership_of(device).leave(device);
      const Error error = refusal.error();
      detail::trace(device, {TraceKind::prepared, 0, Outcome::failed, &error, nullptr});
      return false;
    }
    machine.end_prepare();
    detail::trace(device, {TraceKind::prepared, 1, Outcome::failed, nullptr, nullptr});
    return true;
  }

  // Ends the scope of `level`: the short path for evidence with nothing unusual, settle() for everything else. `place`
  // is where the failure that waited in it lies, if one did.
  template <class... S>
  RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH static Verdict<S...> end(Device& device, unsigned level,
                                                                       detail::Suspended* place,
                                                                       Verdict<S...> verdict) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    const detail::Word word = detail::ResultWord::of(RESET_GUARD_MOVE(verdict));
    if (!machine.ends_cleanly(level, word)) [[unlikely]] {
      return detail::ResultWord::as<Verdict<S...>>(settle(device, level, place, word, &detail::step_identity<S...>));
    }
    detail::trace(device, {TraceKind::finished, level, Outcome::verified, nullptr, nullptr});
    if (level != 1) {
      machine.leave();
      return detail::ResultWord::as<Verdict<S...>>(machine.proof());
    }
    machine.begin_done();
    auto status = ResetTraits<Device>::done(device, Outcome::verified);
    if (status.failed() || !machine.done_was_quiet()) [[unlikely]] {
      return detail::ResultWord::as<Verdict<S...>>(detail::settle_done(
          device, Outcome::verified, machine.proof(), detail::ResultWord::of(RESET_GUARD_MOVE(status))));
    }
    machine.end_done();
    detail::ownership_of(device).leave(device);
    detail::trace(device, {TraceKind::done, 0, Outcome::verified, nullptr, nullptr});
    return detail::ResultWord::as<Verdict<S...>>(machine.proof());
  }

  // The same for any answer, a failure or evidence, and any level. Not inlined: one for each device, not for each
  // verdict.
  [[gnu::noinline]] static detail::Word settle(Device& device, unsigned level, detail::Suspended* place,
                                               detail::Word answer, detail::StepId scope) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    if (level == ended || (level & borrowed) != 0) [[unlikely]]
      return detail::Word::of(refuse_finish(device, answer.error(), "finish"));
    const detail::Settlement settled =
        machine.settle(level_in(level), (level & suspends) != 0 ? place : nullptr, answer, scope);
    const Error error = settled.answer.error();
    detail::trace(device, {TraceKind::finished, level_in(level), settled.outcome, detail::if_failed(error), nullptr});
    if (!settled.outermost) return settled.answer;
    return detail::call_done(device, settled.outcome, settled.answer);
  }

  [[gnu::noinline, gnu::cold]] static void abandon(Device& device, unsigned level, detail::Suspended* place,
                                                   detail::StepId scope) noexcept {
    settle(device, level & ~unsigned{borrowed}, place, detail::Word::of(Error(Errc::abandoned, 0, "scope")), scope);
  }

  [[gnu::noinline, gnu::cold]] static Error refuse_finish(Device& device, Error answer, const char* what) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    const Error refusal = machine.refuse_finish(answer, what);
    detail::trace(device, {TraceKind::refused, machine.depth(), Outcome::failed, &refusal, nullptr});
    return refusal;
  }

  [[gnu::noinline, gnu::cold]] void move_slowly(ResetScope& other) noexcept {
    if ((level_ & suspends) != 0)
      machine().relocate((level_ & borrowed) != 0 ? *other.lent_ : other.suspended_, suspended_);
    if ((level_ & borrowed) != 0) {
      level_ &= static_cast<std::uint16_t>(~borrowed);
      refuse_finish(*device_, detail::Success::error(), "move of a borrowed scope");
    }
  }

  Device* device_;
  union {                          // alive only with the bit `suspends`; unwritten on the short path
    detail::Suspended suspended_;  // the failure that waits
    detail::Suspended* lent_;      // of a borrowed scope: where it waits
  };
  std::uint16_t level_;
};

}  // namespace reset_guard
