/* The rare paths of by_hand.h. Which functions are kept out of line, and called cold, is as in state.hpp. */
#include "by_hand.h"

#define COLD __attribute__((noinline, cold))
#define OUT_OF_LINE __attribute__((noinline))

enum {
  unsupported = 1,
  already_touched = 2,
  too_deep = 9,
  hook_reentered = 10,
  out_of_order = 11,
  abandoned = 12,
  invalid_evidence = 14,
  unfenced_error = 15,
  not_shown = 17
};
enum { at_serial = 32, at_later = 48, at_code = 56 };
#define RECORDED (UINT64_C(1) << 61)
#define UNRESOLVED (UINT64_C(1) << 62)

enum { broken_bit = 16, at_failures = 16, most_failures = 0xffff };

enum source { an_event, an_answer };

static const struct by_hand_word success = {NULL, 0};
static struct by_hand_identity nobody = {true}, everybody = {true};
static const struct by_hand_step no_step = {&nobody, 0}, several_steps = {&everybody, 0};

/* --- words ------------------------------------------------------------------------------------------------------- */

static inline unsigned code(struct by_hand_word error) { return (unsigned)(error.tail >> at_code) & 0x1f; }
static inline unsigned later(struct by_hand_word error) { return (unsigned)(error.tail >> at_later) & 0xff; }
static inline uint16_t serial(struct by_hand_word error) { return (uint16_t)(error.tail >> at_serial); }
static inline bool recorded(struct by_hand_word error) { return (error.tail & RECORDED) != 0; }
static inline bool is(struct by_hand_word error, unsigned what) {
  return code(error) == what && (error.tail & UNRESOLVED) == 0;
}

static inline struct by_hand_word with_later(struct by_hand_word error, unsigned count) {
  error.tail = (error.tail & ~(UINT64_C(0xff) << at_later)) | (uint64_t)(count < 255 ? count : 255) << at_later;
  return error;
}
static inline struct by_hand_word with_serial(struct by_hand_word error, uint16_t number) {
  error.tail = (error.tail & ~(UINT64_C(0xffff) << at_serial)) | (uint64_t)number << at_serial | RECORDED;
  return error;
}
static inline struct by_hand_word after_touch(struct by_hand_word error) {
  if (code(error) == unsupported) {
    error.tail = (error.tail & ~(UINT64_C(0x1f) << at_code)) | (uint64_t)already_touched << at_code;
  }
  return error;
}
static inline bool same_step(struct by_hand_step a, struct by_hand_step b) {
  return a.identity == b.identity && a.key == b.key;
}

/* --- what the device and its scopes are like ---------------------------------------------------------------------- */

static inline bool in_reset(const struct by_hand_device* device) { return by_hand_phase(device) != by_hand_idle; }
static inline bool quarantined(const struct by_hand_device* device) { return device->fence != by_hand_in_use; }
static inline unsigned failures(const struct by_hand_device* device) { return device->control >> at_failures; }
static inline bool is_broken(const struct by_hand_device* device) { return (device->control & broken_bit) != 0; }
static inline bool beyond_repair(const struct by_hand_device* device) {
  return is_broken(device) || failures(device) == most_failures;
}

static inline bool failed_by(const struct by_hand_level* level, struct by_hand_word error) {
  return level->marks.pending && recorded(error) && serial(error) == serial(level->first);
}
static inline bool is_failure_of(const struct by_hand_level* level, struct by_hand_word answer) {
  return level->marks.pending && answer.tail == level->first.tail;
}
static inline bool is_abandoned(struct by_hand_word error) { return is(error, abandoned) && later(error) == 0; }
static inline bool is_left_for_failure(const struct by_hand_level* level, struct by_hand_word answer) {
  return level->marks.pending && is_abandoned(answer) && !recorded(answer);
}

/* --- a failure is recorded ---------------------------------------------------------------------------------------- */

static inline void meet(struct by_hand_level* level, struct by_hand_step other, unsigned errors) {
  if (!same_step(level->owner, other) || same_step(other, no_step)) level->owner = several_steps;
  level->first = with_later(level->first, later(level->first) + errors);
}

static inline struct by_hand_word numbered(struct by_hand_device* device, struct by_hand_word error) {
  if (!device->numbered) {
    uint64_t start = (uintptr_t)device ^ device->now << 8;
    device->numbered = true;
    start = (start ^ start >> 31) * UINT64_C(0x9e3779b97f4a7c15);
    device->serial = (uint16_t)((start ^ start >> 29) * UINT64_C(0x9e3779b97f4a7c15) >> 48);
  }
  if (failures(device) == 0) device->in_reset.good_from = 0;
  if (failures(device) == most_failures) {
    error.tail &= ~RECORDED;
    return error;
  }
  device->control += UINT32_C(1) << at_failures;
  return with_serial(error, ++device->serial);
}

COLD static struct by_hand_word record_another(struct by_hand_device* device, struct by_hand_word error,
                                               struct by_hand_step step, enum source source) {
  struct by_hand_level* level = device->in_reset.innermost;
  if (failed_by(level, error)) {
    if (later(level->first) < later(error)) level->first = with_later(level->first, later(error));
    if (!same_step(level->owner, step) && !same_step(level->owner, several_steps)) level->owner = no_step;
    return error;
  }
  error = with_serial(error, serial(level->first));
  if (source == an_answer && is_abandoned(level->first) && !is(error, abandoned) && !is_broken(device)) {
    if (!same_step(level->owner, step)) level->owner = no_step;
    return level->first = error;
  }
  meet(level, step, 1);
  return error;
}

static inline struct by_hand_word record_here(struct by_hand_device* device, struct by_hand_word error,
                                              struct by_hand_step step, enum source source) {
  struct by_hand_level* level = device->in_reset.innermost;
  if (level->marks.pending) return record_another(device, error, step, source);
  level->marks.touched = level->marks.pending = true;
  level->owner = step;
  return level->first = numbered(device, error);
}
COLD static struct by_hand_word record(struct by_hand_device* device, struct by_hand_word error,
                                       struct by_hand_step step, enum source source) {
  return record_here(device, error, step, source);
}

static inline void void_evidence(struct by_hand_device* device) { device->in_reset.good_from = ++device->now; }

COLD struct by_hand_word by_hand_fail(struct by_hand_device* device, struct by_hand_word error,
                                      struct by_hand_step step) {
  if (!in_reset(device)) return error;
  if (code(error) == unsupported && !device->in_reset.innermost->marks.touched) return error;
  error = record_here(device, after_touch(error), step, an_answer);
  if (step.identity->resets) void_evidence(device);
  return error;
}

COLD struct by_hand_word by_hand_refuse_enter(struct by_hand_device* device) {
  const unsigned why = by_hand_phase(device) != by_hand_open ? hook_reentered : too_deep;
  return record(device, by_hand_error(why, 0, "enter"), no_step, an_event);
}

COLD struct by_hand_word by_hand_cancel_slowly(struct by_hand_device* device, struct by_hand_level* level,
                                               struct by_hand_word error) {
  record(device, error, no_step, an_event);
  return level->first;
}

/* --- a step passes ------------------------------------------------------------------------------------------------ */

static inline void resolve(struct by_hand_device* device, struct by_hand_step step) {
  struct by_hand_level* at;
  if (!in_reset(device) || beyond_repair(device)) return;
  for (at = device->in_reset.innermost; at != NULL; at = at->outer) {
    if (at->marks.pending && same_step(at->owner, step)) at->marks.pending = false;
  }
}

COLD void by_hand_pass_slowly(struct by_hand_device* device, struct by_hand_step step) {
  if (in_reset(device)) device->in_reset.innermost->marks.touched = true;
  resolve(device, step);
}

/* --- a scope ends ------------------------------------------------------------------------------------------------- */

COLD static unsigned judge(struct by_hand_device* device, struct by_hand_level* level, struct by_hand_word answer,
                           struct by_hand_step verdict) {
  const bool failed = by_hand_failed(answer), is_unsupported = failed && code(answer) == unsupported;
  const struct by_hand_word evidence = {answer.head, answer.tail & ~BY_HAND_CLAIM};
  if (is_broken(device)) {
    record(device, failed && !is_unsupported ? answer : by_hand_error(out_of_order, 0, "finish"), verdict, an_event);
    if (!level->marks.pending) level->first = device->in_reset.innermost->first;
  } else if (is_unsupported && !level->marks.touched) {
    return by_hand_untouched;
  } else if (failed) {
    if (!is_left_for_failure(level, answer)) record(device, after_touch(answer), verdict, an_answer);
  } else if (level->marks.pending) {
    level->first.tail |= UNRESOLVED;
  } else if (!by_hand_proves(device, level, evidence) ||
             (failures(device) != 0 && evidence.tail < device->in_reset.good_from)) {
    record(device, by_hand_error(invalid_evidence, 0, "finish"), verdict, an_event);
  } else if ((answer.tail & BY_HAND_CLAIM) == 0) {
    return by_hand_verified;
  } else if (level->outer == NULL && quarantined(device)) {
    record(device, by_hand_error(not_shown, 0, "finish"), verdict, an_event);
  } else {
    return by_hand_claimed;
  }
  return by_hand_failed_outcome;
}

static inline bool is_older(const struct by_hand_device* device, struct by_hand_word a, struct by_hand_word b) {
  const unsigned before = device->serial - failures(device);
  return recorded(a) && (uint16_t)(serial(a) - before) < (uint16_t)(serial(b) - before);
}

/* What failed inside a scope is one failure of the scope around it. */
static inline struct by_hand_word hand_up(struct by_hand_device* device, const struct by_hand_level* level,
                                          struct by_hand_level* around, struct by_hand_step verdict) {
  struct by_hand_word older, named;
  if (!level->marks.pending) return level->first;
  if (!around->marks.pending) {
    around->marks.pending = true;
    around->owner = verdict;
    return around->first = level->first;
  }
  older = is_older(device, level->first, around->first) ? level->first : around->first;
  meet(around, verdict, later(level->first) + 1u);
  named = with_serial(level->first, serial(around->first));
  around->first = with_serial(with_later(older, later(around->first)), serial(around->first));
  return named;
}

static inline void unlink_level(struct by_hand_device* device, struct by_hand_level* level) {
  if (device->in_reset.innermost == level) {
    device->in_reset.innermost = level->outer;
  } else {
    struct by_hand_level* inner = device->in_reset.innermost;
    for (; inner->outer != level; inner = inner->outer) --inner->marks.depth;
    --inner->marks.depth;
    inner->outer = level->outer;
    if (level->outer == NULL && quarantined(device)) inner->reason = level->reason;
  }
}

static inline struct by_hand_word settle(struct by_hand_device* device, struct by_hand_level* level,
                                         struct by_hand_word answer, struct by_hand_step verdict) {
  bool outermost;
  unsigned outcome = by_hand_failed_outcome;
  struct by_hand_level* around;
  if (device->in_reset.innermost != level) device->control |= broken_bit;
  outermost = device->in_reset.innermost == level && level->outer == NULL;
  if (!is_failure_of(level, answer) || is_broken(device)) {
    outcome = judge(device, level, answer, verdict);
    if (outcome == by_hand_failed_outcome) answer = level->first;
  }
  if (outermost) {
    if (outcome == by_hand_untouched && quarantined(device)) outcome = by_hand_failed_outcome;
    level->marks.outcome = (uint8_t)outcome;
    device->control ^= by_hand_open ^ by_hand_ending;
    return answer;
  }
  level->marks.outcome = (uint8_t)outcome;
  unlink_level(device, level);
  if (outcome == by_hand_untouched) return answer;
  around = device->in_reset.innermost;
  around->marks.touched = true;
  if (outcome != by_hand_failed_outcome) {
    resolve(device, verdict);
    answer = by_hand_evidence(device);
    if (outcome == by_hand_claimed) answer.tail |= BY_HAND_CLAIM;
    return answer;
  }
  if (verdict.identity->resets) void_evidence(device);
  return hand_up(device, level, around, verdict);
}

OUT_OF_LINE struct by_hand_word by_hand_end_slowly(struct by_hand_device* device, struct by_hand_level* level,
                                                   struct by_hand_word answer, struct by_hand_step verdict) {
  int error;
  answer = settle(device, level, answer, verdict);
  if (by_hand_phase(device) != by_hand_ending || device->in_reset.innermost != level) return answer;
  error = bench_done(device, level->marks.outcome == by_hand_failed_outcome);
  return by_hand_after_done(device, level, answer, error != 0 ? by_hand_error(by_hand_io, error, "done") : success);
}

/* Done has answered `status`; `answer` is what settle() said. */
OUT_OF_LINE struct by_hand_word by_hand_after_done(struct by_hand_device* device, struct by_hand_level* level,
                                                   struct by_hand_word answer, struct by_hand_word status) {
  const unsigned told = level->marks.outcome;
  const bool nothing_done = told == by_hand_released || (by_hand_failed(answer) && code(answer) == unsupported);
  bool unfenced = told != by_hand_failed_outcome;
  struct by_hand_word reason;
  if (by_hand_failed(status)) {
    unfenced = code(status) == unfenced_error || (told == by_hand_released && device->fence == by_hand_unfenced);
    record(device, after_touch(status), no_step, an_event);
  }
  if (level->marks.pending) {
    answer = level->first;
  } else if (told != by_hand_failed_outcome) {
    device->control = by_hand_idle;
    device->fence = by_hand_in_use;
    return answer;
  }
  reason = level->first;
  if (nothing_done && quarantined(device)) {
    reason = level->reason;
    if (level->marks.pending) reason = with_later(reason, later(reason) + 1);
  }
  device->control = by_hand_idle;
  device->fence = unfenced ? by_hand_unfenced : by_hand_fenced;
  device->reason = reason;
  return answer;
}
