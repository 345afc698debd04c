// RULE: Treat an error of done as a failed reset.
// WHY: The device stays blocked and quarantined. The reason keeps the first error and counts the later ones.
// ENFORCED: at run time
#include "device.hpp"

struct Card {  // its done fails, unless it is told otherwise
  rg::ResetState reset_state;
  rg::Errc done_error = rg::Errc::no_memory;
  bool blocked = false;
  rg::Status reset_prepare() noexcept {
    blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (done_error != rg::Errc{}) return rg::Error(done_error, -12, "done");
    if (outcome != rg::Outcome::failed) blocked = false;
    return rg::ok();
  }
};

// CASE: after a reset that went well
// PRINTS: no_memory
// GOOD PRINTS: verified
namespace done_fails {
int main() {
  Card card;
  card.done_error = rg::Errc::no_memory;  // BAD
  // GOOD: card.done_error = rg::Errc{};
  auto verdict = rg::reset(card, [](rg::ResetScope<Card>& scope) { return Works::in(scope); });
  const bool kept = card.blocked && card.reset_state.quarantined();
  if (verdict.failed()) {
    const rg::Error error = RESET_GUARD_MOVE(verdict).error();
    puts(kept ? rg::to_string(error.code()) : "failed-but-free");
  } else {
    RESET_GUARD_MOVE(verdict).discard("the word is about the outcome");
    puts(kept ? "success-but-blocked" : "verified");
  }
  return 0;
}
}  // namespace done_fails

// CASE: in a destructor
// PRINTS: quarantined abandoned 1
// GOOD PRINTS: free
namespace done_fails_in_destructor {
static rg::Status leaves_early(Card& card) {
  RESET_GUARD_TRY(auto scope, rg::OwnedScope<Card>::enter(card));
  [[maybe_unused]] const auto finish = [&] { scope.finish(Works::in(scope)).discard("the card tells the rest"); };
  card.done_error = rg::Errc::no_memory;  // BAD
  // GOOD: card.done_error = rg::Errc{}; finish();
  return rg::ok();
}

int main() {
  Card card;
  leaves_early(card).discard("the card tells the rest");
  puts(card.reset_state.quarantined() && card.blocked ? "quarantined" : "free");
  if (card.reset_state.quarantined()) {
    const rg::Error reason = card.reset_state.quarantine_reason();
    puts(rg::to_string(reason.code()));
    puts(reason.later_errors() == 1 ? "1" : "another count");
  }
  return 0;
}
}  // namespace done_fails_in_destructor

// CASE: after a step has failed
// PRINTS: timed_out 1
// GOOD PRINTS: timed_out 0
namespace done_after_a_failure {
struct Broken : rg::ResetStep<Broken> {
  static rg::Verdict<Broken> in(rg::ResetScope<Card>& scope) {
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "pulse"));
  }
};

int main() {
  Card card;
  card.done_error = rg::Errc::no_memory;  // BAD
  // GOOD: card.done_error = rg::Errc{};
  rg::reset(card, [](rg::ResetScope<Card>& scope) { return Broken::in(scope); }).discard("the card has the reason");
  if (!card.reset_state.quarantined()) return 1;
  puts(rg::to_string(card.reset_state.quarantine_reason().code()));
  puts(card.reset_state.quarantine_reason().later_errors() == 1 ? "1" : "0");
  return 0;
}
}  // namespace done_after_a_failure
