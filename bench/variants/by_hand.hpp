// Hand-written C with the library's checks and layout: by_hand.h.
#pragma once

#include "by_hand.h"
#include "variant.hpp"

namespace bench {

struct ByHand {
  static constexpr const char* name = "by_hand";
  using Device = by_hand_device;
  static_assert(sizeof(Device) == 40);

  // What stands for a step: an address.
  static inline char work_step{}, rest_step{};

  template <class Inside>
  static by_hand_word scope(Device& device, const void* step, Inside inside) {
    unsigned level;
    by_hand_word refusal;
    if (!by_hand_enter(&device, &level, &refusal)) return refusal;
    void* place[5];
    if ((level & 0x200) != 0) [[unlikely]]
      by_hand_wait(&device, place);
    return by_hand_leave(&device, level & 0xff, place, inside(), step);
  }

  static by_hand_word work(Device& device) {
    if (const int error = bench_work(&device)) {
      return by_hand_fail(&device, by_hand_error(error, "work"), &work_step);
    }
    return by_hand_mint(&device, &work_step);
  }
  static by_hand_word one_level(Device& device) {
    return scope(device, &work_step, [&] { return work(device); });
  }
  static int to_errno(by_hand_word word) { return by_hand_failed(word) ? static_cast<int>(word.tail) : 0; }

  static int one(Device& device) { return to_errno(one_level(device)); }
  static int two(Device& device) {
    return to_errno(scope(device, &work_step, [&] { return one_level(device); }));
  }
  [[gnu::noinline]] static by_hand_word level(Device& device, int depth) {
    return scope(device, &work_step, [&] { return depth == 1 ? work(device) : level(device, depth - 1); });
  }
  static int levels(Device& device, int depth) { return to_errno(level(device, depth)); }

  static int hold(Device& device, Inside inside) {
    return to_errno(scope(device, &rest_step, [&] {
      inside.call(inside.context);
      return by_hand_mint(&device, &rest_step);
    }));
  }
  static int swallow(Device& device) {
    return to_errno(scope(device, &rest_step, [&] {
      one_level(device);
      return by_hand_mint(&device, &rest_step);
    }));
  }
};

}  // namespace bench
