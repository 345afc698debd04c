// RULE: Let a step's `act` succeed only after it has seen that its work is done.
// WHY: The evidence of a plain step rests on `act` alone: the end of a sleep is not an answer of the firmware. A reset
//   step also has its witness.
// ENFORCED: by nobody
// LIMIT: The evidence of a plain step rests on its `act` alone.
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
