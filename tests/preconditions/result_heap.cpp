// RULE: A result lives on the stack.
// ENFORCED: compile
// SAYS g++: use of deleted function 'static void* reset_guard::Result<T>::operator new(std::size_t)
// SAYS clang: call to deleted function 'operator new'
// SAYS clang 19: reset_guard: a result lives on the stack
// WHY: No compiler follows a result through a pointer, so one could be forgotten there.
#include "device.hpp"

#ifdef OK
rg::Status load(Nic& nic) {
  auto status = load_firmware(nic);
  return status;
}
#else
rg::Status load(Nic& nic) {
  auto* status = new rg::Status(load_firmware(nic));
  return std::move(*status);
}
#endif

int main() {
  Nic nic;
  return exit_status(load(nic));
}
