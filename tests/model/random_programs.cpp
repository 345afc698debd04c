// Runs random programs on the library and on the reference model. Exit status 1 if they ever differ; the program that
// shows it is printed as short as it could be made.
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <new>
#include <string>

#include "choices.hpp"
#include "coverage.hpp"
#include "generate_program.hpp"
#include "program.hpp"
#include "report.hpp"
#include "run_program.hpp"

namespace {

using namespace random_programs;

constexpr const char* usage =
    "Usage: random_programs [--programs N] [--seed S] [--seconds T] [--coverage] [--help]\n"
    "Runs random programs of resets, up to 6 scopes deep and of up to 40 operations, on the library and on a\n"
    "reference model, and compares each answer and both devices after each operation.\n"
    "  --programs N  how many (default 100000)\n"
    "  --seed S      the first program's seed; the next program's is S + 1, and so on (default 1)\n"
    "  --seconds T   stop after T seconds, however many are left\n"
    "  --coverage    print how often each operation, ending and outcome occurred; fail if one never did\n"
    "  --help        this\n"
    "Exit status: 0 they agree, 1 they differ (the shortest program that shows it is printed), 2 wrong usage.\n";

// One line on stderr that is overwritten, if somebody may be looking.
class Progress {
 public:
  explicit Progress(std::uint64_t programs) : programs_(programs) {}

  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  void show(std::uint64_t done) {
    if (!terminal_ || seconds() < next_) return;
    next_ = seconds() + 0.2;
    std::fprintf(stderr, "\r\033[Krandom programs: %llu of %llu, %.0f s", static_cast<unsigned long long>(done),
                 static_cast<unsigned long long>(programs_), seconds());
  }
  void clear() {
    if (terminal_) std::fputs("\r\033[K", stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  const std::uint64_t programs_;
  const Clock::time_point start_ = Clock::now();
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  double next_ = 0.2;
};

struct Running {
  Program program{};
  std::uint64_t seed = 0;
  Progress* progress = nullptr;

  void fails(const std::string& how) {
    if (progress != nullptr) progress->clear();
    report(program, how, "random_programs --programs 1 --seed " + std::to_string(seed));
  }
};
Running running;

// A crash says which program it was, and is a crash after all: the handler from before is called then.
void report_crashes() {
  static struct sigaction before[std::size(crash_signals)];
  struct sigaction action{};
  action.sa_handler = [](int signal) {
    for (std::size_t i = 0; i < std::size(crash_signals); ++i) sigaction(crash_signals[i], &before[i], nullptr);
    running.fails("stopped by signal " + std::to_string(signal));
    raise(signal);
  };
  for (std::size_t i = 0; i < std::size(crash_signals); ++i) sigaction(crash_signals[i], &action, &before[i]);
}

std::uint64_t number(const std::string& option, const char* text) {
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text, &end, 10);
  if (text[0] < '0' || text[0] > '9' || *end != '\0') {
    std::fprintf(stderr, "random_programs: %s needs a number, not '%s'\n", option.c_str(), text);
    std::exit(2);
  }
  return value;
}

// The serials of a device's failures start at a number made from its address, and they are 16 bits: now and then an
// error of one device has a serial of the other. So the devices lie at one address in every run, and a seed fails
// always or never.
void* place_for(std::size_t size) {
  void* const wanted = reinterpret_cast<void*>(std::uintptr_t{0x5000'0000'0000});
  void* const place = mmap(wanted, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) {
    std::fputs("random_programs: no memory\n", stderr);
    std::exit(2);
  }
  return place;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t programs = 100'000, seed = 1, seconds = 0;
  bool with_coverage = false;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    if (option == "--help" || option == "-h") {
      std::fputs(usage, stdout);
      return 0;
    }
    if (option == "--coverage") {
      with_coverage = true;
      continue;
    }
    std::uint64_t* const value = option == "--programs"  ? &programs
                                 : option == "--seed"    ? &seed
                                 : option == "--seconds" ? &seconds
                                                         : nullptr;
    if (value == nullptr || i + 1 == count) {
      std::fprintf(stderr,
                   value == nullptr ? "random_programs: unknown option '%s' (--help lists them)\n"
                                    : "random_programs: %s needs a number\n",
                   option.c_str());
      return 2;
    }
    *value = number(option, arguments[++i]);
  }

  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  Progress progress(programs);
  running.progress = &progress;
  rg::set_trap_handler([](const char* rule) noexcept {
    running.fails(std::string("the library traps: ") + rule);
    std::exit(1);
  });

  report_crashes();

  void* const place = place_for(sizeof(Run));
  Coverage coverage;
  std::uint64_t done = 0;
  for (; done < programs; ++done) {
    if (done % 1024 == 0) {
      if (seconds != 0 && progress.seconds() >= double(seconds)) break;
      progress.show(done);
    }
    running.seed = seed + done;
    running.program = generate(Choices(running.seed));
    Run* const run = ::new (place) Run(running.program, coverage);
    const std::string mismatch = run->run();
    if (mismatch.empty()) {
      run->~Run();
      continue;
    }
    running.fails(mismatch);
    std::exit(1);  // with the devices as they are: one that is in mid-reset would trap when destroyed
  }
  progress.clear();
  std::printf("%llu programs in %.1f s: library and model agree\n", static_cast<unsigned long long>(done),
              progress.seconds());
  if (with_coverage) {
    coverage.print_all();
    if (const int missing = coverage.missing()) {
      std::printf("never happened: %d of these\n", missing);
      return 1;
    }
    return 0;
  }
  for (const Event event : {Event::operation, Event::reset, Event::verified, Event::verified_after_failures,
                            Event::untouched, Event::failed, Event::prepare_failed}) {
    coverage.print(event);
  }
  return 0;
}
