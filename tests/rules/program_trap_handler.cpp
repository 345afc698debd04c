// RULE: Declare a trap handler as `void (const char* rule) noexcept`.
// WHY: It is called where nothing can be caught.
// ENFORCED: by types
// MESSAGE g++: invalid conversion from 'void (*)(const char*)' to 'reset_guard::TrapHandler'
// MESSAGE clang: with an lvalue of type 'void (const char *)': different exception specifications
#include "device.hpp"

#ifdef GOOD
void report(const char* rule) noexcept { std::puts(rule); }
#else
void report(const char* rule) { std::puts(rule); }
#endif

int main() {
  rg::set_trap_handler(report);
  Nic nic;
  return exit_status(Flr::run(nic));
}
