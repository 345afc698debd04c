/* What reset_guard does in a reset, written by hand in C: the same checks, the same layout, the same few instructions.
   Here are the paths of a reset in which nothing is unusual. The rare ones, by_hand_rare.c, only do what the benchmark's
   cases ask of them: no second failure is kept, and nothing resolves one. */
#ifndef BENCH_BY_HAND_H
#define BENCH_BY_HAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "opaque.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A success or an error in two registers. */
struct by_hand_word {
  const void* head; /* evidence: the device; an error: its step */
  uint64_t tail;    /* evidence: the epoch; an error: its number, and above it its code; bit 63 */
};

struct by_hand_device {
  uint8_t depth; /* open scopes; bit 6: look closer; bit 7: a hook is running */
  uint8_t mark;  /* the innermost level that was touched; bit 6: quarantined */
  uint16_t serial;
  uint32_t epoch;
  struct by_hand_word first; /* the first error */
  const void* step;          /* whose it is; NULL: none is pending */
  void* waiting;             /* what the library keeps in an inner scope; unused here */
};

enum { by_hand_depth_limit = 50, by_hand_look_closer = 0x40, by_hand_in_hook = 0x80, by_hand_io = 5 };

/* The rare paths. */
struct by_hand_word by_hand_enter_slowly(struct by_hand_device* device) BENCH_NOEXCEPT;
struct by_hand_word by_hand_cancel_slowly(struct by_hand_device* device, struct by_hand_word error) BENCH_NOEXCEPT;
void by_hand_mint_slowly(struct by_hand_device* device, const void* step) BENCH_NOEXCEPT;
struct by_hand_word by_hand_fail(struct by_hand_device* device, struct by_hand_word error,
                                 const void* step) BENCH_NOEXCEPT;
void by_hand_wait(struct by_hand_device* device, void* place) BENCH_NOEXCEPT;
struct by_hand_word by_hand_settle(struct by_hand_device* device, unsigned level, void* place,
                                   struct by_hand_word answer, const void* scope) BENCH_NOEXCEPT;
struct by_hand_word by_hand_settle_done(struct by_hand_device* device, int outcome, struct by_hand_word answer,
                                        struct by_hand_word status) BENCH_NOEXCEPT;

static inline bool by_hand_failed(struct by_hand_word word) { return word.tail >> 63 != 0; }

static inline struct by_hand_word by_hand_error(int number, const char* step) {
  struct by_hand_word word = {step, (uint64_t)(0x80 | by_hand_io) << 56 | (uint32_t)number};
  return word;
}

/* Opens a level: true, and which; false, and why not. */
static inline bool by_hand_enter(struct by_hand_device* device, unsigned* level, struct by_hand_word* refusal) {
  if (device->depth == 0) {
    int error;
    device->depth = 1 | by_hand_in_hook;
    device->mark = 0;
    ++device->epoch;
    error = bench_prepare(device);
    if (__builtin_expect(error != 0, 0)) {
      *refusal = by_hand_error(error, "prepare");
      if (__builtin_expect(device->depth != (1 | by_hand_in_hook), 0)) {
        *refusal = by_hand_cancel_slowly(device, *refusal);
      } else {
        device->depth = 0;
      }
      return false;
    }
    device->depth ^= by_hand_in_hook;
    *level = 1;
    return true;
  }
  if (__builtin_expect((uint8_t)(device->depth - 1) < by_hand_depth_limit - 1, 1)) {
    *level = ++device->depth;
    return true;
  }
  {
    const struct by_hand_word opened = by_hand_enter_slowly(device);
    if (by_hand_failed(opened)) *refusal = opened;
    *level = (uint16_t)opened.tail;
    return !by_hand_failed(opened);
  }
}

/* The step was done: evidence. */
static inline struct by_hand_word by_hand_mint(struct by_hand_device* device, const void* step) {
  struct by_hand_word evidence;
  if (__builtin_expect((device->depth & (by_hand_look_closer | by_hand_in_hook)) == 0, 1)) {
    device->mark = device->depth;
  } else {
    by_hand_mint_slowly(device, step);
  }
  evidence.head = device;
  evidence.tail = device->epoch;
  return evidence;
}

/* Ends the level with an answer. `place` is where an older failure waits, if the level says that one does. */
static inline struct by_hand_word by_hand_leave(struct by_hand_device* device, unsigned level, void* place,
                                                struct by_hand_word answer, const void* scope) {
  if (__builtin_expect(answer.head != device || answer.tail != device->epoch || device->depth != level, 0)) {
    return by_hand_settle(device, level, place, answer, scope);
  }
  if (level != 1) {
    --device->depth;
    device->mark = device->depth;
  } else {
    int error;
    device->depth = by_hand_in_hook;
    error = bench_done(device, 0);
    if (__builtin_expect(error != 0 || device->depth != by_hand_in_hook, 0)) {
      const struct by_hand_word evidence = {device, device->epoch};
      const struct by_hand_word success = {NULL, 0};
      return by_hand_settle_done(device, 0, evidence, error != 0 ? by_hand_error(error, "done") : success);
    }
    device->depth = 0;
    device->mark = 0;
  }
  {
    const struct by_hand_word evidence = {device, device->epoch};
    return evidence;
  }
}

#ifdef __cplusplus
}
#endif

#endif
