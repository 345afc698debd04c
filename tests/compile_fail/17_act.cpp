// HOLE 17: a step whose act answers with a bool or with nothing, takes something else, or is missing
// EXPECT all: A A A A
// MESSAGE A: reset_guard: run\(\) needs 'static Status act\(Device&, ...\)' in the step
#include "device.hpp"

struct Bool : rg::Step<Bool> {
  static bool act(Device&) noexcept { return true; }
};
struct Void : rg::Step<Void> {
  static void act(Device&) noexcept {}
};
struct More : rg::Step<More> {
  static rg::Status act(Device&, int) noexcept { return rg::ok(); }
};
struct Missing : rg::Step<Missing> {};
struct Control : rg::Step<Control> {
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};

void answers_bool(Scope& scope) {
  Bool::run(scope).discard("a test");  // BAD
  // GOOD: Control::run(scope).discard("a control");
}

void answers_nothing(Scope& scope) {
  Void::run(scope).discard("a test");  // BAD
  // GOOD: Control::run(scope).discard("a control");
}

void takes_more(Scope& scope) {
  More::run(scope).discard("a test");  // BAD
  // GOOD: More::run(scope, 1).discard("a control");
}

void is_missing(Scope& scope) {
  Missing::run(scope).discard("a test");  // BAD
  // GOOD: Control::run(scope).discard("a control");
}
