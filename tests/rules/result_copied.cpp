// RULE: Do not copy a result.
// WHY: There is one result, and its owner is responsible for it.
// ENFORCED: by types
// FOR EACH: reset, step, status
#include "device.hpp"

// CASE: a copy for a report
// FOR EACH: as written
// MESSAGE g++: use of deleted function 'reset_guard::Result<T>::Result(const reset_guard::Result<T>&) [with T = void]'
// MESSAGE clang: call to deleted constructor of 'rg::Status'
// MESSAGE clang 19: reset_guard: a copy could be looked at in the answer's place; move it
// GOOD PRINTS: the firmware: loaded
namespace result_copied {
void report(rg::Status status) { std::printf("the firmware: %s\n", word(std::move(status), "loaded")); }

#ifdef GOOD
rg::Status load_and_report(Nic& nic) {
  auto loaded = load_firmware(nic);
  if (loaded.failed()) return loaded;
  report(std::move(loaded));
  return rg::ok();
}
#else
rg::Status load_and_report(Nic& nic) {
  auto loaded = load_firmware(nic);
  report(loaded);
  return loaded;
}
#endif

int main() {
  Nic nic;
  return exit_status(load_and_report(nic));
}
}  // namespace result_copied

// CASE: a copy in a variable
// MESSAGE: deleted
namespace copied {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  auto copy = result;  // BAD
  // GOOD: auto copy = RESET_GUARD_MOVE(result);
  RESET_GUARD_MOVE(copy).discard("a control");
  return BusReset::run(scope);
}
}  // namespace copied

// CASE: a copy in a lambda
// MESSAGE: deleted
namespace copied_by_capture {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  const auto act = [result] { return result.failed(); };  // BAD
  // GOOD: const auto act = [&result] { return result.failed(); };
  if (act()) scope.touch();
  RESET_GUARD_MOVE(result).discard("a test");
  return BusReset::run(scope);
}
}  // namespace copied_by_capture

// CASE: a copy in an argument
// MESSAGE: deleted
namespace copied_to_argument {
template <class T>
void consume(rg::Result<T> result) {
  RESET_GUARD_MOVE(result).discard("a control");
}

rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  consume(result);  // BAD
  // GOOD: consume(RESET_GUARD_MOVE(result));
  return BusReset::run(scope);
}
}  // namespace copied_to_argument
