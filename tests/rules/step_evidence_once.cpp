// RULE: Use evidence once: move it, do not copy it.
// WHY: A kept copy could pass for a later reset.
// ENFORCED: by types
#include "device.hpp"

// CASE: a copy of it
// MESSAGE g++: use of deleted function 'reset_guard::Evidence<S>::Evidence(const reset_guard::Evidence<S>&) [with S =
//   {Flr}]'
// MESSAGE clang: call to deleted constructor of 'rg::Evidence<Flr>'
// MESSAGE clang 19: reset_guard: evidence is used once; move it
namespace step_evidence_once {
#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  rg::Evidence<Flr> evidence = std::move(flr);
  return evidence;
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  rg::Evidence<Flr> evidence = flr;
  return evidence;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace step_evidence_once

// CASE: a copy of it, and an assignment
// MESSAGE: deleted
namespace copies {
void copies_evidence(rg::Evidence<Flr>& evidence) {
  rg::Evidence<Flr> copy = evidence;  // BAD
  // GOOD: rg::Evidence<Flr> copy = RESET_GUARD_MOVE(evidence);
  [[maybe_unused]] auto used = RESET_GUARD_MOVE(copy);
}

void assigns_evidence(rg::Evidence<Flr>& evidence, rg::Evidence<Flr>& other) {
  evidence = RESET_GUARD_MOVE(other);  // BAD
  // GOOD: [[maybe_unused]] auto used = sizeof(evidence) + sizeof(other);
}
}  // namespace copies
