// RULE: Keep methods that are chosen at run time alive as long as their chain.
// WHY: The chain points to them, and would otherwise call functions through freed memory.
// ENFORCED: by nobody
// LIMIT: C++ does not follow a pointer to the methods; the bad program is not run, as its behaviour is undefined.
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

rg::Probe yes(const Nic&) noexcept { return {rg::Support::yes, ""}; }
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }
using Chain = rg::MethodChain<Nic, Flr>;

#ifdef GOOD
rg::Method<Nic, Flr> chosen[] = {{"flr", yes, by_flr}};

Chain choose(bool works_unresponsive) {
  chosen[0].works_unresponsive = works_unresponsive;
  return Chain(chosen, 1);
}
#else
Chain choose(bool works_unresponsive) {
  rg::Method<Nic, Flr> chosen[] = {{"flr", yes, by_flr}};
  chosen[0].works_unresponsive = works_unresponsive;
  return Chain(chosen, 1);
}
#endif

int main() {
  Nic nic;
  show(nic, choose(false).reset(nic));
}
