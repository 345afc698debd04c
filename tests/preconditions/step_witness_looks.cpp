// RULE: A `Witness` is made before the reset, and looks at something that only this reset destroys.
// ENFORCED: not
// OK PRINTS: io, DMA is blocked
// SAYS: verified, DMA goes through
// WHY: Whether the device answers says nothing: one that was not reset answers, too. A register that reads the same
// before and after shows nothing either; then `check()` returns `Result<bool>`, and `false`. `run()` makes the witness
// before `act`; a step that is written by hand has to.
#include "device.hpp"

struct Answers {
  explicit Answers(Nic&) noexcept {}
  rg::Status check(Nic& nic) const noexcept { return load_firmware(nic); }
};

struct Pulse : rg::ResetStep<Pulse> {
#ifdef OK
  using Witness = Mark;
#else
  using Witness = Answers;
#endif
  static rg::Status act(Nic&) noexcept { return rg::ok(); }  // the device does not notice it
};

int main() {
  Nic nic;
  show(nic, Pulse::run(nic));
}
