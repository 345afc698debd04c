// RULE: Return a `Verdict` from a handler.
// WHY: Any code can return 0. Evidence comes only from steps, and a handler without evidence cannot return a success.
// ENFORCED: by types
#include "device.hpp"

// CASE: an int, by hand
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>, evidence from its steps or an error; bool, int, void and
//   Status say nothing about what was done
namespace handler_verdict {
#ifdef GOOD
rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope));
  return flr;
}
#else
int handler(Scope& scope) {
  auto flr = Flr::run(scope);
  if (flr.failed()) return std::move(flr).error().native();
  return 0;
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace handler_verdict

// CASE: bool
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_bool {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> bool { return scope.outermost(); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline bool quirk(Scope& scope) { return scope.outermost(); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_bool

// CASE: int
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_int {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> int { return scope.outermost() ? 0 : -5; }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline int quirk(Scope& scope) { return scope.outermost() ? 0 : -5; }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_int

// CASE: nothing
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_void {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> void { scope.touch(); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline void quirk(Scope& scope) { scope.touch(); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_void

// CASE: a Status
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_status {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> rg::Status { scope.touch(); return rg::ok(); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline rg::Status quirk(Scope& scope) { scope.touch(); return rg::ok(); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_status

// CASE: a result of something else
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_other_result {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> rg::Result<int> { return scope.outermost() ? 0 : -5; }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline rg::Result<int> quirk(Scope& scope) { return scope.outermost() ? 0 : -5; }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_other_result

// CASE: an error
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_error {
void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> rg::Error { scope.touch(); return rg::Error(rg::Errc::io, 0, "quirk"); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline rg::Error quirk(Scope& scope) { scope.touch(); return rg::Error(rg::Errc::io, 0, "quirk"); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_error

// CASE: bare evidence
// MESSAGE: reset_guard: a reset handler returns Verdict<S...>
namespace handler_evidence {
rg::Evidence<Flr> kept(Scope&) { rg::trap("never called"); }

void by_lambda(Nic& nic) {
  rg::reset(nic, [](Scope& scope) -> rg::Evidence<Flr> { return kept(scope); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}

inline rg::Evidence<Flr> quirk(Scope& scope) { return kept(scope); }
inline rg::Verdict<BusReset> quirk_control(Scope& scope) { return BusReset::run(scope); }

void by_pointer(Nic& nic) {
  rg::reset(nic, &quirk).discard("a test");  // BAD
  // GOOD: rg::reset(nic, &quirk_control).discard("a control");
}
}  // namespace handler_evidence
