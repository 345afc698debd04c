/* The rare paths of by_hand.h. */
#include "by_hand.h"

enum { depth_mask = 0x3f, quarantined = 0x40 };

static const struct by_hand_word success = {NULL, 0};

struct by_hand_word by_hand_enter_slowly(struct by_hand_device* device) {
  struct by_hand_word opened = {NULL, 1};
  if ((device->depth & by_hand_in_hook) != 0 || (device->depth & depth_mask) >= by_hand_depth_limit) {
    return by_hand_fail(device, by_hand_error(-16, "enter"), NULL);
  }
  if ((device->depth & depth_mask) != 0) {
    opened.tail = ++device->depth & depth_mask;
    return opened;
  }
  device->depth = 1 | by_hand_in_hook | by_hand_look_closer;
  device->mark = quarantined;
  ++device->epoch;
  const int error = bench_prepare(device);
  if (error != 0) return by_hand_cancel_slowly(device, by_hand_error(error, "prepare"));
  device->depth ^= by_hand_in_hook;
  return opened;
}

struct by_hand_word by_hand_cancel_slowly(struct by_hand_device* device, struct by_hand_word error) {
  device->step = NULL;
  device->mark &= quarantined;
  device->depth = device->mark != 0 ? by_hand_look_closer : 0;
  return error;
}

void by_hand_mint_slowly(struct by_hand_device* device, const void* step) {
  device->mark = (uint8_t)((device->mark & quarantined) | (device->depth & depth_mask));
  if (device->step == step) device->step = NULL;
}

struct by_hand_word by_hand_fail(struct by_hand_device* device, struct by_hand_word error, const void* step) {
  device->mark = (uint8_t)((device->mark & quarantined) | (device->depth & depth_mask));
  ++device->epoch;
  if (device->step != NULL) return error;
  if (++device->serial == 0) device->serial = 1;
  error.tail |= (uint64_t)device->serial << 32;
  device->first = error;
  device->step = step;
  device->depth |= by_hand_look_closer;
  return error;
}

void by_hand_wait(struct by_hand_device* device, void* place) { device->waiting = place; }

struct by_hand_word by_hand_settle(struct by_hand_device* device, unsigned level, void* place,
                                   struct by_hand_word answer, const void* scope) {
  const bool is_evidence = answer.head == device && answer.tail == device->epoch;
  (void)place;
  if (!is_evidence && device->step == NULL) answer = by_hand_fail(device, answer, scope);
  const bool failed = device->step != NULL;
  if (failed) {
    answer = device->first;
    device->step = scope;
    ++device->epoch;
  }
  device->depth = (uint8_t)((device->depth & ~depth_mask) | (level - 1));
  if (level != 1) return answer;
  device->depth = by_hand_in_hook;
  const int error = bench_done(device, failed);
  return by_hand_settle_done(device, failed, answer, error != 0 ? by_hand_error(error, "done") : success);
}

struct by_hand_word by_hand_settle_done(struct by_hand_device* device, int outcome, struct by_hand_word answer,
                                        struct by_hand_word status) {
  if (outcome == 0 && by_hand_failed(status)) answer = device->first = status;
  const bool failed = outcome != 0 || by_hand_failed(status);
  device->step = NULL;
  device->mark = failed ? quarantined : 0;
  device->depth = failed ? by_hand_look_closer : 0;
  return answer;
}
