// RULE: Convert foreign errors and exceptions by `from_error_code()`, `from_errno()`, `from_expected()` or `guarded()`,
//   and return the result.
// WHY: A foreign error fails the reset only as a result of this library.
// ENFORCED: by types
#include "device.hpp"

#include <reset_guard/hosted/error_code.hpp>
#include <reset_guard/hosted/exceptions.hpp>
#include <reset_guard/hosted/expected.hpp>

template <class T, class E>
struct Expected {  // in the form of std::expected
  using unexpected_type = E;
  bool has_value() const { return true; }
  const E& error() const { return *failure; }
  T operator*() const { return T(); }
  const E* failure;
};
using ExpectedInt = Expected<int, rg::Error>;
inline std::error_code open_file(bool works) { return {works ? 0 : 19, std::generic_category()}; }
inline ExpectedInt count_queues() { return {nullptr}; }

// CASE: a failure that guarded() would call a success
// MESSAGE: reset_guard: ...would be a success here: return from_
namespace success_of_guarded {
rg::Status open_it(bool works) {
  auto opened = rg::guarded("open", [&] { return open_file(works); });  // BAD
  // GOOD: auto opened = rg::guarded("open", [&] { return rg::from_error_code(open_file(works), "open"); });
  if (opened.failed()) return std::move(opened).error();
  return rg::ok();
}
rg::Status count_them() {
  auto counted = rg::guarded("count", [] { return count_queues(); });  // BAD
  // GOOD: auto counted = rg::guarded("count", [] { return rg::from_expected(count_queues()); });
  if (counted.failed()) return std::move(counted).error();
  return rg::ok();
}
}  // namespace success_of_guarded

// CASE: an expected that stays behind
// MESSAGE: deleted...from_expected
namespace left_behind {
rg::Result<int> as_result(ExpectedInt expected) {
  return rg::from_expected(expected);  // BAD
  // GOOD: return rg::from_expected(std::move(expected));
}
}  // namespace left_behind

// CASE: ignored
// ENFORCED: by strict (nodiscard; clang: typestate except error)
namespace ignored {
void drops_guarded(Nic& nic) {
  rg::guarded("load", [&] { return nic.scratch; });  // BAD
  // GOOD: rg::guarded("load", [&] { return nic.scratch; }).discard("a control");
}
void drops_the_code(const std::error_code& code) {
  rg::from_error_code(code, "open");  // BAD
  // GOOD: rg::from_error_code(code, "open").discard("a control");
}
void drops_the_expected(ExpectedInt expected) {
  rg::from_expected(std::move(expected));  // BAD
  // GOOD: rg::from_expected(std::move(expected)).discard("a control");
}
void drops_errno(int number) {
  rg::from_errno(number, "ioctl");  // BAD error
  // GOOD: std::puts(rg::from_errno(number, "ioctl").where());
}
}  // namespace ignored

// CASE: an exception that nobody makes an error of
// ENFORCED: at run time
// PRINTS: the reason: abandoned
// GOOD PRINTS: the reason: gone
namespace not_guarded {
static void load(const Nic& nic) {
  if (!nic.firmware_answers) throw std::system_error(open_file(false));
}

#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(rg::guarded("load", [&] { load(scope.device()); }));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  load(scope.device());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  rg::guarded("reset", [&] { return rg::reset(nic, handler); }).discard("the reason is asked");
  std::printf("the reason: %s\n", to_string(nic.reset_state.quarantine_reason().code()));
  return 0;
}
}  // namespace not_guarded
