// HOLE 37: evidence, a scope and a state are not copied, assigned or moved where that would lose one
// EXPECT all: A A A A A A
// MESSAGE A: deleted
#include "device.hpp"

void copies_evidence(rg::Evidence<Flr>& evidence) {
  rg::Evidence<Flr> copy = evidence;  // BAD
  // GOOD: rg::Evidence<Flr> copy = RESET_GUARD_MOVE(evidence);
  [[maybe_unused]] auto used = RESET_GUARD_MOVE(copy);
}

void assigns_evidence(rg::Evidence<Flr>& evidence, rg::Evidence<Flr>& other) {
  evidence = RESET_GUARD_MOVE(other);  // BAD
  // GOOD: [[maybe_unused]] auto used = sizeof(evidence) + sizeof(other);
}

void copies_scope(Scope& scope) {
  Scope copy = scope;  // BAD
  // GOOD: Scope& copy = scope;
  copy.touch();
}

void assigns_scope(Scope& scope, Scope& other) {
  scope = RESET_GUARD_MOVE(other);  // BAD
  // GOOD: scope.touch(), other.touch();
}

void copies_state(rg::ResetState& state) {
  [[maybe_unused]] rg::ResetState copy = state;  // BAD
  // GOOD: [[maybe_unused]] rg::ResetState& copy = state;
}

void assigns_state(rg::ResetState& state, rg::ResetState& other) {
  state = other;  // BAD
  // GOOD: [[maybe_unused]] auto used = sizeof(state) + sizeof(other);
}
