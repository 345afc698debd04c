// HOLE 20: on the heap
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto* result = new rg::Verdict<Flr>(Flr::run(scope.device()));  // BAD scope
  // GOOD: auto* result = &scope;
  if (result == nullptr) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto* result = new rg::Verdict<FirmwareAck>(FirmwareAck::wait(scope));  // BAD step
  // GOOD: auto* result = &scope;
  if (result == nullptr) scope.touch();
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto* result = new rg::Status(attempt(scope.device()));  // BAD status
  // GOOD: auto* result = &scope;
  if (result == nullptr) scope.touch();
  return BusReset::in(scope);
}
