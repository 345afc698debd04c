/* What reset_guard does in a reset, written by hand in C: the layout, the checks and the inlined short paths of
   include/reset_guard/state.hpp and scope.hpp. by_hand_rare.c has the rest. Left out are the calls that no case makes: to
   move a scope, to overrule a failure, to finish twice, to release a quarantine. What the others check for their sake is
   here. */
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
  uint64_t tail;    /* evidence: its number, bit 62: a claim; an error: native, serial, later errors, code, flags */
};
#define BY_HAND_CLAIM (UINT64_C(1) << 62)
#define BY_HAND_FAILED (UINT64_C(1) << 63)

/* The same step is the same address and the same key. */
struct by_hand_identity {
  bool resets;
};
struct by_hand_step {
  const struct by_hand_identity* identity;
  uintptr_t key;
};

/* One open scope. */
struct by_hand_level {
  struct by_hand_level* outer;
  uint64_t opened;
  struct {
    uint8_t depth;
    bool touched, pending;
    uint8_t outcome;
  } marks;
  struct by_hand_step owner;
  struct by_hand_word first, reason;
};

struct by_hand_in_reset {
  struct by_hand_level* innermost;
  uint64_t good_from;
};

struct by_hand_device {
  uint64_t now;
  uint32_t control;
  uint16_t serial;
  bool numbered;
  uint8_t fence;
  union {
    struct by_hand_in_reset in_reset;
    struct by_hand_word reason;
  };
};

enum { by_hand_failed_outcome, by_hand_verified, by_hand_claimed, by_hand_untouched, by_hand_released };
enum { by_hand_idle, by_hand_open, by_hand_preparing, by_hand_ending, by_hand_phase_mask = 3 };
enum { by_hand_in_use, by_hand_fenced, by_hand_unfenced };
enum { by_hand_depth_limit = 50, by_hand_last_moment = 0xffffff, by_hand_io = 5 };

/* The rare paths. */
struct by_hand_word by_hand_refuse_enter(struct by_hand_device* device) BENCH_NOEXCEPT;
struct by_hand_word by_hand_cancel_slowly(struct by_hand_device* device, struct by_hand_level* level,
                                          struct by_hand_word error) BENCH_NOEXCEPT;
void by_hand_pass_slowly(struct by_hand_device* device, struct by_hand_step step) BENCH_NOEXCEPT;
struct by_hand_word by_hand_fail(struct by_hand_device* device, struct by_hand_word error,
                                 struct by_hand_step step) BENCH_NOEXCEPT;
struct by_hand_word by_hand_end_slowly(struct by_hand_device* device, struct by_hand_level* level,
                                       struct by_hand_word answer, struct by_hand_step verdict) BENCH_NOEXCEPT;
struct by_hand_word by_hand_after_done(struct by_hand_device* device, struct by_hand_level* level,
                                       struct by_hand_word answer, struct by_hand_word status) BENCH_NOEXCEPT;

BY_HAND_INLINE bool by_hand_failed(struct by_hand_word word) { return (word.tail & BY_HAND_FAILED) != 0; }

BY_HAND_INLINE struct by_hand_word by_hand_error(unsigned code, int number, const char* where) {
  struct by_hand_word word = {where, BY_HAND_FAILED | (uint64_t)code << 56 | (uint32_t)number};
  return word;
}

BY_HAND_INLINE struct by_hand_word by_hand_evidence(const struct by_hand_device* device) {
  struct by_hand_word evidence = {device, device->now};
  return evidence;
}

BY_HAND_INLINE uint32_t by_hand_phase(const struct by_hand_device* device) {
  return device->control & by_hand_phase_mask;
}

BY_HAND_INLINE void by_hand_push(struct by_hand_device* device, struct by_hand_level* level,
                                 struct by_hand_level* outer, unsigned depth) {
  level->outer = outer;
  level->opened = device->now;
  level->marks.depth = (uint8_t)depth;
  level->marks.touched = level->marks.pending = false;
  level->marks.outcome = by_hand_verified;
  device->in_reset.innermost = level;
}

/* Prepare has failed: nothing is held, and a quarantine from before stays. */
BY_HAND_INLINE struct by_hand_word by_hand_cancel(struct by_hand_device* device, struct by_hand_level* level,
                                                  struct by_hand_word error) {
  if (!BY_HAND_LIKELY(device->control == by_hand_preparing)) error = by_hand_cancel_slowly(device, level, error);
  device->control = by_hand_idle;
  if (device->fence != by_hand_in_use) device->reason = level->reason;
  return error;
}

BY_HAND_INLINE bool by_hand_prepare(struct by_hand_device* device, struct by_hand_level* level,
                                    struct by_hand_word* refusal) {
  int error;
  if (!BY_HAND_LIKELY(device->fence == by_hand_in_use)) level->reason = device->reason;
  device->control = by_hand_preparing;
  device->now = (device->now | by_hand_last_moment) + 1;
  by_hand_push(device, level, NULL, 1);
  error = bench_prepare(device);
  if (!BY_HAND_LIKELY(error == 0)) {
    *refusal = by_hand_cancel(device, level, by_hand_error(by_hand_io, error, "prepare"));
    return false;
  }
  device->control ^= by_hand_preparing ^ by_hand_open;
  return true;
}

/* Opens a scope. False: why not. */
BY_HAND_INLINE bool by_hand_enter(struct by_hand_device* device, struct by_hand_level* level,
                                  struct by_hand_word* refusal) {
  if (BY_HAND_LIKELY(by_hand_phase(device) == by_hand_idle)) return by_hand_prepare(device, level, refusal);
  if (BY_HAND_LIKELY(by_hand_phase(device) == by_hand_open &&
                     device->in_reset.innermost->marks.depth < by_hand_depth_limit)) {
    ++device->now;
    by_hand_push(device, level, device->in_reset.innermost, device->in_reset.innermost->marks.depth + 1u);
    return true;
  }
  *refusal = by_hand_refuse_enter(device);
  return false;
}

BY_HAND_INLINE bool by_hand_usual_in(const struct by_hand_device* device, const struct by_hand_level* level) {
  return device->control == by_hand_open && device->in_reset.innermost == level;
}

/* Evidence of this device, made in that scope or in one inside it. */
BY_HAND_INLINE bool by_hand_proves(const struct by_hand_device* device, const struct by_hand_level* level,
                                   struct by_hand_word answer) {
  return answer.head == device && answer.tail >= level->opened;
}

/* The step passed: evidence. */
BY_HAND_INLINE struct by_hand_word by_hand_pass(struct by_hand_device* device, struct by_hand_level* level,
                                                struct by_hand_step step) {
  if (BY_HAND_LIKELY(by_hand_usual_in(device, level))) {
    level->marks.touched = true;
  } else {
    by_hand_pass_slowly(device, step);
  }
  return by_hand_evidence(device);
}

/* Ends the scope with an answer. */
BY_HAND_INLINE struct by_hand_word by_hand_leave(struct by_hand_device* device, struct by_hand_level* level,
                                                 struct by_hand_word answer, struct by_hand_step verdict) {
  int error;
  if (!BY_HAND_LIKELY(answer.tail < BY_HAND_CLAIM && by_hand_proves(device, level, answer) &&
                      by_hand_usual_in(device, level))) {
    return by_hand_end_slowly(device, level, answer, verdict);
  }
  if (level->outer != NULL) {
    level->outer->marks.touched = true;
    device->in_reset.innermost = level->outer;
    return by_hand_evidence(device);
  }
  device->control ^= by_hand_open ^ by_hand_ending;
  error = bench_done(device, 0);
  if (!BY_HAND_LIKELY(error == 0 && device->control == by_hand_ending)) {
    const struct by_hand_word success = {NULL, 0};
    return by_hand_after_done(device, level, by_hand_evidence(device),
                              error != 0 ? by_hand_error(by_hand_io, error, "done") : success);
  }
  device->control = by_hand_idle;
  device->fence = by_hand_in_use;
  return by_hand_evidence(device);
}

#ifdef __cplusplus
}
#endif

#endif
