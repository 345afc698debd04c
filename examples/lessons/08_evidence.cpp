// Lesson 8: evidence. A success takes evidence, and only the step itself can make it: a handler that did not get any
// cannot return one. But what does the step know? Here an FLR is started, and the device does not notice.
#include "toy.hpp"

// It sleeps, and looks at nothing. That is allowed if it says so: its evidence is a claim.
struct Sleeps : rg::ResetStep<Sleeps> {
  static rg::Status act(Toy&) noexcept {
    std::puts("  FLR: started, and 100 ms pass");
    return rg::ok();
  }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "this device has no register that can be written before a reset";
  };
};

bool says_ready(const Toy&) { return true; }  // the status register, before a reset and after it

// It asks the status register.
struct AsksIfReady : rg::ResetStep<AsksIfReady> {
  static rg::Status act(Toy& toy) noexcept { return Sleeps::act(toy); }
  struct Witness {
    explicit Witness(Toy&) noexcept {}
    rg::Status check(Toy& toy) const noexcept {
      if (says_ready(toy)) return rg::ok();
      return rg::Error(rg::Errc::timed_out, 0, "status");
    }
  };
};

// It plants a mark before, in a register that only a reset clears.
struct LooksForMark : rg::ResetStep<LooksForMark> {
  static rg::Status act(Toy& toy) noexcept { return Sleeps::act(toy); }
  using Witness = Flr::Witness;
};

int main() {
  Toy lied_to;
  print_answer("the status register", AsksIfReady::run(lied_to));

  Toy seen;
  print_answer("the mark", LooksForMark::run(seen));
  print_answer("a claim while it is quarantined", Sleeps::run(seen));

  Toy kept, given_away;
  print_answer("a claim, and the user stays", Sleeps::run(kept));
  given_away.handed_over = true;
  print_answer("a claim, and another user comes", Sleeps::run(given_away));
}

// A reset step has a witness, or says why it has none. With neither it does not compile.
//
// Break it: replace
//   using Witness = Flr::Witness;
// by
//   (nothing)
// and the compiler says: reset_guard: a ResetStep needs a Witness, a struct inside it
