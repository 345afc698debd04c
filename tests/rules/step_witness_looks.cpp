// RULE: A `Witness` is made before the reset, and looks at something that only this reset destroys.
// WHY: Whether the device answers says nothing: one that was not reset answers, too. A register that reads the same
//   before and after shows nothing either; then `check()` returns `Result<bool>`, and `false`. `run()` makes the
//   witness before `act`; a step that is written by hand has to.
// ENFORCED: by nobody
// LIMIT: The library calls the witness, and cannot know what it looks at.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: io, DMA is blocked
#include "device.hpp"

struct Answers {
  explicit Answers(Nic&) noexcept {}
  rg::Status check(Nic& nic) const noexcept { return load_firmware(nic); }
};

struct Pulse : rg::ResetStep<Pulse> {
#ifdef GOOD
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
