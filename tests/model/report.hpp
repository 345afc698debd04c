// What is said about a program that fails.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdio>
#include <string>

#include "coverage.hpp"
#include "print_program.hpp"
#include "program.hpp"
#include "run_program.hpp"
#include "shrink.hpp"

namespace random_programs {

inline constexpr int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

inline int child_output = -1;

// How a program fails: what does not match, or what stopped it. Empty: it does not fail. It is run in a child process,
// since the library stops programs that break certain rules.
inline std::string failure_of(const Program& program) {
  int ends[2];
  if (pipe(ends) != 0) return "cannot be run again: there is no pipe";
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal : crash_signals) std::signal(signal, SIG_DFL);
    child_output = ends[1];
    const auto say = [](const std::string& text) { return write(child_output, text.data(), text.size()) >= 0; };
    rg::set_trap_handler([](const char* rule) noexcept {
      const std::string text = std::string("the library traps: ") + rule;
      _exit(write(child_output, text.data(), text.size()) >= 0 ? 0 : 1);
    });
    Coverage coverage;
    _exit(say(Run(program, coverage).run()) ? 0 : 1);
  }
  close(ends[1]);
  std::string failure;
  char part[512];
  for (ssize_t count; (count = read(ends[0], part, sizeof part)) > 0;) failure.append(part, std::size_t(count));
  close(ends[0]);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return "cannot be run again: there is no child process";
  if (WIFSIGNALED(status)) return "stopped by signal " + std::to_string(WTERMSIG(status));
  if (failure.empty() && status != 0) return "ended with status " + std::to_string(WEXITSTATUS(status));
  return failure;
}

// A failure's text without the operation, the device and the numbers: a program is not to become a shorter one that
// fails for another reason.
inline std::string kind_of(const std::string& failure) {
  std::string kind;
  bool quoted = false;
  for (const char c : failure) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && ((c >= 'a' && c <= 'z') || c == ' ')) kind += c;
  }
  return kind;
}

// The shortest that fails comes first, then the program as it was. `again`: the command that runs it again.
inline void report(const Program& program, const std::string& failure, const std::string& again) {
  std::printf("a program fails: %s\n", failure.c_str());
  const std::string kind = kind_of(failure_of(program));
  const Program small = shortest(
      program, [&](const Program& candidate) { return !kind.empty() && kind_of(failure_of(candidate)) == kind; });
  std::printf("The shortest that does (of %d operations):\n%s", operations(small.ops), to_string(small).c_str());
  std::printf("and how: %s\n", failure_of(small).c_str());
  std::printf("As it was made (of %d operations):\n%s", operations(program.ops), to_string(program).c_str());
  std::printf("To run it again: %s\n", again.c_str());
  std::fflush(stdout);
}

}  // namespace random_programs
