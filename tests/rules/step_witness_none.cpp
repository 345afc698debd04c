// RULE: Give a true reason with `NoWitness`.
// WHY: A reviewer finds and judges the claim by this text. The device's done decides what a claim lifts: in the example
//   it lifts the fence.
// ENFORCED: by nobody
// LIMIT: A reason is a text for a reviewer.
// PRINTS: claimed, DMA goes through
// GOOD PRINTS: io, DMA is blocked
#include "device.hpp"

struct Pulse : rg::ResetStep<Pulse> {
#ifdef GOOD
  using Witness = Mark;
#else
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the card has no register that can be written";
  };
#endif
  static rg::Status act(Nic&) noexcept { return rg::ok(); }  // the device does not notice it
};

int main() {
  Nic nic;
  show(nic, Pulse::run(nic));
}
