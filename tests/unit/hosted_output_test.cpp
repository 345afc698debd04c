// What a host prints: errors in one line, formatters, the tree of a trace, the rule that was broken; and its clock.
#if __has_include(<fmt/format.h>)
#include <fmt/format.h>
#endif

#include "fixtures.hpp"

#include <reset_guard/hosted/format.hpp>
#include <reset_guard/hosted/steady_clock.hpp>
#include <reset_guard/hosted/text.hpp>
#include <reset_guard/hosted/trace_tree.hpp>
#include <reset_guard/hosted/trap_to_stderr.hpp>

#include <chrono>
#include <string_view>

using namespace core_test;
using namespace std::chrono_literals;

namespace {

// The error of a reset that dropped a failure; `later` errors came after it.
Error dropped_failure(int later) {
  Device device;
  return error_in(rg::reset(device, [=](Scope& scope) {
    for (int errors = 0; errors <= later; ++errors) Ack::in(scope, Errc::timed_out, -110).discard("swallowed");
    return Flr::in(scope);
  }));
}

}  // namespace

// --- text ---

TEST_CASE("to_string(Error): where, code and native") {
  CHECK(to_string(Error(Errc::timed_out, -110, "flr")) == "flr: timed_out (-110)");
}

TEST_CASE("to_string(Error): a native of 0 is left out") {
  CHECK(to_string(Error(Errc::gone, 0, "flr")) == "flr: gone");
}

TEST_CASE("to_string(Error): an unresolved failure has its cause") {
  CHECK(to_string(dropped_failure(0)) == "ack: unresolved_failure, the first: timed_out (-110)");
}

TEST_CASE("to_string(Error): later errors are counted") {
  CHECK(to_string(dropped_failure(1)) == "ack: unresolved_failure, the first: timed_out (-110), and 1 later error");
  CHECK(to_string(dropped_failure(2)) == "ack: unresolved_failure, the first: timed_out (-110), and 2 later errors");
}

// --- formatters ---

#if defined(__cpp_lib_format)
TEST_CASE("std::format: an Error, an Errc, an Outcome and a TraceKind") {
  const Error error(Errc::timed_out, -110, "flr");
  CHECK(std::format("{}, {}, {}, {}", error, Errc::gone, Outcome::claimed, rg::TraceKind::evidence) ==
        "flr: timed_out (-110), gone, claimed, evidence");
}
TEST_CASE("std::format: width and alignment are those of a string") {
  CHECK(std::format("[{:>6}]", Errc::gone) == "[  gone]");
}
#endif
#if defined(FMT_VERSION)
namespace {

// [format]
std::string in_words(const rg::Error& error) { return fmt::format("reset of {:>6}: {}", "nic0", error); }
// [format]

}  // namespace

TEST_CASE("fmt::format: an error in a sentence") {
  CHECK(in_words(Error(Errc::timed_out, -110, "flr")) == "reset of   nic0: flr: timed_out (-110)");
}
TEST_CASE("fmt::format: an Error, an Errc, an Outcome and a TraceKind") {
  const Error error(Errc::timed_out, -110, "flr");
  CHECK(fmt::format("{}, {}, {}, {}", error, Errc::gone, Outcome::claimed, rg::TraceKind::evidence) ==
        "flr: timed_out (-110), gone, claimed, evidence");
}
TEST_CASE("fmt::format: width and alignment are those of a string") {
  CHECK(fmt::format("[{:>6}]", Errc::gone) == "[  gone]");
}
#endif

// --- the tree of a trace ---

namespace {

struct Traced {
  rg::ResetState reset_state;
  Log lines;
  Errc prepare_error{}, done_error{};

  // [trace]
  void reset_trace(const rg::TraceEvent& event) noexcept {
    rg::write_trace(event, [this](std::string_view line) { lines.emplace_back(line); });  // or (event, stderr)
  }
  // [trace]
  rg::Status reset_prepare() noexcept {
    if (prepare_error != Errc{}) return Error(prepare_error, -5, "prepare");
    return rg::ok();
  }
  rg::Status reset_done(Outcome) noexcept {
    if (done_error != Errc{}) return Error(done_error, -5, "done");
    return rg::ok();
  }
};
using TracedScope = rg::ResetScope<Traced>;

struct Bus : rg::ResetStep<Bus> {
  static constexpr rg::Literal name = "bus";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = Satisfied;
  static rg::Status act(Traced&) noexcept { return rg::ok(); }
};
struct Modem : rg::ResetStep<Modem> {
  static constexpr rg::Literal name = "modem";
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "it shows nothing";
  };
  static rg::Status act(Traced&) noexcept { return rg::ok(); }
};
struct Ready : rg::Step<Ready> {
  static rg::Status act(Traced&) noexcept { return Error(Errc::timed_out, -110, "firmware"); }
};

}  // namespace

TEST_CASE("write_trace: scopes are a tree, and evidence says what it destroys") {
  Traced device;
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) { return Bus::run(scope); })) == Errc{});
  CHECK(device.lines == Log{"prepare", "┌ bus", "│ ┌ bus", "│ │ evidence: bus, which destroys registers, dma",
                            "│ └ verified", "└ verified", "done(verified)"});
}

TEST_CASE("write_trace: a failure has its error, and so has the scope that ends with it") {
  Traced device;
  CHECK(code_of(rg::reset<Bus, Ready>(device)) == Errc::timed_out);
  const Log end(device.lines.end() - 5, device.lines.end());
  CHECK(end == Log{"│ ┌ reset", "│ │ failure: firmware: timed_out (-110)", "│ └ failed: firmware: timed_out (-110)",
                   "└ failed: firmware: timed_out (-110)", "done(failed)"});
}

TEST_CASE("write_trace: evidence that shows nothing is a claim") {
  Traced device;
  CHECK(code_of(Modem::run(device)) == Errc{});
  CHECK(device.lines == Log{"prepare", "┌ modem", "│ claim: modem", "└ claimed", "done(claimed)"});
}

TEST_CASE("write_trace: hooks that fail") {
  Traced device;
  device.done_error = Errc::io;
  CHECK(code_of(Bus::run(device)) == Errc::io);
  CHECK(device.lines.back() == "done(verified) fails: done: io (-5)");
  device.prepare_error = Errc::busy;
  CHECK(code_of(Bus::run(device)) == Errc::busy);
  CHECK(device.lines.back() == "prepare fails: prepare: busy (-5)");
}

TEST_CASE("write_trace: an overruled failure, and one that cannot be overruled") {
  Traced device;
  const auto handler = [](TracedScope& scope) -> rg::Verdict<Bus> {
    auto firmware = Ready::run(scope);
    CHECK(code_of(scope.overrule(error_in(std::move(firmware)))) == Errc{});
    CHECK(code_of(scope.overrule(Error(Errc::io, 0, "made up"))) == Errc::not_recorded);
    return Bus::run(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(device.lines[5] == "│ overruled: firmware: timed_out (-110)");
  CHECK(device.lines[6] == "│ refused: made up: not_recorded");
}

TEST_CASE("write_trace: to a file, with an end of line behind each event") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  rg::write_trace({rg::TraceKind::entered, 2, Outcome::failed, nullptr, "bus"}, file);
  rg::write_trace({rg::TraceKind::finished, 2, Outcome::verified, nullptr, nullptr}, file);
  std::rewind(file);
  char text[64] = "";
  CHECK(std::fread(text, 1, sizeof text - 1, file) != 0);
  std::fclose(file);
  CHECK(text == std::string("│ ┌ bus\n│ └ verified\n"));
}

// --- the rule that was broken ---

TEST_CASE("trap_to_stderr: prints the rule, and aborts") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  const Death death = in_child([&] {
    dup2(fileno(file), fileno(stderr));
    rg::set_trap_handler(rg::trap_to_stderr);
    rg::trap("a rule that was broken");
  });
  char text[64] = "";
  CHECK(pread(fileno(file), text, sizeof text - 1, 0) > 0);
  std::fclose(file);
  CHECK(text == std::string("reset_guard: a rule that was broken\n"));
  CHECK(death.signal == SIGABRT);
}

// --- the clock ---

namespace {

// [clock]
struct Nic : rg::SteadyClock {
  bool ready = true;
};
rg::Status wait_until_ready(Nic& nic) {
  return rg::poll_until(nic, {15s, 20ms}, "ready", [&] { return nic.ready; });
}
// [clock]

}  // namespace

TEST_CASE("SteadyClock: poll_until waits on it") {
  rg::SteadyClock clock;
  const auto start = clock.now();
  int looks = 0;
  CHECK(code_of(rg::poll_until(clock, {5s, 2ms}, "ready", [&] { return ++looks == 3; })) == Errc{});
  CHECK(clock.now() - start >= 4ms);
}

TEST_CASE("SteadyClock: poll_until gives up on it") {
  rg::SteadyClock clock;
  CHECK(code_of(rg::poll_until(clock, {3ms, 1ms}, "ready", [] { return false; })) == Errc::timed_out);
}

TEST_CASE("SteadyClock: a device that derives from it is its own clock") {
  Nic nic;
  CHECK(code_of(wait_until_ready(nic)) == Errc{});
}
