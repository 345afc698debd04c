/* As little as can be seen from outside: a call is counted and answered. The counts belong to the thread, so that
   threads that reset one device share nothing but the device. */
#include "opaque.h"

struct bench_answers bench_answer;
_Thread_local unsigned long bench_prepares, bench_works, bench_dones;

int bench_prepare(void* device) {
  (void)device;
  ++bench_prepares;
  return bench_answer.prepare;
}

int bench_work(void* device) {
  (void)device;
  ++bench_works;
  return bench_answer.work;
}

int bench_done(void* device, int failed) {
  (void)device;
  (void)failed;
  ++bench_dones;
  return bench_answer.done;
}
