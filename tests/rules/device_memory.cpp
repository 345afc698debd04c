// RULE: Keep the memory of a device until its scopes have ended.
// WHY: Memory that is freed without the destructor (C's free(), a mapping that is removed) is not noticed. A scope that
//   is still open then reads and writes memory that no longer belongs to the device.
// ENFORCED: by nobody
// LIMIT: Nothing of the library runs when memory is freed without the destructor; the bad program is not run, as its
//   behaviour is undefined.
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

#include <cstdlib>
#include <new>

#ifdef GOOD
void unplug(Nic* nic) {
  show(*nic, Flr::run(*nic));  // its scopes have ended
  std::free(nic);
}
#else
void unplug(Nic* nic) {
  auto entered = Owned::enter(*nic);
  std::free(nic);
  std::move(entered).discard("the scope ends here, in freed memory");
}
#endif

int main() {
  void* memory = std::malloc(sizeof(Nic));
  if (memory == nullptr) return 1;
  unplug(::new (memory) Nic);
}
