// Hand-written C with the library's checks and layout: by_hand.h.
#pragma once

#include <utility>

#include "by_hand.h"
#include "variant.hpp"

namespace bench {

struct ByHand {
  static constexpr const char* name = "by_hand";
  using Device = by_hand_device;
  static_assert(sizeof(void*) != 8 || (sizeof(Device) == 32 && sizeof(by_hand_level) == 72));

  static inline by_hand_identity work_identity{true}, rest_identity{true};
  static constexpr by_hand_step work_step{&work_identity, 0}, rest_step{&rest_identity, 0};

  template <class Inside>
  BY_HAND_INLINE by_hand_word scope(Device& device, by_hand_step step, Inside inside) {
    by_hand_level level;
    by_hand_word answer;
    if (!by_hand_enter(&device, &level, &answer)) return answer;
    answer = inside(level);
    return by_hand_leave(&device, &level, answer, step);
  }

  BY_HAND_INLINE by_hand_word work(Device& device, by_hand_level& level) {
    if (const int error = bench_work(&device)) {
      return by_hand_fail(&device, by_hand_error(by_hand_io, error, "work"), work_step);
    }
    return by_hand_pass(&device, &level, work_step);
  }
  BY_HAND_INLINE by_hand_word one_level(Device& device) {
    return scope(device, work_step, [&](by_hand_level& level) { return work(device, level); });
  }
  static int to_errno(by_hand_word word) { return by_hand_failed(word) ? static_cast<int>(word.tail) : 0; }

  static int one(Device& device) { return to_errno(one_level(device)); }
  static int two(Device& device) {
    return to_errno(scope(device, work_step, [&](by_hand_level&) { return one_level(device); }));
  }
  [[gnu::noinline]] static by_hand_word level(Device& device, int depth) {
    return scope(device, work_step,
                 [&](by_hand_level& at) { return depth == 1 ? work(device, at) : level(device, depth - 1); });
  }
  static int levels(Device& device, int depth) { return to_errno(level(device, depth)); }

  static int hold(Device& device, Inside inside) {
    return to_errno(scope(device, rest_step, [&](by_hand_level& at) {
      inside.call(inside.context);
      return by_hand_pass(&device, &at, rest_step);
    }));
  }
  static int swallow(Device& device) {
    return to_errno(scope(device, rest_step, [&](by_hand_level& at) {
      one_level(device);
      return by_hand_pass(&device, &at, rest_step);
    }));
  }
  static int retry(Device& device) {
    return to_errno(scope(device, work_step, [&](by_hand_level&) {
      const int answer = std::exchange(bench_answer.work, -6);
      const by_hand_word first = one_level(device);
      bench_answer.work = answer;
      return by_hand_failed(first) ? one_level(device) : first;
    }));
  }
};

}  // namespace bench
