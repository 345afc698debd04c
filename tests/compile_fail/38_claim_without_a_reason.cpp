// HOLE 38: a step that can show nothing, and does not say why
// EXPECT all: A A
// MESSAGE A: reset_guard: a Witness that derives from NoWitness says why
#include "device.hpp"

struct Silent : rg::NoWitness {};
struct Number : rg::NoWitness {
  static constexpr int why = 1;
};
struct Reason : rg::NoWitness {
  static constexpr rg::Literal why = "the modem has no register that a host can read";
};

template <class Why, int number>
struct Claims : rg::ResetStep<Claims<Why, number>> {
  using Witness = Why;
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};

void says_nothing(Device& device) {
  Claims<Silent, 1>::run(device).discard("a test");  // BAD
  // GOOD: Claims<Reason, 1>::run(device).discard("a control");
}

void says_a_number(Device& device) {
  Claims<Number, 2>::run(device).discard("a test");  // BAD
  // GOOD: Claims<Reason, 2>::run(device).discard("a control");
}
