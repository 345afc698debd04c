// Port 6: a driver whose firmware does not answer the request that resets it, so that a timeout is taken for a success,
// as reset_impl() of a PCIe device in https://github.com/hailo-ai/hailort does.
#include <cerrno>
#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>
#include <utility>

namespace rg = reset_guard;

// The chip: its firmware restarts when it is told to, or hangs, or is older and refuses. It answers in the last case.
struct Chip {
  enum Firmware { restarts, hangs, refuses } firmware = restarts;
  bool closed = false;
  int key = 42;     // of the last user: in the memory of the firmware
  int scratch = 0;  // a word of that memory
};
int request_reset(Chip& chip) {
  if (chip.firmware == Chip::restarts) chip.key = chip.scratch = 0;
  return chip.firmware == Chip::refuses ? -EOPNOTSUPP : -ETIMEDOUT;
}

namespace before {
// [before]
int reset(Chip& chip) {
  chip.closed = true;
  const int error = request_reset(chip);
  if (error != 0 && error != -ETIMEDOUT) return error;  // it stays closed
  chip.closed = false;
  return 0;
}
// [before]
}  // namespace before

struct Device : Chip {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept {
    closed = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    closed = outcome == rg::Outcome::failed || outcome == rg::Outcome::claimed;
    return rg::ok();
  }
};

struct Mark {
  explicit Mark(Device& device) noexcept { device.scratch = 0x5a5a; }
  rg::Status check(Device& device) const noexcept {
    if (device.scratch == 0) return rg::ok();
    return rg::Error(rg::Errc::timed_out, -ETIMEDOUT, "the firmware did not restart");
  }
};

struct SoftReset : rg::ResetStep<SoftReset> {
  using Witness = Mark;
  static rg::Status act(Device& device) {
    // [act]
    const int error = request_reset(device);
    if (error == -ETIMEDOUT) return rg::ok();  // as it should be, and as it is when it hangs: the witness tells
    if (error == -EOPNOTSUPP) return rg::Error(rg::Errc::unsupported, error, "the request");
    return rg::Error(rg::Errc::io, error, "it answered, so it did not restart");
    // [act]
  }
};

void print(const char* version, const Chip& chip, const char* answer) {
  static const char* const firmwares[] = {"restarts", "hangs", "refuses"};
  std::printf("%-6s | %-8s | key %s, %-6s | %s\n", version, firmwares[chip.firmware], chip.key == 0 ? "gone" : "kept",
              chip.closed ? "closed" : "open", answer);
}

const char* answer_of(rg::Verdict<SoftReset> verdict) {
  if (verdict.failed()) return to_string(std::move(verdict).error().code());
  return std::move(verdict).take().claimed() ? "claimed" : "verified";
}

int main() {
  std::printf("       | firmware | the chip then    | answer\n");
  for (const auto firmware : {Chip::restarts, Chip::hangs, Chip::refuses}) {
    Chip chip;
    chip.firmware = firmware;
    const int answer = before::reset(chip);
    print("before", chip, answer == 0 ? "success" : "failure");
    Device device;
    device.firmware = firmware;
    const char* word = answer_of(rg::reset<SoftReset>(device));
    print("after", device, word);
  }
}

// The old fault: no answer is believed to be a reset. A step that believes it has no witness, and its success is only a
// claim, for which this device stays closed.
//
// Break it: replace
//   using Witness = Mark;
// by
//   struct Witness : rg::NoWitness { static constexpr rg::Literal why = "no answer is the answer"; };
// and it prints: after  | hangs    | key kept, closed | claimed
