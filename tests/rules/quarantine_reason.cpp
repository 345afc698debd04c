// RULE: Call `quarantine_reason()` only on a device that is quarantined.
// WHY: There is no error that means 'no error'.
// ENFORCED: by trap
// PRINTS: quarantine_reason() of a device that is not quarantined: ask quarantined() first
// GOOD PRINTS: in use
#include "device.hpp"

#ifdef GOOD
const char* describe(const Nic& nic) {
  if (!nic.reset_state.quarantined()) return "in use";
  return nic.reset_state.quarantine_reason().where();
}
#else
const char* describe(const Nic& nic) { return nic.reset_state.quarantine_reason().where(); }
#endif

int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  std::puts(describe(nic));
}
