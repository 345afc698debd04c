/* The hand-written side of compare_code: the same three functions as compared.cpp. */
#include "by_hand.h"

static char work_step;

unsigned by_hand_enter_level(struct by_hand_device* device);
struct by_hand_word by_hand_leave_level(struct by_hand_device* device, unsigned level, struct by_hand_word answer);
int by_hand_reset(struct by_hand_device* device);

unsigned by_hand_enter_level(struct by_hand_device* device) {
  unsigned level = 0;
  struct by_hand_word refusal = {NULL, 0};
  return by_hand_enter(device, &level, &refusal) ? level : 0;
}

struct by_hand_word by_hand_leave_level(struct by_hand_device* device, unsigned level, struct by_hand_word answer) {
  void* place[5];
  level = (uint16_t)level;
  if (__builtin_expect((level & 0x200) != 0, 0)) by_hand_wait(device, place);
  return by_hand_leave(device, level, place, answer, &work_step);
}

int by_hand_reset(struct by_hand_device* device) {
  unsigned level = 0;
  struct by_hand_word answer = {NULL, 0};
  if (by_hand_enter(device, &level, &answer)) {
    void* place[5];
    int error;
    if (__builtin_expect((level & 0x200) != 0, 0)) by_hand_wait(device, place);
    error = bench_work(device);
    answer =
        error != 0 ? by_hand_fail(device, by_hand_error(error, "work"), &work_step) : by_hand_mint(device, &work_step);
    answer = by_hand_leave(device, level, place, answer, &work_step);
  }
  return by_hand_failed(answer) ? (int)answer.tail : 0;
}
