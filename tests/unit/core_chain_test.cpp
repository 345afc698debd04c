// The chain of reset methods.
#include "fixtures.hpp"

#include <array>

using namespace core_test;

namespace {

// Three methods; the test says what each one does.
struct Script {
  rg::Support support = rg::Support::yes;
  Errc error{};
  bool excluded = false;
  bool shows = true;  // its reset; otherwise it is a claim
};

struct Machine : Device {
  std::array<Script, 3> methods{};
  mutable Log probes;
};

template <std::size_t number>
rg::Probe probe(const Machine& machine) noexcept {
  machine.probes.push_back("probe " + std::to_string(number) + (machine.reset_state.in_reset() ? " in reset" : ""));
  return {machine.methods[number].support, "scripted"};
}

using MachineScope = rg::ResetScope<Machine>;

template <int number>
struct Act : rg::ResetStep<Act<number>> {
  struct Witness {
    bool shows;
    RESET_GUARD_MUST_USE rg::Result<bool> check(Machine&) const noexcept { return shows; }
  };
  static rg::Verdict<Act> in(MachineScope& scope, const Script& script) {
    scope.device().log.push_back("method " + std::to_string(number));
    const Error error(script.error != Errc{} ? script.error : Errc::io, -100 - number, "method");
    if (script.error == Errc{}) return Act::pass_if(scope, rg::ok(), Witness{script.shows});
    if (script.error == Errc::unsupported) return error;
    return Act::fail(scope, error);
  }
};

// Evidence of each method is evidence for the chain's step.
struct Proved : rg::ResetStep<Proved> {
  using proved_by = rg::any_of<Act<0>, Act<1>, Act<2>>;
};

template <int number>
rg::Verdict<Proved> run(Machine& machine) {
  auto verdict =
      rg::reset(machine, [](MachineScope& scope) { return Act<number>::in(scope, scope.device().methods[number]); });
  RESET_GUARD_TRY(auto act, std::move(verdict));
  return act;
}

template <std::size_t number>
bool excluded(const Machine& machine) noexcept {
  return machine.methods[number].excluded;
}

using Method = rg::Method<Machine, Proved>;
constexpr Method methods[] = {
    {"zero", probe<0>, run<0>, false, excluded<0>},
    {"one", probe<1>, run<1>},
    {"two", probe<2>, run<2>, true, excluded<2>},
};
constexpr rg::MethodChain<Machine, Proved> chain(methods);
constexpr rg::ChainOptions with_fallback{true};

}  // namespace

TEST_CASE("The chain uses the first method that the device supports") {
  Machine machine;
  machine.methods[0].support = rg::Support::no;
  CHECK(code_of(chain.reset(machine)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 1", "done(verified)"});
}

TEST_CASE("A chain in which nothing is supported opens no scope and calls no hook") {
  Machine machine;
  for (Script& script : machine.methods) script.support = rg::Support::no;
  CHECK(code_of(chain.reset(machine)) == Errc::unsupported);
  CHECK(machine.log.empty());
  CHECK(machine.probes == Log{"probe 0", "probe 1", "probe 2"});
  CHECK(machine.reset_state.epoch() == 0);
}

TEST_CASE("The chain probes before it enters") {
  Machine machine;
  machine.methods[0].support = rg::Support::no;
  CHECK(code_of(chain.reset(machine)) == Errc{});
  REQUIRE(machine.probes.size() >= 2);
  CHECK(machine.probes[0] == "probe 0");
  CHECK(machine.probes[1] == "probe 1");
}

TEST_CASE("The chain goes on after unsupported, under the same fence") {
  Machine machine;
  machine.methods[0].error = Errc::unsupported;
  machine.methods[1].error = Errc::unsupported;
  CHECK(code_of(chain.reset(machine)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 0", "method 1", "method 2", "done(verified)"});
}

TEST_CASE("A chain whose methods all say unsupported after it entered puts back what was there") {
  Machine machine;
  for (Script& script : machine.methods) script = {rg::Support::maybe, Errc::unsupported};
  CHECK(code_of(chain.reset(machine)) == Errc::unsupported);
  CHECK(machine.log == Log{"prepare", "method 0", "method 1", "method 2", "done(untouched)"});
  CHECK_FALSE(machine.reset_state.quarantined());
}

TEST_CASE("The chain stops at a failure") {
  Machine machine;
  machine.methods[0].error = Errc::io;
  const Error error = error_in(chain.reset(machine, with_fallback));
  CHECK(error.native() == -100);
  CHECK(machine.log == Log{"prepare", "method 0", "done(failed)"});
}

TEST_CASE("The chain stops at a timeout unless it was asked to fall back") {
  Machine machine;
  machine.methods[0].error = Errc::timed_out;
  CHECK(code_of(chain.reset(machine)) == Errc::timed_out);
  CHECK(machine.log == Log{"prepare", "method 0", "done(failed)"});
}

TEST_CASE("The chain falls back after a timeout only to a method that works on an unresponsive device") {
  Machine machine;
  machine.methods[0].error = Errc::timed_out;
  CHECK(code_of(chain.reset(machine, with_fallback)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 0", "method 2", "done(verified)"});
}

TEST_CASE("The chain does not fall back after a timeout in a reset that cannot be verified any more") {
  struct OutOfOrder {
    static rg::Verdict<Proved> run(Machine& machine) {
      auto outer = value_in(rg::OwnedScope<Machine>::enter(machine));
      const auto inner = value_in(rg::OwnedScope<Machine>::enter(machine));
      outer.finish(rg::Verdict<Proved>(Error(Errc::timed_out, -100, "method"))).discard("its answer is not the point");
      return Error(Errc::timed_out, -100, "method");
    }
  };
  static constexpr Method out_of_order[] = {{"zero", probe<0>, OutOfOrder::run}, {"two", probe<2>, run<2>, true}};
  Machine machine;
  const rg::MethodChain<Machine, Proved> stops(out_of_order);
  CHECK(error_in(stops.reset(machine, with_fallback)).native() == -100);
  CHECK(machine.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A chain without a method to fall back to ends with the timeout") {
  for (bool by_flag : {true, false}) {
    Machine machine;
    machine.methods[0].error = Errc::timed_out;
    machine.methods[2].excluded = by_flag;
    if (!by_flag) machine.methods[2].support = rg::Support::no;
    CHECK(error_in(chain.reset(machine, with_fallback)).native() == -100);
    CHECK(machine.log == Log{"prepare", "method 0", "done(failed)"});
  }
}

TEST_CASE("A fallback that says unsupported leaves the timeout as the first error, and the device fenced") {
  Machine machine;
  machine.methods[0].error = Errc::timed_out;
  machine.methods[2].error = Errc::unsupported;
  const Error error = error_in(chain.reset(machine, with_fallback));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == -100);
  CHECK(machine.log == Log{"prepare", "method 0", "method 2", "done(failed)"});
  CHECK(machine.reset_state.quarantine_reason().native() == -100);
}

TEST_CASE("A fallback that fails too leaves the timeout as the first error, and is counted") {
  for (Errc second : {Errc::io, Errc::timed_out}) {
    INFO(to_string(second));
    Machine machine;
    machine.methods[0].error = Errc::timed_out;
    machine.methods[2].error = second;
    const Error error = error_in(chain.reset(machine, with_fallback));
    CHECK(error.code() == Errc::timed_out);
    CHECK(error.native() == -100);
    CHECK(error.later_errors() == 1);
    CHECK(machine.reset_state.quarantine_reason().native() == -100);
  }
}

TEST_CASE("A timeout after an unsupported method falls back too") {
  Machine machine;
  machine.methods[0].error = Errc::unsupported;
  machine.methods[1].error = Errc::timed_out;
  CHECK(code_of(chain.reset(machine, with_fallback)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 0", "method 1", "method 2", "done(verified)"});
}

TEST_CASE("An excluded method is neither probed nor tried") {
  Machine machine;
  machine.methods[0].excluded = true;
  CHECK(code_of(chain.reset(machine)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 1", "done(verified)"});
  for (const std::string& probe : machine.probes) CHECK(probe.find("probe 0") == std::string::npos);
  CHECK(chain.probe(methods[0], machine).support == rg::Support::no);
}

TEST_CASE("A chain inside a reset adds no hook") {
  Machine machine;
  const auto handler = [](MachineScope& scope) { return chain.reset(scope.device()); };
  CHECK(code_of(rg::reset(machine, handler)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 0", "done(verified)"});
}

TEST_CASE("A chain whose prepare fails tries nothing") {
  Machine machine;
  machine.prepare_error = Errc::no_memory;
  CHECK(code_of(chain.reset(machine)) == Errc::no_memory);
  CHECK(machine.log == Log{"prepare"});
}

TEST_CASE("A chain under quarantine may still be verified") {
  Machine machine;
  machine.methods[0].error = Errc::io;
  CHECK(code_of(chain.reset(machine)) == Errc::io);
  machine.methods[0].error = Errc{};
  CHECK(code_of(chain.reset(machine)) == Errc{});
  CHECK_FALSE(machine.reset_state.quarantined());
}

TEST_CASE("A chain of methods that were chosen at run time tries these, in their order") {
  Machine machine;
  const Method chosen[] = {methods[2], methods[0]};
  const rg::MethodChain<Machine, Proved> picked(chosen, 2);
  machine.methods[2].error = Errc::unsupported;
  CHECK(code_of(picked.reset(machine)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 2", "method 0", "done(verified)"});
}

TEST_CASE("A chain of no methods at all opens no scope and calls no hook") {
  Machine machine;
  const rg::MethodChain<Machine, Proved> none(methods, 0);
  CHECK(code_of(none.reset(machine)) == Errc::unsupported);
  CHECK(machine.log.empty());
}

namespace {

rg::Probe offered(const Machine&) noexcept { return {rg::Support::yes, "scripted"}; }

// Times out before it opens a scope.
rg::Verdict<Proved> times_out_before(Machine& machine) {
  machine.log.push_back("waits");
  return Error(Errc::timed_out, -110, "before");
}
// Is left between enter() and finish().
rg::Verdict<Proved> times_out_inside(Machine& machine) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<Machine>::enter(machine));
  RESET_GUARD_CHECK(fails_with(Errc::timed_out, -110, "inside"));
  RESET_GUARD_TRY(auto act, Act<0>::in(scope, {}));
  return scope.finish(rg::Evidence<Proved>(std::move(act)));
}
// Its clean-up, after a reset that is verified, cannot be had.
rg::Verdict<Proved> clean_up_is_unsupported(Machine& machine) {
  return rg::first_error(run<0>(machine), fails_with(Errc::unsupported));
}
// The same by hand.
rg::Verdict<Proved> unsupported_after_a_reset(Machine& machine) {
  RESET_GUARD_TRY(auto act, run<0>(machine));
  [[maybe_unused]] const rg::Evidence<Proved> dropped = std::move(act);
  return Error(Errc::unsupported, 0, "too late");
}

template <rg::Verdict<Proved> (*first)(Machine&)>
rg::Verdict<Proved> then_bus(Machine& machine, rg::ChainOptions options = {}) {
  static constexpr Method both[] = {{"first", offered, first}, {"bus", offered, run<1>, true}};
  return rg::MethodChain<Machine, Proved>(both).reset(machine, options);
}
constexpr rg::ChainOptions fall_back{true};

}  // namespace

TEST_CASE("A method that times out before it opens a scope is followed by the fallback") {
  Machine machine;
  CHECK(code_of(then_bus<times_out_before>(machine, fall_back)) == Errc{});
  CHECK(machine.log == Log{"prepare", "waits", "method 1", "done(verified)"});
}

TEST_CASE("A method's error comes out that timed out before it opened a scope") {
  Machine machine;
  const Error error = error_in(then_bus<times_out_before>(machine));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 0);
}

TEST_CASE("A method that is left by a timeout between enter and finish is followed by the fallback") {
  Machine machine;
  CHECK(code_of(then_bus<times_out_inside>(machine, fall_back)) == Errc{});
  CHECK(machine.log == Log{"prepare", "method 1", "done(verified)"});
}

TEST_CASE("A clean-up that is unsupported after a method's reset stops the chain") {
  Machine machine;
  CHECK(code_of(then_bus<clean_up_is_unsupported>(machine)) == Errc::already_touched);
  CHECK(machine.log == Log{"prepare", "method 0", "done(failed)"});
}

TEST_CASE("A method that says unsupported after a reset of its own stops the chain") {
  Machine machine;
  CHECK(code_of(then_bus<unsupported_after_a_reset>(machine)) == Errc::already_touched);
  CHECK(machine.log == Log{"prepare", "method 0", "done(failed)"});
}

TEST_CASE("A fallback that is unsupported is passed over, though a method before it touched the device") {
  static constexpr Method three[] = {
      {"first", offered, times_out_inside},
      {"not here", offered, [](Machine&) -> rg::Verdict<Proved> { return Error(Errc::unsupported, 0, "not here"); },
       true},
      {"bus", offered, run<1>, true}};
  Machine machine;
  CHECK(code_of(rg::MethodChain<Machine, Proved>(three).reset(machine, fall_back)) == Errc{});
}

// --- claims ---

namespace {

void quarantine(Machine& machine) {
  machine.methods[0].error = Errc::io;
  REQUIRE(code_of(chain.reset(machine)) == Errc::io);
  machine.methods[0].error = Errc{};
  machine.log.clear();
}

}  // namespace

TEST_CASE("A claim is enough for a chain over a device that is not quarantined") {
  Machine machine;
  machine.methods[0].shows = false;
  CHECK(value_in(chain.reset(machine)).claimed());
  CHECK(machine.log == Log{"prepare", "method 0", "done(claimed)"});
}

TEST_CASE("Over a quarantine a chain goes on after a claim, to a method that shows its reset") {
  Machine machine;
  quarantine(machine);
  machine.methods[0].shows = false;
  CHECK_FALSE(value_in(chain.reset(machine)).claimed());
  CHECK(machine.log == Log{"prepare", "method 0", "method 1", "done(verified)"});
}

TEST_CASE("Over a quarantine a chain of claims is not shown") {
  Machine machine;
  quarantine(machine);
  for (Script& script : machine.methods) script.shows = false;
  CHECK(code_of(chain.reset(machine)) == Errc::not_shown);
  CHECK(machine.log == Log{"prepare", "method 0", "method 1", "method 2", "done(failed)"});
}

TEST_CASE("Over a quarantine a chain whose last methods are unsupported answers that the claim was not shown") {
  Machine machine;
  quarantine(machine);
  machine.methods[0].shows = false;
  machine.methods[1].error = machine.methods[2].error = Errc::unsupported;
  CHECK(code_of(chain.reset(machine)) == Errc::not_shown);
}

TEST_CASE("A claim after a timeout does not take the place of the timeout in the chain's answer") {
  static constexpr Method three[] = {
      {"zero", probe<0>, run<0>}, {"one", probe<1>, run<1>, true}, {"two", probe<2>, run<2>, true}};
  Machine machine;
  quarantine(machine);
  machine.methods[0].error = Errc::timed_out;
  machine.methods[1].shows = false;
  machine.methods[2].error = Errc::io;
  const Error error = error_in(rg::MethodChain<Machine, Proved>(three).reset(machine, with_fallback));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == -100);
}
