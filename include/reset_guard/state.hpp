/// How deep resets may nest: depth_limit. And, for the library's own use, what a device remembers about its resets and
/// what the calls of a reset do to it.
//
// The open scopes of a device are a list, the innermost first; each keeps the failure in it that nothing has resolved.
// A scope that ends hands its failure to the one around it. The outermost stays in the list while prepare and done run:
// what goes wrong in a hook is a failure of its reset.
//
// Moments are counted: one more for each scope that is opened, each failed reset step and each failed scope. Evidence
// carries the moment at which it was made. It is good for a scope that was opened before, if no reset step has failed
// since. The number of the reset lies above the moment; it wraps after 2^38 resets.
#pragma once

#include <cstdint>

#include "attributes.hpp"
#include "error.hpp"
#include "evidence.hpp"
#include "outcome.hpp"
#include "trap.hpp"
#include "word.hpp"

namespace reset_guard {

/// How many scopes of one device may be open at once.
inline constexpr unsigned depth_limit = 50;

namespace detail {

// Whose failure it is, if it is no step's.
inline StepIdentity nobody{true}, everybody{true};
inline constexpr StepId no_step{&nobody, 0};  // a refused enter, an abandoned scope: only overrule() resolves it
inline constexpr StepId several_steps{&everybody, 0};  // two steps': nothing resolves it at this level

// One open scope of a device. It lies in the scope object.
struct Level {
  Level* outer;
  std::uint64_t opened;  // when; older evidence proves nothing here
  struct Marks {
    std::uint8_t depth;  // from 1 on
    bool touched;
    bool pending;     // a failure that nothing has resolved
    Outcome outcome;  // how it ends
  } marks;
  StepId owner;  // whose failure is pending
  Word first;    // the first error of it
  Word reason;   // of the outermost: why the device was quarantined before

  bool failed_by(Word error) const noexcept {
    return marks.pending && error.recorded() && error.serial() == first.serial();
  }
  void count_later(unsigned errors) noexcept { first = first.with_later(first.later() + errors); }
  // Another failure comes to the pending one, and `errors` with it. Failures of one step are one; those of no step are
  // not known to be the same.
  void meet(StepId other, unsigned errors) noexcept {
    if (owner != other || other == no_step) owner = several_steps;
    count_later(errors);
  }
};

class StateMachine {
 public:
  constexpr explicit StateMachine(std::uint64_t epoch) noexcept
      : now_((epoch << moment_bits) & (Word::claim_bit - 1)), reason_{nullptr, 0} {}
  constexpr StateMachine(std::uint64_t epoch, Word reason, bool unfenced) noexcept : StateMachine(epoch) {
    fence_ = unfenced ? quarantined_unfenced : quarantined_fenced;
    reason_ = reason;
  }
  StateMachine(const StateMachine&) = delete;
  StateMachine& operator=(const StateMachine&) = delete;
  RESET_GUARD_CONSTEXPR ~StateMachine() {
    if (in_reset()) trap("a device's reset state was destroyed in mid-reset: end its scopes first");
  }

  unsigned depth() const noexcept { return phase() == open ? in_reset_.innermost->marks.depth : phase() == preparing; }
  constexpr bool in_reset() const noexcept { return phase() != idle; }
  constexpr bool quarantined() const noexcept { return fence_ != in_use; }
  constexpr bool unfenced() const noexcept { return fence_ == quarantined_unfenced && !in_reset(); }
  constexpr std::uint64_t epoch() const noexcept { return now_ >> moment_bits; }

  // Why the device is quarantined.
  Word reason() const noexcept {
    if (!in_reset()) return reason_;
    const Level* outermost = in_reset_.innermost;
    while (outermost->outer != nullptr) outermost = outermost->outer;
    return outermost->reason;
  }

  // --- a scope begins ---

  bool can_nest() const noexcept { return phase() == open && in_reset_.innermost->marks.depth < depth_limit; }

  // The outermost: prepare is to be called, and then end_prepare() or cancel_prepare().
  void begin_prepare(Level& level) noexcept {
    if (quarantined()) RESET_GUARD_UNLIKELY
      level.reason = reason_;
    control_ = preparing;
    now_ = (now_ | last_moment) + 1;
    push(level, nullptr, 1);
  }
  void end_prepare() noexcept { control_ ^= preparing ^ open; }
  void nest(Level& level) noexcept {
    ++now_;
    push(level, in_reset_.innermost, in_reset_.innermost->marks.depth + 1u);
  }

  // Prepare has failed: nothing is held, and a quarantine from before stays. Returns the first error: the hook's own
  // comes after that of an enter which it was refused.
  Word cancel_prepare(Level& level, Word error) noexcept {
    error = after_touch(error);
    if (control_ != preparing) RESET_GUARD_UNLIKELY {
      record(error, no_step, an_event);
      error = level.first;
    }
    control_ = idle;
    if (quarantined()) reason_ = level.reason;
    return error;
  }

  // A nested enter is refused: a failure of the scope that tried it.
  [[gnu::noinline, gnu::cold]] Word refuse_enter() noexcept {
    const Errc why = phase() != open ? Errc::hook_reentered : Errc::too_deep;
    return record(Word::error(why, 0, "enter"), no_step, an_event);
  }

  // The scope object was moved.
  void relocate(Level& from, Level& to) noexcept {
    to.outer = from.outer;
    to.opened = from.opened;
    to.marks = from.marks;
    if (from.marks.pending) {
      to.owner = from.owner;
      to.first = from.first;
    }
    if (from.outer == nullptr && quarantined()) to.reason = from.reason;
    from.marks.depth = 0;
    Level** link = &in_reset_.innermost;
    while (*link != &from) link = &(*link)->outer;
    *link = &to;
  }

  // --- inside: steps happen in the innermost scope ---

  void touch() noexcept {
    if (in_reset()) in_reset_.innermost->marks.touched = true;
  }

  // The word of evidence that is made now.
  Word evidence() const noexcept { return {this, now_}; }

  // `level` is that of the scope object that the step was given.
  RESET_GUARD_SHORT_PATH Word pass(Level& level, StepId step) noexcept {
    if (is_usual_in(level)) RESET_GUARD_LIKELY {
      level.marks.touched = true;
    } else {
      pass_slowly(step);
    }
    return evidence();
  }

  // 'Unsupported' from an untouched device is no failure, and outside a reset there is nothing to keep one in.
  [[gnu::noinline, gnu::cold]] Word fail(Word error, StepId step) noexcept {
    if (!in_reset()) return error;
    if (error.code() == Errc::unsupported && !in_reset_.innermost->marks.touched) return error;
    error = record_here(after_touch(error), step, an_answer);
    if (step.resets()) void_evidence();
    return error;
  }

  // One of several ways to end a scope is tried in it: what was touched before does not count for this one. Returns
  // whether anything was.
  bool begin_try(Level& level) noexcept {
    const bool touched = level.marks.touched;
    level.marks.touched = false;
    return touched;
  }
  // It ended with an error, which is recorded if it was not: nothing is, of an 'unsupported' that touched nothing.
  Word end_try(Level& level, Word error, bool touched_before) noexcept {
    error = fail(error, no_step);
    level.marks.touched |= touched_before;
    return error;
  }

  // Resolves the failure that `error` was recorded as, in the scope of `level` or further in.
  [[gnu::noinline, gnu::cold]] bool overrule(Word error, const Level& level) noexcept {
    for (Level* at = beyond_repair() ? nullptr : in_reset_.innermost; at != nullptr; at = at->outer) {
      if (at->failed_by(error)) {
        at->marks.pending = at->owner == several_steps;
        return !at->marks.pending;
      }
      if (at == &level) break;
    }
    return false;
  }

  // --- a scope ends ---

  // Whether the scope ends as verified with nothing unusual. A nested one then leaves(), an outermost one has done
  // called between begin_done() and end_done().
  bool ends_cleanly(const Level& level, Word answer) const noexcept {
    return answer.is_shown_evidence() && proves(answer, level) && is_usual_in(level);
  }
  void leave(Level& level) noexcept {
    level.outer->marks.touched = true;
    in_reset_.innermost = level.outer;
  }
  void begin_done() noexcept { control_ ^= open ^ ending; }
  bool done_is_due(const Level& level) const noexcept { return phase() == ending && in_reset_.innermost == &level; }
  bool done_was_quiet() const noexcept { return control_ == ending; }
  void end_done() noexcept {
    control_ = idle;
    fence_ = in_use;
  }

  // Ends a scope: judges what it ends with, evidence or an error, and hands its failure to the scope around it. An
  // outermost one stays in the list, for done: see settle_done(). Returns what the scope answers.
  Word settle(Level& level, Word answer, StepId verdict) noexcept {
    if (in_reset_.innermost != &level) control_ |= broken_bit;
    const bool outermost = in_reset_.innermost == &level && level.outer == nullptr;
    Outcome outcome = Outcome::failed;
    if (!is_failure_of(level, answer) || is_broken()) {
      outcome = judge(level, answer, verdict);
      if (outcome == Outcome::failed) answer = level.first;
    }
    if (outermost) {
      if (outcome == Outcome::untouched && quarantined()) outcome = Outcome::failed;  // what was fenced stays fenced
      level.marks.outcome = outcome;
      begin_done();
      return answer;
    }
    level.marks.outcome = outcome;
    unlink(level);
    if (outcome == Outcome::untouched) return answer;
    Level& around = *in_reset_.innermost;
    around.marks.touched = true;
    if (outcome != Outcome::failed) {
      resolve(verdict);
      return evidence().with_claim(outcome == Outcome::claimed);
    }
    if (verdict.resets()) void_evidence();
    return hand_up(level, around, verdict);
  }

  // Done has answered `status` to level.marks.outcome; `answer` is what settle() said. Returns what the whole reset
  // answers.
  Word settle_done(Level& level, Word answer, Word status) noexcept {
    const Outcome told = level.marks.outcome;
    const bool nothing_done = told == Outcome::released || (answer.failed() && answer.code() == Errc::unsupported);
    bool unfenced = told != Outcome::failed;
    if (status.failed()) {
      unfenced = status.code() == Errc::unfenced || (told == Outcome::released && fence_ == quarantined_unfenced);
      record(after_touch(status), no_step, an_event);
    }
    if (level.marks.pending) {
      answer = level.first;
    } else if (told != Outcome::failed) {
      end_done();
      return answer;
    }
    Word reason = level.first;
    if (nothing_done && quarantined()) {  // the reason from before stands
      reason = level.reason;
      if (level.marks.pending) reason = reason.with_later(reason.later() + 1);
    }
    control_ = idle;
    fence_ = unfenced ? quarantined_unfenced : quarantined_fenced;
    reason_ = reason;
    return answer;
  }

  // A scope that has ended is finished again: a failure of the reset that is under way, and it ends nothing.
  [[gnu::noinline, gnu::cold]] Word finish_again(Word answer) noexcept {
    const Word refusal = Word::error(Errc::out_of_order, 0, "finish");
    const bool failed = answer.failed() && answer.code() != Errc::unsupported;
    if (!in_reset()) return failed ? answer : refusal;
    if (failed) record(answer, no_step, an_event);
    record(refusal, no_step, an_event);
    return in_reset_.innermost->first;
  }

  // --- a quarantine ends without a reset ---

  // A success, and done is to be called for `level`, and then settle_done(); or the refusal.
  [[gnu::noinline, gnu::cold]] Word begin_release(Level& level) noexcept {
    if (phase() == preparing || phase() == ending) return refuse_enter();
    if (in_reset()) return Word::error(Errc::out_of_order, 0, "release_quarantine: a reset is under way");
    if (!quarantined()) return Word::error(Errc::invalid, 0, "release_quarantine: not quarantined");
    level.reason = reason_;
    push(level, nullptr, 0);
    level.marks.outcome = Outcome::released;
    control_ = ending;
    return {};
  }

 private:
  enum Fence : std::uint8_t { in_use, quarantined_fenced, quarantined_unfenced };

  // Of control_: the phase, and how many failures this reset has recorded.
  static constexpr std::uint32_t idle = 0, open = 1, preparing = 2, ending = 3, phase_mask = 3;
  static constexpr std::uint32_t broken_bit = 16;  // scopes of this reset ended out of order: none of it ends well
  static constexpr unsigned at_failures = 16;
  static constexpr std::uint32_t one_failure = 1u << at_failures, most_failures = 0xffff;

  constexpr std::uint32_t phase() const noexcept { return control_ & phase_mask; }
  constexpr std::uint32_t failures() const noexcept { return control_ >> at_failures; }
  // Nothing is resolved any more, and so nothing is verified: scopes ended out of order, or there were more failures
  // than the serials can tell apart.
  constexpr bool is_broken() const noexcept { return (control_ & broken_bit) != 0; }
  constexpr bool beyond_repair() const noexcept { return is_broken() || failures() == most_failures; }

  // Whether that scope is the innermost, no hook runs, and nothing has failed in this reset.
  bool is_usual_in(const Level& level) const noexcept { return control_ == open && in_reset_.innermost == &level; }

  // Whether it is evidence of this device, made in that scope or in one inside it. It may have been voided since.
  bool proves(Word answer, const Level& level) const noexcept {
    return answer.head == this && answer.tail >= level.opened;
  }
  void void_evidence() noexcept { in_reset_.good_from = ++now_; }

  void push(Level& level, Level* outer, unsigned depth) noexcept {
    level.outer = outer;
    level.opened = now_;
    level.marks = {static_cast<std::uint8_t>(depth), false, false, Outcome::verified};
    in_reset_.innermost = &level;
  }

  [[gnu::noinline, gnu::cold]] void pass_slowly(StepId step) noexcept {
    touch();
    resolve(step);
  }

  // `step` passed: its failures, at whatever level, are resolved.
  void resolve(StepId step) noexcept {
    if (!in_reset() || beyond_repair()) return;
    for (Level* at = in_reset_.innermost; at != nullptr; at = at->outer) {
      if (at->marks.pending && at->owner == step) at->marks.pending = false;
    }
  }

  // How a scope ends. Unless it is verified, claimed or untouched, level.first says why.
  [[gnu::noinline, gnu::cold]] Outcome judge(Level& level, Word answer, StepId verdict) noexcept {
    const bool unsupported = answer.failed() && answer.code() == Errc::unsupported;
    if (is_broken()) {
      record(answer.failed() && !unsupported ? answer : Word::error(Errc::out_of_order, 0, "finish"), verdict,
             an_event);
      if (!level.marks.pending) level.first = in_reset_.innermost->first;
    } else if (unsupported && !level.marks.touched) {
      return Outcome::untouched;
    } else if (answer.failed()) {
      if (!is_left_for_failure(level, answer)) record(after_touch(answer), verdict, an_answer);
    } else if (level.marks.pending) {
      level.first = level.first.with_unresolved();
    } else if (const Word evidence = answer.without_claim();
               !proves(evidence, level) || (failures() != 0 && evidence.tail < in_reset_.good_from)) {
      record(Word::error(Errc::invalid_evidence, 0, "finish"), verdict, an_event);
    } else if (!answer.claimed()) {
      return Outcome::verified;
    } else if (level.outer == nullptr && quarantined()) {
      record(Word::error(Errc::not_shown, 0, "finish"), verdict, an_event);
    } else {
      return Outcome::claimed;
    }
    return Outcome::failed;
  }

  // What nearly every failed scope ends with: its failure, as it was recorded.
  static bool is_failure_of(const Level& level, Word answer) noexcept {
    return level.marks.pending && answer.tail == level.first.tail;
  }
  // That a scope was left is all that is known.
  static bool is_abandoned(Word error) noexcept { return error.is(Errc::abandoned) && error.later() == 0; }
  static bool is_left_for_failure(const Level& level, Word answer) noexcept {
    return level.marks.pending && is_abandoned(answer) && !answer.recorded();
  }

  // Records a failure in the innermost scope. Returns the error as it is to be handed up: overrule() knows it as the
  // failure that it is now part of. An answer may be what a scope inside was left for.
  enum Source : bool { an_event, an_answer };
  [[gnu::noinline, gnu::cold]] Word record(Word error, StepId step, Source source) noexcept {
    return record_here(error, step, source);
  }
  Word record_here(Word error, StepId step, Source source) noexcept {
    Level& level = *in_reset_.innermost;
    if (level.marks.pending) return record_another(error, step, source);
    level.marks.touched = level.marks.pending = true;
    level.owner = step;
    return level.first = numbered(error);
  }
  [[gnu::noinline, gnu::cold]] Word record_another(Word error, StepId step, Source source) noexcept {
    Level& level = *in_reset_.innermost;
    if (level.failed_by(error)) {  // the same failure, handed in again, perhaps with a clean-up's error counted
      if (level.first.later() < error.later()) level.first = level.first.with_later(error.later());
      // By another step, then it is both steps' failure: who names it means both, and a retry of one is not enough.
      if (level.owner != step && level.owner != several_steps) level.owner = no_step;
      return error;
    }
    error = error.with_serial(level.first.serial());
    if (source == an_answer && is_abandoned(level.first) && !error.is(Errc::abandoned) && !is_broken()) {
      if (level.owner != step) level.owner = no_step;
      return level.first = error;
    }
    level.meet(step, 1);
    return error;
  }

  // The serials of a device's failures go on from reset to reset. They start at a number made from its address, so that
  // an error of another device, or of the one that was at this address before, is hardly taken for one of this.
  Word numbered(Word error) noexcept {
    if (!numbered_) {
      numbered_ = true;
      std::uint64_t start = reinterpret_cast<std::uintptr_t>(this) ^ now_ << 8;
      start = (start ^ start >> 31) * 0x9e3779b97f4a7c15u;
      serial_ = static_cast<std::uint16_t>((start ^ start >> 29) * 0x9e3779b97f4a7c15u >> 48);
    }
    if (failures() == 0) in_reset_.good_from = 0;
    if (failures() == most_failures) return error.without_serial();
    control_ += one_failure;
    return error.with_serial(++serial_);
  }

  // What failed inside a scope is one failure of the scope around it. Returns the error as it is known there.
  Word hand_up(const Level& level, Level& around, StepId verdict) noexcept {
    if (!level.marks.pending) return level.first;  // out of order: it was recorded there
    if (!around.marks.pending) {
      around.marks.pending = true;
      around.owner = verdict;
      return around.first = level.first;
    }
    const Word older = is_older(level.first, around.first) ? level.first : around.first;
    around.meet(verdict, level.first.later() + 1u);
    const Word named = level.first.with_serial(around.first.serial());
    around.first = older.with_later(around.first.later()).with_serial(around.first.serial());
    return named;
  }
  // Of two failures of this reset. Only out of order is the inner one the older.
  bool is_older(Word a, Word b) const noexcept {
    const unsigned before = serial_ - failures();
    return a.recorded() &&
           static_cast<std::uint16_t>(a.serial() - before) < static_cast<std::uint16_t>(b.serial() - before);
  }

  void unlink(Level& level) noexcept {
    if (in_reset_.innermost == &level) {
      in_reset_.innermost = level.outer;
    } else {  // out of order
      Level* inner = in_reset_.innermost;
      for (; inner->outer != &level; inner = inner->outer) --inner->marks.depth;
      --inner->marks.depth;
      inner->outer = level.outer;
      if (level.outer == nullptr && quarantined()) inner->reason = level.reason;
    }
  }

  struct InReset {
    Level* innermost;
    std::uint64_t good_from;  // older evidence proves nothing, since a reset step failed then; set by the first failure
  };

  std::uint64_t now_;  // the number of the reset, and the moment
  std::uint32_t control_ = idle;
  std::uint16_t serial_ = 0;  // of the last recorded failure
  bool numbered_ = false;     // one was
  Fence fence_ = in_use;
  union {
    InReset in_reset_;
    Word reason_;  // at other times: of the quarantine
  };
};

}  // namespace detail
}  // namespace reset_guard
