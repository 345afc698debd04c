// Your own guard beside this library, by Google Benchmark: put yours in the place of YourGuard, and keep the rest.
#include <benchmark/benchmark.h>
#include <reset_guard/reset_guard.hpp>

#include <utility>

namespace rg = reset_guard;

struct Hardware {  // the device's own part, the same for both, and out of line, as a driver's is
  long prepares = 0, resets = 0, dones = 0;
  [[gnu::noinline]] void prepare() noexcept { ++prepares; }
  [[gnu::noinline]] void flr() noexcept { ++resets; }
  [[gnu::noinline]] void done() noexcept { ++dones; }
};

struct YourDevice : Hardware {
  int depth = 0;
};
struct YourGuard {  // it only counts
  explicit YourGuard(YourDevice& of) : device(of) {
    if (device.depth++ == 0) device.prepare();
  }
  ~YourGuard() {
    if (--device.depth == 0) device.done();
  }
  YourDevice& device;
};
bool your_reset(YourDevice& device) {
  const YourGuard guard(device);
  device.flr();
  return true;
}

struct Nic : Hardware {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return prepare(), rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return done(), rg::ok(); }
};
struct Flr : rg::ResetStep<Flr> {
  static rg::Status act(Nic& nic) noexcept { return nic.flr(), rg::ok(); }
  struct Witness {
    explicit Witness(const Nic& nic) noexcept : before(nic.resets) {}
    rg::Status check(const Nic& nic) const noexcept {
      if (nic.resets == before) return rg::Error(rg::Errc::io, 0, "FLR: nothing was reset");
      return rg::ok();
    }
    long before;
  };
};
bool library_reset(Nic& nic) {
  auto verdict = Flr::run(nic);  // one scope, as YourGuard is one
  const bool verified = !verdict.failed();
  std::move(verdict).discard("its time is wanted, not its error");
  return verified;
}

template <class Device, bool (*reset)(Device&)>
void measure(benchmark::State& state) {
  Device device;
  bool verified = true;
  for (auto _ : state) benchmark::DoNotOptimize(verified = reset(device));
  const auto of_one_reset = benchmark::Counter::kAvgIterations;
  state.counters["bytes"] = sizeof(Device) - sizeof(Hardware);  // what the guard adds to the device
  state.counters["prepares"] = {static_cast<double>(device.prepares), of_one_reset};
  state.counters["resets"] = {static_cast<double>(device.resets), of_one_reset};
  state.counters["dones"] = {static_cast<double>(device.dones), of_one_reset};
}

int main(int argc, char** argv) {
  benchmark::RegisterBenchmark("YourGuard", measure<YourDevice, your_reset>);
  benchmark::RegisterBenchmark("reset_guard", measure<Nic, library_reset>);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
