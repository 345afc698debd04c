// RULE: Check `quarantined()` before you use the device.
// WHY: The fence keeps the device from memory, and the state shows that it must not be used. Nothing stands between the
//   driver and the device's registers.
// ENFORCED: by nobody
// LIMIT: The library is not between the driver and the device's registers.
// PRINTS: sent by a device that was not reset
// GOOD PRINTS: not sent
#include "device.hpp"

const char* write_doorbell(const Nic&) { return "sent by a device that was not reset"; }

#ifdef GOOD
const char* send(const Nic& nic) {
  if (nic.reset_state.quarantined()) return "not sent";
  return write_doorbell(nic);
}
#else
const char* send(const Nic& nic) { return write_doorbell(nic); }
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  Flr::run(nic).discard("the state keeps the reason");
  std::puts(send(nic));
}
