// RULE: A result is not copied.
// ENFORCED: compile
// OK PRINTS: the firmware: loaded
// SAYS g++: use of deleted function 'reset_guard::Result<T>::Result(const reset_guard::Result<T>&) [with T = void]'
// SAYS clang: call to deleted constructor of 'rg::Status'
// SAYS clang 19: reset_guard: a copy could be looked at in the answer's place; move it
// WHY: There is one answer, and whoever has it answers for it.
#include "device.hpp"

void report(rg::Status status) { std::printf("the firmware: %s\n", word(std::move(status), "loaded")); }

#ifdef OK
rg::Status load_and_report(Nic& nic) {
  auto loaded = load_firmware(nic);
  if (loaded.failed()) return loaded;
  report(std::move(loaded));
  return rg::ok();
}
#else
rg::Status load_and_report(Nic& nic) {
  auto loaded = load_firmware(nic);
  report(loaded);
  return loaded;
}
#endif

int main() {
  Nic nic;
  return exit_status(load_and_report(nic));
}
