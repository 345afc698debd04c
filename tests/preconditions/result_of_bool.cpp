// RULE: A `Result<bool>` is made of a bool or an `Error`, and of no number.
// ENFORCED: compile
// SAYS g++: from 'int' to 'reset_guard::Result<bool>'
// SAYS clang: no viable conversion from returned value of type 'int' to function return type 'rg::Result<bool>'
// WHY: -EIO would be 'true': ready.
#include "device.hpp"

int read_register(Nic& nic) { return nic.firmware_answers ? 1 : -5; }

#ifdef OK
rg::Result<bool> is_ready(Nic& nic) {
  const int value = read_register(nic);
  if (value < 0) return rg::Error(rg::Errc::io, value, "read");
  return value == 1;
}
#else
rg::Result<bool> is_ready(Nic& nic) { return read_register(nic); }
#endif

int main() {
  Nic nic;
  return exit_status(is_ready(nic));
}
