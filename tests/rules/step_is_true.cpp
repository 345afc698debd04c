// RULE: A step's `act` succeeds when it has seen that its work is done, and not before.
// WHY: The evidence of a plain step is the step's word: a sleep that ends is no answer of the firmware. Of a reset step
//   the witness says more.
// ENFORCED: by nobody
// LIMIT: The evidence of a plain step is its author's word.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: timed_out, DMA is blocked
#include "device.hpp"

struct Ping : rg::Step<Ping> {
#ifdef GOOD
  static rg::Status act(Nic& nic) noexcept {
    if (nic.firmware_answers) return rg::ok();
    return rg::Error(rg::Errc::timed_out, -110, "ping");
  }
#else
  static rg::Status act(Nic&) noexcept {
    return rg::ok();  // it always answers
  }
#endif
};

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset<BusReset, Ping>(nic));
}
