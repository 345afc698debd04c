/// Enter, run, finish: reset() is what callers use, and what a step with a scope of its own uses.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "evidence.hpp"
#include "move.hpp"
#include "scope.hpp"

namespace reset_guard {

namespace detail {

template <class Handler, class Device>
struct HandlerAnswer {
  using type = void;
};
template <class Handler, class Device>
  requires std::invocable<Handler&, ResetScope<Device>&>
struct HandlerAnswer<Handler, Device> {
  using type = std::invoke_result_t<Handler&, ResetScope<Device>&>;
};
template <class Handler, class Device>
using handler_answer = typename HandlerAnswer<Handler, Device>::type;

// What a trace calls a handler: the step that its verdict is for, if it is one.
template <class... S>
constexpr const char* only_step_name() noexcept {
  if constexpr (sizeof...(S) == 1) {
    return (step_name<S>(), ...);
  } else {
    return nullptr;
  }
}

// A scope on loan to a handler. Whatever way the handler leaves, the scope ends here, as the verdict's steps.
template <class Device, class... S>
class HandlerAccess<Device, Verdict<S...>> {
  using Scope = ResetScope<Device>;

 public:
  RESET_GUARD_SHORT_PATH static bool open(Device& device, Level& level, Word& refusal) noexcept {
    return Scope::open(device, level, refusal, only_step_name<S...>());
  }

  // Of the level that was just opened. A failure of the level below waits in `place`, which outlives this.
  RESET_GUARD_SHORT_PATH constexpr HandlerAccess(Device& device, Level level, SuspendedPlace& place) noexcept
      : level_(level.bits), place_(place), scope(device, level_ | Scope::borrowed) {
    if ((level_ & Scope::suspends) != 0) [[unlikely]] {
      machine_of(device).suspend(place.failure);
      scope.lent_ = &place.failure;
    }
  }
  HandlerAccess(const HandlerAccess&) = delete;
  HandlerAccess& operator=(const HandlerAccess&) = delete;

  ~HandlerAccess() {
    if (scope.level_ != Scope::ended)
      Scope::abandon(scope.device(), give_back(), &place_.failure, &step_identity<S...>);
  }

  RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH Verdict<S...> finish(Verdict<S...> verdict) noexcept {
    return Scope::end(scope.device(), give_back(), &place_.failure, RESET_GUARD_MOVE(verdict));
  }

 private:
  // The level to end; `ended` if the handler moved the scope away.
  constexpr unsigned give_back() noexcept {
    const unsigned level = scope.level_ != Scope::ended ? level_ : unsigned{Scope::ended};
    scope.level_ = Scope::ended;
    return level;
  }

  unsigned level_;
  SuspendedPlace& place_;

 public:
  union {  // ended by this, and not by its own destructor
    Scope scope;
  };
};

}  // namespace detail

/// A callable that takes `ResetScope<Device>&` and returns a Verdict with at least one ResetStep.
template <class Handler, class Device>
concept ResetHandler = detail::verdict_resets<detail::handler_answer<Handler, Device>>;

/// Resets the device: opens a scope, lends it to the handler, ends it with the handler's verdict. It nests.
/// Requires: the caller may reset the device (ResetState: it holds the device's lock). The handler is a ResetHandler,
/// and keeps no reference to the scope: it is borrowed for the call.
/// Effects: those of ResetScope::enter() and ResetScope::finish(). The handler is not called if the scope could not be
/// opened. An exception that leaves it ends the scope as failed and passes on.
/// Returns: the handler's verdict, if it holds; otherwise the first error since the scope was entered.
/// Errors: those of ResetScope::enter() and ResetScope::finish().
template <class Device, class Handler>
RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH inline auto reset(Device& device, Handler&& handler) {
  using Answer = detail::handler_answer<Handler, Device>;
  static_assert(std::invocable<Handler&, ResetScope<Device>&>,
                "reset_guard: a reset handler is called with ResetScope<Device>&: it must accept exactly that");
  static_assert(!std::invocable<Handler&, ResetScope<Device>&> || detail::is_verdict<Answer>,
                "reset_guard: a reset handler returns Verdict<S...>, evidence from its steps or an error; bool, int, "
                "void and Status say nothing about what was done");
  static_assert(!detail::is_verdict<Answer> || detail::verdict_resets<Answer>,
                "reset_guard: this handler's verdict resets nothing: it needs evidence of at least one ResetStep");
  if constexpr (ResetHandler<Handler, Device>) {
    using Access = detail::HandlerAccess<Device, Answer>;
    detail::Level level{};
    detail::Word refusal{};
    if (!Access::open(device, level, refusal)) return detail::ResultWord::as<Answer>(refusal);
    detail::SuspendedPlace place;
    Access lent(device, level, place);
    return lent.finish(handler(lent.scope));
  } else {
    return ok();
  }
}

}  // namespace reset_guard
