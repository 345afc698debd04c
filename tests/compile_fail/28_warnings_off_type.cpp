// HOLE 28: the warnings are switched off, and a rule of the types is broken
// EXPECT all: A A A
// MESSAGE A: convert.*bool|bool.*convert|contextually
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  if (Flr::run(scope.device())) scope.touch();  // BAD scope
  // GOOD: if (scope.outermost()) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  if (FirmwareAck::wait(scope)) scope.touch();  // BAD step
  // GOOD: if (scope.outermost()) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  if (attempt(scope.device())) scope.touch();  // BAD status
  // GOOD: if (scope.outermost()) scope.touch();
  return BusReset::in(scope);
}
