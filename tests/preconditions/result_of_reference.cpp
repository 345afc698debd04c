// RULE: A `Result<T>` holds a value, not a reference.
// ENFORCED: compile
// SAYS: reset_guard: Result<T> holds a value; a reference could outlive its object
// WHY: To hand out an object that lives elsewhere, hand out a pointer to it.
#include "device.hpp"

Nic first_nic;

#ifdef OK
rg::Result<Nic*> find(int number) {
  if (number == 0) return &first_nic;
  return rg::Error(rg::Errc::invalid, number, "find");
}
#else
rg::Result<Nic&> find(int number) {
  if (number == 0) return first_nic;
  return rg::Error(rg::Errc::invalid, number, "find");
}
#endif

int main() { return exit_status(find(0)); }
