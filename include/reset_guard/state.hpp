/// How deep resets may nest: depth_limit. And, for the library's own use, what a ResetState does.
//
// 40 bytes, of which a successful reset touches the first 8.
//
//   byte   what
//   0      open scopes (0 to 50); bit 6: look closer; bit 7: a hook is running
//   1      the innermost level that was touched; bit 6: quarantined; bit 7: unfenced
//   2-3    serial of the last recorded error
//   4-7    epoch: one more with every outermost enter and every failed reset step; wraps after 2^32
//   8-39   the ledger (ledger.hpp)
//
// 'Look closer' stands for everything unusual (a pending failure, a quarantine), so that one comparison of byte 0
// decides between the short path and the long one, at enter and at finish.
//
// After the epoch has wrapped, evidence that was kept through exactly 2^32 enters and failures would be taken as new.
#pragma once

#include <cstdint>

#include "evidence.hpp"
#include "ledger.hpp"
#include "outcome.hpp"
#include "trap.hpp"
#include "word.hpp"

namespace reset_guard {

/// How many scopes of one device may be open at once.
inline constexpr unsigned depth_limit = 50;

namespace detail {

// How a scope ended.
struct Settlement {
  Word answer;     // the scope's evidence when it is verified, otherwise its failure
  bool outermost;  // done is to be called, with
  Outcome outcome;
};

class StateMachine {
 public:
  constexpr explicit StateMachine(std::uint32_t epoch) noexcept : epoch_(epoch) {}
  StateMachine(const StateMachine&) = delete;
  StateMachine& operator=(const StateMachine&) = delete;
  constexpr ~StateMachine() {
    if (in_reset()) trap("a device's reset state was destroyed in mid-reset: end its scopes first");
  }

  constexpr unsigned depth() const noexcept { return depth_ & depth_mask; }
  constexpr bool in_reset() const noexcept { return (depth_ & ~look_closer) != 0; }
  constexpr bool quarantined() const noexcept { return (mark_ & quarantined_bit) != 0; }
  constexpr bool unfenced() const noexcept { return (mark_ & unfenced_bit) != 0 && !in_reset(); }
  constexpr std::uint32_t epoch() const noexcept { return epoch_; }
  constexpr const Error& reason() const noexcept { return ledger_.first(); }

  // --- enter ---

  constexpr bool is_idle() const noexcept { return depth_ == 0; }
  constexpr bool can_nest() const noexcept { return static_cast<std::uint8_t>(depth_ - 1) < depth_limit - 1; }

  constexpr void begin_prepare() noexcept {
    depth_ = 1 | in_hook;
    mark_ = 0;
    ++epoch_;
  }
  constexpr void end_prepare() noexcept { depth_ ^= in_hook; }
  constexpr std::uint8_t nest() noexcept { return ++depth_; }

  enum class Entry : std::uint8_t { outermost, nested, hook_reentered, too_deep };

  // What an enter is when it is neither the first of an idle device nor a plain nested one.
  [[gnu::noinline, gnu::cold]] constexpr Entry enter_slowly() noexcept {
    if ((depth_ & in_hook) != 0) return Entry::hook_reentered;
    if (depth() == 0) {  // quarantined
      const std::uint8_t kept = mark_ & flags;
      begin_prepare();
      mark_ = kept;
      depth_ |= look_closer;
      return Entry::outermost;
    }
    if (depth() >= depth_limit) return Entry::too_deep;
    nest();
    return Entry::nested;
  }

  // Prepare has failed on a device that was idle: nothing is held. False: cancel_slowly() is to do it.
  constexpr bool cancel_prepare() noexcept {
    if (depth_ != (1 | in_hook)) [[unlikely]]
      return false;
    depth_ = 0;
    return true;
  }

  // The same with anything unusual: a quarantine from before stays. Returns the first error: the hook's own comes after
  // an enter that it was refused.
  [[gnu::noinline, gnu::cold]] constexpr Error cancel_slowly(Error error) noexcept {
    if (ledger_.pending()) {
      if (!ledger_.is_pending(error)) ledger_.count_later();
      error = ledger_.first();
    }
    ledger_.close();
    mark_ &= flags;
    depth_ = quarantined() ? look_closer : 0;
    return error;
  }

  // A nested scope was entered: what was pending until now waits in `into`.
  constexpr bool pending() const noexcept { return ledger_.pending(); }
  [[gnu::noinline, gnu::cold]] constexpr void suspend(Suspended& into) noexcept {
    ledger_.suspend(into, static_cast<std::uint8_t>(depth()));
  }
  constexpr void relocate(Suspended& from, Suspended& to) noexcept { ledger_.relocate(from, to); }

  // --- inside ---

  constexpr Stamp stamp() const noexcept { return {this, epoch_}; }
  // The word of evidence that is good now. What proves() has accepted is this, and need not be kept meanwhile.
  constexpr Word proof() const noexcept { return {this, epoch_}; }

  constexpr Stamp mint(StepId step) noexcept {
    if ((depth_ & ~depth_mask) == 0) [[likely]] {
      mark_ = depth_;
    } else {
      mint_slowly(step);
    }
    return stamp();
  }

  constexpr void touch() noexcept { mark_ = static_cast<std::uint8_t>((mark_ & flags) | depth()); }

  // Records a failure at the innermost level. 'Unsupported' from an untouched device is none.
  [[gnu::noinline, gnu::cold]] Error fail(Error error, StepId step, bool resets) noexcept {
    if (depth() == 0 && !in_reset()) return error;  // outside a reset there is no ledger to keep it
    if (error.code == Errc::unsupported) {
      if (is_untouched()) return error;
      error.code = Errc::touched;
    }
    touch();
    if (resets) ++epoch_;
    return record(error, step);
  }

  [[gnu::noinline, gnu::cold]] bool supersede(const Error& error, std::uint8_t level) noexcept {
    const bool named = ledger_.supersede(error, level);
    look();
    return named;
  }

  // --- finish ---

  // Whether a scope of this level, with this answer, ends as verified with nothing to look at.
  constexpr bool ends_cleanly(unsigned level, Word answer) const noexcept { return proves(answer) && depth_ == level; }
  constexpr void leave() noexcept {
    --depth_;
    mark_ = depth_;
  }
  constexpr void begin_done() noexcept { depth_ = in_hook; }
  constexpr bool done_was_quiet() const noexcept { return depth_ == in_hook; }
  constexpr void end_done() noexcept {
    depth_ = 0;
    mark_ = 0;
  }

  // Ends a scope: judges its answer, an error or evidence; hands its failure to the level below. After an outermost
  // settlement the caller calls done and then settle_done().
  Settlement settle(std::uint8_t level, Suspended* suspended, Word word, StepId scope) noexcept {
    // What nearly every failure is: the only one, handed up as it was recorded. Two levels of it: 435 instructions with
    // this way and 835 without (g++ 12; clang 19: 428 and 728; bench/counts, case sticky).
    if (depth_ == (level | look_closer) && ledger_.is_all_there_is(word)) {
      ledger_.fold(scope);
      ++epoch_;
      depth_ = static_cast<std::uint8_t>((level - 1) | look_closer);
      mark_ = static_cast<std::uint8_t>((mark_ & flags) | (level - 1));
      return {word, level == 1, Outcome::failed};
    }
    return settle_slowly(level, suspended, word, scope);
  }

  [[gnu::noinline, gnu::cold]] Settlement settle_slowly(std::uint8_t level, Suspended* suspended, Word word,
                                                        StepId scope) noexcept {
    Error answer = word.error();
    const bool in_order = depth() == level;
    const bool failed = answer.code != Errc{};
    bool verified = false;
    bool recorded = true;  // false: 'unsupported', and nothing happened
    StepId owner = scope;
    if (!in_order || ledger_.is_broken()) {
      const bool says_why = failed && answer.code != Errc::unsupported;
      answer = record(says_why ? answer : Error(Errc::out_of_order, 0, "finish"), &broken_nesting);
      owner = &broken_nesting;
    } else if (failed && answer.code == Errc::unsupported && is_untouched() && !ledger_.pending()) {
      recorded = false;
    } else if (failed) {
      if (answer.code == Errc::unsupported) answer.code = Errc::touched;
      if (ledger_.pending() && answer.code == Errc::abandoned && !Ledger::is_recorded(answer)) {
        answer = ledger_.first();  // left because of it: no error of its own
      } else {
        record(answer, scope);
      }
    } else if (ledger_.pending()) {
      ledger_.launder();
    } else if (!proves(word)) {
      record(Error(Errc::foreign_evidence, 0, "finish"), scope);
    } else {
      verified = true;
    }
    if (!verified && recorded) {
      ledger_.fold(owner);
      ++epoch_;  // what was proved before it is not proved any more
      answer = ledger_.first();
    }

    depth_ = static_cast<std::uint8_t>((depth_ & ~depth_mask) | (depth() - 1));
    if (recorded) touch();
    if (suspended != nullptr) ledger_.resume(*suspended);
    if (verified) ledger_.resolve(scope);
    look();
    if (recorded && !verified) answer = ledger_.name(answer);
    Outcome outcome = Outcome::failed;
    if (verified) outcome = Outcome::verified;
    if (!recorded && (depth() != 0 || !quarantined())) outcome = Outcome::untouched;
    return {verified ? word : Word::of(answer), depth() == 0, outcome};
  }

  // done has answered `status` to `outcome`; `answer` is what settle() said. Returns what finish answers: the first
  // error of all, or the evidence.
  Word settle_done(Outcome outcome, Word answer, Word status) noexcept {
    const bool done_failed = status.failed();
    const bool lifts = outcome != Outcome::failed;
    const bool released = outcome == Outcome::released;
    const bool reason_stands = outcome == Outcome::failed || outcome == Outcome::released;
    if (done_failed && reason_stands) {
      if (!ledger_.is_pending(status.error())) ledger_.count_later();
      if (!ledger_.pending()) answer = status;
    } else if (done_failed) {
      record(status.error(), &no_step);
    }
    if (ledger_.pending()) answer = Word::of(ledger_.first());  // also when the hook entered a scope, and was refused
    if (done_failed || ledger_.pending()) outcome = Outcome::failed;
    ledger_.close();
    if (outcome == Outcome::failed) {
      // The fence is gone when done said so, when it lifted it after all, or when a release began without one.
      const bool unfenced = (done_failed && status.error().code == Errc::unfenced) || (lifts && !done_failed) ||
                            (released && done_failed && (mark_ & unfenced_bit) != 0);
      mark_ = static_cast<std::uint8_t>(quarantined_bit | (unfenced ? unfenced_bit : 0));
      depth_ = look_closer;
    } else {
      end_done();
    }
    return answer;
  }

  // A finish of a scope that is borrowed or has ended, or a move of a borrowed one: recorded, and it ends nothing.
  [[gnu::noinline, gnu::cold]] Error refuse_finish(Error answer, const char* what) noexcept {
    const Error refusal(Errc::out_of_order, 0, what);
    const bool failed = answer.code != Errc{} && answer.code != Errc::unsupported;
    if (!in_reset()) return failed ? answer : refusal;
    touch();
    if (failed) record(answer, &no_step);
    record(refusal, &no_step);
    return ledger_.first();
  }

  // A nested enter was refused: a failure of the reset that tried it.
  [[gnu::noinline, gnu::cold]] Error refuse_enter(Entry why) noexcept {
    const Error refusal(why == Entry::too_deep ? Errc::too_deep : Errc::hook_reentered, 0, "enter");
    touch();
    return record(refusal, &no_step);
  }

  // --- quarantine ---

  // What was tried under quarantine changed nothing: the reason from before it stands.
  constexpr void keep_reason(const Error& reason) noexcept {
    if (quarantined()) ledger_.keep(reason);
  }

  // The error that refuses release_quarantine() now; Success::error() if it may go on to done and settle_done().
  [[gnu::noinline, gnu::cold]] Error refuse_release() noexcept {
    if ((depth_ & in_hook) != 0) return refuse_enter(Entry::hook_reentered);
    if (depth() != 0) return Error(Errc::out_of_order, 0, "release_quarantine: a reset is under way");
    if (!quarantined()) return Error(Errc::invalid, 0, "release_quarantine: not quarantined");
    return Success::error();
  }

 private:
  static constexpr std::uint8_t depth_mask = 0x3f;
  static constexpr std::uint8_t look_closer = 0x40;
  static constexpr std::uint8_t in_hook = 0x80;
  static constexpr std::uint8_t quarantined_bit = 0x40;
  static constexpr std::uint8_t unfenced_bit = 0x80;
  static constexpr std::uint8_t flags = quarantined_bit | unfenced_bit;

  // Whether the answer is evidence for this device, in this reset, and newer than its last failed reset step.
  constexpr bool proves(Word answer) const noexcept { return answer.head == this && answer.tail == epoch_; }

  constexpr unsigned touched_level() const noexcept { return mark_ & depth_mask; }
  constexpr bool is_untouched() const noexcept { return touched_level() < depth(); }

  [[gnu::noinline, gnu::cold]] constexpr void mint_slowly(StepId step) noexcept {
    touch();
    ledger_.resolve(step);
    look();
  }

  // Serials of one device are counted; they start at a number made from its address and epoch, so that an error of
  // another device, or of the one that was at this address before, is hardly taken for one of this. 0 is no serial.
  Error record(Error error, StepId step) noexcept {
    if (error.code == Errc{}) error.code = Errc::invalid;  // overwritten with 0 by hand: still a failure
    if (serial_ == 0) {
      std::uint64_t start = reinterpret_cast<std::uintptr_t>(this) ^ std::uint64_t{epoch_} << 32;
      start = (start ^ start >> 31) * 0x9e3779b97f4a7c15u;
      serial_ = static_cast<std::uint16_t>((start ^ start >> 29) * 0x9e3779b97f4a7c15u >> 48);
    }
    if (++serial_ == 0) serial_ = 1;
    depth_ |= look_closer;
    return ledger_.record(error, step, serial_);
  }

  constexpr void look() noexcept {
    const bool usual = ledger_.empty() && !quarantined();
    depth_ = static_cast<std::uint8_t>(usual ? depth_ & ~look_closer : depth_ | look_closer);
  }

  std::uint8_t depth_ = 0;
  std::uint8_t mark_ = 0;
  std::uint16_t serial_ = 0;
  std::uint32_t epoch_;
  Ledger ledger_;
};

}  // namespace detail
}  // namespace reset_guard
