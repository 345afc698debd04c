// Broken rules that no return value can report: the program stops, in every build.
#include "fixtures.hpp"

#include <memory>

using namespace core_test;

TEST_CASE("A device state that is destroyed in mid-reset stops the program") {
  Device device;
  const Owned scope = enter(device);
  const Death death = in_child([&] { std::destroy_at(&device.reset_state); });
  CHECK(death.trapped);
  CHECK(death.rule.find("destroyed in mid-reset") != std::string::npos);
}

TEST_CASE("A device state that is destroyed inside its prepare or its done stops the program") {
  Device device;
  std::vector<bool> trapped;
  const auto destroy = [&](Device&) {
    trapped.push_back(in_child([&] { std::destroy_at(&device.reset_state); }).trapped);
  };
  device.in_prepare = destroy;
  device.in_done = [&](Device& d, Outcome) { destroy(d); };
  CHECK(code_of(Flr::run(device)) == Errc{});
  CHECK(trapped == std::vector<bool>{true, true});
}

TEST_CASE("A device state that is destroyed under quarantine stops nothing") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io)) == Errc::io);
  const Death death = in_child([&] { std::destroy_at(&device.reset_state); });
  CHECK(death.survived);
}

TEST_CASE("Without a trap handler the program stops too") {
  Device device;
  const Owned scope = enter(device);
  const Death death = in_child([&] { std::destroy_at(&device.reset_state); }, false);
  CHECK_FALSE(death.trapped);
  CHECK((death.signal == SIGILL || death.signal == SIGTRAP || death.signal == SIGABRT));
}

TEST_CASE("A trap handler that returns does not save the program") {
  Device device;
  const Death death = in_child(
      [&] {
        rg::set_trap_handler([](const char*) noexcept {});
        rg::trap("a test");
      },
      false);
  CHECK((death.signal == SIGILL || death.signal == SIGTRAP || death.signal == SIGABRT));
}

TEST_CASE("set_trap_handler says which handler it replaced") {
  const rg::TrapHandler mine = [](const char*) noexcept {};
  const rg::TrapHandler before = rg::set_trap_handler(mine);
  CHECK(rg::set_trap_handler(before) == mine);
}

// The typestate analysis would refuse these two: it must not see that the result is the wrong one.
namespace {
template <class T>
rg::Result<T> opaque(rg::Result<T> result) {
  return result;
}
}  // namespace

TEST_CASE("error() on a success stops the program") {
  const Death death = in_child([] {
    auto status = opaque(rg::ok());
    if (status.failed()) {
      std::move(status).discard("not reached");
    } else {
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wconsumed"
#endif
      const Error error = std::move(status).error();
#if defined(__clang__)
#pragma clang diagnostic pop
#endif
      _exit(error.native());
    }
  });
  CHECK(death.trapped);
  CHECK(death.rule.find("error() on a success") != std::string::npos);
}

TEST_CASE("take() on a failure stops the program") {
  const Death death = in_child([] {
    auto number = opaque(rg::Result<int>(Error(Errc::io, 0, "x")));
    if (number.failed()) {
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wconsumed"
#endif
      const int value = std::move(number).take();
#if defined(__clang__)
#pragma clang diagnostic pop
#endif
      _exit(value & 1);
    } else {
      std::move(number).discard("not reached");
    }
  });
  CHECK(death.trapped);
  CHECK(death.rule.find("take() on a failure") != std::string::npos);
}

TEST_CASE("quarantine_reason() of a device that is not quarantined stops the program") {
  Device device;
  const Death death = in_child([&] { _exit(device.reset_state.quarantine_reason().native() & 1); });
  CHECK(death.trapped);
  CHECK(death.rule.find("quarantine_reason()") != std::string::npos);
}

TEST_CASE("quarantine_reason() after a quarantine was lifted stops the program") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io)) == Errc::io);
  CHECK(code_of(Flr::run(device)) == Errc{});
  CHECK(in_child([&] { _exit(device.reset_state.quarantine_reason().native() & 1); }).trapped);
}
