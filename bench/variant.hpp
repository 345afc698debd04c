// Variant: one way to write the same nested reset, with its type erased, so that one harness measures all.
#pragma once

#include <cstddef>
#include <vector>

#include "harness.hpp"

namespace bench {

// What is done while a scope is held.
struct Inside {
  void (*call)(void* context);
  void* context;
};

// An operation that a variant does not have is nullptr.
struct Variant {
  const char* name;
  std::size_t bytes = 0;  // per device: all that is kept from one reset to the next
  bool locks = false;     // threads may reset one device at a time

  Operation one = nullptr;    // a scope around the work
  Operation wait = nullptr;   // as one; waits for its turn, where `one` does not
  Operation two = nullptr;    // a scope in a scope, in one function
  Operation eight = nullptr;  // one function for each level
  Operation sixteen = nullptr;
  Operation thirty_two = nullptr;
  Operation swallow = nullptr;                          // as two; the outer one ignores the inner one's error
  Operation retry = nullptr;                            // as two; the work fails, is done again, and succeeds
  Operation hinic_vf = nullptr;                         // a quirk handler, on a simulated function
  Operation method_chain = nullptr;                     // the chain of methods, on a simulated function
  void (*hold)(void* device, Inside inside) = nullptr;  // a scope around `inside`

  void* (*make)(std::size_t devices) = nullptr;
  void (*unmake)(void* first) = nullptr;
};

// Those that are linked into the program, in that order.
inline std::vector<Variant>& variants() {
  static std::vector<Variant> all;
  return all;
}

// The operation f of a Device, by a pointer.
template <class Device, int (*f)(Device&)>
int erased(void* device) {
  return f(*static_cast<Device*>(device));
}
template <class V, int depth>
int erased_levels(void* device) {
  return V::levels(*static_cast<typename V::Device*>(device), depth);
}

// What: a variant from its class V: V::name, V::Device, and static functions of a Device&: one, two, levels(device, n),
// hold(device, inside), swallow, retry, ...: those that it has.
template <class V>
Variant erase() {
  using Device = typename V::Device;
  Variant variant{.name = V::name, .bytes = sizeof(Device)};
  if constexpr (requires { V::locks; }) variant.locks = V::locks;
  if constexpr (requires { &V::one; }) variant.one = erased<Device, V::one>;
  if constexpr (requires { &V::wait; }) variant.wait = erased<Device, V::wait>;
  if constexpr (requires { &V::two; }) variant.two = erased<Device, V::two>;
  if constexpr (requires { &V::levels; }) {
    variant.eight = erased_levels<V, 8>;
    variant.sixteen = erased_levels<V, 16>;
    variant.thirty_two = erased_levels<V, 32>;
  }
  if constexpr (requires { &V::hold; }) {
    variant.hold = [](void* device, Inside inside) { V::hold(*static_cast<Device*>(device), inside); };
  }
  if constexpr (requires { &V::swallow; }) variant.swallow = erased<Device, V::swallow>;
  if constexpr (requires { &V::retry; }) variant.retry = erased<Device, V::retry>;
  if constexpr (requires { &V::hinic_vf; }) variant.hinic_vf = erased<Device, V::hinic_vf>;
  if constexpr (requires { &V::method_chain; }) variant.method_chain = erased<Device, V::method_chain>;
  variant.make = [](std::size_t devices) -> void* { return new Device[devices](); };
  variant.unmake = [](void* first) { delete[] static_cast<Device*>(first); };
  return variant;
}

}  // namespace bench
