// Port 4: a driver of a board, whose chips one request resets, as a loop over the chips tells it.
#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/group.hpp>
#include <string>
#include <utility>
#include <vector>

namespace rg = reset_guard;

// The board: one request to the kernel's driver resets all chips that it is given, but for those that hang.
struct Chip {
  int number = 0;
  bool hangs = false, fenced = false;
  int arc_state = 1;  // a register that a reset clears
};
struct Request {
  std::vector<Chip*> chips;
  int result = 0;  // of the reset; the return value is that of the request
};
int ioctl_reset(Request& request) {
  for (Chip* chip : request.chips) {
    if (!chip->hangs) chip->arc_state = 0;
    if (chip->hangs) request.result = -5;
  }
  return 0;
}
bool node_exists(const Chip&) { return true; }  // of a chip that hangs, too

std::string told;  // to the processes that have the chips open
void tell(const Chip& chip, const char* what) { told += " " + std::to_string(chip.number) + ":" + what; }

namespace before {
// [before]
bool warm_reset(std::vector<Chip>& board, const std::vector<Chip*>& wanted) {
  std::vector<Chip*> chips = wanted;
  if (chips.empty()) {
    for (Chip& chip : board) chips.push_back(&chip);
  }
  Request request{chips};
  if (ioctl_reset(request) != 0) std::fputs("reset failed\n", stderr);
  bool all = true;
  for (Chip* chip : chips) {
    all = node_exists(*chip);
    tell(*chip, "ready");
  }
  return all;
}
// [before]
}  // namespace before

// [chip]
struct Device : Chip {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept {
    fenced = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    fenced = outcome == rg::Outcome::failed;
    tell(*this, fenced ? "quarantined" : "ready");
    return rg::ok();
  }
};

struct BoardReset : rg::ResetStep<BoardReset> {
  static rg::Status act(rg::GroupInReset<Device>& devices) {
    Request request;
    for (Device& device : devices) request.chips.push_back(&device);
    if (ioctl_reset(request) != 0) return rg::Error(rg::Errc::io, 0, "ioctl");
    return rg::ok();  // what came of it, each chip's witness shows
  }
  struct Witness {
    explicit Witness(Device& device) noexcept { device.arc_state = 1; }
    rg::Status check(Device& device) const noexcept {
      if (device.arc_state == 0) return rg::ok();
      return rg::Error(rg::Errc::io, device.number, "the chip kept its state");
    }
  };
};
// [chip]

// [after]
RESET_GUARD_MUST_USE rg::Status warm_reset(const std::vector<Device*>& wanted) {
  rg::ResetGroup<Device, 32> group;
  for (Device* device : wanted) RESET_GUARD_CHECK(group.add(*device));
  RESET_GUARD_TRY(auto answers, rg::reset_all<BoardReset>(group));
  return first_of(std::move(answers));
}
// [after]

template <class Answer>
void print(const char* version, bool hangs, Answer answer) {
  told.clear();
  const char* text = answer(hangs);
  std::printf("%-6s | %-13s | %-5s |%s\n", version, hangs ? "chip 1 hangs" : "all are reset", text, told.c_str());
}

int main() {
  std::printf("       | the board     | answer | its users are told\n");
  for (const bool hangs : {false, true}) {
    print("before", hangs, [](bool one_hangs) {
      std::vector<Chip> board(3);
      for (int i = 0; i != 3; ++i) board[i].number = i;
      board[1].hangs = one_hangs;
      return before::warm_reset(board, {}) ? "true" : "false";
    });
    print("after", hangs, [](bool one_hangs) {
      Device devices[3];
      for (int i = 0; i != 3; ++i) devices[i].number = i;
      devices[1].hangs = one_hangs;
      auto status = warm_reset({&devices[0], &devices[1], &devices[2]});
      if (status.failed()) return to_string(std::move(status).error().code());
      return "ok";
    });
  }
}

// The old fault: one answer for all chips. An act that is not for a group is refused.
//
// Break it: replace
//   rg::GroupInReset<Device>& devices
// by
//   std::vector<Device*>& devices
// and the compiler says: reset_all() needs 'static Status act(GroupInReset<Device>&, ...)'
