// absl::Status for the errors and absl::Cleanup for the end of a scope, beside the count.
#pragma once

#include <absl/cleanup/cleanup.h>
#include <absl/status/status.h>

#include "counted.hpp"
#include "variant.hpp"

namespace bench {

struct AbslStatus {
  static constexpr const char* name = "absl_status";
  using Device = Counted;

  static int one(Device& device) { return to_errno(work_in_scope(device)); }
  static int two(Device& device) {
    return to_errno(scope(device, [&] { return work_in_scope(device); }));
  }
  static int levels(Device& device, int depth) { return to_errno(level(device, depth)); }
  static int hold(Device& device, Inside inside) {
    return to_errno(scope(device, [&] { return inside.call(inside.context), absl::OkStatus(); }));
  }
  static int swallow(Device& device) {
    return to_errno(scope(device, [&] {
      work_in_scope(device).IgnoreError();
      return absl::OkStatus();
    }));
  }

 private:
  // Without a message, which would be allocated: the cheapest Status that is an error. (The errors of the cases have
  // numbers that are codes of Abseil's, too.)
  static absl::Status status(int error) {
    return error == 0 ? absl::OkStatus() : absl::Status(static_cast<absl::StatusCode>(-error), "");
  }
  static int to_errno(const absl::Status& status) { return -status.raw_code(); }

  static absl::Status work(Device& device) { return status(bench_work(&device)); }
  static absl::Status work_in_scope(Device& device) {
    return scope(device, [&] { return work(device); });
  }

  template <class F>
  static absl::Status scope(Device& device, F inside) {
    if (absl::Status entered = status(enter(device)); !entered.ok()) return entered;
    absl::Status answer;
    {
      const auto end = absl::Cleanup([&] {
        const int error = leave(device, to_errno(answer));
        if (answer.ok()) answer = status(error);
      });
      answer = inside();
    }
    return answer;
  }

  [[gnu::noinline]] static absl::Status level(Device& device, int depth) {
    return scope(device, [&] { return depth == 1 ? work(device) : level(device, depth - 1); });
  }
};

}  // namespace bench
