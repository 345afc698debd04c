// RULE: Use an enumerator of `Errc` as an error's code, and do not change it.
// WHY: Any other number becomes `invalid`, so that no unmapped code can pass as a success. The device's own number has
//   a separate field.
// ENFORCED: at run time
#include "device.hpp"

// CASE: the device's own number
// PRINTS: invalid (-5)
// GOOD PRINTS: io (-5)
namespace result_error_code {
#ifdef GOOD
rg::Error make_error(int from_the_device) { return rg::Error(rg::Errc::io, from_the_device, "command"); }
#else
rg::Error make_error(int from_the_device) {
  return rg::Error(static_cast<rg::Errc>(from_the_device), from_the_device, "command");
}
#endif

int main() {
  const rg::Error error = make_error(-5);
  std::printf("%s (%d)\n", to_string(error.code()), error.native());
  return 0;
}
}  // namespace result_error_code

// CASE: a code that nobody mapped
// PRINTS: invalid invalid invalid
// GOOD PRINTS: io io io
namespace unmapped_code {
int main() {
  for (int code = 0; code <= 240; code += 120) {
    Nic nic;
    auto verdict = rg::reset(nic, [&](Scope&) -> rg::Verdict<BusReset> {
      return rg::Error(static_cast<rg::Errc>(code), -71, "unmapped");  // BAD
      // GOOD: return rg::Error(code >= 0 ? rg::Errc::io : rg::Errc::busy, -71, "mapped");
    });
    say(nic, RESET_GUARD_MOVE(verdict));
  }
  return 0;
}
}  // namespace unmapped_code

// CASE: no code, but a number or a bool
// ENFORCED: by types
// MESSAGE: convert | no viable conversion | no matching | cannot initialize
namespace foreign_code {
rg::Status of_int() {
  return rg::Error(-5, -5, "errno");  // BAD
  // GOOD: return rg::Error(rg::Errc::io, -5, "errno");
}

rg::Status of_bool() {
  return rg::Error(true, -5, "errno");  // BAD
  // GOOD: return rg::Error(rg::Errc::io, -5, "errno");
}

rg::Status of_code() {
  return rg::Errc::io;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, -5, "errno");
}
}  // namespace foreign_code

// CASE: overwritten afterwards
// ENFORCED: by types
// MESSAGE: lvalue required | not assignable | private
namespace cleared_code {
void clears(rg::Error& error) {
  error.code() = rg::Errc{};  // BAD
  // GOOD: error = rg::Error(rg::Errc::io, error.native(), "copied");
}

void counts_down(rg::Error& error) {
  error.later_errors() = 0;  // BAD
  // GOOD: error = rg::Error(rg::Errc::io, error.native(), "copied");
}
}  // namespace cleared_code
