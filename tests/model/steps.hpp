// The steps that the programs do. What a program, the model and the library call the same step is one number: its id.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <utility>

#include "program.hpp"
#include "reference_model.hpp"
#include "scripted_device.hpp"

namespace random_programs {

struct Flr : rg::ResetStep<Flr> {
  static constexpr StepId id = flr;
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(Scope& scope, rg::Status status) {
    if (status.failed()) return fail(scope, std::move(status).error());
    return pass(scope);
  }
};
struct Bus : rg::ResetStep<Bus> {
  static constexpr StepId id = bus;
  RESET_GUARD_MUST_USE static rg::Verdict<Bus> run(Scope& scope, rg::Status status) {
    return pass_if(scope, std::move(status));
  }
};
struct Ack : rg::Step<Ack> {
  static constexpr StepId id = ack;
  RESET_GUARD_MUST_USE static rg::Verdict<Ack> run(Scope& scope, rg::Status status) {
    return pass_if(scope, std::move(status));
  }
};
template <StepId state>
struct Power : rg::Step<Power<state>> {
  static constexpr StepId id = state;
  RESET_GUARD_MUST_USE static rg::Verdict<Power> run(Scope& scope, rg::Status status) {
    return Power::pass_if(scope, std::move(status));
  }
};
struct Specific : rg::ResetStep<Specific> {
  static constexpr StepId id = specific;
  using proved_by = rg::any_of<Flr, Bus>;
  RESET_GUARD_MUST_USE static rg::Verdict<Specific> run(Scope& scope, rg::Status status) {
    return pass_if(scope, std::move(status));
  }
};

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
