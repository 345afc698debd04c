// The device of the lessons: a toy that prints what its hooks and steps do, and fails as often as it is told to.
#pragma once

#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

struct Toy {
  rg::ResetState reset_state;
  bool dma_blocked = false, blocked_before = false;
  bool handed_over = false;  // another user is next
  int scratch = 0;           // a register that a reset clears
  // How often each of them fails before it works.
  int prepare_failures = 0, flr_failures = 0, firmware_failures = 0, done_failures = 0;

  rg::Status reset_prepare() noexcept {
    if (prepare_failures > 0) {
      --prepare_failures;
      std::puts("  prepare: fails");
      return rg::Error(rg::Errc::no_memory, -12, "prepare");
    }
    std::puts(dma_blocked ? "  prepare: DMA is blocked already" : "  prepare: DMA is blocked");
    blocked_before = std::exchange(dma_blocked, true);
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (done_failures > 0) {
      --done_failures;
      std::printf("  done(%s): fails\n", to_string(outcome));
      return rg::Error(rg::Errc::io, -5, "done");
    }
    switch (outcome) {
      case rg::Outcome::failed: break;
      case rg::Outcome::untouched: dma_blocked = blocked_before; break;
      case rg::Outcome::claimed: dma_blocked = handed_over; break;
      case rg::Outcome::verified:
      case rg::Outcome::released: dma_blocked = false; break;
    }
    std::printf("  done(%s): DMA %s\n", to_string(outcome), dma_blocked ? "stays blocked" : "goes through");
    return rg::ok();
  }
};

// Does the work of a step, after `failures` failures.
RESET_GUARD_MUST_USE inline rg::Status attempt(rg::Literal step, const Toy& toy, int& failures) noexcept {
  const bool fails = failures > 0;
  if (fails) --failures;
  const char* const name = step;
  std::printf("  %s: %s, depth %u\n", name, fails ? "fails" : "works", toy.reset_state.depth());
  if (fails) return rg::Error(rg::Errc::timed_out, -110, step);
  return rg::ok();
}

// A function level reset.
struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Toy& toy) noexcept {
    RESET_GUARD_CHECK(attempt("FLR", toy, toy.flr_failures));
    toy.scratch = 0;
    return rg::ok();
  }
  struct Witness {  // plants a mark before the reset, and looks afterwards whether it is gone
    explicit Witness(Toy& toy) noexcept { toy.scratch = 1; }
    rg::Status check(Toy& toy) const noexcept {
      if (toy.scratch == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "FLR: the mark is still there");
    }
  };
};

// The firmware restarts and reports it. This resets nothing.
struct FirmwareAck : rg::Step<FirmwareAck> {
  static rg::Status act(Toy& toy) noexcept { return attempt("firmware", toy, toy.firmware_failures); }
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

template <class... S>
void print_answer(const char* who, rg::Verdict<S...> verdict) {
  if (verdict.failed()) {
    print_error(who, std::move(verdict).error());
  } else {
    const auto evidence = std::move(verdict).take();
    std::printf("%s answers: a %s\n", who, evidence.claimed() ? "claim" : "success");
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
