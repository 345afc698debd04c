// The sequence of calls that is being made, as text; and the end of the program when a call does what it should not.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "state_walk.hpp"

namespace explore_states {

using namespace state_walk;

// A call of the API by its caller, with what it is made with.
enum class Call {
  enter,
  reset,
  step_is_done,
  step_fails,
  touch,
  finish_evidence,
  finish_claim,
  finish_error,
  finish_unsupported,
  finish_kept,
  finish_others,
  finish_outer_first,
  finish_ended,
  scope_ends,
  overrule,
  release,
  destroy,
  none,
};
inline constexpr int call_count = static_cast<int>(Call::none);

constexpr const char* name(Call call) {
  switch (call) {
    case Call::enter: return "enter";
    case Call::reset: return "reset(), whose handler passes a step";
    case Call::step_is_done: return "a step is done, its evidence is kept";
    case Call::step_fails: return "a step fails, its error is dropped";
    case Call::touch: return "touch";
    case Call::finish_evidence: return "finish with new evidence";
    case Call::finish_claim: return "finish with a new claim";
    case Call::finish_error: return "finish with an error";
    case Call::finish_unsupported: return "finish with unsupported";
    case Call::finish_kept: return "finish with the evidence that was kept";
    case Call::finish_others: return "finish with the other device's evidence";
    case Call::finish_outer_first: return "the scope around the innermost one finishes, with new evidence";
    case Call::finish_ended: return "a scope that has ended finishes";
    case Call::scope_ends: return "the scope ends without finish";
    case Call::overrule: return "overrule the last recorded error";
    case Call::release: return "release_quarantine";
    case Call::destroy: return "the state is destroyed";
    case Call::none: break;
  }
  return "?";
}

constexpr const char* name(Reply reply) {
  switch (reply) {
    case Reply::succeeds: return "the hook succeeds";
    case Reply::fails: return "the hook fails";
    case Reply::says_unfenced: return "the hook says unfenced";
  }
  return "?";
}

// Where a sequence starts. Both devices have been reset once before.
enum class Start { idle, quarantined, unfenced, deep };
inline constexpr Start starts[] = {Start::idle, Start::quarantined, Start::unfenced, Start::deep};

constexpr const char* name(Start start) {
  switch (start) {
    case Start::idle: return "both devices are idle";
    case Start::quarantined: return "A is quarantined, B is idle";
    case Start::unfenced: return "A is unfenced, B is idle";
    case Start::deep: return "A is in reset, 49 scopes deep, B is idle";
  }
  return "?";
}

constexpr const char* word(Start start) {
  switch (start) {
    case Start::idle: return "idle";
    case Start::quarantined: return "quarantined";
    case Start::unfenced: return "unfenced";
    case Start::deep: return "deep";
  }
  return "?";
}

inline const char* text(Errc code) { return code == Errc{} ? "ok" : reset_guard::to_string(code); }

inline std::string text(const Answers& answers) {
  std::string all;
  for (int code = 0; code <= static_cast<int>(Errc::not_shown); ++code) {
    if (answers.has(static_cast<Errc>(code))) all += (all.empty() ? "" : " or ") + std::string(text(Errc(code)));
  }
  return all;
}

class SequenceLog {
 public:
  void start(Start start) {
    start_ = start;
    lines_.clear();
    depth_ = 0;
  }

  // Each begins a call, and returns the line on which its answer belongs.
  std::size_t call(Call call, int device) { return add(Kind::call, depth_, device, name(call)); }
  std::size_t inside(const char* what, int device) { return add(Kind::part, depth_ + 1, device, what); }
  void answer(std::size_t line, Errc code) {
    lines_[line].answer = code;
    lines_[line].answered = true;
  }

  void hook_begins(int device, Hook hook) { add(Kind::hook, ++depth_, device, name(hook)); }
  void hook_ends(int device, Reply reply) { add(Kind::part, depth_--, device, name(reply)); }

  std::string to_string() const {
    std::string all = std::string("  start: ") + name(start_) + "; both were reset once before\n";
    int number = 0;
    for (const Line& line : lines_) {
      all += "  " + std::string(std::size_t(line.depth) * 4, ' ');
      all += line.kind == Kind::call ? std::to_string(++number) + ". " : "   ";
      all += std::string(letter(line.device)) + ": " + line.text + (line.kind == Kind::hook ? " runs" : "");
      if (line.answered) all += std::string(" -> ") + text(line.answer);
      all += "\n";
    }
    return all;
  }

  // --- the ends of the program; `device`'s last row is what was expected to happen ---

  [[noreturn]] void fails(const std::string& what) const {
    if (isatty(STDERR_FILENO) != 0) std::fputs("\r\033[K", stderr);
    std::printf("A sequence of calls fails. The shortest that does:\n%sand how: %s\n", to_string().c_str(),
                what.c_str());
    std::fflush(stdout);
    std::_Exit(1);  // with the devices as they are: one that is in mid-reset would trap when destroyed
  }
  [[noreturn]] void fails(int device, const char* what, unsigned actual, unsigned expected) const {
    fails(std::string(letter(device)) + ": " + what + " is " + std::to_string(actual) + ", and should be " +
          std::to_string(expected));
  }
  [[noreturn]] void fails(int device, const char* what, Hook actual, Hook expected) const {
    fails(std::string(letter(device)) + ": " + what + " " + word(actual) + ", and should: " + word(expected));
  }
  [[noreturn]] void fails_answer(int device, Errc actual, const Answers& expected, const Row& row) const {
    fails(std::string(letter(device)) + ": the answer is " + text(actual) + ", and should be " + text(expected) +
          "; its last row of the table is '" + name(row.from) + "', '" + name(row.event) + "'");
  }
  [[noreturn]] void fails_reason(int device, Errc actual, const Answers& expected) const {
    fails(std::string(letter(device)) + ": the quarantine's reason is " + text(actual) + ", and should be " +
          text(expected));
  }

 private:
  enum class Kind { call, hook, part };
  struct Line {
    Kind kind;
    int depth;
    int device;
    const char* text;
    Errc answer;
    bool answered;
  };

  std::size_t add(Kind kind, int depth, int device, const char* what) {
    lines_.push_back({kind, depth, device, what, Errc{}, false});
    return lines_.size() - 1;
  }

  static const char* letter(int device) { return device == 0 ? "A" : "B"; }
  static const char* word(Hook hook) { return hook == Hook::none ? "no hook" : name(hook); }

  Start start_ = Start::idle;
  std::vector<Line> lines_{};
  int depth_ = 0;
};

}  // namespace explore_states
