// A reset inside a reset, and one that fails, on a Cortex-M without an operating system, a C library or a heap.
/*
To build it and to run it in QEMU (Debian: gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib qemu-system-arm):

arm-none-eabi-g++ -std=c++17 -mcpu=cortex-m0 -mthumb -Os -ffreestanding -fno-exceptions -fno-rtti -nostdlib \
  -Iinclude examples/bare_metal/main.cpp examples/bare_metal/startup.cpp -T examples/bare_metal/memory.ld -lgcc \
  -o bare_metal.elf
qemu-system-arm -M microbit -nographic -semihosting -kernel bare_metal.elf
*/
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

namespace rg = reset_guard;

void print(const char* text);  // startup.cpp

namespace {

void print_line(const char* first, const char* second = "", const char* third = "") {
  print(first);
  print(second);
  print(third);
  print("\n");
}

// A simulated DMA controller. Real code has `volatile` registers at an address in place of these.
struct Controller {
  rg::ResetState reset_state;
  bool dma_blocked = false, firmware_works = true;
  std::uint32_t mark = 0;
  unsigned time = 0;

  unsigned now() const noexcept { return time; }
  void sleep(unsigned ticks) noexcept { time += ticks; }

  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    print_line("  prepare(): DMA is blocked");
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::verified) dma_blocked = false;
    print_line("  done(", to_string(outcome), dma_blocked ? "): DMA stays blocked" : "): DMA goes through");
    return rg::ok();
  }
  void reset_trace(const rg::TraceEvent& event) noexcept {
    static constexpr const char* indents[] = {"", "  ", "    ", "      "};
    const char* indent = indents[event.depth < 4 ? event.depth : 3];
    if (event.kind == rg::TraceKind::entered) {
      print_line(indent, "  scope: ", event.step != nullptr ? event.step : "handler");
    } else if (event.kind == rg::TraceKind::finished) {
      print_line(indent, "  ends: ", to_string(event.outcome));
    }
  }
};
using Scope = rg::ResetScope<Controller>;

struct CoreReset : rg::ResetStep<CoreReset> {
  static constexpr rg::Literal name = "core reset";
  static rg::Status act(Controller& controller) noexcept {
    controller.mark = 0;  // the hardware: a reset clears its registers
    return rg::ok();
  }
  struct Witness {
    explicit Witness(Controller& controller) noexcept { controller.mark = 0x5a5a; }
    rg::Status check(Controller& controller) const noexcept {
      if (controller.mark == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "core reset: the mark is still there");
    }
  };
};

struct Firmware : rg::Step<Firmware> {
  static constexpr rg::Literal name = "firmware";
  static rg::Status act(Controller& controller) noexcept {
    return rg::poll_until(controller, {100u, 10u}, "firmware", [&] { return controller.firmware_works; });
  }
};

// It opens a scope inside that of its caller, as a handler does that calls the function-level reset.
RESET_GUARD_MUST_USE rg::Verdict<CoreReset, Firmware> handler(Scope& scope) {
  RESET_GUARD_TRY(auto core, CoreReset::run(scope.device()));
  RESET_GUARD_TRY(auto firmware, Firmware::run(scope));
  return rg::join(std::move(core), std::move(firmware));
}

void reset_and_report(Controller& controller, const char* title) {
  print_line(title);
  auto verdict = rg::reset(controller, handler);
  if (verdict.failed()) {
    const rg::Error error = std::move(verdict).error();
    print_line(to_string(error.code()), ", from ", error.where());
  } else {
    print_line(std::move(verdict).take().claimed() ? "claimed" : "verified");
  }
  if (controller.reset_state.quarantined()) print_line("the controller is quarantined");
}

}  // namespace

int main() {
  Controller controller;
  reset_and_report(controller, "a reset inside a reset");
  controller.firmware_works = false;
  reset_and_report(controller, "its firmware does not answer");
  controller.firmware_works = true;
  reset_and_report(controller, "it answers again");
  return 0;
}
