/// TraceEvent: what a device is told that declares a trace hook.
#pragma once

#include <cstdint>
#include <type_traits>

#include "error.hpp"
#include "move.hpp"
#include "outcome.hpp"
#include "word.hpp"

namespace reset_guard {

/// What happened.
enum class TraceKind : std::uint8_t {
  prepared,   ///< prepare has answered; error: its failure, or nullptr
  entered,    ///< a scope was entered; depth: its level; step: what its handler's verdict is for, if it is one step
  refused,    ///< an enter (unless busy), a finish, or an overrule of what is not recorded; error: why
  evidence,   ///< a step passed; outcome: verified, or claimed for a ResetStep that has shown nothing
  failure,    ///< a step failed; error: how
  overruled,  ///< a failure was overruled; error: which
  finished,   ///< a scope ended; depth: its level; error: its failure, or nullptr
  done,       ///< done has answered; outcome: what it was told; error: its failure, or nullptr
};

/// The enumerator's name, a literal, for messages; "?" for a value that is none.
constexpr const char* to_string(TraceKind kind) noexcept {
  switch (kind) {
    case TraceKind::prepared: return "prepared";
    case TraceKind::entered: return "entered";
    case TraceKind::refused: return "refused";
    case TraceKind::evidence: return "evidence";
    case TraceKind::failure: return "failure";
    case TraceKind::overruled: return "overruled";
    case TraceKind::finished: return "finished";
    case TraceKind::done: return "done";
  }
  return "?";
}

/// What a device is told that declares `void reset_trace(const TraceEvent&) noexcept`. Without it no code is generated.
/// The events are a tree: what lies between `entered` and `finished` of a depth happened inside that scope.
///
/// The hook only looks: it must not enter, finish or fail a scope of its device, whose state is between two edges then.
struct TraceEvent {
  TraceKind kind;      ///< what happened
  unsigned depth;      ///< how many scopes are open; of `entered` and `finished` the scope's own level
  Outcome outcome;     ///< of `finished` and `done`; of `evidence` whether it is claimed
  const Error* error;  ///< nullptr where there is none; valid during the call
  const char* step;    ///< the step's `name`, where it declares one; nullptr otherwise
  const char* const* destroys = nullptr;  ///< of `evidence`: names_of_destroyed() of the step; nullptr otherwise
};

namespace detail {

template <class S, class = void>
inline constexpr bool has_name = false;
template <class S>
inline constexpr bool has_name<S, std::void_t<decltype(static_cast<const char*>(S::name))>> = true;

template <class S>
constexpr const char* step_name() noexcept {
  if constexpr (has_name<S>) {
    return S::name;
  } else {
    return nullptr;
  }
}

// What a trace calls a handler: the step that its verdict is for, if it is one.
template <class... S>
constexpr const char* only_step_name() noexcept {
  if constexpr (sizeof...(S) == 1) {
    return (step_name<S>(), ...);
  } else {
    return nullptr;
  }
}

template <class Device, class = void>
inline constexpr bool is_traced = false;
template <class Device>
inline constexpr bool is_traced<Device, std::void_t<decltype(made<Device&>().reset_trace(made<const TraceEvent&>()))>> =
    noexcept(made<Device&>().reset_trace(made<const TraceEvent&>()));

// Whether there is a member of that name at all, reachable or not: then it is ambiguous beside another one.
struct OtherHook {
  int reset_trace;
};
template <class Device>
struct BothHooks : Device, OtherHook {};
template <class Device, class = void>
inline constexpr bool has_trace_name = true;
template <class Device>
inline constexpr bool has_trace_name<Device, std::void_t<decltype(&BothHooks<Device>::reset_trace)>> = false;

template <class Device>
constexpr bool check_trace_hook() noexcept {
  if constexpr (std::is_class_v<Device> && !std::is_final_v<Device>) {
    static_assert(is_traced<Device> || !has_trace_name<Device>,
                  "reset_guard: the trace hook must be 'void reset_trace(const TraceEvent&) noexcept', and public");
  }
  return is_traced<Device>;
}

template <class Device>
constexpr void trace([[maybe_unused]] Device& device, [[maybe_unused]] const TraceEvent& event) noexcept {
  if constexpr (check_trace_hook<Device>()) device.reset_trace(event);
}

// With the error in `answer`, if it is one.
template <class Device>
constexpr void trace_answer([[maybe_unused]] Device& device, [[maybe_unused]] TraceEvent event,
                            [[maybe_unused]] Word answer) noexcept {
  if constexpr (check_trace_hook<Device>()) {
    const Error error = ErrorAccess::error(answer);
    if (answer.failed()) event.error = &error;
    device.reset_trace(event);
  }
}

}  // namespace detail
}  // namespace reset_guard
