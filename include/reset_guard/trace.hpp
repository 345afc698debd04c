/// TraceEvent: what a device is told that declares a trace hook.
#pragma once

#include <cstdint>

#include "error.hpp"
#include "outcome.hpp"

namespace reset_guard {

/// What happened.
enum class TraceKind : std::uint8_t {
  prepared,    ///< prepare has answered; error: its failure, or nullptr
  entered,     ///< a scope was entered; depth: its level; step: what its handler's verdict is for, if it is one step
  refused,     ///< an enter (unless busy), a finish, or a supersede of what is not recorded; error: why
  evidence,    ///< a step was done
  failure,     ///< a step failed; error: how
  superseded,  ///< a failure was overruled by name; error: which
  finished,    ///< a scope ended; depth: its level; error: its failure, or nullptr
  done,        ///< done has answered; outcome: what it was told; error: its failure, or nullptr
};

/// What a device is told that declares `void reset_trace(const TraceEvent&) noexcept`. Without it no code is generated.
///
/// The hook only looks: it must not enter, finish or fail a scope of its device, whose state is between two edges then.
struct TraceEvent {
  TraceKind kind;      ///< what happened
  unsigned depth;      ///< how many scopes are open; of `entered` and `finished` the scope's own level
  Outcome outcome;     ///< of `finished` and `done`
  const Error* error;  ///< nullptr where there is none; valid during the call
  const char* step;    ///< the step's `name`, where it declares one; nullptr otherwise
};

namespace detail {

template <class S>
constexpr const char* step_name() noexcept {
  if constexpr (requires { static_cast<const char*>(S::name); }) {
    return S::name;
  } else {
    return nullptr;
  }
}

// An error to point at, or nullptr for Success::error().
constexpr const Error* if_failed(const Error& error) noexcept { return error.code != Errc{} ? &error : nullptr; }

template <class Device>
constexpr void trace([[maybe_unused]] Device& device, [[maybe_unused]] const TraceEvent& event) noexcept {
  if constexpr (requires { device.reset_trace(event); }) {
    static_assert(noexcept(device.reset_trace(event)), "reset_guard: reset_trace must be noexcept");
    device.reset_trace(event);
  }
}

}  // namespace detail
}  // namespace reset_guard
