// RULE: A `ResetStep` has a `Witness`; one that can show nothing derives it from `NoWitness`, and says why.
// ENFORCED: compile
// SAYS: reset_guard: a ResetStep needs a Witness, a struct inside it: 'explicit Witness(Device&)' looks before the reset
// WHY: A reset that was started and waited for need not have happened. Without a witness its evidence is a claim, and the
// device's done is told so.
#include "device.hpp"

#ifdef OK
struct Modem : rg::ResetStep<Modem> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the modem has no register that a host can read";
  };
};
#else
struct Modem : rg::ResetStep<Modem> {
  static rg::Status act(Nic&) noexcept { return rg::ok(); }
};
#endif

int main() {
  Nic nic;
  return exit_status(Modem::run(nic));
}
