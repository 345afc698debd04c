// RULE: The trap handler is installed before the first reset.
// ENFORCED: not
// OK PRINTS: verified, DMA goes through
// WHY: The pointer is not synchronised: to set it while another thread resets a device is a data race. And a rule that
// is broken before it is set stops the program without a word.
#include "device.hpp"

#ifdef OK
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
