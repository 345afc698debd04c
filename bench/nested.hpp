// The operations, for a variant whose errors are plain ints and that can say scope(device, inside): open a scope, call
// inside(), end the scope with its answer.
#pragma once

#include "opaque.h"
#include "variant.hpp"

namespace bench {

template <class Scope>
struct Nested : Scope {
  using Device = typename Scope::Device;

  static int one(Device& device) {
    return Scope::scope(device, [&] { return bench_work(&device); });
  }
  static int two(Device& device) {
    return Scope::scope(device, [&] { return one(device); });
  }
  [[gnu::noinline]] static int levels(Device& device, int depth) {
    return Scope::scope(device, [&] { return depth == 1 ? bench_work(&device) : levels(device, depth - 1); });
  }
  static int hold(Device& device, Inside inside) {
    return Scope::scope(device, [&] { return inside.call(inside.context), 0; });
  }
};

// With the case for a failure that sticks: nobody hands it up, and done is told all the same.
template <class Scope>
struct NestedSticky : Nested<Scope> {
  static int swallow(typename Scope::Device& device) {
    return Scope::scope(device, [&] { return Nested<Scope>::one(device), 0; });
  }
};

}  // namespace bench
