// Lesson 8: evidence. A success needs evidence, and only the step can make it: a handler without evidence cannot return
// a success. But what does the step know? Here an FLR is started, and the device ignores it.
#include "toy.hpp"

// Sleeps, and checks nothing. This is allowed if the step declares it: its evidence is a claim.
struct Sleeps : rg::ResetStep<Sleeps> {
  static rg::Status act(Toy&) noexcept {
    std::puts("  FLR: started, and 100 ms pass");
    return rg::ok();
  }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "this device has no register that can be written before a reset";
  };
};

bool says_ready(const Toy&) { return true; }  // the status register, before and after a reset

// Reads the status register.
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

// Plants a mark first, in a register that only a reset clears.
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

// A reset step has a witness, or a reason for having none. Without either it does not compile.
//
// Break it: replace
//   using Witness = Flr::Witness;
// by
//   (nothing)
// and the compiler says: reset_guard: a ResetStep needs a Witness, a struct inside it
