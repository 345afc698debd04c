// RULE: Return an error that you made or took out of a result.
// WHY: `error()` moves the error out, and an `Error` is a plain value: it can be logged and forgotten. If it came from
//   a step, the ledger still has it and refuses the reset; in the example it came from a plain Status.
// ENFORCED: by strict (nodiscard)
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
#include "device.hpp"

// CASE: made, and not returned
namespace error_not_returned {
rg::Status of_a_code(int code) {
  if (code != 0) rg::Error(rg::Errc::io, code, "a test");  // BAD
  // GOOD: if (code != 0) return rg::Error(rg::Errc::io, code, "a test");
  return rg::ok();
}

rg::Error error_of(int code) { return rg::Error(rg::Errc::io, code, "a test"); }
rg::Status by_a_function(int code) {
  if (code != 0) error_of(code);  // BAD
  // GOOD: if (code != 0) return error_of(code);
  return rg::ok();
}
}  // namespace error_not_returned

// CASE: taken out, and cast to void
// ENFORCED: by strict (g++: must_use; clang-tidy: nodiscard; clang-tidy-14: nothing)
namespace void_cast_of_an_error {
rg::Error of_a_result(Nic& nic) {
  rg::Status status = attempt(nic);
  if (!status.failed()) return rg::Error(rg::Errc::io, 0, "a test");
  const rg::Error other(rg::Errc::io, 0, "a test");
  (void)RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: return RESET_GUARD_MOVE(status).error();
  return other;
}

struct Inside : rg::Step<Inside> {
  static rg::Error of_a_step(Scope& scope, rg::Error error) {
    (void)fail(scope, error);  // BAD
    // GOOD: return fail(scope, error);
    return error;
  }
};
}  // namespace void_cast_of_an_error

// CASE: logged, and forgotten
// ENFORCED: by nobody
// LIMIT: An `Error` is a plain value, which a program may keep, log and forget; a step's error is also in the ledger.
// PRINTS: verified, DMA goes through
// GOOD PRINTS: io, DMA is blocked
namespace result_error_taken {
void log(const rg::Error&) {}

#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  RESET_GUARD_CHECK(load_firmware(scope.device()));
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) log(std::move(loaded).error());
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace result_error_taken
