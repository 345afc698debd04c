// RULE: Call `take()` only on a result that has not failed, and `error()` only on one that has.
// WHY: A failure has no value, and a success has no error. Every build checks this.
// ENFORCED: by strict (clang: typestate), by trap
// LIMIT: g++ has no such analysis; the program stops instead, as the cases with a program show.
#include "device.hpp"

// CASE: take() without a look
// MESSAGE clang: invalid invocation of method 'take' on a temporary object while it is in the 'unknown' state
// PRINTS: take() on a failure: ask failed() first, or use RESET_GUARD_TRY
// GOOD PRINTS: 0 queues
namespace result_take_of_failure {
rg::Result<int> count_queues(Nic&) { return rg::Error(rg::Errc::io, -5, "queues"); }

#ifdef GOOD
int queues_of(Nic& nic) {
  auto queues = count_queues(nic);
  if (!queues.failed()) return std::move(queues).take();
  std::move(queues).discard("one that does not answer has none");
  return 0;
}
#else
int queues_of(Nic& nic) {
  auto queues = count_queues(nic);
  return std::move(queues).take();
}
#endif

int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  std::printf("%d queues\n", queues_of(nic));
  return 0;
}
}  // namespace result_take_of_failure

// CASE: error() without a look
// MESSAGE clang: invalid invocation of method 'error' on a temporary object while it is in the 'unknown' state
// PRINTS: error() on a success: ask failed() first
// GOOD PRINTS: loaded
namespace result_error_of_success {
#ifdef GOOD
void report(Nic& nic) {
  auto loaded = load_firmware(nic);
  if (loaded.failed()) return void(std::puts(std::move(loaded).error().where()));
  std::puts("loaded");
}
#else
void report(Nic& nic) {
  auto loaded = load_firmware(nic);
  std::puts(std::move(loaded).error().where());
}
#endif

int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  report(nic);
  return 0;
}
}  // namespace result_error_of_success

// CASE: take() of a temporary
// ENFORCED: by strict (clang: typestate)
// MESSAGE clang: 'take'...while it is in the 'unknown' state | 'take'...while it is in the 'unconsumed' state
namespace take_case {
rg::Evidence<Flr> of_scope(Scope& scope) {
  return Flr::run(scope.device()).take();  // BAD reset
  // GOOD: auto result = Flr::run(scope.device()); if (!result.failed()) return RESET_GUARD_MOVE(result).take(); rg::trap("a control");
}

rg::Evidence<FirmwareAck> of_step(Scope& scope) {
  return FirmwareAck::wait(scope).take();  // BAD step
  // GOOD: auto result = FirmwareAck::wait(scope); if (!result.failed()) return RESET_GUARD_MOVE(result).take(); rg::trap("a control");
}
}  // namespace take_case

// CASE: take() of a variable without a look, and in the wrong branch
// ENFORCED: by strict (clang: typestate)
// MESSAGE clang: 'take'...while it is in the 'unknown' state | 'take'...while it is in the 'unconsumed' state
namespace take_variable {
rg::Result<int> number() { rg::trap("never called"); }

int unlooked() {
  auto result = number();
  return RESET_GUARD_MOVE(result).take();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error().native(); else return RESET_GUARD_MOVE(result).take();
}

int wrong_branch() {
  auto result = number();
  if (result.failed()) return RESET_GUARD_MOVE(result).take();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error().native();
  return RESET_GUARD_MOVE(result).take();
}
}  // namespace take_variable

// CASE: error() of a temporary
// ENFORCED: by strict (clang: typestate)
// MESSAGE clang: 'error'...while it is in the 'unknown' state | 'error'...while it is in the 'unconsumed' state | while
//   it is in the 'consumed' state
namespace error_case {
rg::Error of_status(Nic& nic) {
  return attempt(nic).error();  // BAD status
  // GOOD: auto result = attempt(nic); if (result.failed()) return RESET_GUARD_MOVE(result).error(); rg::trap("a control");
}

rg::Error of_scope(Nic& nic) {
  return Flr::run(nic).error();  // BAD reset
  // GOOD: auto result = Flr::run(nic); if (result.failed()) return RESET_GUARD_MOVE(result).error(); rg::trap("a control");
}
}  // namespace error_case

// CASE: take() of a failure
// PRINTS: take() on a failure: ask failed() first, or use RESET_GUARD_TRY
// GOOD PRINTS: went on
namespace take_traps {
int main() {
  rg::set_trap_handler(print_the_rule);
  rg::Result<int> number = rg::Error(rg::Errc::io, -5, "a test");
  if (RESET_GUARD_MOVE(number).take() == 7) return 1;  // BAD
  // GOOD: RESET_GUARD_MOVE(number).discard("a control");
  puts("went on");
  return 0;
}
}  // namespace take_traps

// CASE: error() of a success
// PRINTS: error() on a success: ask failed() first
// GOOD PRINTS: went on
namespace error_traps {
int main() {
  rg::set_trap_handler(print_the_rule);
  Nic nic;
  if (attempt(nic).error().native() == 7) return 1;  // BAD
  // GOOD: attempt(nic).discard("a control");
  puts("went on");
  return 0;
}
}  // namespace error_traps

// CASE: take() of a failure, in a release build
// FLAGS: -O2 -DNDEBUG
// PRINTS: take() on a failure: ask failed() first, or use RESET_GUARD_TRY
// GOOD PRINTS: went on
namespace in_a_release_build {
int main() {
  rg::set_trap_handler(print_the_rule);
  rg::Result<int> number = rg::Error(rg::Errc::io, -5, "a test");
  if (RESET_GUARD_MOVE(number).take() == 7) return 1;  // BAD
  // GOOD: RESET_GUARD_MOVE(number).discard("a control");
  puts("went on");
  return 0;
}
}  // namespace in_a_release_build
