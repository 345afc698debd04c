// RULE: Rewrite correct code that the analysis refuses.
// WHY: clang's typestate analysis works inside one function and knows few shapes. Each pattern here is correct, is
//   refused, and has a rewrite that is accepted.
// ENFORCED: by strict (clang: typestate)
#include "device.hpp"

// CASE: `r.failed() ? a : b`
namespace ternary {
int act(Nic& nic) {
  auto status = attempt(nic);
  return status.failed() ? RESET_GUARD_MOVE(status).error().native() : 0;  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error().native(); else return RESET_GUARD_MOVE(status).discard("went well"), 0;
}
}  // namespace ternary

// CASE: `bool bad = r.failed()`, tested later
namespace kept_in_a_bool {
rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  const bool bad = status.failed();
  if (bad) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (bad && status.failed()) return RESET_GUARD_MOVE(status).error();
  return status;
}
}  // namespace kept_in_a_bool

// CASE: a move function of one's own
namespace own_move {
template <class T>
constexpr T&& own_move(T& object) noexcept {
  return static_cast<T&&>(object);
}

rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  if (status.failed()) return own_move(status).error();  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
}  // namespace own_move

// CASE: the look is in another function
namespace checked_in_a_function {
static bool is_bad(const rg::Status& status) { return status.failed(); }

rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  if (is_bad(status)) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (is_bad(status) && status.failed()) return RESET_GUARD_MOVE(status).error();
  return status;
}
}  // namespace checked_in_a_function

// CASE: two looks in one condition
namespace two_conditions {
rg::Status act(Nic& a, Nic& b) {
  auto first = attempt(a);
  auto second = attempt(b);
  if (first.failed() || second.failed()) return rg::Error(rg::Errc::io, 0, "act");  // BAD
  // GOOD: return rg::first_error(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
  return rg::ok();  // and both are successes here
}
}  // namespace two_conditions

// CASE: looked at in a loop, from outside of it
// MESSAGE clang: must match at the entry and exit of loop
namespace declared_outside_the_loop {
rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  for (int left = 3; left > 0; --left) {
    if (status.failed()) return RESET_GUARD_MOVE(status).error();  // BAD
    // GOOD: if (left == 1) break;
  }
  return status;
}
}  // namespace declared_outside_the_loop

// CASE: looked at in a lambda
namespace lambda_capture {
rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  const auto bad = [&] { return status.failed(); };
  if (bad()) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error(); else if (bad()) return rg::ok();
  return status;
}
}  // namespace lambda_capture

// CASE: a member that is initialised by a call
namespace member_initialiser {
struct Attempt {
  rg::Status status;
  explicit Attempt(Nic& nic) : status(attempt(nic)) {}  // BAD
  // GOOD: static Attempt on(Nic& nic) { return Attempt{attempt(nic)}; }
};
}  // namespace member_initialiser

// CASE: handed by value to a constructor
namespace constructor_argument {
struct Attempt {
  explicit Attempt(rg::Status made) : status(RESET_GUARD_MOVE(made)) {}  // BAD
  // GOOD: // an aggregate, which needs no constructor
  rg::Status status;
};

bool act(Nic& nic) {
  const Attempt first{attempt(nic)};
  return first.status.failed();
}
}  // namespace constructor_argument

// CASE: `r.failed() == true`
namespace compared_with_bool {
rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  if (status.failed() == true) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (status.failed()) return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
}  // namespace compared_with_bool

// CASE: `unlikely(r.failed())`
// STANDARD: C++20
namespace builtin_expect {
rg::Status act(Nic& nic) {
  auto status = attempt(nic);
  if (__builtin_expect(status.failed(), 0)) return RESET_GUARD_MOVE(status).error();  // BAD
  // GOOD: if (status.failed()) [[unlikely]] return RESET_GUARD_MOVE(status).error();
  return rg::ok();
}
}  // namespace builtin_expect

// CASE: one of two results, chosen by `c ? a : b`
namespace ternary_of_moves {
rg::Status act(Nic& nic) {
  auto first = attempt(nic);
  auto second = attempt(nic);
  return nic.dma_blocked ? RESET_GUARD_MOVE(first) : RESET_GUARD_MOVE(second);  // BAD
  // GOOD: return rg::first_error(RESET_GUARD_MOVE(first), RESET_GUARD_MOVE(second));
}
}  // namespace ternary_of_moves
