// Port 1: a driver in the manner of Linux, whose functions return 0 or a negative errno.
#include <cerrno>
#include <string>

#include "card.hpp"

// The driver's other functions. They stay as they are.
static int block_dma(Card* card) {
  card->dma_blocked = true;
  return 0;
}
static int unblock_dma(Card* card) {
  card->dma_blocked = false;
  return 0;
}
static int flr(Card* card) { return card->flr() ? 0 : -ETIMEDOUT; }
static int load_firmware(Card* card) { return card->load_firmware() ? 0 : -EIO; }

namespace before {
// [before]
int reset(Card* card) {
  int error = block_dma(card);
  if (error) return error;
  flr(card);
  error = load_firmware(card);
  if (error) goto unblock;
  card->scratch = 1;  // the driver's own
unblock:
  unblock_dma(card);
  return error;
}
// [before]
}  // namespace before

// [step 1]
RESET_GUARD_MUST_USE rg::Status status_of(int result, rg::Literal where) {
  if (result >= 0) return rg::ok();
  return rg::Error(result == -ETIMEDOUT ? rg::Errc::timed_out : rg::Errc::io, result, where);
}

struct Device : Card {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return status_of(block_dma(this), "block"); }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::failed) return rg::ok();  // it stays blocked
    return status_of(unblock_dma(this), "unblock");
  }
};

struct OldReset : rg::ResetStep<OldReset> {  // the old function without its first and last call
  static rg::Status act(Device& device) noexcept {
    flr(&device);
    RESET_GUARD_CHECK(status_of(load_firmware(&device), "firmware"));
    device.scratch = 1;
    return rg::ok();
  }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "not ported yet";
  };
};
// [step 1]

// [step 2]
struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Device& device) noexcept { return status_of(flr(&device), "FLR"); }
  struct Witness {
    explicit Witness(Device& device) noexcept { device.scratch = 0x5a5a; }
    rg::Status check(Device& device) const noexcept { return status_of(device.scratch == 0 ? 0 : -EIO, "FLR: mark"); }
  };
};

RESET_GUARD_MUST_USE rg::Verdict<Flr> flr_and_firmware(rg::ResetScope<Device>& scope) {
  RESET_GUARD_TRY(auto evidence, Flr::run(scope));
  RESET_GUARD_CHECK(status_of(load_firmware(&scope.device()), "firmware"));
  scope.device().scratch = 1;
  return evidence;
}
// [step 2]

// [step 3]
struct Firmware : rg::Step<Firmware> {
  static rg::Status act(Device& device) noexcept {
    RESET_GUARD_CHECK(status_of(load_firmware(&device), "firmware"));
    device.scratch = 1;
    return rg::ok();
  }
};

int reset(Device* device) {  // its callers still get 0 or a negative errno
  auto verdict = rg::reset<Flr, Firmware>(*device);
  if (!verdict.failed()) return 0;
  const rg::Error error = std::move(verdict).error();
  return error.native() != 0 ? error.native() : -EIO;  // an error of the library itself has no number
}
// [step 3]

template <class... S>
std::string answer_of(rg::Verdict<S...> verdict) {
  if (verdict.failed()) return std::to_string(std::move(verdict).error().native());
  return std::move(verdict).take().claimed() ? "claimed" : "verified";
}

int main() {
  print_head();
  run<Card>("before", [](Card& card) { return std::to_string(before::reset(&card)); });
  run<Device>("step 1", [](Device& device) { return answer_of(OldReset::run(device)); });
  run<Device>("step 2", [](Device& device) { return answer_of(rg::reset(device, flr_and_firmware)); });
  run<Device>("step 3", [](Device& device) { return std::to_string(reset(&device)); });
}

// The old fault in step 2: the FLR is called, and its result is ignored. The line is an error, and without the result
// there is no evidence to return.
//
// Break it: replace
//   RESET_GUARD_TRY(auto evidence, Flr::run(scope));
// by
//   Flr::run(scope);
// and the compiler says: reset_guard: it may be a failure
