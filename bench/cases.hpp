// The cases: which operation on which devices, what the opaque work answers, and what must then be called.
#pragma once

#include "harness.hpp"
#include "opaque.h"
#include "variant.hpp"

namespace bench {

enum class On {
  same,   // one device, again and again: after a failed reset it is one that has failed before
  fresh,  // each time a device that was never reset
  held,   // one device, on which a scope is open
};

struct Case {
  const char* name;
  Operation Variant::* operation;
  On on;
  bench_answers answers;
  const char* calls;  // of the opaque functions
  int answer;         // of the operation
};

inline constexpr Case cases[] = {
    {"d1", &Variant::one, On::same, {0, 0, 0}, "prepare work done", 0},
    {"d2", &Variant::two, On::same, {0, 0, 0}, "prepare work done", 0},
    {"d8", &Variant::eight, On::same, {0, 0, 0}, "prepare work done", 0},
    {"d16", &Variant::sixteen, On::same, {0, 0, 0}, "prepare work done", 0},
    {"d32", &Variant::thirty_two, On::same, {0, 0, 0}, "prepare work done", 0},
    {"nested", &Variant::one, On::held, {0, 0, 0}, "work", 0},
    {"fail", &Variant::one, On::same, {-5, 0, 0}, "prepare", -5},
    {"failing_step", &Variant::one, On::same, {0, -6, 0}, "prepare work done(failed)", -6},
    {"failing_step_fresh", &Variant::one, On::fresh, {0, -6, 0}, "prepare work done(failed)", -6},
    {"sticky", &Variant::two, On::same, {0, -6, 0}, "prepare work done(failed)", -6},
    {"sticky_fresh", &Variant::two, On::fresh, {0, -6, 0}, "prepare work done(failed)", -6},
    {"swallowed", &Variant::swallow, On::same, {0, -6, 0}, "prepare work done(failed)", -6},
    {"swallowed_fresh", &Variant::swallow, On::fresh, {0, -6, 0}, "prepare work done(failed)", -6},
    {"done_fails", &Variant::one, On::same, {0, 0, -7}, "prepare work done", -7},
    {"retry", &Variant::retry, On::same, {0, 0, 0}, "prepare work work done", 0},
    {"hinic_vf", &Variant::hinic_vf, On::same, {0, 0, 0}, "", 0},
    {"method_chain", &Variant::method_chain, On::same, {0, 0, 0}, "", 0},
};

// Some variants cannot say what a case is about.
inline bool has(const Variant& variant, const Case& on) {
  return variant.*on.operation != nullptr && (on.on != On::held || variant.hold != nullptr);
}

// Calls body(operation, devices) on `count` devices of that variant (or on the one that the case wants).
template <class Body>
void with_devices(const Case& on, const Variant& variant, std::size_t count, Body body) {
  struct Context {
    Body& body;
    Operation operation;
    Devices devices;
    static void call(void* context) {
      auto* self = static_cast<Context*>(context);
      self->body(self->operation, self->devices);
    }
  };
  const bool fresh = on.on == On::fresh;
  void* first = variant.make(fresh ? count : 1);
  Context context{body, variant.*on.operation, {first, fresh ? variant.bytes : 0}};
  bench_answer = {0, 0, 0};
  if (on.on == On::held) {
    variant.hold(first, {Context::call, &context});
  } else {
    bench_answer = on.answers;
    Context::call(&context);
  }
  bench_answer = {0, 0, 0};
  variant.unmake(first);
}

}  // namespace bench
