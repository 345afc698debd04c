// HOLE 11: value_or() would make a success of it
// EXPECT all: A A A
// MESSAGE A: no member named
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto what = Flr::run(scope.device()).value_or(0);  // BAD scope
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto what = FirmwareAck::wait(scope).value_or(0);  // BAD step
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto what = attempt(scope.device()).value_or(0);  // BAD status
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}
