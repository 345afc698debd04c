// Runs random programs on the library and on the reference model. Exit status 1 if they ever differ; the program that
// shows it is printed as short as it could be made.
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "choices.hpp"
#include "generate_program.hpp"
#include "print_program.hpp"
#include "program.hpp"
#include "run_program.hpp"
#include "shrink.hpp"

namespace {

using namespace random_programs;

constexpr const char* usage =
    "Usage: random_programs [--programs N] [--seed S] [--seconds T] [--help]\n"
    "  --programs N  how many (default 100000)\n"
    "  --seed S      the first program's; the next one's is S + 1 (default 1)\n"
    "  --seconds T   stop after T seconds\n";

std::string mismatch_of(const Program& program) {
  Counts counts;
  return Run(program, counts).run();
}

const Program* running = nullptr;

[[noreturn]] void trapped(const char* rule) noexcept {
  std::printf("the library traps: %s\n%s", rule, to_string(*running).c_str());
  std::exit(1);
}

std::uint64_t number(const char* text) {
  char* end = nullptr;
  const std::uint64_t value = std::strtoull(text, &end, 10);
  if (end == text || *end != '\0') {
    std::fprintf(stderr, "random_programs: not a number: '%s'\n", text);
    std::exit(2);
  }
  return value;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t programs = 100'000, seed = 1, seconds = 0;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    if (option == "--help") {
      std::fputs(usage, stdout);
      return 0;
    }
    std::uint64_t* const value = option == "--programs"  ? &programs
                                 : option == "--seed"    ? &seed
                                 : option == "--seconds" ? &seconds
                                                         : nullptr;
    if (value == nullptr || i + 1 == count) {
      std::fprintf(stderr, "random_programs: cannot read '%s'\n%s", option.c_str(), usage);
      return 2;
    }
    *value = number(arguments[++i]);
  }

  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  const bool terminal = isatty(STDERR_FILENO) != 0;
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  rg::set_trap_handler([](const char* rule) noexcept { trapped(rule); });

  Counts counts;
  std::uint64_t done = 0;
  for (; done < programs; ++done) {
    if (done % 4096 == 0) {
      if (seconds != 0 && elapsed() >= double(seconds)) break;
      if (terminal) std::fprintf(stderr, "\r%3llu %%", static_cast<unsigned long long>(100 * done / programs));
    }
    const Program program = generate(Choices(seed + done));
    running = &program;
    const std::string first = Run(program, counts).run();
    if (first.empty()) continue;
    const Program small = shortest(program, [](const Program& candidate) { return !mismatch_of(candidate).empty(); });
    std::printf("%sprogram with seed %llu: %s\nThe shortest that differs:\n%s%s\n", terminal ? "\r" : "",
                static_cast<unsigned long long>(seed + done), first.c_str(), to_string(small).c_str(),
                mismatch_of(small).c_str());
    return 1;
  }
  if (terminal) std::fputs("\r", stderr);
  const auto say = [](const char* what, std::uint64_t value) {
    std::printf("  %-28s %10llu\n", what, static_cast<unsigned long long>(value));
  };
  std::printf("%llu programs in %.1f s: library and model agree\n", static_cast<unsigned long long>(done), elapsed());
  say("operations", counts.operations);
  say("resets", counts.resets);
  say("verified", counts.verified);
  say("verified after failures", counts.verified_after_failures);
  say("untouched", counts.untouched);
  say("failed", counts.failed);
  say("prepares that failed", counts.prepares_failed);
  return 0;
}
