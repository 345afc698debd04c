// RULE: Install the trap handler before the first reset.
// WHY: The pointer is not synchronised: setting it while another thread resets a device is a data race. A rule that is
//   broken earlier stops the program without a message.
// ENFORCED: by nobody
// LIMIT: The pointer is read without synchronisation, so that a trap needs nothing that may fail; the bad program is
//   not run, because it shows nothing with one thread.
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

#ifdef GOOD
int main() {
  Nic nic;
  rg::set_trap_handler(print_the_rule);
  show(nic, Flr::run(nic));
}
#else
int main() {
  Nic nic;
  show(nic, Flr::run(nic));
  rg::set_trap_handler(print_the_rule);
}
#endif
