// RULE: Do not destroy a device in mid-reset.
// WHY: Scopes that are still open would end in a device that no longer exists. The destructor of the state detects
//   this.
// ENFORCED: by trap
// PRINTS: a device's reset state was destroyed in mid-reset: end its scopes first
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

#ifdef GOOD
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
