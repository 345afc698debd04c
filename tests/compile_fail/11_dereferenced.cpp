// HOLE 11: dereferenced, as an optional would be
// EXPECT all: A A A
// MESSAGE A: operator\*|indirection requires
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto what = *Flr::run(scope.device());  // BAD scope
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto what = *FirmwareAck::wait(scope);  // BAD step
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto what = *attempt(scope.device());  // BAD status
  // GOOD: auto what = scope.depth();
  if (what != 1) scope.touch();
  return BusReset::in(scope);
}
