// Port 2: a driver in C++, whose functions return whether they worked.
#include "card.hpp"

namespace before {
// [before]
struct Driver : Card {
  bool reset() {
    dma_blocked = true;
    bool good = flr();
    if (!good) std::fputs("FLR failed\n", stderr);
    good = load_firmware();
    dma_blocked = false;
    return good;
  }
};
// [before]
}  // namespace before

struct Driver : Card {
  bool reset();

  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
};

RESET_GUARD_MUST_USE rg::Status status_of(bool good, rg::Literal where) {
  if (good) return rg::ok();
  return rg::Error(rg::Errc::io, 0, where);
}

struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Driver& driver) noexcept { return status_of(driver.flr(), "FLR"); }
  struct Witness {
    explicit Witness(Driver& driver) noexcept { driver.scratch = 0x5a5a; }
    rg::Status check(Driver& driver) const noexcept { return status_of(driver.scratch == 0, "FLR: the mark"); }
  };
};
struct Firmware : rg::Step<Firmware> {
  static rg::Status act(Driver& driver) noexcept { return status_of(driver.load_firmware(), "firmware"); }
};

// [after]
bool Driver::reset() {
  auto verdict = rg::reset<Flr, Firmware>(*this);
  if (!verdict.failed()) return true;
  const rg::Error error = std::move(verdict).error();
  std::fprintf(stderr, "%s: %s\n", error.where(), to_string(error.code()));
  return false;
}
// [after]

int main() {
  print_head();
  run<before::Driver>("before", [](before::Driver& driver) { return driver.reset() ? "true" : "false"; });
  run<Driver>("after", [](Driver& driver) { return driver.reset() ? "true" : "false"; });
}

// The old fault: the reset's answer is that of the last call. A handler whose answer is a bool is refused.
//
// Break it: replace
//   rg::reset<Flr, Firmware>(*this);
// by
//   rg::reset(*this, [](rg::ResetScope<Driver>& scope) { return scope.device().load_firmware(); });
// and the compiler says: a reset handler returns Verdict<S...>, evidence from its steps or an error; bool, int, void and Status say nothing about what was done
