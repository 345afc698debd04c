// The ledger of one device: the failure that nothing has resolved yet.
//
// It has room for one failure, of the innermost scope. What was pending when that scope was entered is suspended: it
// lies in the scope object, and the suspended failures form a list from the inside out.
#pragma once

#include <cstdint>

#include "error.hpp"

namespace reset_guard::detail {

// Whose failure it is: the address of a step_identity, or one of these.
using StepId = const void*;
inline char no_step{};         // no step's (a refused enter, an abandoned scope): only supersede() resolves it
inline char several_steps{};   // two steps failed at one level: nothing resolves it at this level
inline char broken_nesting{};  // scopes ended out of order: nothing resolves it in this reset

// A failure that waits, in an inner scope, for that scope to end.
struct Suspended {
  Error first;
  StepId step;
  Suspended* outer;
  std::uint8_t level;  // of the scope that holds it; the failure is of the level below
};

// Room for one.
union SuspendedPlace {
  constexpr SuspendedPlace() noexcept {}
  Suspended failure;
};

class Ledger {
 public:
  constexpr bool pending() const noexcept { return step_ != nullptr; }
  constexpr bool empty() const noexcept { return step_ == nullptr && outer_ == nullptr; }

  // The pending failure's first error; when nothing is pending, the last one that was (a quarantine's reason).
  constexpr const Error& first() const noexcept { return first_; }
  constexpr void count_later() noexcept { first_.count_later(); }

  // Records that `step` failed. Returns the error with the serial by which supersede() will know the failure: its own,
  // or that of the failure it meets.
  constexpr Error record(Error error, StepId step, std::uint16_t serial) noexcept {
    if (!pending()) {
      first_ = error;
      first_.serial_ = serial;
      step_ = step;
      return first_;
    }
    if (is_pending(error)) {  // the same failure, handed in again, perhaps with a clean-up's error counted
      if (first_.later < error.later) first_.later = error.later;
      // By another step, then it is both steps' failure: who names it means both, and a retry of one is not enough.
      if (step_ != step && step_ != &several_steps && step_ != &broken_nesting) step_ = &no_step;
      return error;
    }
    first_.count_later();
    step_ = meet(step_, step);
    error.serial_ = first_.serial_;
    return error;
  }

  // Scopes of this reset have ended out of order.
  constexpr bool is_broken() const noexcept {
    if (step_ == &broken_nesting) return true;
    for (const Suspended* at = outer_; at != nullptr; at = at->outer) {
      if (at->step == &broken_nesting) return true;
    }
    return false;
  }

  static constexpr bool is_recorded(const Error& error) noexcept { return error.serial_ != 0; }

  constexpr bool is_pending(const Error& error) const noexcept {
    return pending() && error.serial_ != 0 && error.serial_ == first_.serial_;
  }

  // Whether `answer` is the pending failure as it was recorded, and no other failure waits.
  constexpr bool is_all_there_is(Word answer) const noexcept {
    if (outer_ != nullptr || step_ == nullptr || step_ == &broken_nesting) return false;
    const Word first = Word::of(first_);
    return answer.tail == first.tail && answer.head == first.head;
  }

  // An error that a scope hands up names the failure that it became part of.
  constexpr Error name(Error error) const noexcept {
    if (pending()) error.serial_ = first_.serial_;
    return error;
  }

  // The pending failure is not to be read as it was recorded: success was claimed over it.
  constexpr void launder() noexcept { first_.code = Errc::laundered; }

  // What failed inside a scope becomes that scope's one failure.
  constexpr void fold(StepId scope) noexcept {
    if (step_ != &broken_nesting) step_ = scope;
  }

  // `step` was verified: its failures, at whatever level, are resolved.
  constexpr void resolve(StepId step) noexcept {
    if (step_ == step) step_ = nullptr;
    for (Suspended* at = outer_; at != nullptr; at = at->outer) {
      if (at->step == step) at->step = nullptr;
    }
  }

  // Resolves the failure that `error` was recorded as, if it was recorded at `level` or further in.
  constexpr bool supersede(const Error& error, std::uint8_t level) noexcept {
    if (is_pending(error)) return forget(step_);
    for (Suspended* at = outer_; at != nullptr && at->level > level; at = at->outer) {
      if (at->step != nullptr && error.serial_ != 0 && at->first.serial_ == error.serial_) return forget(at->step);
    }
    return false;
  }

  // The reason from before `first` was recorded is the one to read. The errors since then came later.
  constexpr void keep(const Error& reason) noexcept {
    if (first_.serial_ == reason.serial_) return;
    first_ = reason;
    first_.count_later();
  }

  // The pending failure is a kept reason from now on: it stays readable, and nothing is pending.
  constexpr void close() noexcept { step_ = nullptr; }

  constexpr void suspend(Suspended& into, std::uint8_t level) noexcept {
    into = Suspended{first_, step_, outer_, level};
    outer_ = &into;
    step_ = nullptr;
  }

  // The scope that holds `from` has ended: its failure and what is pending now meet at the level below.
  constexpr void resume(Suspended& from) noexcept {
    *link_to(from) = from.outer;
    if (from.step == nullptr) return;
    if (pending()) {
      const StepId met = meet(from.step, step_);
      const unsigned later = from.first.later + 1u + first_.later;
      if (static_cast<std::int16_t>(from.first.serial_ - first_.serial_) < 0) first_ = from.first;
      first_.later = static_cast<std::uint8_t>(later < 255 ? later : 255);
      step_ = met;
    } else {
      first_ = from.first;
      step_ = from.step;
    }
  }

  // The scope object that holds `from` was moved to another place.
  constexpr void relocate(Suspended& from, Suspended& to) noexcept {
    to = from;
    *link_to(from) = &to;
  }

 private:
  // Failures of one step are one failure. Those of no step are not known to be the same.
  static constexpr StepId meet(StepId a, StepId b) noexcept {
    if (a == &broken_nesting || b == &broken_nesting) return &broken_nesting;
    return a == b && a != &no_step ? a : &several_steps;
  }

  static constexpr bool forget(StepId& step) noexcept {
    if (step == &several_steps || step == &broken_nesting) return false;
    step = nullptr;
    return true;
  }

  constexpr Suspended** link_to(Suspended& target) noexcept {
    Suspended** link = &outer_;
    while (*link != &target) link = &(*link)->outer;
    return link;
  }

  Error first_ = Success::error();
  StepId step_ = nullptr;  // nullptr: nothing is pending
  Suspended* outer_ = nullptr;
};

}  // namespace reset_guard::detail
