// Port 5: a driver that resets a card through the port above it, and takes the rescan's success for that of the reset,
// as osWarmReset() of https://github.com/intel/compute-runtime does.
#include <cstdint>
#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

// PCIe Base Specification: Bridge Control has Secondary Bus Reset, Slot Control has Hot-Plug Interrupt Enable.
enum Register { bridge_control, slot_control };
constexpr unsigned bus_reset = 0x40, hot_plug_interrupts = 0x20;

// A card, and the config space of the port above it.
struct Platform {
  bool refuses_reset = false, rescan_fails = false, removed = false;
  unsigned port[2] = {0, hot_plug_interrupts};
  int key = 42;     // of the card's last user: in a register that a reset clears
  int scratch = 0;  // a register for the driver; a reset clears it

  int read(Register at, unsigned* value) noexcept {
    *value = port[at];
    return 0;
  }
  int write(Register at, unsigned value) noexcept {
    if (refuses_reset && at == bridge_control && (value & bus_reset) != 0) return -1;
    port[at] = value;
    if ((port[bridge_control] & bus_reset) != 0) key = scratch = 0;
    return 0;
  }
  int remove() noexcept {
    removed = true;
    return 0;
  }
  int rescan() noexcept {
    removed = rescan_fails;
    return rescan_fails ? -1 : 0;
  }
};

namespace before {
// [before]
int warm_reset(Platform& card) {
  if (card.remove() != 0) return -1;
  unsigned value = 0;
  card.read(slot_control, &value);
  card.write(slot_control, value & ~hot_plug_interrupts);
  card.read(bridge_control, &value);
  card.write(bridge_control, value | bus_reset);
  card.write(bridge_control, value);
  return card.rescan();
}
// [before]
}  // namespace before

RESET_GUARD_MUST_USE rg::Status status_of(int result, rg::Literal where) {
  if (result == 0) return rg::ok();
  return rg::Error(rg::Errc::io, result, where);
}

struct Card : Platform {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return status_of(remove(), "remove"); }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::failed) return rg::ok();  // nobody finds it
    return status_of(rescan(), "rescan");
  }
};

RESET_GUARD_MUST_USE rg::Status pulse(Card& card) {
  unsigned control = 0;
  RESET_GUARD_CHECK(status_of(card.read(bridge_control, &control), "read bridge control"));
  RESET_GUARD_CHECK(status_of(card.write(bridge_control, control | bus_reset), "assert the reset"));
  return status_of(card.write(bridge_control, control), "deassert the reset");
}

struct BusReset : rg::ResetStep<BusReset> {
  static rg::Status act(Card& card) {
    unsigned slot = 0;
    RESET_GUARD_CHECK(status_of(card.read(slot_control, &slot), "read slot control"));
    RESET_GUARD_CHECK(status_of(card.write(slot_control, slot & ~hot_plug_interrupts), "mask hot-plug"));
    // [put back]
    auto pulsed = pulse(card);
    return first_error(std::move(pulsed), status_of(card.write(slot_control, slot), "unmask hot-plug"));
    // [put back]
  }
  struct Witness {
    explicit Witness(Card& card) noexcept { card.scratch = 0x5a5a; }
    rg::Status check(Card& card) const noexcept { return status_of(card.scratch == 0 ? 0 : -1, "the mark"); }
  };
};

void print(const char* version, const Platform& card, const char* answer) {
  std::printf("%-6s | key %s, interrupts %-4s card %-8s %s\n", version, card.key == 0 ? "gone" : "kept",
              card.port[slot_control] != 0 ? "on," : "off,", card.removed ? "removed:" : "back:", answer);
}

const char* answer_of(rg::Verdict<BusReset> verdict) {
  if (verdict.failed()) return std::move(verdict).error().where();
  return std::move(verdict).take().claimed() ? "claimed" : "verified";
}

template <class Device>
Device card_of(int fault) {
  Device card;
  card.refuses_reset = fault == 1;
  card.rescan_fails = fault == 2;
  return card;
}

int main() {
  const char* faults[] = {"all works", "the port refuses the reset", "the rescan fails"};
  for (int fault = 0; fault != 3; ++fault) {
    std::printf("%s\n", faults[fault]);
    auto old_card = card_of<Platform>(fault);
    print("before", old_card, before::warm_reset(old_card) == 0 ? "success" : "failure");
    Card card;
    static_cast<Platform&>(card) = card_of<Platform>(fault);
    print("after", card, answer_of(rg::reset<BusReset>(card)));
  }
}

// The old fault: the write that resets may fail, and nobody looks. Written out as a discard() it compiles; the witness
// finds that the card was not reset, and the rescan is not reached.
//
// Break it: replace
//   RESET_GUARD_CHECK(status_of(card.write(bridge_control, control | bus_reset), "assert the reset"));
// by
//   status_of(card.write(bridge_control, control | bus_reset), "assert").discard("the rescan shows it");
// and it prints: after  | key kept, interrupts on,  card removed: the mark
