// The library's device and step, as its two variants use them.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <utility>

#include "opaque.h"

namespace bench {

namespace rg = reset_guard;

template <class State>
struct DeviceWith {
  State reset_state;

  rg::Status reset_prepare() noexcept {
    if (const int error = bench_prepare(this)) return rg::Error(rg::Errc::io, error, "prepare");
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (const int error = bench_done(this, outcome == rg::Outcome::failed)) {
      return rg::Error(rg::Errc::io, error, "done");
    }
    return rg::ok();
  }
};
using GuardedDevice = DeviceWith<rg::ResetState>;
// As docs/cost.md says of processors of 64 bits; the others are in its table of targets.
static_assert(sizeof(void*) != 8 || (sizeof(GuardedDevice) == 32 && sizeof(rg::OwnedScope<GuardedDevice>) == 88));

using Scope = rg::ResetScope<GuardedDevice>;
using Owned = rg::OwnedScope<GuardedDevice>;

// A witness that costs nothing: hand-written C looks at nothing either.
struct Seen {
  template <class Device>
  explicit Seen(Device&) noexcept {}
  template <class Device>
  RESET_GUARD_MUST_USE rg::Status check(Device&) const noexcept {
    return rg::ok();
  }
};

struct Work : rg::ResetStep<Work> {
  using Witness = Seen;
  template <class Device>
  RESET_GUARD_MUST_USE static rg::Verdict<Work> run(rg::ResetScope<Device>& scope) {
    const Witness witness(scope.device());
    if (const int error = bench_work(&scope.device())) return fail(scope, rg::Error(rg::Errc::io, error, "work"));
    return pass_if(scope, rg::ok(), witness);
  }
};

// A step that does nothing: for an outer scope that would succeed by itself.
struct Rest : rg::ResetStep<Rest> {
  using Witness = Seen;
  template <class Device>
  RESET_GUARD_MUST_USE static rg::Verdict<Rest> run(rg::ResetScope<Device>& scope) {
    return pass_if(scope, rg::ok(), Witness(scope.device()));
  }
};

// The answer as the other variants give it.
template <class... S>
int to_errno(rg::Verdict<S...> verdict) {
  if (verdict.failed()) return std::move(verdict).error().native();
  std::move(verdict).discard("the caller wants an int");
  return 0;
}

}  // namespace bench
