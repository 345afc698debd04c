// What the rules share: a device, its steps, and what prints how a reset ended.
#pragma once

#include <cstdio>
#include <reset_guard/reset_guard.hpp>
#include <utility>

// [device]
namespace rg = reset_guard;

struct Nic {
  rg::ResetState reset_state;
  bool dma_blocked = false, flr_works = true, firmware_answers = true;
  int scratch = 0;

  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
};
using Scope = rg::ResetScope<Nic>;
using Owned = rg::OwnedScope<Nic>;

struct Mark {  // a witness: plants a mark in a register that a reset clears
  explicit Mark(Nic& nic) noexcept { nic.scratch = 1; }
  rg::Status check(Nic& nic) const noexcept {
    if (nic.scratch == 0) return rg::ok();
    return rg::Error(rg::Errc::io, 0, "the mark is still there");
  }
};
struct Flr : rg::ResetStep<Flr> {
  using Witness = Mark;
  static rg::Status act(Nic& nic) noexcept {
    if (!nic.flr_works) return rg::Error(rg::Errc::timed_out, -110, "FLR");
    nic.scratch = 0;
    return rg::ok();
  }
};
struct BusReset : rg::ResetStep<BusReset> {  // always works
  using Witness = Mark;
  static rg::Status act(Nic& nic) noexcept {
    nic.scratch = 0;
    return rg::ok();
  }
};
struct Firmware : rg::Step<Firmware> {
  static rg::Status act(Nic& nic) noexcept {
    if (nic.firmware_answers) return rg::ok();
    return rg::Error(rg::Errc::timed_out, -110, "firmware");
  }
};

RESET_GUARD_MUST_USE inline rg::Status load_firmware(Nic& nic) {  // a plain Status, of no step
  if (nic.firmware_answers) return rg::ok();
  return rg::Error(rg::Errc::io, -5, "load");
}

struct FirmwareAck : rg::Step<FirmwareAck> {  // written by hand
  RESET_GUARD_MUST_USE static rg::Verdict<FirmwareAck> wait(Scope& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "ack"));
  }
};
inline rg::Status attempt(Nic& nic) noexcept {  // a plain Status, of a function without an attribute
  if (nic.firmware_answers) return rg::ok();
  return rg::Error(rg::Errc::timed_out, -110, "attempt");
}
// [device]

struct Finds {  // a witness that finds nothing wrong, for any device
  template <class Device>
  explicit Finds(Device&) noexcept {}
  template <class Device>
  RESET_GUARD_MUST_USE rg::Status check(Device&) const noexcept {
    return rg::ok();
  }
};

// A reset step of any device. It always works, and its witness finds nothing wrong.
struct Works : rg::ResetStep<Works> {
  struct Witness {
    template <class Device>
    RESET_GUARD_MUST_USE rg::Status check(Device&) const noexcept {
      return rg::ok();
    }
  };
  template <class Device>
  RESET_GUARD_MUST_USE static rg::Verdict<Works> in(rg::ResetScope<Device>& scope) {
    return Works::pass_if(scope, rg::ok(), Witness());
  }
};

template <class Device>
RESET_GUARD_MUST_USE rg::Verdict<Works> reset_once(Device& device) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<Device>::enter(device));
  return scope.finish(Works::in(scope));
}

template <class T>
const char* word(rg::Result<T> answer, const char* success = "verified") {
  if (answer.failed()) return to_string(std::move(answer).error().code());
  std::move(answer).discard("it is a word now");
  return success;
}

template <class... S>
const char* word(rg::Verdict<S...> answer) {
  if (answer.failed()) return to_string(std::move(answer).error().code());
  const auto evidence = std::move(answer).take();
  return evidence.claimed() ? "claimed" : "verified";
}

template <class T>
int exit_status(rg::Result<T> answer) {
  const bool failed = answer.failed();
  std::move(answer).discard("the status says it");
  return failed ? 1 : 0;
}

template <class T>
rg::Error error_of(rg::Result<T> answer) {
  if (answer.failed()) return std::move(answer).error();
  std::move(answer).discard("there is none");
  return rg::Error(rg::Errc::invalid, 0, "no error");
}

inline const char* word(bool dma_blocked) { return dma_blocked ? "DMA is blocked" : "DMA goes through"; }

template <class Device, class T>
void show(const Device& device, rg::Result<T> answer) {
  std::printf("%s, %s\n", word(std::move(answer)), word(device.dma_blocked));
}

// The rule that was broken is what a program prints last.
inline void print_the_rule(const char* rule) noexcept {
  std::puts(rule);
  std::fflush(stdout);
}

// Says in one word how a reset ended: 'verified', or the name of its error if the device was kept blocked.
template <class T>
void say(Nic& nic, rg::Result<T> result) {
  const bool free = !nic.dma_blocked && !nic.reset_state.quarantined();
  const bool kept = nic.dma_blocked && nic.reset_state.quarantined();
  if (result.failed()) {
    const rg::Error error = std::move(result).error();
    std::puts(kept ? to_string(error.code()) : "failed-but-free");
  } else {
    std::move(result).discard("the word is about the outcome");
    std::puts(free ? "verified" : "success-but-blocked");
  }
}

// Runs each handler on a device of its own, whose FLR and firmware fail.
template <class... Handlers>
int run(Handlers... handlers) {
  const auto one = [](auto handler) {
    Nic nic;
    nic.flr_works = nic.firmware_answers = false;
    auto verdict = rg::reset(nic, handler);
    say(nic, std::move(verdict));
  };
  (one(handlers), ...);
  return 0;
}
