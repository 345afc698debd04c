// What a device is told that declares reset_trace.
#include "fixtures.hpp"

using namespace core_test;

namespace {

struct Traced : Device {
  Log events;

  void reset_trace(const rg::TraceEvent& event) noexcept {
    constexpr const char* kinds[] = {"prepared", "entered",    "refused",  "evidence",
                                     "failure",  "overruled", "finished", "done"};
    std::string text = kinds[static_cast<int>(event.kind)];
    text += " " + std::to_string(event.depth);
    if (event.kind == rg::TraceKind::finished || event.kind == rg::TraceKind::done) {
      text += std::string(" ") + to_string(event.outcome);
    }
    if (event.step != nullptr) text += std::string(" ") + event.step;
    if (event.error != nullptr) text += std::string(": ") + to_string(event.error->code());
    events.push_back(text);
  }
};

using TracedScope = rg::ResetScope<Traced>;
using TracedOwned = rg::OwnedScope<Traced>;

template <int number>
struct Act : rg::ResetStep<Act<number>> {
  static constexpr rg::Literal name = number == 1 ? rg::Literal("one") : rg::Literal("two");
  static rg::Verdict<Act> in(TracedScope& scope, Errc error = {}) {
    if (error != Errc{}) return Act::fail(scope, Error(error, 0, name));
    return Act::pass(scope);
  }
  static rg::Verdict<Act> run(Traced& device, Errc error = {}) {
    return rg::reset(device, [=](TracedScope& scope) { return in(scope, error); });
  }
};
using One = Act<1>;
using Two = Act<2>;

struct Nameless : rg::ResetStep<Nameless> {
  static rg::Verdict<Nameless> in(TracedScope& scope) { return pass(scope); }
};

}  // namespace

TEST_CASE("A nested reset is traced in order, with its depths") {
  Traced device;
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) -> rg::Verdict<One, Two> {
          RESET_GUARD_TRY(auto one, One::run(scope.device()));
          RESET_GUARD_TRY(auto two, Two::in(scope));
          return rg::join(std::move(one), std::move(two));
        })) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1", "entered 2 one", "evidence 2 one", "finished 2 verified",
                             "evidence 1 two", "finished 1 verified", "done 0 verified"});
}

TEST_CASE("A fallback is traced: the failure, what overruled it, the evidence") {
  Traced device;
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) -> rg::Verdict<Two> {
          RESET_GUARD_CHECK(scope.overrule(error_in(One::run(scope.device(), Errc::timed_out))));
          return Two::in(scope);
        })) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1 two", "entered 2 one", "failure 2 one: timed_out",
                             "finished 2 failed: timed_out", "overruled 1: timed_out", "evidence 1 two",
                             "finished 1 verified", "done 0 verified"});
}

TEST_CASE("A failed reset is traced with its error, and done with what it was told") {
  Traced device;
  device.done_error = Errc::no_memory;
  CHECK(code_of(One::run(device, Errc::io)) == Errc::io);
  CHECK(device.events ==
        Log{"prepared 1", "entered 1 one", "failure 1 one: io", "finished 1 failed: io", "done 0 failed: no_memory"});
}

TEST_CASE("A prepare that fails is traced, and nothing after it") {
  Traced device;
  device.prepare_error = Errc::no_memory;
  CHECK(code_of(One::run(device)) == Errc::no_memory);
  CHECK(device.events == Log{"prepared 0: no_memory"});
}

TEST_CASE("What is refused is traced: an overrule, a finish, an enter") {
  Traced device;
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) -> rg::Verdict<One> {
          scope.overrule(Error(Errc::io, 0, "x")).discard("not recorded");
          return One::in(scope);
        })) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1 one", "refused 1: not_recorded", "evidence 1 one",
                             "finished 1 verified", "done 0 verified"});
  device.events.clear();
  TracedOwned ended = value_in(TracedOwned::enter(device));
  CHECK(code_of(ended.finish(One::in(ended))) == Errc{});
  CHECK(code_of(ended.finish(Error(Errc::io, 0, "again"))) == Errc::io);
  CHECK(device.events.back() == "refused 0: io");
  device.events.clear();
  device.in_prepare = [](Device& d) { TracedOwned::enter(static_cast<Traced&>(d)).discard("swallowed"); };
  CHECK(code_of(One::run(device)) != Errc{});
  CHECK(device.events.front() == "refused 1: hook_reentered");
}

TEST_CASE("An untouched reset is traced as untouched") {
  Traced device;
  const auto handler = [](TracedScope&) -> rg::Verdict<One> { return Error(Errc::unsupported, 0, "x"); };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unsupported);
  CHECK(device.events == Log{"prepared 1", "entered 1 one", "finished 1 untouched: unsupported", "done 0 untouched"});
}

TEST_CASE("An untouched nested scope is traced as untouched, under quarantine too") {
  Traced device;
  CHECK(code_of(One::run(device, Errc::io)) == Errc::io);
  device.events.clear();
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) -> rg::Verdict<Two> {
          const auto not_mine = [](TracedScope&) -> rg::Verdict<One> { return Error(Errc::unsupported, 0, "x"); };
          CHECK(code_of(rg::reset(scope.device(), not_mine)) == Errc::unsupported);
          return Two::in(scope);
        })) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1 two", "entered 2 one", "finished 2 untouched: unsupported",
                             "evidence 1 two", "finished 1 verified", "done 0 verified"});
}

TEST_CASE("A release is traced") {
  Traced device;
  CHECK(code_of(One::run(device, Errc::io)) == Errc::io);
  device.events.clear();
  CHECK(code_of(rg::release_quarantine(device, "test")) == Errc{});
  CHECK(device.events == Log{"done 0 released"});
}

TEST_CASE("A step without a name is traced without one, and so are its scope and one that enter() made") {
  Traced device;
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) { return Nameless::in(scope); })) == Errc{});
  CHECK(device.events[1] == "entered 1");
  CHECK(device.events[2] == "evidence 1");
  device.events.clear();
  TracedOwned scope = value_in(TracedOwned::enter(device));
  CHECK(code_of(scope.finish(One::in(scope))) == Errc{});
  CHECK(device.events[1] == "entered 1");
}

TEST_CASE("A device without reset_trace has no trace: the call does nothing that could reach it") {
  constexpr bool empty = [] {
    struct Silent {};
    Silent device;
    rg::detail::trace(device, rg::TraceEvent{});  // a call to a function that is not constexpr would not compile
    return true;
  }();
  STATIC_REQUIRE(empty);
}
