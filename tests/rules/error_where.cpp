// RULE: Give the place of an error as a string literal.
// WHY: An error is 16 bytes and keeps a pointer, which the quarantine's reason holds for the life of the device. For a
//   string that is not a literal but lives as long as the program, use `Literal::unchecked()`. The same goes for a
//   method's name and `Probe::why`.
// ENFORCED: by types
#include "device.hpp"

#include <string>

// CASE: a string that is made when the program runs
// MESSAGE g++: no known conversion for argument 3 from 'const char*' to 'reset_guard::Literal'
// MESSAGE clang: no matching constructor for initialization of 'rg::Error'
namespace result_error_string {
#ifdef GOOD
rg::Error no_answer(int queue) { return rg::Error(rg::Errc::timed_out, queue, "queue"); }
#else
rg::Error no_answer(int queue) {
  const std::string name = "queue " + std::to_string(queue);
  return rg::Error(rg::Errc::timed_out, queue, name.c_str());
}
#endif

int main() { return no_answer(3).native() - 3; }
}  // namespace result_error_string

// CASE: a pointer, and nothing
// MESSAGE: no matching | no viable | no known conversion | could not convert
namespace dangling_where {
rg::Error of_a_pointer(const char* where) {
  return rg::Error(rg::Errc::io, 0, where);  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, rg::Literal::unchecked(where));
}

rg::Error of_nothing() {
  return rg::Error(rg::Errc::io, 0, nullptr);  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, "here");
}
}  // namespace dangling_where
