// RULE: Make a `Witness` before the reset, and let it check something that only this reset destroys.
// WHY: An answer from the device proves nothing: a device that was not reset answers, too. A register that reads the
//   same before and after shows nothing either; `check()` then returns `Result<bool>` with `false`. `run()` makes the
//   witness before `act`; a step that is written by hand must do so itself.
// ENFORCED: by nobody
// LIMIT: The library calls the witness, but cannot know what it checks.
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
