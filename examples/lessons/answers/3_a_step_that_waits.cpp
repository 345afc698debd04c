// Exercise 3: a step that waits for its device, 100 ms at most, and looks every 30 ms. The clock is the device's own.
#include <cstdio>
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

struct Nic {
  rg::ResetState reset_state;
  int clock_ms = 0, ready_at_ms = 0;

  int now() const { return clock_ms; }
  void sleep(int ms) { clock_ms += ms; }
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

struct FirmwareReset : rg::ResetStep<FirmwareReset> {
  RESET_GUARD_MUST_USE static rg::Verdict<FirmwareReset> run(rg::ResetScope<Nic>& scope) {
    Nic& nic = scope.device();
    scope.touch();  // here its registers would be written
    return pass_if(scope, rg::poll_until(nic, rg::PollTimes{100, 30}, "firmware", [&] {
                     const bool ready = nic.clock_ms >= nic.ready_at_ms;
                     std::printf("  %3d ms: it is %s\n", nic.clock_ms, ready ? "ready" : "busy");
                     return ready;
                   }));
  }
};

int main() {
  for (const int ready_at_ms : {50, 95, 150}) {
    Nic nic;
    nic.ready_at_ms = ready_at_ms;
    std::printf("ready after %d ms\n", ready_at_ms);
    auto verdict = rg::reset(nic, FirmwareReset::run);
    if (verdict.failed()) {
      std::printf("answer: %s\n", to_string(std::move(verdict).error().code()));
    } else {
      std::puts("answer: a success");
    }
  }
}
