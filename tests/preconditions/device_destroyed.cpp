// RULE: A device is not destroyed in mid-reset.
// ENFORCED: trap
// OK PRINTS: verified, DMA goes through
// SAYS: a device's reset state was destroyed in mid-reset: end its scopes first
// WHY: The scopes that are still open would end in a device that is no more. The destructor of the state sees it.
#include "device.hpp"

#ifdef OK
void unplug(Nic* nic) {
  show(*nic, Flr::run(*nic));
  delete nic;
}
#else
void unplug(Nic* nic) {
  auto flr = rg::reset(*nic, [nic](Scope& scope) {
    delete nic;
    return Flr::run(scope);
  });
  std::move(flr).discard("the device is gone");
}
#endif

int main() {
  rg::set_trap_handler(print_the_rule);
  unplug(new Nic);
}
