// RULE: Do not leak a scope.
// WHY: A scope object that is never destroyed (on the heap, skipped by a `longjmp()`) never ends. Each later reset
//   counts as nested in it: it returns its own success, and the fence stays.
// ENFORCED: by nobody
// LIMIT: Nothing of the library runs when an object is never destroyed.
// PRINTS: the next reset: verified, DMA is blocked
// GOOD PRINTS: the next reset: verified, DMA goes through
#include "device.hpp"

#ifdef GOOD
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  return scope.finish(Flr::run(scope));
}
#else
rg::Verdict<Flr> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto scope, Owned::enter(nic));
  auto* kept = new Owned(std::move(scope));  // and no delete
  return Flr::run(*kept);
}
#endif

int main() {
  static Nic* nic = new Nic;  // its destructor would see the scope
  if (exit_status(reset_by_hand(*nic)) != 0) return 1;
  std::printf("the next reset: ");
  show(*nic, Flr::run(*nic));
}
