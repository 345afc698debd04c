// RULE: A result is not assigned to.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::Result<T>& reset_guard::Result<T>::operator=(reset_guard::Result<T>&&) [with T = void]'
// SAYS clang: overload resolution selected deleted operator '='
// SAYS clang 19: reset_guard: it would drop the old answer; use a new variable
// WHY: The old answer would be lost, whatever it was.
#include "device.hpp"

#ifdef OK
rg::Status load_twice(Nic& nic) {
  auto first = load_firmware(nic);
  if (!first.failed()) return first;
  std::move(first).discard("tried again");
  return load_firmware(nic);
}
#else
rg::Status load_twice(Nic& nic) {
  auto loaded = load_firmware(nic);
  if (loaded.failed()) loaded = load_firmware(nic);
  return loaded;
}
#endif

int main() {
  Nic nic;
  return exit_status(load_twice(nic));
}
