// HOLE 20: in a container
// EXPECT plain: - - -
// RUN: unresolved_failure unresolved_failure verified
// LIMIT: member, plain-status
#include <vector>

#include "device.hpp"

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  std::vector<rg::Verdict<Flr>> results;
  results.push_back(Flr::run(scope.device()));  // BAD scope
  // GOOD: results.reserve(1);
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  std::vector<rg::Verdict<FirmwareAck>> results;
  results.push_back(FirmwareAck::wait(scope));  // BAD step
  // GOOD: results.reserve(1);
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  std::vector<rg::Status> results;
  results.push_back(attempt(scope.device()));  // BAD status
  // GOOD: results.reserve(1);
  return BusReset::in(scope);
}

int main() { return run(drops_scope, drops_step, drops_status); }
