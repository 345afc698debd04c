// RULE: `error()` is for a result that has failed.
// ENFORCED: trap
// ENFORCED clang: compile
// OK PRINTS: loaded
// SAYS: error() on a success: ask failed() first
// SAYS clang: invalid invocation of method 'error' on a temporary object while it is in the 'unknown' state
// WHY: A success has no error. The check is in every build.
#include "device.hpp"

#ifdef OK
void report(Nic& nic) {
  auto loaded = load_firmware(nic);
  if (loaded.failed()) return void(std::puts(std::move(loaded).error().where()));
  std::puts("loaded");
}
#else
void report(Nic& nic) {
  auto loaded = load_firmware(nic);
  std::puts(std::move(loaded).error().where());
}
#endif

int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  report(nic);
}
