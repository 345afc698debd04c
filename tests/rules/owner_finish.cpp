// RULE: Use a scope as the owner that opened it; `hand_over()` the reset to another one first.
// WHY: A device with a `SharedResetState` has one owner at a time. What another one does with the owner's scope changes
//   nothing, and is refused as `busy`.
// ENFORCED: at run time
#include "device.hpp"

#include <reset_guard/owner.hpp>

static const rg::Owner driver, work_queue;

struct SharedNic {
  rg::SharedResetState<> reset_state;
  const rg::Owner* caller = &driver;
  bool dma_blocked = false;
  const rg::Owner* reset_owner() noexcept { return caller; }
  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
};
using SharedOwned = rg::OwnedScope<SharedNic>;

// CASE: a work queue finishes a reset that was not handed over
// PRINTS: busy, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace not_handed_over {
static rg::Status begin_and_finish(SharedNic& nic) {
  RESET_GUARD_TRY(auto scope, SharedOwned::enter(nic));
  scope.touch();  // BAD
  // GOOD: RESET_GUARD_CHECK(scope.hand_over(&work_queue));
  nic.caller = &work_queue;
  show(nic, scope.finish(Works::in(scope)));
  if (nic.dma_blocked) nic.caller = &driver;  // whose scope ends here, as abandoned
  return rg::ok();
}

int main() {
  SharedNic nic;
  return exit_status(begin_and_finish(nic));
}
}  // namespace not_handed_over

// CASE: evidence that another owner makes in the scope
// PRINTS: invalid_evidence, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
namespace evidence_of_another {
static rg::Status reset(SharedNic& nic) {
  RESET_GUARD_TRY(auto scope, SharedOwned::enter(nic));
  nic.caller = &work_queue;  // BAD
  // GOOD: nic.caller = &driver;
  auto verdict = Works::in(scope);
  nic.caller = &driver;
  show(nic, scope.finish(std::move(verdict)));
  return rg::ok();
}

int main() {
  SharedNic nic;
  return exit_status(reset(nic));
}
}  // namespace evidence_of_another
