// Makes every sequence of API calls up to a given length on two devices, and holds each call against the state table
// of the documentation. Exit status 1 if a device does what the table does not say, or if an edge of the table was
// never gone along.
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "sequence_log.hpp"
#include "state_drive.hpp"

namespace {

using namespace explore_states;

constexpr const char* usage =
    "Usage: explore_states [--length N] [--start NAME] [--help]\n"
    "Makes every sequence of up to N calls on two devices, with every answer of the hooks and with calls from inside\n"
    "them; compares each answer, each call of a hook and both devices after each call with the state table.\n"
    "  --length N    up to how many calls (default 4); fewer do not reach every edge of the table\n"
    "  --start NAME  only from this start (the table's edges are counted, and need not all be reached):\n"
    "                idle         both devices are idle; the first call is on A, for they are alike\n"
    "                quarantined  A is quarantined\n"
    "                unfenced     A is unfenced\n"
    "                deep         A is in reset, 49 scopes deep; one call fewer, for the 49 count as one\n"
    "  --help        this\n"
    "Exit status: 0 all is as the table says, and every edge was gone along; 1 it is not (the shortest sequence that\n"
    "shows it is printed), or an edge was not; 2 wrong usage.\n";

// A call that stops the program costs a process: it is tried as the last call of the sequences that are no longer.
constexpr int longest_that_stops = 3;

// All sequences of one length, one after another: each choice is remembered, and the last one that has another way to
// go takes it the next time.
class EverySequence final : public Chooser {
 public:
  EverySequence(int length, Start start) : length_(length), devices_are_alike_(start == Start::idle) {}

  void begin(const Drive& drive) {
    drive_ = &drive;
    at_ = 0;
    calls_ = 0;
  }

  Choice choose(int in_hook_of) noexcept override {
    if (at_ == ways_.size() && !find_ways(in_hook_of)) return {};
    const Way& way = ways_[at_++];
    const Choice choice = way.options[way.taken];
    calls_ += choice.call != Call::none;
    return choice;
  }

  int calls() const { return calls_; }

  // Whether there is one more.
  bool next() {
    while (!ways_.empty() && ++ways_.back().taken == ways_.back().count) ways_.pop_back();
    return !ways_.empty();
  }

 private:
  struct Way {
    std::size_t taken = 0, count = 0;
    std::array<Choice, (2 * call_count) + 3> options{};
  };

  // Where no sequence was yet: all that can happen next. False: nothing, the sequence is complete.
  bool find_ways(int in_hook_of) {
    Way way;
    if (in_hook_of >= 0) {
      way.options[way.count++] = {Call::none, in_hook_of, Reply::succeeds};
      way.options[way.count++] = {Call::none, in_hook_of, Reply::fails};
      if (done_runs(drive_->state(in_hook_of))) {
        way.options[way.count++] = {Call::none, in_hook_of, Reply::says_unfenced};
      }
    }
    if (calls_ != length_) {
      const bool may_stop = calls_ + 1 == length_ && length_ <= longest_that_stops;
      const int devices = calls_ == 0 && devices_are_alike_ ? 1 : 2;
      for (int device = 0; device != devices; ++device) {
        for (int i = 0; i != call_count; ++i) {
          const Call call = static_cast<Call>(i);
          if (!drive_->is_possible(call, device)) continue;
          if (may_stop || !drive_->stops(call, device)) way.options[way.count++] = {call, device, Reply::succeeds};
        }
      }
    }
    if (way.count != 0) ways_.push_back(way);
    return way.count != 0;
  }

  const int length_;
  const bool devices_are_alike_;  // at the start: then the first call is on A, or every sequence would come twice
  const Drive* drive_ = nullptr;
  std::vector<Way> ways_;
  std::size_t at_ = 0;
  int calls_ = 0;
};

// One line on stderr that is overwritten, if somebody may be looking.
class Progress {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

  void show(int length, Start start, std::uint64_t sequences) {
    if (!terminal_ || seconds() < next_) return;
    next_ = seconds() + 0.2;
    std::fprintf(stderr, "\r\033[Kexplore_states: %d calls, %s: %llu sequences, %.0f s", length, name(start),
                 static_cast<unsigned long long>(sequences), seconds());
  }
  void clear() const {
    if (terminal_) std::fputs("\r\033[K", stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start_ = Clock::now();
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  double next_ = 0.2;
};

SequenceLog sequence_log;
Visits visits;

struct Total {
  std::uint64_t sequences = 0, calls = 0;
};

void explore(int length, Start start, Total& total, Progress& progress) {
  EverySequence every(length, start);
  do {
    Drive drive(every, sequence_log, visits);
    sequence_log.start(start);
    drive.set_up(start);
    every.begin(drive);
    for (Choice choice; (choice = every.choose(-1)).call != Call::none && !drive.is_over();) drive.call(choice);
    ++total.sequences;
    total.calls += std::uint64_t(every.calls());
    if (total.sequences % 4096 == 0) progress.show(length, start, total.sequences);
  } while (every.next());
}

// Prints how often each edge was gone along, and returns how many never were. All of them can be reached through the
// API, also those on which the program stops: no row is exempt.
int print_coverage() {
  int edges = 0, missing = 0;
  std::size_t printed = state_count;
  for (std::size_t i = 0; i != row_count; ++i) {
    const Row& row = rows[i];
    if (printed != std::size_t(row.from)) std::printf("%s\n", name(row.from));
    printed = std::size_t(row.from);
    for (std::size_t next = 0; next != next_count; ++next) {
      if (!leads_to(row, static_cast<State>(next))) continue;
      const std::uint64_t times = visits.edges[i][next];
      std::printf("  %-50s -> %-22s %12llu\n", name(row.event), name(static_cast<State>(next)),
                  static_cast<unsigned long long>(times));
      ++edges;
      missing += times == 0;
    }
  }
  std::printf("%zu rows, %d edges, never gone along: %d\n", row_count, edges, missing);
  return missing;
}

// A crash says which sequence it was, and is a crash after all.
void report_crashes() {
  for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) {
    std::signal(signal, [](int number) {
      std::signal(number, SIG_DFL);
      std::printf("A sequence of calls is stopped by signal %d:\n%s", number, sequence_log.to_string().c_str());
      std::fflush(stdout);
      raise(number);
    });
  }
}

}  // namespace

int main(int count, char** arguments) {
  int length = 4;
  std::optional<Start> only;
  for (int i = 1; i < count; ++i) {
    const std::string option = arguments[i];
    if (option == "--help" || option == "-h") {
      std::fputs(usage, stdout);
      return 0;
    }
    if (option != "--length" && option != "--start") {
      std::fprintf(stderr, "explore_states: unknown option '%s' (--help lists them)\n", option.c_str());
      return 2;
    }
    const std::string value = i + 1 == count ? "" : arguments[++i];
    if (option == "--length") {
      length = value.size() == 1 && value[0] >= '1' && value[0] <= '9' ? value[0] - '0' : 0;
    } else {
      for (const Start start : starts) {
        if (value == word(start)) only = start;
      }
    }
    if (length == 0 || (option == "--start" && !only)) {
      std::fprintf(stderr, "explore_states: %s needs %s, not '%s'\n", option.c_str(),
                   length == 0 ? "a number from 1 to 9" : "idle, quarantined, unfenced or deep", value.c_str());
      return 2;
    }
  }

  report_crashes();
  rg::set_trap_handler(
      [](const char* rule) noexcept { sequence_log.fails(std::string("the library traps: ") + rule); });
  Progress progress;
  Total total;
  // The short ones first: then the first that fails is the shortest that does.
  for (int calls = 1; calls <= length; ++calls) {
    for (const Start start : starts) {
      const int of_these = start == Start::deep ? calls - 1 : calls;
      if (only.value_or(start) == start && of_these != 0) explore(of_these, start, total, progress);
    }
  }
  progress.clear();
  const int missing = print_coverage();
  std::printf("%llu sequences of up to %d calls, %llu calls, in %.1f s: each is as the table says\n",
              static_cast<unsigned long long>(total.sequences), length, static_cast<unsigned long long>(total.calls),
              progress.seconds());
  return missing != 0 && !only ? 1 : 0;
}
