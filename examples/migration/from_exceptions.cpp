// Port 3: a driver whose functions throw.
#include <stdexcept>

#include "card.hpp"

// The driver's other functions. They stay as they are.
struct DeviceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
static void flr(Card& card) {
  if (!card.flr()) throw DeviceError("FLR timed out");
}
static void load_firmware(Card& card) {
  if (!card.load_firmware()) throw DeviceError("no firmware");
}

namespace before {
struct BlockedDma {
  explicit BlockedDma(Card& blocked) : card(blocked) { card.dma_blocked = true; }
  ~BlockedDma() { card.dma_blocked = false; }
  Card& card;
};

// [before]
void reset(Card& card) {
  const BlockedDma blocked(card);  // its destructor lifts the block
  try {
    flr(card);
  } catch (const DeviceError& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  load_firmware(card);
}
// [before]
}  // namespace before

struct Device : Card {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
};

// [after]
template <class Work>
RESET_GUARD_MUST_USE rg::Status status_of(Work work, rg::Literal where) {
  try {
    work();
    return rg::ok();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return rg::Error(rg::Errc::io, 0, where);
  }
}
// [after]

struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Device& device) {
    return status_of([&] { flr(device); }, "FLR");
  }
  struct Witness {
    explicit Witness(Device& device) noexcept { device.scratch = 0x5a5a; }
    rg::Status check(Device& device) const noexcept {
      if (device.scratch == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "FLR: the mark is still there");
    }
  };
};
struct Firmware : rg::Step<Firmware> {
  static rg::Status act(Device& device) {
    return status_of([&] { load_firmware(device); }, "firmware");
  }
};

// [throws again]
void reset(Device& device) {  // its callers still get an exception
  auto verdict = rg::reset<Flr, Firmware>(device);
  if (verdict.failed()) throw DeviceError(std::move(verdict).error().where());
}
// [throws again]

template <class Device>
std::string answer_of(void (*reset)(Device&), Device& device) {
  try {
    reset(device);
    return "returns";
  } catch (const DeviceError& error) {
    return std::string("throws '") + error.what() + "'";
  }
}

int main() {
  print_head();
  run<Card>("before", [](Card& card) { return answer_of<Card>(before::reset, card); });
  run<Device>("after", [](Device& device) { return answer_of<Device>(reset, device); });
}

// The old fault: the exception is caught, and the work goes on. No compiler sees it, since act() may succeed; the
// witness finds that nothing was reset.
//
// Break it: replace
//   return status_of([&] { flr(device); }, "FLR");
// by
//   try { flr(device); } catch (const DeviceError&) {} return rg::ok();
// and it prints: after   | key gone, DMA open:    returns   | key kept, DMA blocked: throws 'FLR: the mark is still there'
