// What the run-time net holds, as one table: each way to break a rule, at each depth, on each path, with what the
// outermost scope answers. The unit tests do each of them to a real device, and the documentation is drawn from it.
#pragma once

#include "run_time_net_cells.hpp"

#include <cstddef>

namespace run_time_net {

// --- the rules ---

enum class Group { first_error, resolution, evidence, order, abandonment, unsupported, depth_and_hooks, fence };
inline constexpr std::size_t group_count = static_cast<std::size_t>(Group::fence) + 1;

enum class Rule {
  // Group::first_error
  scope_fails,
  scope_fails_without_verdict,
  two_errors_joined,
  step_fails,
  two_steps_fail,
  step_and_nested_reset_fail,
  fails_before_a_good_scope,
  // Group::resolution
  another_parameter_retried,
  two_steps_retried,
  step_and_nested_reset_retried,
  one_of_two_steps_retried,
  part_of_a_verdict_retried,
  unresolved_step_retried,
  never_recorded_named,
  other_devices_error_named,
  earlier_resets_error_named,
  named_from_inside,
  named_before_it_came,
  two_steps_named,
  // Group::evidence
  other_device,
  earlier_reset,
  two_devices,
  two_resets,
  older_than_a_failed_step,
  older_than_a_failed_reset,
  replugged_device,
  // Group::order
  outer_finishes_first,
  outer_is_abandoned_first,
  ended_scope_finished,
  // Group::abandonment
  left_by_return,
  left_by_exception,
  handler_throws,
  left_after_a_failure,
  // Group::unsupported
  after_touch,
  after_evidence,
  after_a_failure,
  step_after_touch,
  // Group::depth_and_hooks
  too_deep,
  enter_in_prepare,
  release_in_prepare,
  enter_in_done,
  release_in_done,
  // Group::fence
  prepare_fails,
  done_fails,
  done_loses_the_fence,
  done_fails_untouched,
};

// Who is named as the first error's step, with the native code.
struct Origin {
  const char* step;
  int native;
};

struct Row {
  Group group;
  Rule rule;
  const char* name;    // as in the test's name
  const char* breach;  // what is done
  Origin origin;
  Cells cells;
  Outcome told = Outcome::failed;  // what done is told, once
};

// What the tests' steps and hooks fail with.
inline constexpr Origin flr{"flr", -5};    // Errc::io; resets the function
inline constexpr Origin ack{"ack", -110};  // Errc::timed_out; does not
inline constexpr Origin handler{"handler", -95};
inline constexpr Origin prepare{"prepare", -1};
inline constexpr Origin done{"done", -2};
inline constexpr Origin by_enter{"enter", 0};  // these are the library's own
inline constexpr Origin by_finish{"finish", 0};
inline constexpr Origin by_join{"join", 0};
inline constexpr Origin by_scope{"scope", 0};

inline constexpr const char* hooks_are_the_outermost = "Only the outermost scope calls prepare and done.";
inline constexpr const char* done_is_last = "done is the last thing in a reset: nothing can fail after it.";

inline constexpr Row rows[] = {
    {Group::first_error, Rule::scope_fails, "a scope ends with an error", "`finish()` with an error", flr,
     ends(Errc::io)},
    {Group::first_error, Rule::scope_fails_without_verdict, "a scope ends with an error and no verdict",
     "`finish(Error)`", flr, ends(Errc::io)},
    {Group::first_error, Rule::two_errors_joined, "a scope ends with its error and the clean-up's",
     "`finish()` with what `first_error()` made of two", flr, ends(Errc::io, 1)},
    {Group::first_error, Rule::step_fails, "a step fails", "the error is dropped", ack, inside(Errc::timed_out)},
    {Group::first_error, Rule::two_steps_fail, "two steps fail", "both errors are dropped", ack,
     inside(Errc::timed_out, 1)},
    {Group::first_error, Rule::step_and_nested_reset_fail, "a step fails and then a nested reset",
     "in which two steps fail; all three errors are dropped", ack, inside(Errc::timed_out, 2)},
    {Group::first_error, Rule::fails_before_a_good_scope, "a step fails before a scope that goes well",
     "the error is dropped, and a nested reset is verified", ack, inside(Errc::timed_out)},

    {Group::resolution,
     Rule::another_parameter_retried,
     "another step is done after the one that failed",
     "the same template with another argument",
     {"act", -5},
     inside(Errc::io)},
    {Group::resolution, Rule::two_steps_retried, "two steps fail and both are retried",
     "the ledger has room for one failure, so the retries come too late", ack, inside(Errc::timed_out, 1)},
    {Group::resolution, Rule::step_and_nested_reset_retried, "a step and a nested reset fail and both are retried",
     "their failures have met, so the retries come too late", ack, inside(Errc::timed_out, 1)},
    {Group::resolution, Rule::one_of_two_steps_retried, "a failure of two steps and a retry of one",
     "a second step hands in the first one's error, the first is retried", ack, inside(Errc::timed_out)},
    {Group::resolution, Rule::part_of_a_verdict_retried, "a failed reset and a retry of its steps",
     "a nested reset for flr and ack fails; both are done, but not as one reset", ack, inside(Errc::timed_out)},
    {Group::resolution, Rule::unresolved_step_retried, "an unresolved failure and a retry of its step",
     "a nested reset passes over it; then the step alone is done", ack, inside(Errc::unresolved_failure)},
    {Group::resolution, Rule::never_recorded_named, "an error like the recorded one is named",
     "`overrule()` with one that was made by hand", flr, inside(Errc::io)},
    {Group::resolution, Rule::other_devices_error_named, "an error of another device is named",
     "`overrule()` with one that its ledger recorded", flr, inside(Errc::io)},
    {Group::resolution, Rule::earlier_resets_error_named, "an error of an earlier reset is named",
     "`overrule()` with one that the same ledger recorded", flr, inside(Errc::io)},
    {Group::resolution, Rule::named_from_inside, "a failure is named from a scope inside",
     "`overrule()` with a failure of the scope around", flr, inside(Errc::io)},
    {Group::resolution, Rule::named_before_it_came, "a failure comes again after it was named",
     "`overrule()` twice with the first one's error", flr, inside(Errc::io)},
    {Group::resolution, Rule::two_steps_named, "two steps fail and each is named",
     "`overrule()` with the first error, and with the second", ack, inside(Errc::timed_out, 1)},

    {Group::evidence, Rule::other_device, "evidence of another device", "both are in reset, at the same epoch",
     by_finish, ends(Errc::invalid_evidence)},
    {Group::evidence, Rule::earlier_reset, "evidence of an earlier reset", "of the same device, kept", by_finish,
     ends(Errc::invalid_evidence)},
    {Group::evidence, Rule::two_devices, "evidence of two devices", "`join()` of this one's and another's", by_join,
     ends(Errc::invalid_evidence)},
    {Group::evidence, Rule::two_resets, "evidence of two resets", "`join()` of this one's and an earlier one's",
     by_join, ends(Errc::invalid_evidence)},
    {Group::evidence, Rule::older_than_a_failed_step, "evidence older than a failed reset step",
     "the failure was named by `overrule()`", by_finish, ends(Errc::invalid_evidence)},
    {Group::evidence, Rule::older_than_a_failed_reset, "evidence older than a failed nested reset",
     "its answer was all that failed, and it was retried", by_finish, ends(Errc::invalid_evidence)},
    {Group::evidence, Rule::replugged_device, "evidence of the device that was here before",
     "the state is rebuilt at the same address, from the old epoch", by_finish, ends(Errc::invalid_evidence)},

    {Group::order, Rule::outer_finishes_first, "an outer scope finishes before its inner one",
     "`finish()` with good evidence", by_finish, breaks_order(Errc::out_of_order)},
    {Group::order, Rule::outer_is_abandoned_first, "an outer scope is left before its inner one",
     "its object is destroyed", by_scope, breaks_order(Errc::abandoned)},
    {Group::order, Rule::ended_scope_finished, "a scope finishes twice",
     "the second `finish()` is refused, inside the scope around", by_finish, inside(Errc::out_of_order)},

    {Group::abandonment, Rule::left_by_return, "a scope ends without finish", "its object is destroyed", by_scope,
     left()},
    {Group::abandonment, Rule::left_by_exception, "an exception leaves a scope", "and is caught around it", by_scope,
     left()},
    {Group::abandonment, Rule::handler_throws, "an exception leaves a handler", "and is caught around `reset()`",
     by_scope, left()},
    {Group::abandonment, Rule::left_after_a_failure, "a scope ends without finish after a failure",
     "the failure is the reason, and is counted once", ack, ends(Errc::timed_out)},

    {Group::unsupported, Rule::after_touch, "unsupported after touch()", "`finish()` with it", handler,
     ends(Errc::already_touched)},
    {Group::unsupported, Rule::after_evidence, "unsupported after a step was done", "`finish()` with it", handler,
     ends(Errc::already_touched)},
    {Group::unsupported, Rule::after_a_failure, "unsupported after a step failed", "`finish()` with it", ack,
     ends(Errc::timed_out, 1)},
    {Group::unsupported, Rule::step_after_touch, "a step that is unsupported after touch()", "the error is dropped",
     flr, inside(Errc::already_touched)},

    {Group::depth_and_hooks, Rule::too_deep, "one scope too many", "the refusal is dropped", by_enter,
     limit_only({Errc::unresolved_failure, 0}, {Errc::too_deep, 51},
                "50 scopes may be open: only the innermost of 50 is refused.")},
    {Group::depth_and_hooks, Rule::enter_in_prepare, "a scope is entered from prepare",
     "prepare drops the refusal and succeeds", by_enter,
     outermost_only({Errc::unresolved_failure, 0}, {Errc::hook_reentered, 2}, hooks_are_the_outermost)},
    {Group::depth_and_hooks, Rule::release_in_prepare, "a quarantine is released from prepare",
     "prepare drops the refusal and succeeds", by_enter,
     outermost_only({Errc::unresolved_failure, 0}, {Errc::hook_reentered, 2}, hooks_are_the_outermost)},
    {Group::depth_and_hooks, Rule::enter_in_done, "a scope is entered from done", "done drops the refusal", by_enter,
     outermost_only({Errc::hook_reentered, 0, Fence::gone}, {Errc::hook_reentered, 1}, hooks_are_the_outermost),
     Outcome::verified},
    {Group::depth_and_hooks, Rule::release_in_done, "a quarantine is released from done", "done drops the refusal",
     by_enter,
     outermost_only({Errc::hook_reentered, 0, Fence::gone}, {Errc::hook_reentered, 1}, hooks_are_the_outermost),
     Outcome::verified},

    {Group::fence, Rule::prepare_fails, "prepare fails", "nothing is held, and done is not called", prepare,
     outermost_only({Errc::no_memory, 0, Fence::none},
                    impossible("No scope is open after it and done is not called: nothing can fail after it."),
                    hooks_are_the_outermost)},
    {Group::fence, Rule::done_fails, "done fails", "after a verified reset", done,
     outermost_only({Errc::no_memory, 0}, impossible(done_is_last), hooks_are_the_outermost), Outcome::verified},
    {Group::fence, Rule::done_loses_the_fence, "done says unfenced", "after a verified reset", done,
     outermost_only({Errc::unfenced, 0, Fence::gone}, impossible(done_is_last), hooks_are_the_outermost),
     Outcome::verified},
    {Group::fence, Rule::done_fails_untouched, "done fails to put back what was there", "after unsupported, untouched",
     done, outermost_only({Errc::no_memory, 0}, impossible(done_is_last), hooks_are_the_outermost), Outcome::untouched},
};
inline constexpr std::size_t row_count = sizeof rows / sizeof rows[0];

// --- completeness: each rule has its row, and each cell has an answer or says why not ---

constexpr bool is_complete() {
  for (std::size_t i = 0; i != row_count; ++i) {
    if (rows[i].rule != static_cast<Rule>(i)) return false;
    for (std::size_t depth = 0; depth != nested_depths; ++depth) {
      for (const Cell& cell : rows[i].cells.at[depth]) {
        if (cell.is_possible() == (cell.impossible != nullptr)) return false;
      }
    }
  }
  return row_count == static_cast<std::size_t>(Rule::done_fails_untouched) + 1;
}
static_assert(is_complete(), "a rule has no row, or a cell has neither an answer nor a reason why it is impossible");

constexpr std::size_t count_cells(bool possible) {
  std::size_t count = 0;
  for (const Row& row : rows) {
    for (const auto& depth : row.cells.at) {
      for (const Cell& cell : depth) count += possible ? cell.is_possible() : cell.impossible != nullptr;
    }
  }
  return count;
}

// --- words ---

constexpr const char* name(Path path) { return path == Path::success ? "success path" : "error path"; }

constexpr const char* title(Group group) {
  switch (group) {
    case Group::first_error: return "The first error";
    case Group::resolution: return "What resolves a failure, and what does not";
    case Group::evidence: return "Foreign and stale evidence";
    case Group::order: return "Order";
    case Group::abandonment: return "Abandonment";
    case Group::unsupported: return "Unsupported, said too late";
    case Group::depth_and_hooks: return "Refused enters";
    case Group::fence: return "The fence itself";
  }
  return "?";
}

constexpr const char* rule_of(Group group) {
  switch (group) {
    case Group::first_error:
      return "A later error never hides the first; how many came after it is kept. Success claimed over a failure is\n"
             "unresolved_failure: refused, with the first error's step and native code.";
    case Group::resolution:
      return "A failure is resolved by the same step, or a scope with the same verdict, verified later in the same\n"
             "reset; or by `overrule()` with the very error that was recorded, in the scope where it was recorded or\n"
             "one around it. Two steps that fail at one level cannot be resolved there.";
    case Group::evidence: return "Evidence is for one device and one reset, and newer than its last failed reset step.";
    case Group::order:
      return "Scopes end from the inside out, each once, and by its owner. done waits for the last one.";
    case Group::abandonment:
      return "A scope that ends without finish has failed: with the failure recorded inside it, else `abandoned`.";
    case Group::unsupported:
      return "`unsupported` means that nothing was touched since the scope's enter. Later it is `already_touched`, a "
             "failure.";
    case Group::depth_and_hooks:
      return "At most 50 scopes are open, and none is entered from inside prepare or done. A refused enter is a "
             "failure\n"
             "of the reset that tried it.";
    case Group::fence:
      return "A done that fails makes the reset fail, whatever it was told. A prepare that fails leaves nothing held.";
  }
  return "?";
}

}  // namespace run_time_net
