// Lesson 10: a driver in C. Its struct and its functions stay as they are; the adapter for the library is separate.
#include <cerrno>
#include <cstdio>
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

// The C library's header. It knows nothing of nested resets. Its functions return 0 or a negative errno.
extern "C" {
struct c_nic {
  int dma_blocked, flr_result, scratch;  // scratch: a register that a reset clears
  void* private_data;                    // for the user of the library
};
static int c_nic_block(struct c_nic* nic) {
  std::puts("  c_nic_block");
  nic->dma_blocked = 1;
  return 0;
}
static int c_nic_unblock(struct c_nic* nic) {
  std::puts("  c_nic_unblock");
  nic->dma_blocked = 0;
  return 0;
}
static int c_nic_flr(struct c_nic* nic) {
  std::puts("  c_nic_flr");
  nic->scratch = nic->flr_result == 0 ? 0 : nic->scratch;
  return nic->flr_result;
}
}

// The one place where an errno becomes a Status. The number is kept.
RESET_GUARD_MUST_USE rg::Status status_of(int result, rg::Literal where) {
  if (result >= 0) return rg::ok();
  return rg::Error(result == -ETIMEDOUT ? rg::Errc::timed_out : rg::Errc::io, result, where);
}

// Names where the state is kept, and the functions for prepare and done.
template <>
struct reset_guard::ResetTraits<c_nic> {
  static ResetState& state(c_nic& nic) noexcept { return *static_cast<ResetState*>(nic.private_data); }
  RESET_GUARD_MUST_USE static Status prepare(c_nic& nic) noexcept { return status_of(c_nic_block(&nic), "block"); }
  RESET_GUARD_MUST_USE static Status done(c_nic& nic, Outcome outcome) noexcept {
    if (outcome == Outcome::failed || outcome == Outcome::claimed) return ok();  // it stays blocked
    return status_of(c_nic_unblock(&nic), "unblock");
  }
};

struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(c_nic& nic) noexcept { return status_of(c_nic_flr(&nic), "FLR"); }
  struct Witness {
    explicit Witness(c_nic& nic) noexcept { nic.scratch = 1; }
    rg::Status check(c_nic& nic) const noexcept { return status_of(nic.scratch == 0 ? 0 : -EIO, "scratch"); }
  };
};

void reset_and_print(c_nic& nic) {
  auto verdict = Flr::run(nic);
  if (verdict.failed()) {
    const rg::Error error = std::move(verdict).error();
    std::printf("%s failed with %d\n", error.where(), error.native());
  } else {
    std::puts("verified");
  }
}

int main() {
  rg::ResetState state;
  c_nic nic{.dma_blocked = 0, .flr_result = 0, .scratch = 0, .private_data = &state};
  reset_and_print(nic);
  nic.flr_result = -ETIMEDOUT;
  reset_and_print(nic);
}

// done must return a Status. A hook that returns an int, as in C, is refused.
//
// Break it: replace
//   static Status done(
// by
//   static int done(
// and the compiler says: reset_guard: the device needs 'Status reset_done(Outcome) noexcept' (exactly that)
