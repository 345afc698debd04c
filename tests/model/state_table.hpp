// The state machine of one device's resets, as one table. The unit tests drive a real device through each row, and the
// documentation is drawn from it.
#pragma once

#include <reset_guard/error.hpp>
#include <reset_guard/outcome.hpp>

#include <cstddef>

namespace state_table {

using reset_guard::Errc;

enum class State {
  idle,
  preparing,
  in_reset,
  nested,
  at_limit,
  unblocking,
  claiming,
  putting_back,
  blocking,
  releasing,
  quarantined,
  unfenced,
  preparing_again,
  in_reset_again,
  // Only as a next state:
  before,     // the state that the outermost enter, or the release, came from
  outer,      // in reset, or in reset again: what the nested enter came from
  destroyed,  // gone, as it should be
  trapped,    // the program was stopped
};
inline constexpr std::size_t state_count = static_cast<std::size_t>(State::before);

enum class Event {
  // What a caller does.
  enter,
  enter_last,
  finish_evidence,
  finish_claim,
  finish_error,
  finish_unsupported,
  finish_too_late,
  finish_unresolved,
  finish_stale,
  finish_outer_first,
  finish_ended,
  scope_ends,
  release,
  // What a hook does.
  hook_ok,
  hook_fails,
  hook_unfenced,
  enter_inside,
  release_inside,
  hook_ok_after_refusal,
  // Either.
  destroy,
};
inline constexpr std::size_t event_count = static_cast<std::size_t>(Event::destroy) + 1;

enum class Hook { none, prepare, done_verified, done_claimed, done_untouched, done_failed, done_released };

struct Row {
  State from;
  Event event;
  State to;                // with a hook: the state while it runs
  Errc answer = Errc{};    // of the call; Errc{}: success. io is the handler's own error, no_memory the hook's
  Hook hook = Hook::none;  // the one that the event calls
  bool failure = false;    // the event leaves a failure in the ledger: the reset cannot be verified any more
};

inline constexpr Row rows[] = {
    // Idle.
    {State::idle, Event::enter, State::preparing, Errc{}, Hook::prepare},
    {State::idle, Event::finish_ended, State::idle, Errc::out_of_order},
    {State::idle, Event::release, State::idle, Errc::invalid},
    {State::idle, Event::destroy, State::destroyed},

    // Preparing: prepare runs.
    {State::preparing, Event::hook_ok, State::in_reset},
    {State::preparing, Event::hook_fails, State::idle, Errc::no_memory},
    {State::preparing, Event::enter_inside, State::preparing, Errc::hook_reentered, Hook::none, true},
    {State::preparing, Event::release_inside, State::preparing, Errc::hook_reentered, Hook::none, true},
    {State::preparing, Event::hook_ok_after_refusal, State::in_reset, Errc{}, Hook::none, true},
    {State::preparing, Event::destroy, State::trapped},

    // In reset: one scope.
    {State::in_reset, Event::enter, State::nested},
    {State::in_reset, Event::finish_evidence, State::unblocking, Errc{}, Hook::done_verified},
    {State::in_reset, Event::finish_claim, State::claiming, Errc{}, Hook::done_claimed},
    {State::in_reset, Event::finish_error, State::blocking, Errc::io, Hook::done_failed, true},
    {State::in_reset, Event::finish_unsupported, State::putting_back, Errc::unsupported, Hook::done_untouched},
    {State::in_reset, Event::finish_too_late, State::blocking, Errc::already_touched, Hook::done_failed, true},
    {State::in_reset, Event::finish_unresolved, State::blocking, Errc::unresolved_failure, Hook::done_failed, true},
    {State::in_reset, Event::finish_stale, State::blocking, Errc::invalid_evidence, Hook::done_failed, true},
    {State::in_reset, Event::finish_ended, State::in_reset, Errc::out_of_order, Hook::none, true},
    {State::in_reset, Event::scope_ends, State::blocking, Errc::abandoned, Hook::done_failed, true},
    {State::in_reset, Event::release, State::in_reset, Errc::out_of_order},
    {State::in_reset, Event::destroy, State::trapped},

    // Nested: 2 to 49 scopes.
    {State::nested, Event::enter, State::nested},
    {State::nested, Event::enter_last, State::at_limit},
    {State::nested, Event::finish_evidence, State::outer},
    {State::nested, Event::finish_claim, State::outer},
    {State::nested, Event::finish_error, State::outer, Errc::io, Hook::none, true},
    {State::nested, Event::finish_unsupported, State::outer, Errc::unsupported},
    {State::nested, Event::finish_too_late, State::outer, Errc::already_touched, Hook::none, true},
    {State::nested, Event::finish_unresolved, State::outer, Errc::unresolved_failure, Hook::none, true},
    {State::nested, Event::finish_stale, State::outer, Errc::invalid_evidence, Hook::none, true},
    {State::nested, Event::finish_outer_first, State::outer, Errc::out_of_order, Hook::none, true},
    {State::nested, Event::finish_ended, State::nested, Errc::out_of_order, Hook::none, true},
    {State::nested, Event::scope_ends, State::outer, Errc::abandoned, Hook::none, true},
    {State::nested, Event::release, State::nested, Errc::out_of_order},
    {State::nested, Event::destroy, State::trapped},

    // At the depth limit: 50 scopes.
    {State::at_limit, Event::enter, State::at_limit, Errc::too_deep, Hook::none, true},
    {State::at_limit, Event::finish_evidence, State::nested},
    {State::at_limit, Event::finish_claim, State::nested},
    {State::at_limit, Event::finish_error, State::nested, Errc::io, Hook::none, true},
    {State::at_limit, Event::finish_unsupported, State::nested, Errc::unsupported},
    {State::at_limit, Event::finish_too_late, State::nested, Errc::already_touched, Hook::none, true},
    {State::at_limit, Event::finish_unresolved, State::nested, Errc::unresolved_failure, Hook::none, true},
    {State::at_limit, Event::finish_stale, State::nested, Errc::invalid_evidence, Hook::none, true},
    {State::at_limit, Event::finish_outer_first, State::nested, Errc::out_of_order, Hook::none, true},
    {State::at_limit, Event::finish_ended, State::at_limit, Errc::out_of_order, Hook::none, true},
    {State::at_limit, Event::scope_ends, State::nested, Errc::abandoned, Hook::none, true},
    {State::at_limit, Event::release, State::at_limit, Errc::out_of_order},
    {State::at_limit, Event::destroy, State::trapped},

    // Finishing: done(verified) runs.
    {State::unblocking, Event::hook_ok, State::idle},
    {State::unblocking, Event::hook_fails, State::quarantined, Errc::no_memory},
    {State::unblocking, Event::hook_unfenced, State::unfenced, Errc::unfenced},
    {State::unblocking, Event::enter_inside, State::unblocking, Errc::hook_reentered, Hook::none, true},
    {State::unblocking, Event::release_inside, State::unblocking, Errc::hook_reentered, Hook::none, true},
    {State::unblocking, Event::hook_ok_after_refusal, State::unfenced, Errc::hook_reentered},
    {State::unblocking, Event::destroy, State::trapped},

    // Finishing: done(claimed) runs.
    {State::claiming, Event::hook_ok, State::idle},
    {State::claiming, Event::hook_fails, State::quarantined, Errc::no_memory},
    {State::claiming, Event::hook_unfenced, State::unfenced, Errc::unfenced},
    {State::claiming, Event::enter_inside, State::claiming, Errc::hook_reentered, Hook::none, true},
    {State::claiming, Event::release_inside, State::claiming, Errc::hook_reentered, Hook::none, true},
    {State::claiming, Event::hook_ok_after_refusal, State::unfenced, Errc::hook_reentered},
    {State::claiming, Event::destroy, State::trapped},

    // Finishing: done(untouched) runs.
    {State::putting_back, Event::hook_ok, State::idle, Errc::unsupported},
    {State::putting_back, Event::hook_fails, State::quarantined, Errc::no_memory},
    {State::putting_back, Event::hook_unfenced, State::unfenced, Errc::unfenced},
    {State::putting_back, Event::enter_inside, State::putting_back, Errc::hook_reentered, Hook::none, true},
    {State::putting_back, Event::release_inside, State::putting_back, Errc::hook_reentered, Hook::none, true},
    {State::putting_back, Event::hook_ok_after_refusal, State::unfenced, Errc::hook_reentered},
    {State::putting_back, Event::destroy, State::trapped},

    // Finishing: done(failed) runs.
    {State::blocking, Event::hook_ok, State::quarantined, Errc::io},
    {State::blocking, Event::hook_fails, State::quarantined, Errc::io},
    {State::blocking, Event::hook_unfenced, State::unfenced, Errc::io},
    {State::blocking, Event::enter_inside, State::blocking, Errc::hook_reentered, Hook::none, true},
    {State::blocking, Event::release_inside, State::blocking, Errc::hook_reentered, Hook::none, true},
    {State::blocking, Event::hook_ok_after_refusal, State::quarantined, Errc::io},
    {State::blocking, Event::destroy, State::trapped},

    // Finishing: done(released) runs.
    {State::releasing, Event::hook_ok, State::idle},
    {State::releasing, Event::hook_fails, State::before, Errc::no_memory},
    {State::releasing, Event::hook_unfenced, State::unfenced, Errc::unfenced},
    {State::releasing, Event::enter_inside, State::releasing, Errc::hook_reentered, Hook::none, true},
    {State::releasing, Event::release_inside, State::releasing, Errc::hook_reentered, Hook::none, true},
    {State::releasing, Event::hook_ok_after_refusal, State::unfenced, Errc::hook_reentered},
    {State::releasing, Event::destroy, State::trapped},

    // Quarantined: fenced, not to be used.
    {State::quarantined, Event::enter, State::preparing_again, Errc{}, Hook::prepare},
    {State::quarantined, Event::finish_ended, State::quarantined, Errc::out_of_order},
    {State::quarantined, Event::release, State::releasing, Errc{}, Hook::done_released},
    {State::quarantined, Event::destroy, State::destroyed},

    // Unfenced: quarantined, and done could not keep it fenced.
    {State::unfenced, Event::enter, State::preparing_again, Errc{}, Hook::prepare},
    {State::unfenced, Event::finish_ended, State::unfenced, Errc::out_of_order},
    {State::unfenced, Event::release, State::releasing, Errc{}, Hook::done_released},
    {State::unfenced, Event::destroy, State::destroyed},

    // Preparing again: prepare runs, the quarantine still holds.
    {State::preparing_again, Event::hook_ok, State::in_reset_again},
    {State::preparing_again, Event::hook_fails, State::before, Errc::no_memory},
    {State::preparing_again, Event::enter_inside, State::preparing_again, Errc::hook_reentered, Hook::none, true},
    {State::preparing_again, Event::release_inside, State::preparing_again, Errc::hook_reentered, Hook::none, true},
    {State::preparing_again, Event::hook_ok_after_refusal, State::in_reset_again, Errc{}, Hook::none, true},
    {State::preparing_again, Event::destroy, State::trapped},

    // In reset again: one scope, the quarantine still holds.
    {State::in_reset_again, Event::enter, State::nested},
    {State::in_reset_again, Event::finish_evidence, State::unblocking, Errc{}, Hook::done_verified},
    {State::in_reset_again, Event::finish_claim, State::blocking, Errc::not_shown, Hook::done_failed, true},
    {State::in_reset_again, Event::finish_error, State::blocking, Errc::io, Hook::done_failed, true},
    {State::in_reset_again, Event::finish_unsupported, State::blocking, Errc::unsupported, Hook::done_failed},
    {State::in_reset_again, Event::finish_too_late, State::blocking, Errc::already_touched, Hook::done_failed, true},
    {State::in_reset_again, Event::finish_unresolved, State::blocking, Errc::unresolved_failure, Hook::done_failed,
     true},
    {State::in_reset_again, Event::finish_stale, State::blocking, Errc::invalid_evidence, Hook::done_failed, true},
    {State::in_reset_again, Event::finish_ended, State::in_reset_again, Errc::out_of_order, Hook::none, true},
    {State::in_reset_again, Event::scope_ends, State::blocking, Errc::abandoned, Hook::done_failed, true},
    {State::in_reset_again, Event::release, State::in_reset_again, Errc::out_of_order},
    {State::in_reset_again, Event::destroy, State::trapped},
};
inline constexpr std::size_t row_count = sizeof rows / sizeof rows[0];

// --- completeness: each event that can happen in a state has its row, once ---

constexpr bool prepare_runs(State state) { return state == State::preparing || state == State::preparing_again; }
constexpr bool done_runs(State state) {
  return state == State::unblocking || state == State::claiming || state == State::putting_back ||
         state == State::blocking || state == State::releasing;
}
constexpr bool has_scope(State state) {
  return state == State::in_reset || state == State::in_reset_again || state == State::nested ||
         state == State::at_limit;
}

constexpr bool can_happen(State state, Event event) {
  const bool hook_runs = prepare_runs(state) || done_runs(state);
  switch (event) {
    case Event::enter:
    case Event::finish_ended:
    case Event::release: return !hook_runs;  // inside a hook they are enter_inside and release_inside
    case Event::enter_last: return state == State::nested;
    case Event::finish_outer_first: return state == State::nested || state == State::at_limit;
    case Event::finish_evidence:
    case Event::finish_claim:
    case Event::finish_error:
    case Event::finish_unsupported:
    case Event::finish_too_late:
    case Event::finish_unresolved:
    case Event::finish_stale:
    case Event::scope_ends: return has_scope(state);
    case Event::hook_unfenced: return done_runs(state);
    case Event::hook_ok:
    case Event::hook_fails:
    case Event::enter_inside:
    case Event::release_inside:
    case Event::hook_ok_after_refusal: return hook_runs;
    case Event::destroy: return true;
  }
  return false;
}

constexpr bool is_complete() {
  for (std::size_t state = 0; state != state_count; ++state) {
    for (std::size_t event = 0; event != event_count; ++event) {
      std::size_t found = 0;
      for (const Row& row : rows) {
        found += row.from == static_cast<State>(state) && row.event == static_cast<Event>(event);
      }
      if (found != (can_happen(static_cast<State>(state), static_cast<Event>(event)) ? 1 : 0)) return false;
    }
  }
  return true;
}
static_assert(is_complete(), "a row is missing, is there twice, or is for an event that cannot happen");

// Whether the event is one that a correct program may cause, and that moves the machine.
constexpr bool is_legal_edge(const Row& row) {
  return row.to != State::trapped && row.to != row.from && row.answer != Errc::out_of_order &&
         row.answer != Errc::too_deep && row.answer != Errc::hook_reentered &&
         row.event != Event::hook_ok_after_refusal;
}

// --- words ---

constexpr const char* name(State state) {
  switch (state) {
    case State::idle: return "idle";
    case State::preparing: return "preparing";
    case State::in_reset: return "in reset";
    case State::nested: return "nested";
    case State::at_limit: return "at the depth limit";
    case State::unblocking: return "finishing: verified";
    case State::claiming: return "finishing: claimed";
    case State::putting_back: return "finishing: untouched";
    case State::blocking: return "finishing: failed";
    case State::releasing: return "finishing: released";
    case State::quarantined: return "quarantined";
    case State::unfenced: return "unfenced";
    case State::preparing_again: return "preparing again";
    case State::in_reset_again: return "in reset again";
    case State::before: return "what it was before";
    case State::outer: return "one scope less";
    case State::destroyed: return "destroyed";
    case State::trapped: return "the program stops";
  }
  return "?";
}

constexpr const char* identifier(State state) {
  switch (state) {
    case State::idle: return "idle";
    case State::preparing: return "preparing";
    case State::in_reset: return "in_reset";
    case State::nested: return "nested";
    case State::at_limit: return "at_limit";
    case State::unblocking: return "verified";
    case State::claiming: return "claimed";
    case State::putting_back: return "untouched";
    case State::blocking: return "failed";
    case State::releasing: return "released";
    case State::quarantined: return "quarantined";
    case State::unfenced: return "unfenced";
    case State::preparing_again: return "preparing_again";
    case State::in_reset_again: return "in_reset_again";
    default: return "[*]";
  }
}

constexpr const char* meaning(State state) {
  switch (state) {
    case State::idle: return "no scope is open, the device is in use or free";
    case State::preparing: return "prepare runs";
    case State::in_reset: return "one scope is open, the device is fenced";
    case State::nested: return "2 to 49 scopes are open";
    case State::at_limit: return "50 scopes are open";
    case State::unblocking: return "done runs, and is told: verified";
    case State::claiming: return "done runs, and is told: claimed";
    case State::putting_back: return "done runs, and is told: untouched";
    case State::blocking: return "done runs, and is told: failed";
    case State::releasing: return "done runs, and is told: released";
    case State::quarantined: return "fenced, and not to be used";
    case State::unfenced: return "quarantined, but the fence is not in place";
    case State::preparing_again: return "prepare runs, the quarantine still holds";
    case State::in_reset_again: return "one scope is open, the quarantine still holds";
    default: return "?";
  }
}

constexpr const char* name(Event event) {
  switch (event) {
    case Event::enter: return "enter";
    case Event::enter_last: return "enter, the 50th";
    case Event::finish_evidence: return "finish with evidence";
    case Event::finish_claim: return "finish with a claim";
    case Event::finish_error: return "finish with an error";
    case Event::finish_unsupported: return "finish: unsupported, untouched";
    case Event::finish_too_late: return "finish: unsupported, but touched";
    case Event::finish_unresolved: return "finish with evidence, over a failure";
    case Event::finish_stale: return "finish with an earlier reset's evidence";
    case Event::finish_outer_first: return "an outer scope finishes first";
    case Event::finish_ended: return "finish of a scope that has ended";
    case Event::scope_ends: return "the scope ends without finish";
    case Event::release: return "release_quarantine";
    case Event::hook_ok: return "the hook succeeds";
    case Event::hook_fails: return "the hook fails";
    case Event::hook_unfenced: return "the hook says unfenced";
    case Event::enter_inside: return "enter, from inside the hook";
    case Event::release_inside: return "release_quarantine, from inside the hook";
    case Event::hook_ok_after_refusal: return "the hook succeeds after it was refused an enter";
    case Event::destroy: return "the state is destroyed";
  }
  return "?";
}

constexpr const char* name(Hook hook) {
  switch (hook) {
    case Hook::none: return "";
    case Hook::prepare: return "prepare";
    case Hook::done_verified: return "done(verified)";
    case Hook::done_claimed: return "done(claimed)";
    case Hook::done_untouched: return "done(untouched)";
    case Hook::done_failed: return "done(failed)";
    case Hook::done_released: return "done(released)";
  }
  return "?";
}

}  // namespace state_table
