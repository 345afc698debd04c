// The rules of the ledger once more, and as short as they can be said: whose failure each open scope keeps, which
// errors came first, and what evidence is good for. No addresses, no packed words: a scope is an entry of an array.
//
// Beside them, on their own, the events: each failure that was recorded, until what happens afterwards resolves it. The
// statement that is to hold is about the events: a scope that ends as verified has none left.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace closure {

using reset_guard::Errc;
using reset_guard::Outcome;

// Whose failure it is, and so what resolves it. `chip` is the plain step for one key, `ack` the same step without.
enum class Name : std::uint8_t { none, flr, bus, ack, chip, nobody, several };

constexpr bool is_reset(Name step) { return step != Name::ack && step != Name::chip; }
constexpr std::uint8_t event_of(Name name) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(name)); }

// An error as the caller sees it.
struct Seen {
  Errc code{};  // none: a success
  int native = 0;
  bool unresolved = false;

  friend bool operator==(const Seen& a, const Seen& b) {
    return a.code == b.code && a.native == b.native && a.unresolved == b.unresolved;
  }
};

// An error that is handed in, by its cause: `failure` is the one that it was recorded as, 0 if it was not.
struct Given {
  Errc code{};
  int native = 0;
  std::uint32_t failure = 0;
  bool later = false;
  bool unresolved = false;

  bool abandoned() const { return code == Errc::abandoned && !unresolved; }
  bool only_abandoned() const { return abandoned() && !later; }
  Seen seen() const { return {code == Errc::unsupported ? Errc::already_touched : code, native, unresolved}; }
};

struct Made {  // evidence
  std::uint32_t reset = 0, moment = 0;
  bool shown = false;
  bool of_this_device = true;
};

struct Level {
  std::uint32_t opened = 0;
  bool touched = false;
  Name owner = Name::none;    // none: nothing is pending
  bool left = false;          // all that is known is that a scope was left
  std::uint8_t events = 0;    // a bit for each name of a failure that is unresolved
  std::uint32_t failure = 0;  // which it is
  Seen first{};

  bool pending() const { return owner != Name::none; }
};

class Rules {
 public:
  enum class Phase : std::uint8_t { idle, preparing, open, ending };
  static constexpr int most = 6;

  Phase phase = Phase::idle;
  int depth = 0;  // entries of levels; the outermost stays while done runs
  bool broken = false, was_quarantined = false, quarantined = false;
  std::uint32_t reset = 0, moment = 0, good_from = 0, failures = 0, of_this_reset = 0;
  Outcome told = Outcome::verified;
  Seen reason{}, answer{};  // answer: of the scope that ends, until done has replied
  std::array<Level, most> levels{};

  bool in_reset() const { return phase != Phase::idle; }
  // More failures than that cannot be told apart: nothing is resolved any more.
  static constexpr std::uint32_t most_failures = 0xffff;
  bool beyond_repair() const { return broken || of_this_reset >= most_failures; }
  Level& innermost() { return levels[static_cast<std::size_t>(depth - 1)]; }
  Level& level(int at) { return levels[static_cast<std::size_t>(at)]; }
  const Level& level(int at) const { return levels[static_cast<std::size_t>(at)]; }

  // --- a scope begins ---

  void begin_prepare() {
    ++reset;
    broken = false;
    was_quarantined = quarantined;
    good_from = of_this_reset = 0;
    push();
    phase = Phase::preparing;
  }
  Seen prepare_replied(const Given& error) {  // code none: it succeeded
    if (error.code == Errc{}) {
      phase = Phase::open;
      return {};
    }
    Seen first = error.seen();
    if (innermost().pending()) {
      record(error, Name::nobody, false);
      first = innermost().first;
    }
    pop();
    return first;
  }
  void nest() { push(); }
  Seen refuse(Errc why) {
    record({why}, Name::nobody, false);
    return {why};
  }

  // --- steps happen in the innermost scope ---

  Made pass(Name step, bool shown) {
    touch();
    if (in_reset()) resolve(step);
    return {reset, moment, shown, true};
  }
  void touch() {
    if (in_reset()) innermost().touched = true;
  }
  // Returns which failure it is a part of; 0: none.
  std::uint32_t fail(const Given& error, Name step) {
    if (!in_reset() || (error.code == Errc::unsupported && !innermost().touched)) return 0;
    record(error, step, true);
    if (is_reset(step)) good_from = ++moment;
    return innermost().failure;
  }

  // From the scope `from`: its own failures, and those further in. Whether one is named, and is one.
  bool overrule(const Given& error, int from) {
    if (beyond_repair()) return false;
    for (int at = depth - 1; at >= from; --at) {
      Level& here = level(at);
      if (!here.pending() || error.failure == 0 || here.failure != error.failure) continue;
      if (here.owner == Name::several) return false;
      clear(here);
      return true;
    }
    return false;
  }

  // --- a scope ends; the outermost waits for done_replied() ---

  bool good(const Made& evidence, const Level& here) const {
    return evidence.of_this_device && evidence.reset == reset && evidence.moment >= here.opened &&
           evidence.moment >= good_from;
  }

  void end(int at, const Made* evidence, const Given& error, Name verdict) {
    const Level here = level(at);
    if (at != depth - 1) broken = true;
    const bool outermost = depth == 1;
    const bool untouched = evidence == nullptr && error.code == Errc::unsupported && !here.touched && !broken;
    Level ends = here;
    if (broken) {
      fail_end(ends, {Errc::out_of_order}, false);
      ends.events |= event_of(Name::several);
    } else if (untouched) {
      answer = {Errc::unsupported, error.native};
    } else if (evidence == nullptr) {
      end_with_error(ends, error, verdict == Name::none ? Name::nobody : verdict);
    } else if (here.pending()) {
      ends.first.unresolved = true;
      ends.left = false;
      answer = ends.first;
    } else if (!good(*evidence, here)) {
      fail_end(ends, {Errc::invalid_evidence}, false);
    } else if (!evidence->shown && outermost && was_quarantined) {
      fail_end(ends, {Errc::not_shown}, false);
    } else {
      answer = {};
    }
    const bool failed = answer.code != Errc{} && !untouched;
    told = failed      ? Outcome::failed
           : untouched ? (was_quarantined && outermost ? Outcome::failed : Outcome::untouched)
           : evidence != nullptr && evidence->shown ? Outcome::verified
                                                    : Outcome::claimed;
    if (outermost) {
      if (failed && !ends.pending()) ends.owner = verdict == Name::none ? Name::nobody : verdict;
      levels[0] = ends;
      phase = Phase::ending;
      return;
    }
    levels[static_cast<std::size_t>(at)] = ends;
    std::rotate(levels.begin() + at, levels.begin() + at + 1, levels.begin() + depth);
    --depth;
    if (untouched) return;
    Level& around = innermost();
    around.touched = true;
    if (!failed) return resolve(verdict);
    if (is_reset(verdict)) good_from = ++moment;
    hand_up(ends, around, verdict);
  }

  // The answer of the whole reset.
  Seen done_replied(const Given& error) {
    const Level& here = levels[0];
    const bool nothing_done = told == Outcome::released || (answer.code == Errc::unsupported && !answer.unresolved);
    if (error.code != Errc{}) record(error, Name::nobody, false);
    if (here.pending()) answer = here.first;
    const bool clean = !here.pending() && told != Outcome::failed;
    if (!clean && !(nothing_done && was_quarantined)) reason = answer;
    quarantined = !clean;
    pop();
    return answer;
  }

  // A scope that has ended is finished once more. Returns the answer.
  Seen finish_again(const Given& error) {
    const bool says_why = error.code != Errc{} && error.code != Errc::unsupported;
    if (!in_reset()) return says_why ? error.seen() : Seen{Errc::out_of_order};
    if (says_why) record(error, Name::nobody, false);
    record({Errc::out_of_order}, Name::nobody, false);
    return innermost().first;
  }

  // --- a quarantine ends without a reset ---

  void begin_release() {
    was_quarantined = true;
    broken = false;
    told = Outcome::released;
    answer = {};
    push();
    --moment;  // it opens no scope
    phase = Phase::ending;
  }

  // No failure of this reset is left, at any level.
  bool nothing_is_unresolved() const {
    for (int at = 0; at < depth; ++at) {
      if (level(at).events != 0) return false;
    }
    return true;
  }

 private:
  void push() {
    innermost_slot() = Level{};
    levels[static_cast<std::size_t>(depth++)].opened = ++moment;
  }
  Level& innermost_slot() { return levels[static_cast<std::size_t>(depth)]; }
  void pop() {
    depth = 0;
    phase = Phase::idle;
  }

  std::uint32_t new_failure() {
    ++of_this_reset;
    return ++failures;
  }

  static void clear(Level& here) {
    here.owner = Name::none;
    here.left = false;
    here.events = 0;
  }

  // Something failed in the innermost scope. `answer`: it may be what a scope inside was left for.
  void record(const Given& error, Name name, bool is_answer) {
    Level& here = innermost();
    here.touched = true;
    if (!broken) add(here, error, name, is_answer);
  }
  void add(Level& here, const Given& error, Name name, bool is_answer) {
    if (!here.pending()) {
      here.owner = name;
      here.events = event_of(name);
      here.failure = new_failure();
      here.first = error.seen();
      here.left = error.only_abandoned();
    } else if (error.failure != 0 && error.failure == here.failure) {  // the same failure, handed in again
      if (error.later) here.left = false;
      rename(here, name);
    } else if (is_answer && here.left && !error.abandoned()) {  // what the scope inside was left for
      here.first = error.seen();
      here.left = false;
      rename(here, name);
    } else {
      meet(here, name);
    }
  }
  // One failure, known by two steps: only who names it means both.
  static void rename(Level& here, Name name) {
    if (here.owner == name || here.owner == Name::several) return;
    here.owner = Name::nobody;
    here.events = event_of(Name::nobody);
  }
  static void meet(Level& here, Name name) {
    if (here.owner != name || name == Name::nobody) here.owner = Name::several;
    here.events |= event_of(name);
    here.left = false;
  }

  void end_with_error(Level& ends, const Given& error, Name name) {
    const bool is_left = error.only_abandoned() && error.failure == 0;
    if (!ends.pending()) {
      return fail_end(ends, error.seen(), error.only_abandoned());
    }
    if (!is_left) add(ends, error, name, true);
    answer = ends.first;
  }
  void fail_end(Level& ends, Seen first, bool left) {
    ends.first = first;
    ends.left = left;
    ends.failure = new_failure();
    answer = first;
  }

  // What failed inside is one failure of the scope around it, and its verdict's.
  void hand_up(const Level& ends, Level& around, Name verdict) {
    const Name name = verdict == Name::none ? Name::nobody : verdict;
    if (broken) {
      around.owner = Name::several;
      around.events = event_of(Name::several);
    } else if (!around.pending()) {
      around.owner = name;
      around.events = event_of(name);
      around.failure = ends.failure;
      around.first = ends.first;
      around.left = ends.left;
    } else {
      meet(around, name);
    }
  }

  // The step has passed, or the verdict was verified: at whatever level it had failed.
  void resolve(Name step) {
    if (beyond_repair()) return;
    for (int at = 0; at < depth; ++at) {
      Level& here = level(at);
      if (here.owner == step) {
        clear(here);
      } else if (here.owner == Name::several) {
        here.events &= static_cast<std::uint8_t>(~event_of(step));
      }
    }
  }
};

}  // namespace closure
