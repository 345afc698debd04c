// One device, as the state table has it: a machine that goes along the table's rows. What the rows leave open is added
// from what the documentation says of them, and from nothing that the library does: how many scopes are open, what the
// device was before, which failure stays in which scope, and that the first error is the one reported.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "state_table.hpp"

namespace state_walk {

using namespace state_table;

inline constexpr unsigned depth_limit = 50;

// --- the table, looked up ---

constexpr std::size_t row_index(State state, Event event) {
  for (std::size_t i = 0; i != row_count; ++i) {
    if (rows[i].from == state && rows[i].event == event) return i;
  }
  return row_count;
}

inline constexpr auto row_indices = [] {
  std::array<std::array<std::uint8_t, event_count>, state_count> indices{};
  for (std::size_t state = 0; state != state_count; ++state) {
    for (std::size_t event = 0; event != event_count; ++event) {
      indices[state][event] =
          static_cast<std::uint8_t>(row_index(static_cast<State>(state), static_cast<Event>(event)));
    }
  }
  return indices;
}();

inline constexpr std::size_t next_count = static_cast<std::size_t>(State::trapped) + 1;

// Whether the row leads to `next`: a row whose next state depends on the past is several edges.
constexpr bool leads_to(const Row& row, State next) {
  if (row.to == State::before) return next == State::quarantined || next == State::unfenced;
  if (row.to == State::outer) {
    return next == State::in_reset || next == State::in_reset_again || next == State::nested;
  }
  return row.to == next;
}

// How often each edge was gone along.
struct Visits {
  std::array<std::array<std::uint64_t, next_count>, row_count> edges{};
};

// --- what is expected ---

// The answers that are right. More than one only after scopes have ended out of order, for which the documentation
// says that everything fails, and not with which of the errors.
class Answers {
 public:
  constexpr Answers() = default;
  constexpr Answers(Errc code) : bits_(1u << static_cast<unsigned>(code)) {}

  constexpr bool has(Errc code) const { return (bits_ & Answers(code).bits_) != 0; }
  constexpr Answers& operator|=(Answers other) {
    bits_ |= other.bits_;
    return *this;
  }

 private:
  std::uint32_t bits_ = 0;
};

// Whose failure it is, and so what resolves it: a retry of the same step (or of a scope with its verdict), and
// overrule() for all but the last two.
enum class Owner : std::uint8_t { work, close, nobody, several, broken_order };

struct Failure {
  Answers codes;
  Owner owner;
  unsigned id;
  bool abandoned = false;  // only that a scope was left is known: the error that it was left for may still come
};

struct Scope {
  bool touched = false;
  std::uint64_t opened = 0;  // at which moment
  std::optional<Failure> failure{};
};

// What a hook answers. Its own error is no_memory, as in the table.
enum class Reply : std::uint8_t { succeeds, fails, says_unfenced };

// What a scope is finished with.
enum class Claim : std::uint8_t { good_evidence, good_claim, wrong_evidence, error, unsupported, nothing };

class Machine {
 public:
  explicit Machine(Visits* visits) : visits_(visits) {}

  void count_visits(bool count) { counts_ = count; }

  // --- what can be seen of the device ---

  State state() const { return state_; }
  const Row& row() const { return rows[row_]; }  // the last that was gone along
  Hook expected_hook() const { return hook_; }   // that the last call calls; none: it was called
  void hook_is_called() { hook_ = Hook::none; }
  const Answers& answers() const { return answers_; }  // of the last call

  bool hook_runs() const { return prepare_runs(state_) || done_runs(state_); }
  bool scope_is_open() const { return has_scope(state_); }
  unsigned depth() const { return depth_; }  // the scope that prepare is called for counts
  bool in_reset() const { return depth_ != 0 || done_runs(state_); }
  bool quarantined() const {
    return state_ == State::quarantined || state_ == State::unfenced || (in_reset() && before_ != State::idle);
  }
  bool unfenced() const { return state_ == State::unfenced; }
  std::uint64_t epoch() const { return epoch_; }
  std::uint64_t moment() const { return moment_; }
  // Whether evidence that was made at that moment is good for the innermost scope.
  bool proves(std::uint64_t moment) const { return moment >= scopes_[depth_].opened && moment >= good_from_; }
  const Answers& reason() const { return reason_; }  // of the quarantine

  // Whether the last call's error is one that overrule() may be given: it was recorded as a failure.
  bool was_recorded() const { return recorded_; }

  // --- what a caller does; when it calls a hook, the answer is there after hook_replies() ---

  void enter() {
    if (hook_runs()) return refuse_inside(Event::enter_inside);
    if (depth_ == depth_limit) return refuse(Event::enter);
    if (depth_ == 0) {
      before_ = state_;
      broken_ = false;
      codes_ = Answers();
      ++epoch_;
    }
    answers_ = go(depth_ == depth_limit - 1 ? Event::enter_last : Event::enter).answer;
    scopes_[++depth_] = Scope();
    innermost().opened = ++moment_;
  }

  // A step is done in the innermost scope; so is the mint of the evidence that a scope is finished with.
  void step_is_done(Owner step) {
    quiet(Errc{});
    innermost().touched = true;
    resolve(step);
  }
  void step_fails(Owner step, Errc code) {
    quiet(code);
    make_void();
    if (!take_place(code, step)) record(code, step);
  }
  void touch() {
    quiet(Errc{});
    innermost().touched = true;
  }

  // By the last error that was recorded, in the innermost scope.
  void overrule() {
    std::optional<Failure>& failure = innermost().failure;
    const bool named = failure && failure->id == known_error_ && failure->owner != Owner::several &&
                       failure->owner != Owner::broken_order;
    if (named) failure.reset();
    quiet(named ? Errc{} : Errc::not_recorded);
  }

  // The innermost scope ends. `verdict`: the step that its evidence is of, or would be.
  void end(Claim claim, Owner verdict) {
    const Scope scope = innermost();
    const bool failure_pending = scope.failure || broken_;
    const Row& row = go(event_of(claim, scope.touched, failure_pending));
    --depth_;
    recorded_ = row.failure;
    answers_ = row.answer;
    if (!row.failure) {
      if (row.answer == Errc{}) {
        innermost().touched = true;
        resolve(verdict);
      }
      return;
    }
    make_void();
    const bool left = claim == Claim::nothing && !scope.failure && !broken_;
    const bool placed = scope.failure && scope.failure->abandoned && !broken_ &&
                        (row.event == Event::finish_error || row.event == Event::finish_too_late);
    if (broken_) {
      codes_ |= Errc::out_of_order;
      if (claim == Claim::error || claim == Claim::nothing) codes_ |= row.answer;
      answers_ = codes_;
    } else if (scope.failure && !placed && row.event != Event::finish_unresolved) {
      answers_ = scope.failure->codes;
    }
    codes_ |= answers_;
    const bool still = scope.failure && scope.failure->abandoned && claim == Claim::nothing;
    hand_up({answers_, broken_ ? Owner::broken_order : verdict, scope.failure ? scope.failure->id : ++ids_,
             !broken_ && (left || still)});
  }

  // The scope around the innermost one is finished, with evidence.
  void end_outer_first() {
    step_is_done(Owner::close);
    const Answers answer = go(Event::finish_outer_first).answer;
    recorded_ = true;
    broken_ = true;
    codes_ |= answer;
    scopes_[depth_ - 1] = scopes_[depth_];
    --depth_;
    const unsigned id = innermost().failure ? innermost().failure->id : ++ids_;
    innermost() = {true, moment_, Failure{codes_, Owner::broken_order, id}};
    known_error_ = id;
    answers_ = codes_;
  }

  // A scope that has ended is finished.
  void finish_ended() {
    if (depth_ == 0) {
      answers_ = go(Event::finish_ended).answer;
      recorded_ = false;
    } else {
      refuse(Event::finish_ended);
      answers_ = broken_ ? codes_ : innermost().failure->codes;
    }
  }

  void release() {
    if (hook_runs()) return refuse_inside(Event::release_inside);
    if (depth_ == 0) before_ = state_;
    answers_ = go(Event::release).answer;
    recorded_ = false;
  }

  // Its state is destroyed. If the program lives on, the state is built anew, from the epoch that it had reached.
  // Returns whether it does.
  bool destroy() {
    const bool lives = go(Event::destroy).to == State::destroyed;
    quiet(Errc{});
    if (lives) state_ = before_ = State::idle;
    return lives;
  }

  // --- what a hook does ---

  void hook_replies(Reply reply) {
    static constexpr Errc own[] = {Errc{}, Errc::no_memory, Errc::unfenced};
    const bool in_prepare = prepare_runs(state_);
    const std::optional<Failure> failure = innermost().failure;
    const Answers finished = answers_before_hook_;
    const Row& row = go(reply == Reply::fails           ? Event::hook_fails
                        : reply == Reply::says_unfenced ? Event::hook_unfenced
                        : refused_                      ? Event::hook_ok_after_refusal
                                                        : Event::hook_ok);
    answers_ = row.answer;
    if (in_prepare && row.answer == Errc{}) {
      recorded_ = false;
      return;
    }
    recorded_ = failure.has_value();
    if (failure) {
      answers_ = failure->codes;  // the first error
    } else if (row.from == State::blocking) {
      // 'Unsupported' under quarantine is no failure: then done's is the first.
      answers_ = reply == Reply::succeeds ? finished : Answers(own[static_cast<int>(reply)]);
    }
    const bool reason_stands =
        in_prepare || row.from == State::releasing || (row.from == State::blocking && finished.has(Errc::unsupported));
    if (!reason_stands) reason_ = answers_;
    depth_ = 0;
    scopes_[0] = Scope();
  }

 private:
  Scope& innermost() { return scopes_[depth_]; }

  // Along the row of this event, to the next state.
  const Row& go(Event event) {
    row_ = row_indices[static_cast<std::size_t>(state_)][static_cast<std::size_t>(event)];
    if (row_ == row_count) std::abort();  // the explorer does what the table says cannot happen
    const Row& row = rows[row_];
    State next = row.to;
    if (next == State::before) next = before_;
    if (next == State::outer) {
      next = depth_ > 2 ? State::nested : before_ == State::idle ? State::in_reset : State::in_reset_again;
    }
    if (counts_) ++visits_->edges[row_][static_cast<std::size_t>(next)];
    state_ = next;
    hook_ = row.hook;
    if (row.hook != Hook::none) {
      answers_before_hook_ = row.answer;
      refused_ = false;
    }
    recorded_ = false;
    return row;
  }

  Event event_of(Claim claim, bool touched, bool failure_pending) const {
    switch (claim) {
      case Claim::good_evidence: return failure_pending ? Event::finish_unresolved : Event::finish_evidence;
      case Claim::good_claim: return failure_pending ? Event::finish_unresolved : Event::finish_claim;
      case Claim::wrong_evidence: return failure_pending ? Event::finish_unresolved : Event::finish_stale;
      case Claim::error: return Event::finish_error;
      case Claim::unsupported: return touched || failure_pending ? Event::finish_too_late : Event::finish_unsupported;
      default: return Event::scope_ends;
    }
  }

  // A call that is no event of the table: it changes no state.
  void quiet(Errc answer) {
    hook_ = Hook::none;
    answers_ = answer;
    recorded_ = false;
  }

  void refuse_inside(Event event) {
    refused_ = true;
    refuse(event);
  }
  // A refusal is a failure of the reset that tried it. Inside done it is the reset's own: no scope is open.
  void refuse(Event event) {
    const Row& row = go(event);
    if (row.failure) record(row.answer, Owner::nobody);
    answers_ = row.answer;
  }

  void make_void() { good_from_ = ++moment_; }
  // The error that a scope inside was left for is that scope's.
  bool take_place(Errc code, Owner step) {
    std::optional<Failure>& failure = innermost().failure;
    if (!failure || !failure->abandoned || broken_) return false;
    codes_ |= code;
    failure->codes = code;
    if (failure->owner != step) failure->owner = Owner::nobody;
    failure->abandoned = false;
    known_error_ = failure->id;
    recorded_ = true;
    return true;
  }

  void record(Errc code, Owner owner) {
    codes_ |= code;
    innermost().touched = true;
    add(innermost().failure, {code, owner, ids_ + 1});
  }
  // What failed inside is one failure of the scope around.
  void hand_up(const Failure& failure) {
    innermost().touched = true;
    add(innermost().failure, failure);
  }
  void add(std::optional<Failure>& failure, const Failure& another) {
    ids_ = another.id > ids_ ? another.id : ids_;
    if (!failure) {
      failure = another;
      known_error_ = failure->id;
      recorded_ = true;
      return;
    }
    failure->abandoned = false;
    if (failure->owner == Owner::broken_order || another.owner == Owner::broken_order) {
      failure->owner = Owner::broken_order;
    } else if (failure->owner != another.owner || another.owner == Owner::nobody) {
      failure->owner = Owner::several;
    }
    if (broken_) failure->codes |= codes_;
    known_error_ = failure->id;
    recorded_ = true;
  }

  void resolve(Owner step) {
    for (unsigned level = 1; level <= depth_; ++level) {
      std::optional<Failure>& failure = scopes_[level].failure;
      if (failure && failure->owner == step) failure.reset();
    }
  }

  Visits* visits_;
  bool counts_ = false;
  std::size_t row_ = 0;
  State state_ = State::idle;
  State before_ = State::idle;  // the reset, or the release
  Hook hook_ = Hook::none;
  Answers answers_{};
  Answers answers_before_hook_{};
  bool refused_ = false;  // the hook that runs was refused an enter
  bool recorded_ = false;
  bool broken_ = false;  // scopes of this reset have ended out of order
  Answers codes_{};      // of all failures of this reset
  Answers reason_{};
  std::uint64_t epoch_ = 0;      // resets
  std::uint64_t moment_ = 0;     // of all resets
  std::uint64_t good_from_ = 0;  // older evidence proves nothing
  unsigned ids_ = 0;
  unsigned known_error_ = 0;  // the failure that the last recorded error names
  unsigned depth_ = 0;
  std::array<Scope, depth_limit + 1> scopes_{};  // the outermost is 1; 0 stands for the reset itself, once that ended
};

}  // namespace state_walk
