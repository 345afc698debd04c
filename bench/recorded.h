/* The opaque part that writes down how it was called. */
#ifndef BENCH_RECORDED_H
#define BENCH_RECORDED_H

#include "opaque.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { bench_calls_kept = 256 };
enum bench_function { bench_prepare_called, bench_work_called, bench_done_called, bench_done_called_failed };
struct bench_call {
  enum bench_function function;
  void* device;
};
extern struct bench_call bench_calls[bench_calls_kept];
extern unsigned bench_call_count; /* those that were not kept included */

#ifdef __cplusplus
}
#endif

#endif
