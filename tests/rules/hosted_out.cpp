// RULE: Convert a result for other code by `to_error_code()`, `to_expected()` or `take_or_throw()`, move it in, and use
//   the output.
// WHY: The conversion loses something, so it has a name. After it no tool follows the failure.
// ENFORCED: by types
#include "device.hpp"

#include <reset_guard/hosted/error_code.hpp>
#include <reset_guard/hosted/exceptions.hpp>
#include <reset_guard/hosted/expected.hpp>

template <class T, class E>
class Expected {  // in the form of std::expected
 public:
  struct unexpected_type {
    explicit unexpected_type(E failure) : error(failure) {}
    E error;
  };
  explicit Expected(T) : error_(rg::Errc::invalid, 0, "none"), failed_(false) {}
  Expected(unexpected_type failure) : error_(failure.error), failed_(true) {}
  bool has_value() const { return !failed_; }
  const E& error() const { return error_; }
  T operator*() const { return T(); }

 private:
  E error_;
  bool failed_;
};
RESET_GUARD_MUST_USE inline rg::Result<int> count_queues(Nic& nic) {
  if (nic.firmware_answers) return 4;
  return rg::Error(rg::Errc::io, -5, "queues");
}

// CASE: a std::error_code without it
// MESSAGE g++: conversion from 'reset_guard::
// MESSAGE clang: no viable conversion from
namespace converted_to_code {
std::error_code of_an_error(rg::Error error) {
  std::error_code code = error;  // BAD
  // GOOD: std::error_code code = rg::to_error_code(error);
  return code;
}
std::error_code of_its_code(rg::Error error) {
  std::error_code code = error.code();  // BAD
  // GOOD: std::error_code code = rg::to_error_code(error);
  return code;
}
std::error_code of_an_answer(Nic& nic) {
  std::error_code code = load_firmware(nic);  // BAD
  // GOOD: std::error_code code = rg::to_error_code(load_firmware(nic));
  return code;
}
}  // namespace converted_to_code

// CASE: an expected without it
// MESSAGE g++: could not convert | conversion from
// MESSAGE clang: no viable conversion from
namespace converted_to_expected {
Expected<int, rg::Error> hand_on(Nic& nic) {
  Expected<int, rg::Error> expected = count_queues(nic);  // BAD
  // GOOD: Expected<int, rg::Error> expected = rg::to_expected<Expected>(count_queues(nic));
  return expected;
}
}  // namespace converted_to_expected

// CASE: not moved
// MESSAGE: deleted
namespace left_behind {
std::error_code as_code(rg::Status status) {
  return rg::to_error_code(status);  // BAD
  // GOOD: return rg::to_error_code(std::move(status));
}
Expected<int, rg::Error> as_expected(rg::Result<int> result) {
  return rg::to_expected<Expected>(result);  // BAD
  // GOOD: return rg::to_expected<Expected>(std::move(result));
}
int or_thrown(rg::Result<int> result) {
  return rg::take_or_throw(result);  // BAD
  // GOOD: return rg::take_or_throw(std::move(result));
}
}  // namespace left_behind

// CASE: ignored
// ENFORCED: by strict (nodiscard)
namespace ignored {
void drops_the_code(Nic& nic) {
  rg::to_error_code(load_firmware(nic));  // BAD
  // GOOD: load_firmware(nic).discard("a control");
}
void drops_the_code_of_an_error(rg::Error error) {
  rg::to_error_code(error);  // BAD
  // GOOD: std::puts(error.where());
}
void drops_the_expected(Nic& nic) {
  rg::to_expected<Expected>(count_queues(nic));  // BAD
  // GOOD: count_queues(nic).discard("a control");
}
}  // namespace ignored

// CASE: cast to void
// ENFORCED: by strict (g++: must_use)
// LIMIT: In clang a cast to void silences each attribute of a function, and a `std::error_code` has no typestate.
namespace cast_to_void {
void drops(Nic& nic) {
  (void)rg::to_error_code(load_firmware(nic));  // BAD
  // GOOD: load_firmware(nic).discard("a control");
}
}  // namespace cast_to_void

// CASE: not handed up
// ENFORCED: by nobody
// LIMIT: No tool reports a `std::error_code` or an expected that is not returned, or an exception that is caught.
// PRINTS: io (-5), verified, DMA goes through
// GOOD PRINTS: io, DMA is blocked
namespace not_handed_up {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  const std::error_code code = rg::to_error_code(load_firmware(scope.device()));
  RESET_GUARD_CHECK(rg::from_error_code(code, "load"));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  const std::error_code code = rg::to_error_code(load_firmware(scope.device()));
  if (code) std::printf("%s, ", code.message().c_str());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace not_handed_up
