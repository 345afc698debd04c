// RULE: A function with `RESET_GUARD_TRY` or `RESET_GUARD_CHECK` returns a result.
// ENFORCED: compile
// SAYS g++: cannot convert 'reset_guard::Error' to 'int' in return
// SAYS clang: to function return type 'int'
// WHY: The macros hand the failure up, and an int has no place for it.
#include "device.hpp"

#ifdef OK
rg::Status start(Nic& nic) {
  RESET_GUARD_CHECK(load_firmware(nic));
  return rg::ok();
}
#else
int start(Nic& nic) {
  RESET_GUARD_CHECK(load_firmware(nic));
  return 0;
}
#endif

int main() {
  Nic nic;
  static_cast<void>(sizeof(start(nic)));
}
