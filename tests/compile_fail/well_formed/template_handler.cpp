// A handler that is a template over its step.
#include "device.hpp"

template <class First>
rg::Verdict<First> handler(Scope& scope) {
  auto verdict = First::in(scope);
  if (verdict.failed()) return RESET_GUARD_MOVE(verdict).error();
  return RESET_GUARD_MOVE(verdict).take();
}

template <class First>
rg::Verdict<First> act(Device& device) {
  return rg::reset(device, handler<First>);
}

template rg::Verdict<BusReset> act<BusReset>(Device&);
