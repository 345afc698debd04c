// What happened in the programs, counted: a test in which something never happens does not test it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>

namespace random_programs {

// Each with its text, in one list.
#define RANDOM_PROGRAMS_EVENTS(event)                                                                                 \
  event(program_of_anything, "programs that may do anything")                                                         \
      event(program_resolving_all, "programs that resolve whatever fails")                                            \
          event(program_of_most_operations, "programs of 40 operations")                                              \
              event(program_of_most_depth, "programs 6 scopes deep") event(operation, "operations") /* enter */       \
      event(reset, "resets of an idle device") event(entered_by_reset, "enter: reset(), the outermost") event(        \
          nested_by_reset, "enter: reset(), nested") event(entered_by_hand, "enter: a scope by hand, the outermost")  \
          event(nested_by_hand, "enter: a scope by hand, nested")                                                     \
              event(entered_within_another, "enter: in the middle of another device's")                               \
                  event(entered_quarantined, "enter: a quarantined device") event(enter_too_deep, "enter: too deep")  \
                      event(prepare_failed, "enter: prepare fails") /* steps */                                       \
      event(step_done, "step: succeeds") event(step_claims, "step: succeeds, and shows nothing")                      \
          event(step_failed, "step: fails") event(step_failed_by_witness, "step: fails, by its witness")              \
              event(step_for_key, "step: for one of several things")                                                  \
                  event(step_outside, "step: refused, outside a reset")                                               \
                      event(step_unsupported, "step: unsupported, untouched")                                         \
                          event(step_touched, "step: unsupported, touched")                                           \
                              event(step_failed_again, "step: fails with an old error")                               \
                                  event(step_through_outer, "step: through an outer scope")                           \
                                      event(touch, "touch") /* what a scope is finished with */                       \
      event(right_evidence, "finish with evidence: right")                                                            \
          event(joined_evidence, "finish with evidence: wrong, of two resets")                                        \
              event(stale_evidence, "finish with evidence: stale, from before a failure")                             \
                  event(earlier_evidence, "finish with evidence: stale, of an earlier reset")                         \
                      event(foreign_evidence, "finish with evidence: another device's")                               \
                          event(new_error, "finish without evidence: a new error")                                    \
                              event(old_error, "finish without evidence: an old error")                               \
                                  event(propagated_error, "finish without evidence: a propagated error")              \
                                      event(unsupported, "finish without evidence: unsupported")                      \
                                          event(not_finished, "no finish: the scope is dropped")                      \
                                              event(finish_early, "finish: before the block's end")                   \
                                                  event(finish_again, "finish: a scope that has ended")               \
                                                      event(out_of_order, "finish, drop: before an inner scope")      \
                                                          event(finish_done, "finish(Evidence)") event(               \
                                                              finish_error,                                           \
                                                              "finish(Error)") /* what is done about a failure */     \
      event(failure_dropped, "failure: looked at and dropped") event(failure_discarded, "failure: discarded")         \
          event(failure_propagated, "failure: propagated") event(success_discarded, "success: discarded")             \
              event(overruled, "overrule: accepted")                                                                  \
                  event(overruled_further_in, "overrule: accepted by an outer scope")                                 \
                      event(overrule_refused, "overrule: refused")                                                    \
                          event(overrule_forged, "overrule: an error that was never recorded") /* exceptions */       \
      event(exception_through_reset, "exception: leaves a reset()")                                                   \
          event(exception_through_scope, "exception: leaves a scope by hand")                                         \
              event(exception_caught_inside, "exception: caught in the same reset")                                   \
                  event(exception_caught_outside, "exception: caught outside")                                        \
                      event(exception_not_caught, "exception: not caught") /* scopes as objects */                    \
      event(scope_moved, "scope: moved") event(scope_left_open, "scope: still open at the program's end") /* hooks */ \
      event(prepare_succeeds, "prepare: succeeds") event(prepare_fails, "prepare: fails")                             \
          event(prepare_unfenced, "prepare: fails as unfenced")                                                       \
              event(prepare_drops_refusal, "prepare: re-enters, drops the refusal")                                   \
                  event(prepare_returns_refusal, "prepare: re-enters, returns the refusal")                           \
                      event(done_succeeds, "done: succeeds") event(done_fails, "done: fails")                         \
                          event(done_unfenced, "done: fails as unfenced")                                             \
                              event(done_drops_refusal, "done: re-enters, drops the refusal")                         \
                                  event(done_returns_refusal, "done: re-enters, returns the refusal")                 \
                                      event(released, "release_quarantine: succeeds")                                 \
                                          event(release_failed, "release_quarantine: done fails")                     \
                                              event(release_refused,                                                  \
                                                    "release_quarantine: refused") /* what a reset comes to */        \
      event(verified, "verified") event(claimed, "claimed")                                                           \
          event(verified_after_failures, "verified or claimed after failures")                                        \
              event(verified_quarantined, "verified, and a quarantine lifted") event(untouched, "untouched")          \
                  event(failed, "failed") event(answered_unresolved, "answer: unresolved_failure")                    \
                      event(answered_not_shown, "answer: not_shown")                                                  \
                          event(answered_foreign, "answer: invalid_evidence")                                         \
                              event(answered_touched, "answer: already_touched")                                      \
                                  event(answered_out_of_order, "answer: out_of_order")                                \
                                      event(answered_abandoned, "nobody's answer: abandoned")

#define RANDOM_PROGRAMS_NAME(name, text) name,
#define RANDOM_PROGRAMS_TEXT(name, text) text,
enum class Event { RANDOM_PROGRAMS_EVENTS(RANDOM_PROGRAMS_NAME) };
inline constexpr const char* event_texts[] = {RANDOM_PROGRAMS_EVENTS(RANDOM_PROGRAMS_TEXT)};
#undef RANDOM_PROGRAMS_NAME
#undef RANDOM_PROGRAMS_TEXT
#undef RANDOM_PROGRAMS_EVENTS

class Coverage {
 public:
  void add(Event event, std::uint64_t times = 1) { counts_[std::size_t(event)] += times; }

  void print(Event event) const {
    std::printf("  %-50s %10llu\n", event_texts[std::size_t(event)],
                static_cast<unsigned long long>(counts_[std::size_t(event)]));
  }
  void print_all() const {
    for (std::size_t i = 0; i < counts_.size(); ++i) print(Event(i));
  }

  // How many of the events never happened.
  int missing() const {
    int zeros = 0;
    for (const std::uint64_t count : counts_) zeros += count == 0;
    return zeros;
  }

 private:
  std::array<std::uint64_t, std::size(event_texts)> counts_{};
};

}  // namespace random_programs
