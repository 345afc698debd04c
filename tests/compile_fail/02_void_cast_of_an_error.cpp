// HOLE 2: an error is cast to void
// EXPECT plain gcc: M M
// EXPECT plain clang: - -
// EXPECT enforced: N N
// EXPECT enforced clang-14: - -
// EXPECT default gcc: m m
// EXPECT default clang: - -
// LIMIT: plain-status, warnings-off
#include "device.hpp"

rg::Error of_a_result(Device& device) {
  rg::Status status = attempt(device);
  if (!status.failed()) return rg::Error(rg::Errc::io, 0, "a test");
  const rg::Error other(rg::Errc::io, 0, "a test");
  (void)RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: return RESET_GUARD_MOVE(status).error();
  return other;
}

struct Inside : rg::Step<Inside> {
  static rg::Error of_a_step(Scope& scope, rg::Error error) {
    (void)fail(scope, error);  // BAD
    // GOOD: return fail(scope, error);
    return error;
  }
};
