/* The device's own part of a reset, the same for every variant. The variants see only this: what is behind it is a
   translation unit of its own, opaque.c or recorded.c. */
#ifndef BENCH_OPAQUE_H
#define BENCH_OPAQUE_H

#ifdef __cplusplus
#define BENCH_NOEXCEPT noexcept
extern "C" {
#else
#define BENCH_NOEXCEPT
#endif

/* What the three answer: 0, or a negative errno. */
struct bench_answers {
  int prepare, work, done;
};
extern struct bench_answers bench_answer;

int bench_prepare(void* device) BENCH_NOEXCEPT;
int bench_work(void* device) BENCH_NOEXCEPT;
int bench_done(void* device, int failed) BENCH_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif
