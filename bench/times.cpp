// The same cases on the clock, by Google Benchmark; and what no count shows: many devices, and two threads.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "cases.hpp"
#include "idle_thread.hpp"

namespace {

constexpr std::size_t batch = 1000;  // operations between two looks at the clock's count

void time_case(benchmark::State& state, const bench::Case& on, const bench::Variant& variant) {
  bench::with_devices(on, variant, batch, [&](bench::Operation operation, bench::Devices devices) {
    while (state.KeepRunningBatch(batch)) benchmark::DoNotOptimize(bench::repeat(operation, devices, batch));
  });
}

// Every batch on devices that were never reset.
void time_fresh(benchmark::State& state, const bench::Case& on, const bench::Variant& variant) {
  while (state.KeepRunningBatch(batch)) {
    state.PauseTiming();
    bench::with_devices(on, variant, batch, [&](bench::Operation operation, bench::Devices devices) {
      state.ResumeTiming();
      benchmark::DoNotOptimize(bench::repeat(operation, devices, batch));
      state.PauseTiming();
    });
    state.ResumeTiming();
  }
}

// A successful reset of each of `count` devices, in turn.
void time_many(benchmark::State& state, const bench::Variant& variant, const std::vector<std::uint32_t>& order) {
  void* first = variant.make(order.size());
  const bench::Devices devices{first, variant.bytes};
  std::size_t at = 0;
  const std::size_t step = std::min(batch, order.size());
  while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(step))) {
    benchmark::DoNotOptimize(bench::visit(variant.one, devices, order.data() + at, step));
    at = at + step == order.size() ? 0 : at + step;
  }
  variant.unmake(first);
}

// Two threads reset one device.
void time_contended(benchmark::State& state, const bench::Variant& variant) {
  static void* device;
  if (state.thread_index() == 0) device = variant.make(1);
  const bench::Operation operation = variant.wait != nullptr ? variant.wait : variant.one;
  while (state.KeepRunningBatch(batch)) {
    benchmark::DoNotOptimize(bench::repeat(operation, {device, 0}, batch));
  }
  if (state.thread_index() == 0) variant.unmake(device);
}

std::vector<std::uint32_t> in_turn(std::size_t devices) {
  std::vector<std::uint32_t> order(devices);
  std::iota(order.begin(), order.end(), 0u);
  return order;
}
std::vector<std::uint32_t> at_random(std::size_t devices) {
  std::vector<std::uint32_t> order = in_turn(devices);
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  return order;
}

struct Order {
  const char* name;
  std::vector<std::uint32_t> indices;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const bench::IdleThread idle;
  const Order orders[] = {{"sequential_1", in_turn(1)},
                          {"sequential_1000", in_turn(1000)},
                          {"sequential_1000000", in_turn(1000000)},
                          {"random_1000", at_random(1000)},
                          {"random_1000000", at_random(1000000)}};

  const auto name = [](const char* on, const bench::Variant& variant) { return std::string(on) + "/" + variant.name; };
  for (const bench::Variant& variant : bench::variants()) {
    for (const bench::Case& each : bench::cases) {
      if (!bench::has(variant, each)) continue;
      benchmark::RegisterBenchmark(name(each.name, variant).c_str(), [&](benchmark::State& state) {
        if (each.on == bench::On::fresh) {
          time_fresh(state, each, variant);
        } else {
          time_case(state, each, variant);
        }
      });
    }
    if (variant.one == nullptr) continue;
    for (const Order& order : orders) {
      benchmark::RegisterBenchmark(name(order.name, variant).c_str(),
                                   [&](benchmark::State& state) { time_many(state, variant, order.indices); });
    }
    if (!variant.locks) continue;
    benchmark::RegisterBenchmark(name("contended", variant).c_str(),
                                 [&](benchmark::State& state) { time_contended(state, variant); })
        ->Threads(2)
        ->UseRealTime();
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
