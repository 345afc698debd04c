// HOLE 20: built in a buffer
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: member, plain-status
#include <new>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  alignas(rg::Verdict<Flr>) char buffer[sizeof(rg::Verdict<Flr>)];
  auto* result = ::new (static_cast<void*>(buffer)) rg::Verdict<Flr>(Flr::run(scope.device()));  // BAD scope
  // GOOD: auto* result = buffer;
  (void)result;
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  alignas(rg::Verdict<FirmwareAck>) char buffer[sizeof(rg::Verdict<FirmwareAck>)];
  auto* result = ::new (static_cast<void*>(buffer)) rg::Verdict<FirmwareAck>(FirmwareAck::wait(scope));  // BAD step
  // GOOD: auto* result = buffer;
  (void)result;
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  alignas(rg::Status) char buffer[sizeof(rg::Status)];
  auto* result = ::new (static_cast<void*>(buffer)) rg::Status(attempt(scope.device()));  // BAD status
  // GOOD: auto* result = buffer;
  (void)result;
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
