// RULE: The value of a `Result<T>` is no error, and no result.
// ENFORCED: compile
// SAYS: reset_guard: Result<T> holds a value or an error; an error as its value would be a success
// WHY: `Result<Errc>` could hold a failure and say that nothing failed.
#include "device.hpp"

#ifdef OK
rg::Status why_it_failed(Nic& nic) {
  if (!nic.reset_state.quarantined()) return rg::ok();
  return nic.reset_state.quarantine_reason();
}
#else
rg::Result<rg::Errc> why_it_failed(Nic& nic) {
  if (!nic.reset_state.quarantined()) return rg::Errc{};
  return nic.reset_state.quarantine_reason().code();
}
#endif

int main() {
  Nic nic;
  return exit_status(why_it_failed(nic));
}
