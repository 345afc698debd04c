// What the unit tests of the core share: a device that logs its hooks, steps that succeed or fail on demand, and ways
// to look into a result without dropping it.
#pragma once

#include "catch.hpp"

#include <reset_guard/reset_guard.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core_test {

namespace rg = reset_guard;
using rg::Errc;
using rg::Error;
using rg::Outcome;

using Log = std::vector<std::string>;

// Each hook answers `..._error` if it is set, and runs `in_...` first.
struct Device {
  rg::ResetState reset_state;
  Log log;
  Errc prepare_error{};
  Errc done_error{};
  std::function<void(Device&)> in_prepare;
  std::function<void(Device&, Outcome)> in_done;
  bool blocked = false;

  Device() = default;
  explicit Device(std::uint64_t seed) : reset_state(seed) {}

  rg::Status reset_prepare() noexcept {
    log.push_back("prepare");
    if (in_prepare) in_prepare(*this);
    if (prepare_error != Errc{}) return Error(prepare_error, -1, "prepare");
    blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(Outcome outcome) noexcept {
    log.push_back(std::string("done(") + to_string(outcome) + ")");
    if (in_done) in_done(*this, outcome);
    if (done_error != Errc{}) return Error(done_error, -2, "done");
    if (outcome != Outcome::failed) blocked = false;
    return rg::ok();
  }
};

using Scope = rg::ResetScope<Device>;
using Owned = rg::OwnedScope<Device>;

// What was in a result: Errc{} for success. Consumes it.
template <class T>
Errc code_of(rg::Result<T> result) {
  if (result.failed()) return std::move(result).error().code();
  std::move(result).discard("a success needs no value here");
  return Errc{};
}

// The error in a result that must have failed.
template <class T>
Error error_in(rg::Result<T> result) {
  if (result.failed()) return std::move(result).error();
  std::move(result).discard("the test fails");
  FAIL("a success where an error was expected");
  return Error(Errc::invalid, 0, "not reached");
}

// The value in a result that must not have failed.
template <class T>
T value_in(rg::Result<T> result) {
  if (!result.failed()) return std::move(result).take();
  FAIL("an error where a value was expected: " << to_string(std::move(result).error().code()));
  std::abort();
}

inline Owned enter(Device& device) { return value_in(Owned::enter(device)); }

// A witness that finds nothing wrong.
struct Satisfied {
  Satisfied() = default;
  template <class AnyDevice>
  explicit Satisfied(AnyDevice&) noexcept {}
  template <class AnyDevice>
  RESET_GUARD_MUST_USE rg::Status check(AnyDevice&) const noexcept {
    return rg::ok();
  }
};

// A step that resets the function; the number tells one from another.
template <int number>
struct Resetting : rg::ResetStep<Resetting<number>> {
  using Verdict = rg::Verdict<Resetting>;
  using Witness = Satisfied;
  static constexpr rg::Literal name = number == 1   ? rg::Literal("flr")
                                      : number == 2 ? rg::Literal("bus")
                                                    : rg::Literal("reset");

  // In the caller's scope. Fails with `error` if there is one.
  RESET_GUARD_MUST_USE static Verdict in(Scope& scope, Errc error = {}, int native = 0) noexcept {
    if (error != Errc{}) return Resetting::fail(scope, Error(error, native, name));
    return Resetting::pass_if(scope, rg::ok(), Witness());
  }
  // In a scope of its own.
  RESET_GUARD_MUST_USE static Verdict run(Device& device, Errc error = {}, int native = 0) {
    return rg::reset(device, [=](Scope& scope) { return in(scope, error, native); });
  }
};
using Flr = Resetting<1>;
using BusReset = Resetting<2>;

// A step that does not reset.
template <int number>
struct Acting : rg::Step<Acting<number>> {
  using Verdict = rg::Verdict<Acting>;
  static constexpr rg::Literal name = number == 1   ? rg::Literal("ack")
                                      : number == 2 ? rg::Literal("restore")
                                                    : rg::Literal("act");

  RESET_GUARD_MUST_USE static Verdict in(Scope& scope, Errc error = {}, int native = 0) noexcept {
    if (error != Errc{}) return Acting::fail(scope, Error(error, native, name));
    return Acting::pass(scope);
  }
  RESET_GUARD_MUST_USE static Verdict if_ok(Scope& scope, rg::Status status) noexcept {
    return Acting::pass_if(scope, std::move(status));
  }
};
using Ack = Acting<1>;
using Restore = Acting<2>;

inline rg::Status fails_with(Errc code, int native = 0, rg::Literal where = "cleanup") {
  return Error(code, native, where);
}

// --- death tests ---

// How a child process ended that ran `act`, and the rule that the trap handler was called with.
struct Death {
  bool survived = false;
  bool trapped = false;
  int signal = 0;
  std::string rule;
};

inline int death_pipe = -1;

template <class Act>
Death in_child(Act act, bool with_handler = true) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    death_pipe = ends[1];
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(44);  // a sanitizer's report is expected, not news
    for (int signal : {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS}) std::signal(signal, SIG_DFL);  // not Catch2's report
    if (with_handler) {
      rg::set_trap_handler([](const char* rule) noexcept {
        const std::string text = rule;
        _exit(write(death_pipe, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 42 : 43);
      });
    }
    act();
    _exit(0);
  }
  close(ends[1]);
  Death death;
  char buffer[256];
  for (ssize_t size = 0; (size = read(ends[0], buffer, sizeof buffer)) > 0;) {
    death.rule.append(buffer, static_cast<std::size_t>(size));
  }
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  death.survived = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  death.trapped = WIFEXITED(status) && WEXITSTATUS(status) == 42;
  death.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return death;
}

}  // namespace core_test

namespace Catch {
template <>
struct StringMaker<reset_guard::Errc> {
  static std::string convert(reset_guard::Errc code) {
    return code == reset_guard::Errc{} ? "success" : reset_guard::to_string(code);
  }
};
template <>
struct StringMaker<reset_guard::Outcome> {
  static std::string convert(reset_guard::Outcome outcome) { return to_string(outcome); }
};
}  // namespace Catch
