// The README's example, whole: a device, two steps, a handler.
#define RESET_GUARD_STRICT 1
#include <reset_guard/reset_guard.hpp>

#include <cstdio>
#include <utility>

namespace rg = reset_guard;

// [device]
struct Nic {
  rg::ResetState reset_state;  // depth, quarantine, first error: 32 bytes
  bool dma_blocked = false, firmware_answers = true;

  rg::Status reset_prepare() noexcept {
    dma_blocked = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome != rg::Outcome::failed) dma_blocked = false;
    return rg::ok();
  }
};
// [device]

// [steps]
struct Flr : rg::ResetStep<Flr> {  // only Flr can make evidence that Flr was done
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(Nic& nic) {
    return rg::reset(nic, [](rg::ResetScope<Nic>& scope) -> rg::Verdict<Flr> { return pass(scope); });
  }
};
struct FirmwareAck : rg::Step<FirmwareAck> {
  RESET_GUARD_MUST_USE static rg::Verdict<FirmwareAck> wait(rg::ResetScope<Nic>& scope) {
    if (scope.device().firmware_answers) return pass(scope);
    return fail(scope, rg::Error(rg::Errc::timed_out, -110, "firmware"));
  }
};
// [steps]

// [handler]
RESET_GUARD_MUST_USE rg::Verdict<Flr, FirmwareAck> reset_nic(rg::ResetScope<Nic>& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));  // opens a scope of its own: counted, the fence stays
  RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope));  // still fenced
  return rg::join(std::move(flr), std::move(ack));
}
// [handler]

// [use]
bool reset_and_report(Nic& nic) {
  auto verdict = rg::reset(nic, reset_nic);
  if (!verdict.failed()) return std::puts("verified: DMA goes through again") >= 0;
  const rg::Error error = std::move(verdict).error();
  std::printf("%s: %s (%d): DMA stays blocked\n", error.where(), to_string(error.code()), error.native());
  return false;
}
// [use]

int main() {
  Nic nic;
  const bool first = reset_and_report(nic) && !nic.dma_blocked;
  nic.firmware_answers = false;
  const bool second = !reset_and_report(nic) && nic.dma_blocked && nic.reset_state.quarantined();
  return first && second ? 0 : 1;
}
