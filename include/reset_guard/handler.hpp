// reset(device, handler): enter, run, finish. What callers use, and what a step with a scope of its own uses.
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
struct HandlerAccess<Device, Verdict<S...>> {
  using Scope = ResetScope<Device>;
  Scope scope;

  constexpr HandlerAccess(Device& device, std::uint8_t level) noexcept : scope(Scope::lend(device, level)) {}
  ~HandlerAccess() {
    if (scope.level_ != Scope::ended) scope.abandon(&step_identity<S...>);
  }

  RESET_GUARD_MUST_USE static Result<std::uint8_t> open(Device& device) noexcept {
    return Scope::open(device, only_step_name<S...>());
  }

  RESET_GUARD_MUST_USE Verdict<S...> finish(Verdict<S...> verdict) noexcept {
    if (scope.level_ == Scope::ended) [[unlikely]]
      return scope.refuse_finish(error_of(RESET_GUARD_MOVE(verdict)));
    scope.level_ &= static_cast<std::uint8_t>(~Scope::borrowed);
    return scope.end(RESET_GUARD_MOVE(verdict));
  }
};

}  // namespace detail

// A callable that takes ResetScope<Device>& and returns a Verdict with at least one ResetStep.
template <class Handler, class Device>
concept ResetHandler = detail::verdict_resets<detail::handler_answer<Handler, Device>>;

// What: resets the device: opens a scope, lends it to the handler, ends it with the handler's verdict. It nests.
// Requires: what ResetScope::enter() requires.
// Returns: the handler's verdict if it holds, otherwise the reset's first error (see ResetScope::finish()).
// Errors: those of enter() and finish(). An exception that leaves the handler ends the scope as failed and passes on.
template <class Device, class Handler>
RESET_GUARD_MUST_USE auto reset(Device& device, Handler&& handler) {
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
    auto level = Access::open(device);
    if (level.failed()) return Answer(RESET_GUARD_MOVE(level).error());
    Access lent(device, RESET_GUARD_MOVE(level).take());
    return lent.finish(handler(lent.scope));
  } else {
    return ok();
  }
}

}  // namespace reset_guard
