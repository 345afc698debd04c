// The device of the lessons: a toy that prints what its hooks and its steps do, and fails as often as it is told to.
#pragma once

#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

struct Toy {
  rg::ResetState reset_state;
  bool dma_blocked = false;
  int prepare_failures = 0, flr_failures = 0, firmware_failures = 0, done_failures = 0;  // so many, then it works

  rg::Status reset_prepare() noexcept {
    if (prepare_failures > 0) {
      --prepare_failures;
      std::puts("  prepare: fails");
      return rg::Error(rg::Errc::no_memory, -12, "prepare");
    }
    std::puts(dma_blocked ? "  prepare: DMA is blocked already" : "  prepare: DMA is blocked");
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (done_failures > 0) {
      --done_failures;
      std::printf("  done(%s): fails\n", to_string(outcome));
      return rg::Error(rg::Errc::io, -5, "done");
    }
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    std::printf("  done(%s): DMA %s\n", to_string(outcome), dma_blocked ? "stays blocked" : "goes through");
    return rg::ok();
  }
};

// Whether the step works this time. It fails `failures` times first.
inline bool works(const char* step, const rg::ResetScope<Toy>& scope, int& failures) {
  const bool fails = failures > 0;
  if (fails) --failures;
  std::printf("  %s: %s, depth %u\n", step, fails ? "fails" : "works", scope.depth());
  return !fails;
}

// A function level reset. It can be called alone, so it opens a scope of its own.
struct Flr : rg::ResetStep<Flr> {
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(Toy& toy) {
    return rg::reset(toy, [](rg::ResetScope<Toy>& scope) -> rg::Verdict<Flr> {
      if (works("FLR", scope, scope.device().flr_failures)) return pass(scope);
      return fail(scope, rg::Error(rg::Errc::timed_out, -110, "FLR"));
    });
  }
};

// The firmware starts again, and says so. This resets nothing, and happens in the scope of whoever waits.
struct FirmwareAck : rg::Step<FirmwareAck> {
  RESET_GUARD_MUST_USE static rg::Verdict<FirmwareAck> wait(rg::ResetScope<Toy>& scope) {
    if (works("firmware", scope, scope.device().firmware_failures)) return pass(scope);
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "firmware"));
  }
};

inline void print_error(const char* who, const rg::Error& error) {
  std::printf("%s answers %s: %s (%d)", who, error.where(), to_string(error.code()), error.native());
  if (error.later_errors() > 0) std::printf(", and %d later", error.later_errors());
  std::puts("");
}

template <class T>
void print_answer(const char* who, rg::Result<T> answer) {
  if (answer.failed()) {
    print_error(who, std::move(answer).error());
  } else {
    std::printf("%s answers: a success\n", who);
  }
}

inline void print_state(const Toy& toy) {
  std::printf("afterwards DMA %s", toy.dma_blocked ? "is blocked" : "goes through");
  if (!toy.reset_state.quarantined()) {
    std::puts("");
    return;
  }
  const rg::Error reason = toy.reset_state.quarantine_reason();
  std::printf(", quarantined for %s: %s\n", reason.where(), to_string(reason.code()));
}
