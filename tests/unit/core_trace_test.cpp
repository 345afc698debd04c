// What a device is told that declares reset_trace.
#include "fixtures.hpp"

using namespace core_test;

namespace {

struct Traced : Device {
  Log events;

  void reset_trace(const rg::TraceEvent& event) noexcept {
    constexpr const char* kinds[] = {"prepared", "entered",   "refused",  "evidence",
                                     "failure",  "overruled", "finished", "done"};
    std::string text = kinds[static_cast<int>(event.kind)];
    text += " " + std::to_string(event.depth);
    if (event.kind == rg::TraceKind::finished || event.kind == rg::TraceKind::done ||
        (event.kind == rg::TraceKind::evidence && event.outcome == Outcome::claimed)) {
      text += std::string(" ") + to_string(event.outcome);
    }
    if (event.step != nullptr) text += std::string(" ") + event.step;
    if (event.error != nullptr) text += std::string(": ") + to_string(event.error->code());
    if (event.destroys != nullptr) {
      for (const char* const* name = event.destroys; *name != nullptr; ++name) text += std::string(" -") + *name;
    }
    if (event.kind != rg::TraceKind::evidence && event.destroys != nullptr) text += " destroys, but is no evidence";
    events.push_back(text);
  }
};

using TracedScope = rg::ResetScope<Traced>;
using TracedOwned = rg::OwnedScope<Traced>;

template <int number>
struct Act : rg::ResetStep<Act<number>> {
  using Witness = Satisfied;
  static constexpr rg::Literal name = number == 1 ? rg::Literal("one") : rg::Literal("two");
  static rg::Verdict<Act> in(TracedScope& scope, Errc error = {}) {
    if (error != Errc{}) return Act::fail(scope, Error(error, 0, name));
    return Act::pass_if(scope, rg::ok(), Witness());
  }
  static rg::Verdict<Act> run(Traced& device, Errc error = {}) {
    return rg::reset(device, [=](TracedScope& scope) { return in(scope, error); });
  }
};
using One = Act<1>;
using Two = Act<2>;

struct Nameless : rg::ResetStep<Nameless> {
  using Witness = Satisfied;
  static rg::Verdict<Nameless> in(TracedScope& scope) { return pass_if(scope, rg::ok(), Witness()); }
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

namespace {

struct Claim : rg::ResetStep<Claim> {
  static constexpr rg::Literal name = "claim";
  static rg::Status act(Traced&) { return rg::ok(); }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "a test";
  };
};
struct Shown : rg::ResetStep<Shown> {
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  static constexpr rg::Literal name = "shown";
  static rg::Status act(Traced&) { return rg::ok(); }
  using Witness = Satisfied;
};

}  // namespace

TEST_CASE("A claim is traced as claimed: the evidence, each scope, and done") {
  Traced device;
  CHECK(code_of(rg::reset(device, [](TracedScope& scope) { return Claim::run(scope); })) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1 claim", "entered 2 claim", "evidence 2 claimed claim",
                             "finished 2 claimed", "finished 1 claimed", "done 0 claimed"});
}

TEST_CASE("A claim over a quarantine is traced as failed") {
  Traced device;
  CHECK(code_of(One::run(device, Errc::io)) == Errc::io);
  device.events.clear();
  CHECK(code_of(Claim::run(device)) == Errc::not_shown);
  CHECK(device.events == Log{"prepared 1", "entered 1 claim", "evidence 1 claimed claim",
                             "finished 1 failed: not_shown", "done 0 failed"});
}

TEST_CASE("A claim beside what was shown is traced as a claim, and the scope as verified") {
  Traced device;
  CHECK(code_of(rg::reset<Claim, Shown>(device)) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1", "entered 2 claim", "evidence 2 claimed claim",
                             "finished 2 claimed", "entered 2 shown", "evidence 2 shown -registers -dma",
                             "finished 2 verified", "finished 1 verified", "done 0 verified"});
}

TEST_CASE("What a step destroys is in the trace of its evidence, and in no other event") {
  Traced device;
  CHECK(code_of(Shown::run(device)) == Errc{});
  CHECK(device.events == Log{"prepared 1", "entered 1 shown", "evidence 1 shown -registers -dma", "finished 1 verified",
                             "done 0 verified"});
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

TEST_CASE("to_string(TraceKind): each kind has a name of its own") {
  std::vector<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(rg::TraceKind::done); ++kind) {
    names.emplace_back(to_string(static_cast<rg::TraceKind>(kind)));
  }
  CHECK(names == Log{"prepared", "entered", "refused", "evidence", "failure", "overruled", "finished", "done"});
  CHECK(to_string(static_cast<rg::TraceKind>(200)) == std::string("?"));
}
