// RULE: Put a value into a `Result<T>`: no reference, no error and no result.
// WHY: A reference could outlive its object: use a pointer. A `Result<Errc>` could hold a failure and report a success.
// ENFORCED: by types
#include "device.hpp"

// CASE: a reference
// MESSAGE: reset_guard: Result<T> holds a value; a reference could outlive its object
namespace result_of_reference {
Nic first_nic;

#ifdef GOOD
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
}  // namespace result_of_reference

// CASE: a reference to a device, and to const
// MESSAGE: reset_guard: Result<T> holds a value
namespace of_other_types {
unsigned long first() { return sizeof(rg::Result<Scope&>); }  // BAD
// GOOD: unsigned long first() { return sizeof(rg::Result<Scope*>); }

unsigned long second() { return sizeof(rg::Result<const int&>); }  // BAD
// GOOD: unsigned long second() { return sizeof(rg::Result<int>); }
}  // namespace of_other_types

// CASE: an error
// MESSAGE: reset_guard: Result<T> holds a value or an error; an error as its value would be a success
namespace result_of_error {
#ifdef GOOD
rg::Status why_it_failed(Nic& nic) {
  if (!nic.reset_state.quarantined()) return rg::ok();
  return nic.reset_state.quarantine_reason();
}
#else
rg::Result<rg::Errc> why_it_failed(Nic& nic) {
  if (!nic.reset_state.quarantined()) return rg::Errc{};
  return nic.reset_state.quarantine_reason().code();
}
#endif

int main() {
  Nic nic;
  return exit_status(why_it_failed(nic));
}
}  // namespace result_of_error
