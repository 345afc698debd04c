#include "recorded.h"

struct bench_answers bench_answer;
struct bench_call bench_calls[bench_calls_kept];
unsigned bench_call_count;

static int record(enum bench_function function, void* device, int answer) {
  if (bench_call_count < bench_calls_kept) {
    bench_calls[bench_call_count].function = function;
    bench_calls[bench_call_count].device = device;
  }
  ++bench_call_count;
  return answer;
}

int bench_prepare(void* device) { return record(bench_prepare_called, device, bench_answer.prepare); }
int bench_work(void* device) { return record(bench_work_called, device, bench_answer.work); }
int bench_done(void* device, int failed) {
  return record(failed ? bench_done_called_failed : bench_done_called, device, bench_answer.done);
}
