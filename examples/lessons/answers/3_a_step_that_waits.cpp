// Exercise 3: a step that polls its device every 30 ms, for 100 ms at most. The clock is the device's own.
#include <cstdio>
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

struct Nic {
  rg::ResetState reset_state;
  int clock_ms = 0, ready_at_ms = 0;

  int starts() const { return clock_ms >= ready_at_ms ? 1 : 0; }
  int now() const { return clock_ms; }
  void sleep(int ms) { clock_ms += ms; }
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

struct FirmwareReset : rg::ResetStep<FirmwareReset> {
  static rg::Status act(Nic& nic) noexcept {  // a real step would first write its registers
    return rg::poll_until(nic, {100, 30}, "firmware", [&] {
      const bool ready = nic.clock_ms >= nic.ready_at_ms;
      std::printf("  %3d ms: it is %s\n", nic.clock_ms, ready ? "ready" : "busy");
      return ready;
    });
  }
  struct Witness {  // the firmware counts its starts
    int before;
    explicit Witness(Nic& nic) noexcept : before(nic.starts()) {}
    rg::Status check(Nic& nic) const noexcept {
      if (nic.starts() != before) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "the firmware was not started");
    }
  };
};

int main() {
  for (const int ready_at_ms : {50, 95, 150}) {
    Nic nic;
    nic.ready_at_ms = ready_at_ms;
    std::printf("ready after %d ms\n", ready_at_ms);
    auto verdict = FirmwareReset::run(nic);
    if (verdict.failed()) {
      std::printf("answer: %s\n", to_string(std::move(verdict).error().code()));
    } else {
      std::puts("answer: a success");
    }
  }
}
