// RULE: A result says what it is from the start.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::Result<T>::Result() [with T = void]'
// SAYS clang: call to deleted constructor of 'rg::Status'
// SAYS clang 19: reset_guard: neither success nor failure is a default; say ok() or an Error
// WHY: A default would be a success that nobody has earned, or a failure without a reason.
#include "device.hpp"

#ifdef OK
rg::Status load(Nic& nic, bool needed) {
  if (needed) return load_firmware(nic);
  return rg::ok();
}
#else
rg::Status load(Nic& nic, bool needed) {
  rg::Status status;
  if (needed) status = load_firmware(nic);
  return status;
}
#endif

int main() {
  Nic nic;
  return exit_status(load(nic, false));
}
