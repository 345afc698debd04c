// RULE: Do not copy or move a device's state.
// WHY: Evidence and open scopes identify the device by the address of its state. Pass the device by reference.
// ENFORCED: by types
#include "device.hpp"

// CASE: a copy of the device
// MESSAGE g++: use of deleted function 'Nic::Nic(const Nic&)'
// MESSAGE clang: call to implicitly-deleted copy constructor of 'Nic'
namespace device_stays {
#ifdef GOOD
bool is_ready(const Nic& nic) { return !nic.reset_state.in_reset(); }
#else
bool is_ready(Nic nic) { return !nic.reset_state.in_reset(); }
#endif

int main() {
  Nic nic;
  return is_ready(nic) ? 0 : 1;
}
}  // namespace device_stays

// CASE: a copy of the state, and an assignment
// MESSAGE: deleted
namespace copies {
void copies_state(rg::ResetState& state) {
  [[maybe_unused]] rg::ResetState copy = state;  // BAD
  // GOOD: [[maybe_unused]] rg::ResetState& copy = state;
}

void assigns_state(rg::ResetState& state, rg::ResetState& other) {
  state = other;  // BAD
  // GOOD: [[maybe_unused]] auto used = sizeof(state) + sizeof(other);
}
}  // namespace copies
