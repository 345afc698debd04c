// Port 7: a driver of a card with two functions, whose users call 'shut down' and 'go online' around the reset, and an
// exception comes between them. The functions of an accelerator card are such a pair, one to manage it and one to use
// it (https://github.com/Xilinx/XRT).
#include <cstdio>
#define RESET_GUARD_STRICT 1
#include <reset_guard/group.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace rg = reset_guard;

struct DeviceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Function {
  bool in_use = false, offline = false;
  int scratch = 0;  // a register for the driver; a reset clears it

  void shut_down() {
    if (in_use) throw DeviceError("in use");
    if (offline) throw DeviceError("offline");
    offline = true;
  }
  void go_online() noexcept { offline = false; }
};
template <class Function>
struct Card {
  Function management, user;
  bool hangs = false;

  void hot_reset() {
    if (hangs) throw DeviceError("no link");
    management.scratch = user.scratch = 0;
  }
};

namespace before {
// [before]
void reset(Card<Function>& card) {
  card.user.shut_down();
  card.management.shut_down();
  card.hot_reset();
  card.management.go_online();
  card.user.go_online();
}
// [before]
}  // namespace before

template <class Work>
RESET_GUARD_MUST_USE rg::Status status_of(Work work, rg::Literal where) noexcept {
  try {
    work();
    return rg::ok();
  } catch (const std::exception&) {
    return rg::Error(rg::Errc::io, 0, where);
  }
}

struct Device : Function {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept {
    if (offline) return rg::ok();  // since a reset that failed
    return status_of([this] { shut_down(); }, "shut down");
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) go_online();
    return rg::ok();
  }
};

struct HotReset : rg::ResetStep<HotReset> {
  static rg::Status act(rg::GroupInReset<Device>&, Card<Device>& card) {
    return status_of([&] { card.hot_reset(); }, "hot reset");
  }
  struct Witness {
    explicit Witness(Device& device) noexcept { device.scratch = 0x5a5a; }
    rg::Status check(Device& device) const noexcept {
      if (device.scratch == 0) return rg::ok();
      return rg::Error(rg::Errc::io, 0, "the mark is still there");
    }
  };
};

// [after]
RESET_GUARD_MUST_USE rg::Status reset(Card<Device>& card) {
  rg::ResetGroup<Device, 2> functions;
  RESET_GUARD_CHECK(functions.add(card.user));
  RESET_GUARD_CHECK(functions.add(card.management));
  RESET_GUARD_TRY(auto answers, rg::reset_all<HotReset>(functions, card));
  return primary_with_clean_up(std::move(answers), card.user);
}
// [after]

template <class Card, class Reset>
void run(const char* version, Reset reset) {
  Card card;
  for (const char* event : {"it works", "management in use", "no link", "it works again"}) {
    card.management.in_use = event[0] == 'm';
    card.hangs = event[0] == 'n';
    std::string answer;
    try {
      answer = reset(card);
    } catch (const DeviceError& error) {
      answer = std::string("throws '") + error.what() + "'";
    }
    std::printf("%-6s | %-17s | user %-8s management %-7s | %s\n", version, event,
                card.user.offline ? "offline," : "online,", card.management.offline ? "offline" : "online",
                answer.c_str());
  }
}

int main() {
  run<Card<Function>>("before", [](Card<Function>& card) {
    before::reset(card);
    return "returns";
  });
  run<Card<Device>>("after", [](Card<Device>& card) -> std::string {
    auto status = reset(card);
    if (!status.failed()) return "ok";
    return std::string("error '") + std::move(status).error().where() + "'";
  });
}

// The old fault: an exception passes between the two calls. Here they are hooks: each function's done is still called,
// with 'failed', and the next reset finds both as it should.
//
// Break it: replace
//   return status_of([&] { card.hot_reset(); }, "hot reset");
// by
//   card.hot_reset(); return rg::ok();
// and it prints: after  | no link           | user offline, management offline | throws 'no link'
