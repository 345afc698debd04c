/* The hand-written side of compare_code: the same two functions as compared.cpp. */
#include "by_hand.h"

static struct by_hand_identity work_identity = {true};
static const struct by_hand_step work_step = {&work_identity, 0};

int by_hand_reset(struct by_hand_device* device);
int by_hand_nested(struct by_hand_device* device);

BY_HAND_INLINE struct by_hand_word one_level(struct by_hand_device* device) {
  struct by_hand_level level;
  struct by_hand_word answer = {NULL, 0};
  int error;
  if (!by_hand_enter(device, &level, &answer)) return answer;
  error = bench_work(device);
  answer = error != 0 ? by_hand_fail(device, by_hand_error(by_hand_io, error, "work"), work_step)
                      : by_hand_pass(device, &level, work_step);
  return by_hand_leave(device, &level, answer, work_step);
}

int by_hand_reset(struct by_hand_device* device) {
  const struct by_hand_word answer = one_level(device);
  return by_hand_failed(answer) ? (int)answer.tail : 0;
}

int by_hand_nested(struct by_hand_device* device) {
  struct by_hand_level level;
  struct by_hand_word answer = {NULL, 0};
  if (by_hand_enter(device, &level, &answer)) answer = by_hand_leave(device, &level, one_level(device), work_step);
  return by_hand_failed(answer) ? (int)answer.tail : 0;
}
