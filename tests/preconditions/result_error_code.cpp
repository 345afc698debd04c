// RULE: An error's code is one of the enumerators of `Errc`.
// ENFORCED: run
// OK PRINTS: io (-5)
// SAYS: invalid (-5)
// WHY: A number that is none becomes `invalid`, so that no unmapped code can pass for a success. The device's own
// number has its place beside it.
#include "device.hpp"

#ifdef OK
rg::Error make_error(int from_the_device) { return rg::Error(rg::Errc::io, from_the_device, "command"); }
#else
rg::Error make_error(int from_the_device) {
  return rg::Error(static_cast<rg::Errc>(from_the_device), from_the_device, "command");
}
#endif

int main() {
  const rg::Error error = make_error(-5);
  std::printf("%s (%d)\n", to_string(error.code()), error.native());
}
