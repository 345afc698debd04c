// The library, by OwnedScope::enter() and finish().
#pragma once

#include "guarded_device.hpp"
#include "variant.hpp"

namespace bench {

struct ByScope {
  static constexpr const char* name = "scope";
  using Device = GuardedDevice;

  RESET_GUARD_MUST_USE static rg::Verdict<Work> work(Device& device) {
    RESET_GUARD_TRY(auto scope, rg::OwnedScope<Device>::enter(device));
    return scope.finish(Work::run(scope));
  }
  RESET_GUARD_MUST_USE static rg::Verdict<Work> nested_work(Device& device) {
    RESET_GUARD_TRY(auto scope, rg::OwnedScope<Device>::enter(device));
    return scope.finish(work(device));
  }

  static int one(Device& device) { return to_errno(work(device)); }
  static int two(Device& device) { return to_errno(nested_work(device)); }

  [[gnu::noinline]] RESET_GUARD_MUST_USE static rg::Verdict<Work> level(Device& device, int depth) {
    RESET_GUARD_TRY(auto scope, rg::OwnedScope<Device>::enter(device));
    return scope.finish(depth == 1 ? Work::run(scope) : level(device, depth - 1));
  }
  static int levels(Device& device, int depth) { return to_errno(level(device, depth)); }

  RESET_GUARD_MUST_USE static rg::Verdict<Rest> held(Device& device, Inside inside) {
    RESET_GUARD_TRY(auto scope, rg::OwnedScope<Device>::enter(device));
    inside.call(inside.context);
    return scope.finish(Rest::run(scope));
  }
  static int hold(Device& device, Inside inside) { return to_errno(held(device, inside)); }

  RESET_GUARD_MUST_USE static rg::Verdict<Rest> swallowed(Device& device) {
    RESET_GUARD_TRY(auto scope, rg::OwnedScope<Device>::enter(device));
    work(device).discard("what this case is about");
    return scope.finish(Rest::run(scope));
  }
  static int swallow(Device& device) { return to_errno(swallowed(device)); }
};

}  // namespace bench
