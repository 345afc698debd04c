// RULE: Hold the device's lock while you reset the device, or give it a `SharedResetState`.
// WHY: `ResetState` takes no lock: a second owner counts as a nested call of the first, and gets a success while the
//   device is still fenced. From a second thread this is also a data race, which is undefined behaviour.
// ENFORCED: by nobody
// LIMIT: `ResetState` has no lock and does not know threads, so it cannot tell a second owner from a nested call. A
//   `SharedResetState` can: its second owner is `busy`, or waits.
// PRINTS: the watchdog is told: verified, DMA is blocked
// GOOD PRINTS: the watchdog is told: busy
#include "device.hpp"

struct Driver {
  Nic nic;
  bool locked = false;  // stands for the driver's mutex
};

#ifdef GOOD
void watchdog(Driver& driver) {
  if (driver.locked) return void(std::puts("the watchdog is told: busy"));
  driver.locked = true;
  show(driver.nic, Flr::run(driver.nic));
  driver.locked = false;
}
#else
void watchdog(Driver& driver) {
  std::printf("the watchdog is told: ");
  show(driver.nic, Flr::run(driver.nic));
}
#endif

int main() {
  Driver driver;
  driver.locked = true;
  const auto handler = [&driver](Scope& scope) {
    watchdog(driver);  // at the same time
    return Flr::run(scope);
  };
  return exit_status(rg::reset(driver.nic, handler));
}
