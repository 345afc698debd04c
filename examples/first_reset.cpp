#define RESET_GUARD_STRICT 1  // a result that is dropped does not compile
#include <chrono>
#include <cstdio>
#include <reset_guard/reset_guard.hpp>
#include <utility>
namespace rg = reset_guard;
using namespace std::chrono_literals;

struct Nic {  // a device: its state, two hooks, and here its simulation, whose firmware needs 2 s to start
  rg::ResetState reset_state;
  bool dma_blocked = false, blocked_before = false, flr_works = true;
  int scratch = 0;  // a register that an FLR clears
  std::chrono::milliseconds time{0};
  std::chrono::milliseconds now() const noexcept { return time; }
  void sleep(std::chrono::milliseconds duration) noexcept { time += duration; }
  rg::Status reset_prepare() noexcept {  // fences the device before the outermost reset
    blocked_before = std::exchange(dma_blocked, true);
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {  // lifts the fence after it, or keeps it
    if (outcome == rg::Outcome::verified || outcome == rg::Outcome::released) dma_blocked = false;
    if (outcome == rg::Outcome::untouched) dma_blocked = blocked_before;
    return rg::ok();
  }
};
struct Flr : rg::ResetStep<Flr> {  // a function level reset
  static rg::Status act(Nic& nic) noexcept {
    if (nic.flr_works) nic.scratch = 0;
    nic.sleep(100ms);
    return rg::ok();
  }
  struct Witness {  // leaves a mark that only this reset removes, and looks for it afterwards
    bool planted;
    explicit Witness(Nic& nic) noexcept : planted((nic.scratch = 1) == 1) {}
    rg::Result<bool> check(Nic& nic) const noexcept {
      if (nic.scratch != 0) return rg::Error(rg::Errc::io, 0, "FLR: the mark is still there");
      return planted;  // if it was not, the reset is only claimed, and not verified
    }
  };
};
struct FirmwareAck : rg::Step<FirmwareAck> {  // resets nothing, and must not be skipped
  static rg::Status act(Nic& nic) noexcept {
    return rg::poll_until(nic, {15s, 20ms}, "firmware", [&] { return nic.time >= 2s; });
  }
};
int main() {
  Nic nic;
  for (const bool works : {true, false}) {
    nic.flr_works = works;
    auto verdict = rg::reset<Flr, FirmwareAck>(nic);  // prepare, the steps in order, done
    if (verdict.failed())
      std::puts(std::move(verdict).error().where());
    else
      std::puts(std::move(verdict).take().claimed() ? "claimed" : "verified");
    std::puts(nic.dma_blocked ? "  its DMA stays blocked" : "  its DMA goes through");
  }
}
