// RULE: Where an error arose is said with a string literal.
// ENFORCED: compile
// SAYS g++: no known conversion for argument 3 from 'const char*' to 'reset_guard::Literal'
// SAYS clang: no matching constructor for initialization of 'rg::Error'
// WHY: An error is 16 bytes and keeps a pointer, in the quarantine's reason for as long as the device is there. For a
// string that is no literal and lives as long as the program there is `Literal::unchecked()`. A method's name and
// `Probe::why` are such strings, too.
#include "device.hpp"

#include <string>

#ifdef OK
rg::Error no_answer(int queue) { return rg::Error(rg::Errc::timed_out, queue, "queue"); }
#else
rg::Error no_answer(int queue) {
  const std::string name = "queue " + std::to_string(queue);
  return rg::Error(rg::Errc::timed_out, queue, name.c_str());
}
#endif

int main() { return no_answer(3).native() - 3; }
