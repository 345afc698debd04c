/// reset(): opens a scope, runs a handler, ends the scope with its verdict.
#pragma once

#include <type_traits>

#include "evidence.hpp"
#include "move.hpp"
#include "scope.hpp"

namespace reset_guard {

namespace detail {

template <class Handler, class Device, bool = std::is_invocable_v<Handler&, ResetScope<Device>&>>
struct HandlerAnswer {
  using type = void;
};
template <class Handler, class Device>
struct HandlerAnswer<Handler, Device, true> : std::invoke_result<Handler&, ResetScope<Device>&> {};
template <class Handler, class Device>
using handler_answer = typename HandlerAnswer<Handler, Device>::type;

// A scope on loan to a handler. Whatever way the handler leaves, the scope ends here, as the verdict's steps.
template <class Device, class... S>
struct Lent<Device, Verdict<S...>> {
  template <class Handler>
  RESET_GUARD_SHORT_PATH static Verdict<S...> run(Device& device, Handler& handler, StepId step = step_id<S...>()) {
    Level level;
    ResetScope<Device> scope(typename ResetScope<Device>::Key(), &device, level);
    Word answer{};
    if (!scope.begin(answer, only_step_name<S...>())) return ResultWord::as<Verdict<S...>>(answer);
    Lent lent{device, level, step};
    answer = ResultWord::of(Verdict<S...>(handler(scope)));
    lent.open = false;
    return ResultWord::as<Verdict<S...>>(scope.end(answer, step));
  }

  Device& device;
  Level& level;
  StepId step;
  bool open = true;

  RESET_GUARD_SHORT_PATH ~Lent() {  // an exception left the handler
    if (open) RESET_GUARD_UNLIKELY
      abandon(device, level, step);
  }
  [[gnu::noinline, gnu::cold]] static void abandon(Device& device, Level& level, StepId step) noexcept {
    ResetScope<Device>::end_slowly(device, level, Word::error(Errc::abandoned, 0, "scope"), step);
  }
};

template <class S, class, class... Arguments>
inline constexpr bool has_act = false;
template <class S, class... Arguments>
inline constexpr bool has_act<S, std::void_t<decltype(S::act(made<Arguments>()...))>, Arguments...> =
    std::is_same_v<decltype(S::act(made<Arguments>()...)), Status>;

// What the library's own types are: no devices, so that reset() does not meet a user's function of that name.
template <class T>
inline constexpr bool is_own_type = is_result<T> || is_evidence<T> || is_scope<T> || std::is_same_v<T, Error>;

// A step's act takes the device, or the step's own scope.
template <class S, class Device, class... Arguments>
Status act(ResetScope<Device>& scope, Arguments&&... arguments) {
  if constexpr (has_act<S, void, ResetScope<Device>&, Arguments...>) {
    return S::act(scope, static_cast<Arguments&&>(arguments)...);
  } else {
    static_assert(has_act<S, void, Device&, Arguments...>,
                  "reset_guard: run() needs 'static Status act(Device&, ...)' in the step, for these arguments");
    return S::act(scope.device(), static_cast<Arguments&&>(arguments)...);
  }
}

template <class Witness, class, class... Seen>
inline constexpr bool has_look = false;
template <class Witness, class... Seen>
inline constexpr bool has_look<Witness, std::void_t<decltype(Witness::look(made<Seen&>()...))>, Seen...> =
    std::is_same_v<decltype(Witness::look(made<Seen&>()...)), Result<Witness>>;

// What the witness looks at: the device, and what act is called with; through the step's scope, if it touches it. Makes
// the witness, or a Result of it.
template <class S, class Device, class... Arguments>
auto look_before(ResetScope<Device>& scope, Arguments&... arguments) {
  using Witness = typename S::Witness;
  if constexpr (has_look<Witness, void, ResetScope<Device>, Arguments...>) {
    return Witness::look(scope, arguments...);
  } else if constexpr (has_look<Witness, void, ResetScope<Device>>) {
    return Witness::look(scope);
  } else if constexpr (std::is_constructible_v<Witness, ResetScope<Device>&, Arguments&...>) {
    return Witness(scope, arguments...);
  } else if constexpr (std::is_constructible_v<Witness, ResetScope<Device>&>) {
    return Witness(scope);
  } else if constexpr (std::is_constructible_v<Witness, Device&, Arguments&...>) {
    return Witness(scope.device(), arguments...);
  } else {
    static_assert(std::is_constructible_v<Witness, Device&>,
                  "reset_guard: a Witness needs 'explicit Witness(Device&)'");
    return Witness(scope.device());
  }
}

// The witness sees the arguments once more after act: what act has moved from is empty then.
template <class S, class Device, class... Arguments>
Verdict<S> run_step(Device& device, StepId step, Arguments&&... arguments) {
  check_device<Device>();
  const auto handler = [&](ResetScope<Device>& scope) -> Verdict<S> {
    if constexpr (is_reset_step<S>) check_witness<S, Device, std::remove_reference_t<Arguments>...>();
    if constexpr (is_reset_step<S> && has_witness<S> && !is_claim<S>) {
      const auto act_and_ask = [&](const typename S::Witness& witness) {
        Status done = act<S>(scope, static_cast<Arguments&&>(arguments)...);
        return StepAccess::pass_if<S>(scope, step, RESET_GUARD_MOVE(done), witness, arguments...);
      };
      auto before = look_before<S>(scope, arguments...);
      if constexpr (is_result<decltype(before)>) {
        if (before.failed()) return StepAccess::fail<S>(scope, step, RESET_GUARD_MOVE(before).error());
        return act_and_ask(RESET_GUARD_MOVE(before).take());
      } else {
        return act_and_ask(before);
      }
    } else {
      return StepAccess::pass_if<S>(scope, step, act<S>(scope, static_cast<Arguments&&>(arguments)...));
    }
  };
  if constexpr (is_resettable<Device>) {
    return Lent<Device, Verdict<S>>::run(device, handler, step);
  } else {
    return Error(Errc::invalid, 0, "run");  // does not compile: see above
  }
}

// Steps in order, each after the one before it has passed.
template <class First, class... More, class Device>
Verdict<First, More...> run_in_order(ResetScope<Device>& scope) {
  auto first = First::run(scope);
  if (first.failed()) return RESET_GUARD_MOVE(first).error();
  if constexpr (sizeof...(More) == 0) {
    return first;
  } else {
    auto more = run_in_order<More...>(scope);
    if (more.failed()) return RESET_GUARD_MOVE(more).error();
    return join(RESET_GUARD_MOVE(first).take(), RESET_GUARD_MOVE(more).take());
  }
}

template <class Demand, class... S>
constexpr void check_demand(const Verdict<S...>*) noexcept {
  Demanded<Demand, S...>::check();
}
template <class Demand>
constexpr void check_demand(const void*) noexcept {}  // no verdict: reset() says so

template <class Handler>
inline constexpr bool may_be_handler = std::is_class_v<Handler> || std::is_function_v<std::remove_pointer_t<Handler>>;

}  // namespace detail

#if defined(__cpp_concepts)
/// A callable that takes `ResetScope<Device>&` and returns a Verdict with at least one ResetStep.
template <class Handler, class Device>
concept ResetHandler = detail::verdict_resets<detail::handler_answer<Handler, Device>>;
#endif

/// Resets the device: opens a scope, lends it to the handler, ends it with the handler's verdict. It nests.
/// Requires: the caller may reset the device (ResetState: it holds the device's lock). The handler is called with
/// ResetScope<Device>&, returns a Verdict with at least one ResetStep, and keeps no reference to the scope.
/// Effects: the outermost scope calls the device's prepare, and in the end its done, and tells it the outcome. The
/// handler is not called if the scope could not be opened. A verified reset lifts the fence, and a quarantine. After a
/// failed one the device is quarantined for the first error, and stays fenced, unless its done could not keep it so;
/// but `unsupported` from an untouched device puts back what was there before. A nested scope's failure is one of the
/// reset around it. An exception that leaves the handler ends the scope as failed and passes on.
/// Returns: the handler's verdict, if it is evidence that holds; otherwise the first error since the scope was entered.
/// Errors: prepare's own; busy (another owner has the device), too_deep (depth_limit scopes are open),
/// hook_reentered (called from inside prepare or done; the last two are failures of what is under way, too); what the
/// verdict says; unresolved_failure (a failure inside was not resolved), invalid_evidence (of another device, reset or
/// scope, or older than a failed reset step), already_touched ('unsupported' was said too late), out_of_order (a scope
/// inside is still open), hook_reentered (done entered its own device); done's own, if nothing failed before it. A
/// hook's `unsupported` is `already_touched`.
/// Source: pci_dev_reset_iommu_prepare() and _done() of Linux 7.1, which count; done returns void and always unblocks.
template <
    class Device, class Handler,
    std::enable_if_t<!detail::is_own_type<Device> && detail::may_be_handler<std::remove_reference_t<Handler>>, int> = 0>
RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH auto reset(Device& device, Handler&& handler) {
  using Answer = detail::handler_answer<Handler, Device>;
  detail::check_device<Device>();
  static_assert(std::is_invocable_v<Handler&, ResetScope<Device>&>,
                "reset_guard: a reset handler is called with ResetScope<Device>&: it must accept exactly that");
  static_assert(!std::is_invocable_v<Handler&, ResetScope<Device>&> || detail::is_verdict<Answer>,
                "reset_guard: a reset handler returns Verdict<S...>, evidence from its steps or an error; bool, int, "
                "void and Status say nothing about what was done");
  static_assert(!detail::is_verdict<Answer> || detail::verdict_resets<Answer>,
                "reset_guard: this handler's verdict resets nothing: it needs evidence of at least one ResetStep");
  if constexpr (detail::is_resettable<Device> && detail::verdict_resets<Answer>) {
    return detail::Lent<Device, Answer>::run(device, handler);
  } else {
    return ok();
  }
}

/// Resets the device by these steps, in order, in one scope: reset<Flr, FirmwareAck>(device). A step begins when the
/// one before it has passed.
/// Requires: each step has an act that takes the device, or its scope, and nothing else; one of them is a ResetStep.
/// Effects: those of reset() with a handler that calls each step's run().
/// Returns: evidence of all of them, or the first error.
template <class First, class... More, class Device,
          std::enable_if_t<!detail::is_own_type<Device> && std::is_class_v<First>, int> = 0>
RESET_GUARD_MUST_USE Verdict<First, More...> reset(Device& device) {
  return reset(device, [](ResetScope<Device>& scope) { return detail::run_in_order<First, More...>(scope); });
}

/// Resets a device that is handed on, so that nothing is left of what `Demand` names:
/// reset_for<all_of<contents::registers, contents::device_memory>>(device, handler). One whose steps destroy less does
/// not compile.
/// Returns: what reset() returns.
/// Source: an FLR does not reset CXL.cache and CXL.mem (CXL 3.1, section 9.7), a link reset not the firmware.
template <
    class Demand, class Device, class Handler,
    std::enable_if_t<!detail::is_own_type<Device> && detail::may_be_handler<std::remove_reference_t<Handler>>, int> = 0>
RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH auto reset_for(Device& device, Handler&& handler) {
  detail::check_demand<Demand>(static_cast<const detail::handler_answer<Handler, Device>*>(nullptr));
  return reset(device, handler);
}
/// The same by these steps, in order: reset_for<Demand, Flr, Scrub>(device).
/// Returns: what reset<Steps...>() returns.
template <class Demand, class First, class... More, class Device,
          std::enable_if_t<!detail::is_own_type<Device> && std::is_class_v<First>, int> = 0>
RESET_GUARD_MUST_USE Verdict<First, More...> reset_for(Device& device) {
  detail::check_demand<Demand>(static_cast<const Verdict<First, More...>*>(nullptr));
  return reset<First, More...>(device);
}

}  // namespace reset_guard
