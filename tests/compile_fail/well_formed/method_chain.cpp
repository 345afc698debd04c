// The library's chain.
#include "device.hpp"

static rg::Probe always(const Device&) noexcept { return {rg::Support::yes, ""}; }
static rg::Verdict<Flr> by_flr(Device& device) { return Flr::run(device); }
static constexpr rg::Method<Device, Flr> methods[] = {{"flr", always, by_flr}};

rg::Verdict<Flr> act(Device& device) {
  constexpr rg::MethodChain<Device, Flr> chain(methods);
  return chain.reset(device, {.fall_back_after_timeout = true});
}
