// RULE: Do not return from a trap handler.
// WHY: The program cannot continue: there is no value to return. If the handler returns, the program traps all the
//   same.
// ENFORCED: by trap
// PRINTS: noted
// GOOD PRINTS: the machine is stopped
#include "device.hpp"

#include <cstdlib>

#ifdef GOOD
void on_trap(const char*) noexcept {
  std::puts("the machine is stopped");
  std::fflush(stdout);
  std::_Exit(0);
}
#else
void on_trap(const char*) noexcept {
  std::puts("noted");
  std::fflush(stdout);
}
#endif

int main() {
  rg::set_trap_handler(on_trap);
  Nic nic;
  std::puts(nic.reset_state.quarantine_reason().where());
}
