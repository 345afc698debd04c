// RULE: Write a probe as `Probe (*)(const Device&) noexcept`: it only looks.
// WHY: A chain probes before it opens a scope, without a fence. A const device cannot be entered.
// ENFORCED: by types
// MESSAGE g++: invalid conversion from 'reset_guard::Probe (*)(Nic&) noexcept' to 'reset_guard::Probe (*)(const Nic&)
//   noexcept'
// MESSAGE clang: type mismatch at 1st parameter ('const Nic &' vs 'Nic &')
#include "device.hpp"

#ifdef GOOD
rg::Probe has_reset(const Nic& nic) noexcept {
  if (nic.firmware_answers) return {rg::Support::yes, "it answers"};
  return {rg::Support::no, "it does not answer"};
}
#else
rg::Probe has_reset(Nic& nic) noexcept {
  nic.firmware_answers = true;  // after a kick
  return {rg::Support::yes, "it answers"};
}
#endif

inline rg::Verdict<Flr> reset_by_flr(Nic& nic) { return Flr::run(nic); }
inline constexpr rg::Method<Nic, Flr> methods[] = {{"flr", has_reset, reset_by_flr}};
inline constexpr rg::MethodChain chain(methods);

int main() {
  Nic nic;
  return exit_status(chain.reset(nic));
}
