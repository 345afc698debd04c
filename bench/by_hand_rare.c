/* The rare paths of by_hand.h. Scopes that end out of order, evidence that is refused and 'unsupported' are left out: no
   case asks for them. */
#include "by_hand.h"

enum { quarantined = 4, unfenced = 8, at_failures = 16, most_failures = 0xffff };
enum { busy = 4, at_serial = 32, at_later = 48 };

static const struct by_hand_step no_step = {true}, several_steps = {true};
static const struct by_hand_word success = {NULL, 0};
static const uint64_t recorded = 1ull << 61, unresolved = 1ull << 62;

static bool failed_by(const struct by_hand_level* level, struct by_hand_word error) {
  return level->marks.pending && (error.tail & recorded) != 0 &&
         (uint16_t)(error.tail >> at_serial) == (uint16_t)(level->first.tail >> at_serial);
}

static unsigned later(struct by_hand_word error) { return (unsigned)(error.tail >> at_later) & 0xff; }
static struct by_hand_word with_later(struct by_hand_word error, unsigned count) {
  error.tail = (error.tail & ~(0xffull << at_later)) | (uint64_t)(count < 255 ? count : 255) << at_later;
  return error;
}
static struct by_hand_word with_serial(struct by_hand_word error, uint16_t serial) {
  error.tail = (error.tail & ~(0xffffull << at_serial)) | (uint64_t)serial << at_serial | recorded;
  return error;
}

static struct by_hand_word numbered(struct by_hand_device* device, struct by_hand_word error) {
  if (device->serial == 0) {
    uint64_t start = (uintptr_t)device ^ device->now << 8;
    start = (start ^ start >> 31) * 0x9e3779b97f4a7c15u;
    device->serial = (uint32_t)((start ^ start >> 29) * 0x9e3779b97f4a7c15u >> 33) | 1;
  }
  if (device->control >> at_failures == most_failures) {
    error.tail &= ~recorded;
    return error;
  }
  device->control += 1u << at_failures;
  return with_serial(error, (uint16_t)++device->serial);
}

static void meet(struct by_hand_level* level, const struct by_hand_step* other, unsigned errors) {
  if (level->owner != other || other == &no_step) level->owner = &several_steps;
  level->first = with_later(level->first, later(level->first) + errors);
}

static void make_void(struct by_hand_level* level, uint64_t moment) {
  level->good_from = moment;
  level->marks.voided = true;
}

static struct by_hand_word record(struct by_hand_device* device, struct by_hand_word error,
                                  const struct by_hand_step* step) {
  struct by_hand_level* level = device->innermost;
  level->marks.touched = true;
  if (!level->marks.pending) {
    level->marks.pending = true;
    level->owner = step;
    return level->first = numbered(device, error);
  }
  if (failed_by(level, error)) {
    if (later(level->first) < later(error)) level->first = with_later(level->first, later(error));
    if (level->owner != step && level->owner != &several_steps) level->owner = &no_step;
    return error;
  }
  meet(level, step, 1);
  return with_serial(error, (uint16_t)(level->first.tail >> at_serial));
}

static void resolve(struct by_hand_device* device, const struct by_hand_step* step) {
  struct by_hand_level* at;
  if ((device->control & by_hand_phase) == 0 || device->control >> at_failures == most_failures) return;
  for (at = device->innermost; at != NULL; at = at->outer) {
    if (at->marks.pending && at->owner == step) at->marks.pending = false;
  }
}

static void become_idle(struct by_hand_device* device, uint32_t control, struct by_hand_word reason) {
  device->control = control;
  device->reason = reason;
}

struct by_hand_word by_hand_enter_slowly(struct by_hand_device* device, struct by_hand_level* level) {
  struct by_hand_word refusal = success;
  if ((device->control & by_hand_phase) == 0) {
    by_hand_prepare(device, level, &refusal);
  } else if ((device->control & by_hand_phase) == by_hand_open &&
             device->innermost->marks.depth < by_hand_depth_limit) {
    ++device->now;
    by_hand_push(device, level, device->innermost, device->innermost->marks.depth + 1u);
  } else {
    refusal = record(device, by_hand_error(busy, "enter"), &no_step);
  }
  return refusal;
}

struct by_hand_word by_hand_cancel(struct by_hand_device* device, struct by_hand_level* level,
                                   struct by_hand_word error) {
  if (level->marks.pending) {
    record(device, error, &no_step);
    error = level->first;
  }
  become_idle(device, device->control & (quarantined | unfenced),
              (device->control & quarantined) != 0 ? level->reason : success);
  return error;
}

void by_hand_pass_slowly(struct by_hand_device* device, const struct by_hand_step* step) {
  if ((device->control & by_hand_phase) != 0) device->innermost->marks.touched = true;
  resolve(device, step);
}

struct by_hand_word by_hand_fail(struct by_hand_device* device, struct by_hand_word error,
                                 const struct by_hand_step* step) {
  if ((device->control & by_hand_phase) == 0) return error;
  if (step->resets) make_void(device->innermost, ++device->now);
  return record(device, error, step);
}

static struct by_hand_word hand_up(struct by_hand_level* level, struct by_hand_level* around,
                                   const struct by_hand_step* verdict) {
  if (!around->marks.pending) {
    around->marks.pending = true;
    around->owner = verdict;
    return around->first = level->first;
  }
  meet(around, verdict, later(level->first) + 1);
  return with_serial(level->first, (uint16_t)(around->first.tail >> at_serial));
}

static struct by_hand_word settle(struct by_hand_device* device, struct by_hand_level* level,
                                  struct by_hand_word answer, const struct by_hand_step* verdict) {
  const bool outermost = level->outer == NULL;
  bool verified = false;
  struct by_hand_level* around;
  if (!level->marks.pending || answer.tail != level->first.tail) {
    if (by_hand_failed(answer)) {
      record(device, answer, verdict);
    } else if (level->marks.pending) {
      level->first.tail |= unresolved;
    } else {
      verified = true;
    }
    if (!verified) answer = level->first;
  }
  level->outcome = verified ? by_hand_verified : by_hand_failed_outcome;
  if (outermost) {
    device->control ^= by_hand_open ^ by_hand_ending;
    return answer;
  }
  around = level->outer;
  device->innermost = around;
  around->marks.touched = true;
  if (verified) {
    resolve(device, verdict);
    if (level->marks.voided) make_void(around, level->good_from);
    return by_hand_evidence(device);
  }
  if (verdict->resets || level->marks.voided) make_void(around, ++device->now);
  return hand_up(level, around, verdict);
}

struct by_hand_word by_hand_end_slowly(struct by_hand_device* device, struct by_hand_level* level,
                                       struct by_hand_word answer, const struct by_hand_step* verdict) {
  int error;
  answer = settle(device, level, answer, verdict);
  if ((device->control & by_hand_phase) != by_hand_ending) return answer;
  error = bench_done(device, level->outcome == by_hand_failed_outcome);
  return by_hand_after_done(device, level, answer, error != 0 ? by_hand_error(error, "done") : success);
}

struct by_hand_word by_hand_after_done(struct by_hand_device* device, struct by_hand_level* level,
                                       struct by_hand_word answer, struct by_hand_word status) {
  const bool lifts = level->outcome != by_hand_failed_outcome;
  if (by_hand_failed(status)) record(device, status, &no_step);
  if (!level->marks.pending && lifts) {
    device->control = 0;
    return answer;
  }
  answer = level->first;
  become_idle(device, quarantined | (lifts && !by_hand_failed(status) ? unfenced : 0), level->first);
  return answer;
}
