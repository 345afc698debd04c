// RULE: A device's state is neither copied nor moved.
// ENFORCED: compile
// SAYS g++: use of deleted function 'Nic::Nic(const Nic&)'
// SAYS clang: call to implicitly-deleted copy constructor of 'Nic'
// WHY: Evidence and open scopes know the device by the address of its state. Pass the device by reference.
#include "device.hpp"

#ifdef OK
bool is_ready(const Nic& nic) { return !nic.reset_state.in_reset(); }
#else
bool is_ready(Nic nic) { return !nic.reset_state.in_reset(); }
#endif

int main() {
  Nic nic;
  return is_ready(nic) ? 0 : 1;
}
