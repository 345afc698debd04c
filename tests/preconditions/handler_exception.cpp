// RULE: A handler returns its errors, and throws none.
// ENFORCED: run
// OK PRINTS: the reason: io
// SAYS: the reason: abandoned
// WHY: An exception ends the scope as failed and passes on: the device is safe, and what was thrown is not in its
// reason.
#include "device.hpp"

#ifdef OK
rg::Verdict<Flr> handler(Scope& scope) {
  if (!scope.device().firmware_answers) return rg::Error(rg::Errc::io, -5, "firmware");
  return Flr::run(scope);
}
#else
rg::Verdict<Flr> handler(Scope& scope) {
  if (!scope.device().firmware_answers) throw -5;
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  try {
    if (exit_status(rg::reset(nic, handler)) == 0) return 1;
  } catch (int) {
  }
  std::printf("the reason: %s\n", to_string(nic.reset_state.quarantine_reason().code()));
}
