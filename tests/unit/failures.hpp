// What the tests of failures and of overrule() share: resets with something inside, and how they ended.
#pragma once

#include "fixtures.hpp"

namespace core_test {

// A handler for a nested scope with the verdict <S>, whose inside is `inside`.
template <class S, class Inside>
rg::Verdict<S> nested(Device& device, Inside inside) {
  return rg::reset(device, [&](Scope& scope) -> rg::Verdict<S> { return inside(scope); });
}

// How a reset ended: without an error if it is verified.
struct Ending {
  std::optional<Error> error{};
  Errc code() const { return error ? error->code() : Errc{}; }
  Errc cause() const { return error ? error->cause() : Errc{}; }
  int native() const { return error ? error->native() : 0; }
  unsigned later_errors() const { return error ? error->later_errors() : 0; }
  std::string where() const { return error ? error->where() : ""; }
};

// The outermost reset: `inside`, and then evidence of a step that no test lets fail.
using Rest = Resetting<99>;
template <class Inside>
Ending outcome_of(Device& device, Inside inside) {
  auto verdict = nested<Rest>(device, [&](Scope& scope) {
    inside(scope);
    return Rest::in(scope);
  });
  if (verdict.failed()) return {std::move(verdict).error()};
  std::move(verdict).discard("resolved");
  return {};
}

template <class Result>
void drop(Result result) {
  std::move(result).discard("an error that is thrown away");
}

}  // namespace core_test
