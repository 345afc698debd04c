// The README's example, whole: a device, two steps, a reset.
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace rg = reset_guard;
using namespace std::chrono_literals;

// What stands for the hardware: a register, a reset, a firmware that answers after 2 s, and a clock.
struct SimulatedNic {
  std::uint32_t scratch = 0;
  bool flr_works = true, firmware_works = true;
  std::chrono::milliseconds time{0}, ready_at{0};

  void start_flr() noexcept {
    if (flr_works) scratch = 0;
    ready_at = time + 2s;
  }
  bool firmware_ready() const noexcept { return firmware_works && time >= ready_at; }
  std::chrono::milliseconds now() const noexcept { return time; }
  void sleep(std::chrono::milliseconds duration) noexcept { time += duration; }
};

// [device]
struct Nic : SimulatedNic {    // the hardware, and its clock: now() and sleep()
  rg::ResetState reset_state;  // depth, quarantine, first error: 32 bytes
  bool dma_blocked = false, blocked_before = false;

  rg::Status reset_prepare() noexcept {  // fences it; one that is fenced already stays so
    blocked_before = std::exchange(dma_blocked, true);
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    switch (outcome) {
      case rg::Outcome::failed: break;   // it stays fenced
      case rg::Outcome::claimed: break;  // nothing was shown: not enough for a card that is handed to another user
      case rg::Outcome::untouched: dma_blocked = blocked_before; break;
      case rg::Outcome::verified:
      case rg::Outcome::released: dma_blocked = false; break;
    }
    return rg::ok();
  }
};
// [device]

// [steps]
struct Flr : rg::ResetStep<Flr> {  // a step that resets the function
  static rg::Status act(Nic& nic) noexcept {
    nic.start_flr();
    nic.sleep(100ms);
    return rg::ok();
  }
  struct Witness {  // something that only this reset destroys: a mark in a register that a reset clears
    explicit Witness(Nic& nic) noexcept {
      nic.scratch = 0x5a5a;
      planted = nic.scratch == 0x5a5a;
    }
    rg::Result<bool> check(Nic& nic) const noexcept {
      if (nic.scratch != 0) return rg::Error(rg::Errc::io, 0, "FLR: the mark is still there");
      return planted;  // if it was not, nothing is shown, and the reset is only claimed
    }
    bool planted;
  };
};
struct FirmwareAck : rg::Step<FirmwareAck> {  // a step that resets nothing, and must not be skipped
  static rg::Status act(Nic& nic) noexcept {
    return rg::poll_until(nic, {15s, 20ms}, "firmware", [&] { return nic.firmware_ready(); });
  }
};
// [steps]

// [use]
void reset_and_report(Nic& nic) {
  auto verdict = rg::reset<Flr, FirmwareAck>(nic);  // prepare; both, in order, under one fence; done(outcome)
  if (verdict.failed()) {
    const rg::Error error = std::move(verdict).error();
    std::printf("%s: %s (%d)", error.where(), to_string(error.code()), error.native());
  } else {
    std::printf("%s", std::move(verdict).take().claimed() ? "claimed" : "verified");
  }
  std::puts(nic.dma_blocked ? ": DMA stays blocked" : ": DMA goes through");
}
// [use]

int main() {
  Nic nic;
  reset_and_report(nic);
  const bool verified = !nic.dma_blocked;
  nic.firmware_works = false;
  reset_and_report(nic);
  const bool fenced = nic.dma_blocked && nic.reset_state.quarantined();
  nic.firmware_works = true;
  nic.flr_works = false;  // the witness finds out
  reset_and_report(nic);
  return verified && fenced && nic.dma_blocked ? 0 : 1;
}
