// ResetScope: one level of a device's reset. The outermost one fences the device, and lifts the fence for evidence
// only.
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
struct HandlerAccess;

// Only the library builds scopes.
class ScopeKey {
  template <class>
  friend class reset_guard::ResetScope;
  constexpr ScopeKey() noexcept = default;
};

}  // namespace detail

// A scope object: move-only, made by enter() or by reset(), which lends it to a handler.
//
// Requires that the device outlives it. A scope that ends without finish() counts as a failed reset.
template <class Device>
class [[nodiscard("reset_guard: this scope ends at once, as abandoned; name it, and finish() it")]] ResetScope final {
  static_assert(detail::HasState<Device>,
                "reset_guard: the device needs a member 'ResetState reset_state', or a ResetTraits with state()");
  static_assert(detail::HasPrepare<Device>,
                "reset_guard: the device needs 'Status reset_prepare() noexcept' (exactly that), or a ResetTraits");
  static_assert(detail::HasDone<Device>,
                "reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that), or a ResetTraits");

 public:
  // What: opens a scope. The outermost one calls the device's prepare; a nested one only counts.
  // Requires: the caller may reset the device (ResetState: it holds the device's lock).
  // Returns: the scope; or prepare's error, with nothing held; or
  // Errors: busy (another owner), too_deep (depth_limit), hook_reentered (from inside prepare or done).
  // Source: pci_dev_reset_iommu_prepare() of Linux 7.1, which counts; that of 7.0 answered -EBUSY to the second one.
  RESET_GUARD_MUST_USE static Result<ResetScope> enter(Device& device) noexcept {
    auto level = open(device);
    if (level.failed()) return RESET_GUARD_MOVE(level).error();
    return Result<ResetScope>(detail::InPlace(), detail::ScopeKey(), device, RESET_GUARD_MOVE(level).take());
  }

  // For enter() and reset(): the scope of a level that is open.
  constexpr ResetScope(detail::ScopeKey, Device& device, std::uint8_t level) noexcept
      : device_(&device), level_(level) {
    if (level_in(level) > 1 && machine().suspends()) [[unlikely]] {
      machine().suspend(suspended_, level_in(level));
      level_ |= suspends;
    }
  }

  ResetScope(const ResetScope&) = RESET_GUARD_DELETE("reset_guard: a scope ends once; move it, or pass a reference");
  ResetScope& operator=(const ResetScope&) =
      RESET_GUARD_DELETE("reset_guard: it would abandon a reset; use a new variable");
  ResetScope& operator=(ResetScope&&) = RESET_GUARD_DELETE("reset_guard: it would abandon a reset; use a new variable");

  // Moving away a borrowed scope is finishing what is another's: a failure of the reset.
  constexpr ResetScope(ResetScope&& other) noexcept : device_(other.device_), level_(other.level_) {
    if ((level_ & (borrowed | suspends)) != 0) [[unlikely]]
      move_slowly(other);
    other.level_ = ended;
  }

  constexpr ~ResetScope() {
    if (level_ != ended) [[unlikely]]
      abandon(&detail::no_step);
  }

  // What: ends the scope with a handler's verdict. The outermost one calls the device's done, and tells it the outcome.
  // Returns: the verdict, if it is evidence that holds; otherwise the reset's first error, the device still fenced and
  // quarantined (but 'unsupported' from an untouched device puts back what was there before).
  // Errors: what the verdict says; laundered (a failure inside was not resolved), foreign_evidence, touched
  // ('unsupported' said too late), out_of_order (a scope inside is still open; this one is borrowed, or has ended), and
  // done's own.
  // Source: pci_dev_reset_iommu_done() of Linux 7.1, which returns void and always unblocks.
  template <class... S>
  RESET_GUARD_MUST_USE Verdict<S...> finish(Verdict<S...> verdict) noexcept {
    static_assert((detail::is_reset_step<S> || ...),
                  "reset_guard: this verdict resets nothing: it needs evidence of at least one ResetStep");
    if (level_ == ended || (level_ & borrowed) != 0) [[unlikely]] {
      return refuse_finish(detail::error_of(RESET_GUARD_MOVE(verdict)));
    }
    return end<S...>(RESET_GUARD_MOVE(verdict));
  }

  // The same with evidence in hand.
  template <class... S>
  RESET_GUARD_MUST_USE Verdict<S...> finish(Done<S...> evidence) noexcept {
    return finish(Verdict<S...>(RESET_GUARD_MOVE(evidence)));
  }

  // The same with an error in hand. Always a failure.
  RESET_GUARD_MUST_USE Status finish(Error error) noexcept {
    if (level_ == ended || (level_ & borrowed) != 0) [[unlikely]]
      return refuse_finish(error);
    return settle(error, detail::no_stamp, &detail::no_step);
  }

  Status finish(Status) =
      RESET_GUARD_DELETE("reset_guard: a Status says nothing about what was done; finish with a Verdict or an Error");

  constexpr Device& device() const noexcept { return *device_; }
  constexpr unsigned depth() const noexcept { return machine().depth(); }  // open scopes of the device
  constexpr bool outermost() const noexcept { return level_in(level_) == 1; }

  // The device was changed: from here on, 'unsupported' would be a lie. Evidence and failures say so by themselves.
  constexpr void touch() noexcept { machine().touch(); }

  // What: names a failure that another reset is to overrule: a chain that falls back to its next method.
  // Requires: `error` is the very one that was recorded in this scope or in one inside it.
  // Errors: not_recorded (no such failure; or two steps failed at one level, and then nothing resolves them).
  RESET_GUARD_MUST_USE Status supersede(Error error) noexcept {
    if (level_ == ended) return Error(Errc::out_of_order, error.native, "supersede");
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
  friend struct detail::HandlerAccess;

  static constexpr ResetScope lend(Device& device, std::uint8_t level) noexcept {
    return ResetScope(detail::ScopeKey(), device, level | borrowed);
  }

  // Beside the level. Bit 7 is 'in a hook' in the state's depth, which no live scope can meet: so a scope that
  // suspends a failure never compares equal to the depth, and never takes the short path out.
  static constexpr std::uint8_t ended = 0;
  static constexpr std::uint8_t borrowed = 0x40;  // reset() ends it, nobody else
  static constexpr std::uint8_t suspends = 0x80;  // suspended_ is in the ledger's list
  static constexpr std::uint8_t level_in(std::uint8_t level) noexcept { return level & 0x3f; }

  constexpr detail::StateMachine& machine() const noexcept { return detail::machine_of(*device_); }
  constexpr void trace(const TraceEvent& event) const noexcept { detail::trace(*device_, event); }

  // Opens a level of the device's reset and says which. `name` is for the trace.
  RESET_GUARD_MUST_USE static Result<std::uint8_t> open(Device& device, const char* name = nullptr) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    if (!detail::ownership_of(device).enter(device)) return Error(Errc::busy, 0, "enter");
    if (machine.is_idle()) [[likely]] {
      machine.begin_prepare();
      RESET_GUARD_CHECK(prepare(device));
      return opened(device, 1, name);
    }
    if (machine.can_nest()) [[likely]]
      return opened(device, machine.nest(), name);
    return open_slowly(device, name);
  }

  RESET_GUARD_MUST_USE [[gnu::noinline, gnu::cold]] static Result<std::uint8_t> open_slowly(Device& device,
                                                                                            const char* name) noexcept {
    using Entry = detail::StateMachine::Entry;
    detail::StateMachine& machine = detail::machine_of(device);
    const Entry entry = machine.enter_slowly();
    if (entry == Entry::hook_reentered || entry == Entry::too_deep) {
      const Error refusal = machine.refuse_enter(entry);
      detail::trace(device, {TraceKind::refused, machine.depth(), Outcome::failed, &refusal, nullptr});
      return refusal;
    }
    if (entry == Entry::outermost) {
      const Error reason = machine.reason();
      auto prepared = prepare(device);
      if (prepared.failed()) {
        machine.keep_reason(reason);
        return RESET_GUARD_MOVE(prepared).error();
      }
    }
    return opened(device, static_cast<std::uint8_t>(machine.depth()), name);
  }

  static std::uint8_t opened(Device& device, std::uint8_t level, const char* name) noexcept {
    detail::trace(device, {TraceKind::entered, level, Outcome::failed, nullptr, name});
    return level;
  }

  // Calls the hook. If it fails, the device is as it was before.
  RESET_GUARD_MUST_USE static Status prepare(Device& device) noexcept {
    detail::StateMachine& machine = detail::machine_of(device);
    auto prepared = ResetTraits<Device>::prepare(device);
    if (prepared.failed()) [[unlikely]] {
      const Error error = machine.cancel_prepare(RESET_GUARD_MOVE(prepared).error());
      detail::ownership_of(device).leave(device);
      detail::trace(device, {TraceKind::prepared, 0, Outcome::failed, &error, nullptr});
      return error;
    }
    machine.end_prepare();
    detail::trace(device, {TraceKind::prepared, 1, Outcome::failed, nullptr, nullptr});
    return ok();
  }

  // Ends the scope: the short path for evidence with nothing unusual, settle() for everything else.
  template <class... S>
  RESET_GUARD_MUST_USE Verdict<S...> end(Verdict<S...> verdict) noexcept {
    if (verdict.failed()) [[unlikely]] {
      return detail::error_of(
          settle(RESET_GUARD_MOVE(verdict).error(), detail::no_stamp, &detail::step_identity<S...>));
    }
    Done<S...> evidence = RESET_GUARD_MOVE(verdict).take();
    const detail::Stamp stamp = detail::StepAccess::stamp(evidence);
    detail::StateMachine& machine = this->machine();
    if (!machine.ends_cleanly(level_, stamp)) [[unlikely]] {
      auto settled = settle(detail::Success::error(), stamp, &detail::step_identity<S...>);
      if (settled.failed()) return RESET_GUARD_MOVE(settled).error();
      return evidence;
    }
    const std::uint8_t level = level_;
    level_ = ended;
    trace({TraceKind::finished, level, Outcome::verified, nullptr, nullptr});
    if (level != 1) {
      machine.leave();
      return evidence;
    }
    machine.begin_done();
    auto status = ResetTraits<Device>::done(*device_, Outcome::verified);
    if (status.failed() || !machine.done_was_quiet()) [[unlikely]] {
      auto settled =
          detail::settle_done(*device_, Outcome::verified, detail::Success::error(), RESET_GUARD_MOVE(status));
      if (settled.failed()) return RESET_GUARD_MOVE(settled).error();
      return evidence;
    }
    machine.end_done();
    detail::ownership_of(*device_).leave(*device_);
    trace({TraceKind::done, 0, Outcome::verified, nullptr, nullptr});
    return evidence;
  }

  RESET_GUARD_MUST_USE [[gnu::noinline, gnu::cold]] Status settle(Error answer, detail::Stamp evidence,
                                                                  detail::StepId scope) noexcept {
    detail::Suspended* suspended = (level_ & suspends) != 0 ? &suspended_ : nullptr;
    const std::uint8_t level = level_in(level_);
    level_ = ended;
    const detail::Settlement settled = machine().settle(level, suspended, answer, evidence, scope);
    trace({TraceKind::finished, level, settled.outcome, detail::if_failed(settled.error), nullptr});
    if (settled.outermost) return detail::call_done(*device_, settled.outcome, settled.error);
    return detail::as_status(settled.error);
  }

  [[gnu::noinline, gnu::cold]] void abandon(detail::StepId scope) noexcept {
    level_ &= static_cast<std::uint8_t>(~borrowed);
    settle(Error(Errc::abandoned, 0, "scope"), detail::no_stamp, scope).discard("recorded; nobody to tell");
  }

  [[gnu::noinline, gnu::cold]] Error refuse_finish(Error answer) noexcept {
    const Error refusal = machine().refuse_finish(answer, "finish");
    trace({TraceKind::refused, depth(), Outcome::failed, &refusal, nullptr});
    return refusal;
  }

  [[gnu::noinline, gnu::cold]] void move_slowly(ResetScope& other) noexcept {
    if ((level_ & suspends) != 0) machine().relocate(other.suspended_, suspended_);
    if ((level_ & borrowed) != 0) {
      level_ &= static_cast<std::uint8_t>(~borrowed);
      const Error refusal = machine().refuse_finish(detail::Success::error(), "move of a borrowed scope");
      trace({TraceKind::refused, depth(), Outcome::failed, &refusal, nullptr});
    }
  }

  Device* device_;
  union {
    detail::Suspended suspended_;  // alive only with the bit `suspends`; unwritten on the short path
  };
  std::uint8_t level_;
};

}  // namespace reset_guard
