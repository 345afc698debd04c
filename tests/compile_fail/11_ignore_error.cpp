// HOLE 11: ignore_error() would make a success of it
// EXPECT all: A A A
// MESSAGE A: no member named
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto what = Flr::run(scope.device()).ignore();  // BAD scope
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto what = FirmwareAck::wait(scope).ignore();  // BAD step
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto what = attempt(scope.device()).ignore();  // BAD status
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}
