// fault_campaign: every handler and method with every fault, and what its answers are worth.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "campaign.hpp"
#include "json.hpp"
#include "options.hpp"
#include "page.hpp"
#include "subjects.hpp"
#include "text.hpp"

namespace campaign {
namespace {

// One line on stderr that is overwritten, if it is a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(const Progress& progress) : progress_(progress) {
    const char* term = std::getenv("TERM");
    const bool dumb = term == nullptr || std::strcmp(term, "dumb") == 0;
    if (isatty(STDERR_FILENO) == 1 && !dumb) drawer_ = std::thread([this] { draw(); });
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (!drawer_.joinable()) return;
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_one();
    drawer_.join();
    std::fputs("\r\033[K", stderr);
  }

 private:
  void draw() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::milliseconds(200), [this] { return stop_; })) {
      const auto done = static_cast<unsigned long long>(progress_.done);
      const auto all = static_cast<unsigned long long>(progress_.all);
      if (all == 0) {
        std::fprintf(stderr, "\r\033[K%llu runs", done);
      } else {
        std::fprintf(stderr, "\r\033[K%llu of %llu runs, %llu %%", done, all, done * 100 / all);
      }
    }
  }

  const Progress& progress_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread drawer_;
};

std::vector<std::string> names_of(const std::vector<Subject>& subjects) {
  std::vector<std::string> names;
  for (const Subject& subject : subjects) {
    if (std::find(names.begin(), names.end(), subject.name) == names.end()) names.push_back(subject.name);
  }
  return names;
}

bool has_findings(const Report& report) {
  return std::any_of(report.rows.begin(), report.rows.end(), [](const Row& row) {
    return row.variant == Variant::reset_guard && row.found[0] != row.singles + row.pairs;
  });
}

template <class Write>
void write_file(const std::string& name, Write write) {
  std::ofstream file(name, std::ios::binary);
  write(file);
  file.close();
  if (!file) throw std::runtime_error(name + ": cannot be written");
}

int run_program(int argc, char** argv) {
  std::vector<Subject> subjects = library_subjects();
  for (Subject& subject : upstream_subjects()) subjects.push_back(std::move(subject));
  int status = all_honest;
  const auto options = parse(argc, argv, names_of(subjects), status);
  if (!options) return status;
  std::erase_if(subjects, [&](const Subject& subject) {
    return (options->subject && subject.name != *options->subject) ||
           (options->variant && subject.variant != *options->variant);
  });

  Report report;
  {
    Progress progress;
    const ProgressLine line(progress);
    const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    report = run(subjects,
                 {.pairs = options->pairs, .seed = options->seed, .all_pairs = options->all_pairs, .threads = threads},
                 progress);
  }
  report.machine = "fault_campaign " RESET_GUARD_TOOLS_VERSION ", " RESET_GUARD_COMPILER;
  print_text(report, options->verbose || options->subject.has_value());
  if (options->json) write_file(*options->json, [&](std::ostream& out) { write_json(out, report); });
  if (options->page) write_file(*options->page, [&](std::ostream& out) { write_page(out, report); });
  return has_findings(report) ? reset_guard_has_findings : all_honest;
}

}  // namespace
}  // namespace campaign

int main(int argc, char** argv) {
  try {
    return command_line::written("fault_campaign", campaign::run_program(argc, argv));
  } catch (const std::exception& error) {
    return campaign::complain(error.what());
  }
}
