/* What reset_guard does in a reset, written by hand in C: the same checks, the same layout, the same short paths, inlined
   as the library's are. by_hand_rare.c has the rest, which does the same work as the library's, too. */
#ifndef BENCH_BY_HAND_H
#define BENCH_BY_HAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "opaque.h"

#ifdef __cplusplus
extern "C" {
#endif

#define BY_HAND_INLINE static inline __attribute__((always_inline))
#define BY_HAND_LIKELY(condition) __builtin_expect(!!(condition), 1)

/* A success or an error in two registers. */
struct by_hand_word {
  const void* head; /* evidence: the device; an error: where it arose */
  uint64_t tail;    /* evidence: its number; an error: native, and above it serial, later errors, code; bit 63 */
};

struct by_hand_step {
  bool resets;
};

/* One open scope. */
struct by_hand_level {
  struct by_hand_level* outer;
  uint64_t good_from;
  struct {
    uint8_t depth;
    bool touched, pending, voided;
  } marks;
  uint8_t outcome;
  const struct by_hand_step* owner;
  struct by_hand_word first, reason;
};

struct by_hand_device {
  uint64_t now;
  uint32_t control, serial;
  union {
    struct by_hand_level* innermost;
    struct by_hand_word reason;
  };
};

enum { by_hand_failed_outcome, by_hand_verified };
enum { by_hand_open = 1, by_hand_preparing = 2, by_hand_ending = 3, by_hand_phase = 3 };
enum { by_hand_depth_limit = 50, by_hand_last_moment = 0xffffff, by_hand_io = 5 };

/* The rare paths. */
struct by_hand_word by_hand_enter_slowly(struct by_hand_device* device, struct by_hand_level* level) BENCH_NOEXCEPT;
struct by_hand_word by_hand_cancel(struct by_hand_device* device, struct by_hand_level* level,
                                   struct by_hand_word error) BENCH_NOEXCEPT;
void by_hand_pass_slowly(struct by_hand_device* device, const struct by_hand_step* step) BENCH_NOEXCEPT;
struct by_hand_word by_hand_fail(struct by_hand_device* device, struct by_hand_word error,
                                 const struct by_hand_step* step) BENCH_NOEXCEPT;
struct by_hand_word by_hand_end_slowly(struct by_hand_device* device, struct by_hand_level* level,
                                       struct by_hand_word answer, const struct by_hand_step* verdict) BENCH_NOEXCEPT;
struct by_hand_word by_hand_after_done(struct by_hand_device* device, struct by_hand_level* level,
                                       struct by_hand_word answer, struct by_hand_word status) BENCH_NOEXCEPT;

BY_HAND_INLINE bool by_hand_failed(struct by_hand_word word) { return word.tail >> 63 != 0; }

BY_HAND_INLINE struct by_hand_word by_hand_error(int number, const char* where) {
  struct by_hand_word word = {where, (uint64_t)(0x80 | by_hand_io) << 56 | (uint32_t)number};
  return word;
}

BY_HAND_INLINE struct by_hand_word by_hand_evidence(const struct by_hand_device* device) {
  struct by_hand_word evidence = {device, device->now};
  return evidence;
}

BY_HAND_INLINE void by_hand_push(struct by_hand_device* device, struct by_hand_level* level,
                                 struct by_hand_level* outer, unsigned depth) {
  level->outer = outer;
  level->good_from = device->now;
  level->marks.depth = (uint8_t)depth;
  level->marks.touched = level->marks.pending = level->marks.voided = false;
  device->innermost = level;
}

BY_HAND_INLINE bool by_hand_prepare(struct by_hand_device* device, struct by_hand_level* level,
                                    struct by_hand_word* refusal) {
  int error;
  if (!BY_HAND_LIKELY(device->control == 0)) level->reason = device->reason;
  device->control |= by_hand_preparing;
  device->now = (device->now | by_hand_last_moment) + 1;
  by_hand_push(device, level, NULL, 1);
  error = bench_prepare(device);
  if (!BY_HAND_LIKELY(error == 0)) {
    *refusal = by_hand_error(error, "prepare");
    if (BY_HAND_LIKELY(device->control == by_hand_preparing)) {
      device->control = 0;
    } else {
      *refusal = by_hand_cancel(device, level, *refusal);
    }
    return false;
  }
  device->control ^= by_hand_preparing ^ by_hand_open;
  return true;
}

/* Opens a scope. False: why not. */
BY_HAND_INLINE bool by_hand_enter(struct by_hand_device* device, struct by_hand_level* level,
                                  struct by_hand_word* refusal) {
  if (BY_HAND_LIKELY(device->control == 0)) return by_hand_prepare(device, level, refusal);
  if (BY_HAND_LIKELY(device->control == by_hand_open && device->innermost->marks.depth < by_hand_depth_limit)) {
    ++device->now;
    by_hand_push(device, level, device->innermost, device->innermost->marks.depth + 1u);
    return true;
  }
  *refusal = by_hand_enter_slowly(device, level);
  return !by_hand_failed(*refusal);
}

BY_HAND_INLINE bool by_hand_usual_in(const struct by_hand_device* device, const struct by_hand_level* level) {
  return device->control == by_hand_open && device->innermost == level;
}

/* The step passed: evidence. */
BY_HAND_INLINE struct by_hand_word by_hand_pass(struct by_hand_device* device, struct by_hand_level* level,
                                                const struct by_hand_step* step) {
  if (BY_HAND_LIKELY(by_hand_usual_in(device, level))) {
    level->marks.touched = true;
  } else {
    by_hand_pass_slowly(device, step);
  }
  return by_hand_evidence(device);
}

/* Ends the scope with an answer. */
BY_HAND_INLINE struct by_hand_word by_hand_leave(struct by_hand_device* device, struct by_hand_level* level,
                                                 struct by_hand_word answer, const struct by_hand_step* verdict) {
  int error;
  if (by_hand_failed(answer) || answer.head != device || answer.tail < level->good_from ||
      !by_hand_usual_in(device, level)) {
    return by_hand_end_slowly(device, level, answer, verdict);
  }
  if (level->outer != NULL) {
    level->outer->marks.touched = true;
    device->innermost = level->outer;
    return by_hand_evidence(device);
  }
  device->control ^= by_hand_open ^ by_hand_ending;
  error = bench_done(device, 0);
  if (!BY_HAND_LIKELY(error == 0 && device->control == by_hand_ending)) {
    const struct by_hand_word success = {NULL, 0};
    level->outcome = by_hand_verified;
    return by_hand_after_done(device, level, by_hand_evidence(device),
                              error != 0 ? by_hand_error(error, "done") : success);
  }
  device->control = 0;
  return by_hand_evidence(device);
}

#ifdef __cplusplus
}
#endif

#endif
