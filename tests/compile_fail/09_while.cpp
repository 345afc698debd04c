// HOLE 9: tested as if it were a bool, in a loop
// EXPECT all: A A A
// MESSAGE A: convert.*bool|bool.*convert|contextually
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  while (Flr::run(scope.device())) scope.touch();  // BAD scope
  // GOOD: while (scope.depth() == 99) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  while (FirmwareAck::wait(scope)) scope.touch();  // BAD step
  // GOOD: while (scope.depth() == 99) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  while (attempt(scope.device())) scope.touch();  // BAD status
  // GOOD: while (scope.depth() == 99) scope.touch();
  return BusReset::in(scope);
}
