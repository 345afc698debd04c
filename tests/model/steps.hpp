// The steps that the programs do. What a program, the model and the library call the same step is one number: its id.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <optional>
#include <type_traits>
#include <utility>

#include "program.hpp"
#include "reference_model.hpp"
#include "scripted_device.hpp"

namespace random_programs {

// How a step goes: its act fails, its witness says that nothing was reset, or it passes.
struct Script {
  std::optional<rg::Error> act_fails{}, witness_fails{};
  bool shows = true;  // a reset step

  RESET_GUARD_MUST_USE static rg::Status status(const std::optional<rg::Error>& error) {
    if (error) return *error;
    return rg::ok();
  }
};

class ScriptedWitness {
 public:
  ScriptedWitness(Device&, const Script& script) : script_(script) {}

  RESET_GUARD_MUST_USE rg::Result<bool> check(Device&) const {
    RESET_GUARD_CHECK(Script::status(script_.witness_fails));
    return script_.shows;
  }

 private:
  Script script_;
};

// What the library makes run_for() from. Each step has, besides, an in() by hand, which runs in the caller's scope.
template <class Kind, StepId number>
struct Scripted : Kind {
  static constexpr StepId id = number;
  using Witness = ScriptedWitness;
  RESET_GUARD_MUST_USE static rg::Status act(Device&, const Script& script) { return Script::status(script.act_fails); }
};

struct Flr : Scripted<rg::ResetStep<Flr>, flr> {
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> in(Scope& scope, const Script& script) {
    if (script.act_fails) return fail(scope, *script.act_fails);
    return pass_if(scope, rg::ok(), Witness(scope.device(), script));
  }
};
struct Bus : Scripted<rg::ResetStep<Bus>, bus> {
  RESET_GUARD_MUST_USE static rg::Verdict<Bus> in(Scope& scope, const Script& script) {
    return pass_if(scope, act(scope.device(), script), Witness(scope.device(), script));
  }
};
struct Ack : Scripted<rg::Step<Ack>, ack> {
  RESET_GUARD_MUST_USE static rg::Verdict<Ack> in(Scope& scope, const Script& script) {
    return pass_if(scope, act(scope.device(), script));
  }
};
template <StepId state>
struct Power : Scripted<rg::Step<Power<state>>, state> {
  RESET_GUARD_MUST_USE static rg::Verdict<Power> in(Scope& scope, const Script& script) {
    if (script.act_fails) return Power::fail(scope, *script.act_fails);
    return Power::pass(scope);
  }
};
struct Specific : Scripted<rg::ResetStep<Specific>, specific> {
  using proved_by = rg::any_of<Flr, Bus>;
  RESET_GUARD_MUST_USE static rg::Verdict<Specific> in(Scope& scope, const Script& script) {
    return pass_if(scope, act(scope.device(), script), Witness(scope.device(), script));
  }
};

template <class S>
inline constexpr bool resets = std::is_base_of_v<rg::ResetStep<S>, S>;

template <class... S>
reference::Steps steps_of() {
  return {S::id...};
}

// Calls the function with the step, or with the verdict's steps, as its template arguments.
template <class Function>
auto with_step(int id, Function function) {
  switch (id) {
    case flr: return function.template operator()<Flr>();
    case bus: return function.template operator()<Bus>();
    case ack: return function.template operator()<Ack>();
    case d0: return function.template operator()<Power<d0>>();
    case d3: return function.template operator()<Power<d3>>();
    default: return function.template operator()<Specific>();
  }
}
template <class Function>
auto with_verdict(int id, Function function) {
  switch (id) {
    case by_flr: return function.template operator()<Flr>();
    case by_bus: return function.template operator()<Bus>();
    case by_flr_and_ack: return function.template operator()<Flr, Ack>();
    default: return function.template operator()<Specific>();
  }
}

}  // namespace random_programs
