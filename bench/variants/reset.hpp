// The library, by reset(device, handler).
#pragma once

#include "guarded_device.hpp"
#include "variant.hpp"

namespace bench {

template <class AnyDevice>
struct ResetOf {
  using Device = AnyDevice;
  using Scope = rg::ResetScope<Device>;

  RESET_GUARD_MUST_USE static rg::Verdict<Work> work(Device& device) { return rg::reset(device, Work::run<Device>); }

  static int one(Device& device) { return to_errno(rg::reset(device, Work::run<Device>)); }
  static int two(Device& device) {
    return to_errno(rg::reset(device, [](Scope& scope) { return rg::reset(scope.device(), Work::run<Device>); }));
  }

  [[gnu::noinline]] RESET_GUARD_MUST_USE static rg::Verdict<Work> level(Device& device, int depth) {
    return rg::reset(
        device, [depth](Scope& scope) { return depth == 1 ? Work::run(scope) : level(scope.device(), depth - 1); });
  }
  static int levels(Device& device, int depth) { return to_errno(level(device, depth)); }

  static int hold(Device& device, Inside inside) {
    return to_errno(rg::reset(device, [inside](Scope& scope) {
      inside.call(inside.context);
      return Rest::run(scope);
    }));
  }

  static int swallow(Device& device) {
    return to_errno(rg::reset(device, [](Scope& scope) {
      work(scope.device()).discard("what this case is about");
      return Rest::run(scope);
    }));
  }

  static int retry(Device& device) {
    return to_errno(rg::reset(device, [](Scope& scope) {
      const int answer = std::exchange(bench_answer.work, -6);
      auto first = work(scope.device());
      bench_answer.work = answer;
      if (!first.failed()) return first;
      std::move(first).discard("tried again");
      return work(scope.device());
    }));
  }
};

struct Reset : ResetOf<GuardedDevice> {
  static constexpr const char* name = "reset";
};

}  // namespace bench
