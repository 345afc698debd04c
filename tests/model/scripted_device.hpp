// A device whose hooks do what the program told them to do next, and notice when they are called out of turn.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "reference_model.hpp"

namespace random_programs {

namespace rg = reset_guard;
using reference::Hook;

struct Device {
  rg::ResetState reset_state;
  Hook next_prepare = Hook::succeeds, next_done = Hook::succeeds;
  int prepare_native = 0, done_native = 0;
  bool blocked = false;
  bool prepared = false;  // by a prepare that no done has followed yet
  std::vector<std::string> log{};
  std::array<int, reference::hook_count> prepares{}, dones{};  // how often they did what
  std::string complaint{};

  rg::Status reset_prepare() noexcept {
    log.push_back("prepare");
    if (prepared) complaint = "prepare was called twice, with no done between";
    const Hook hook = std::exchange(next_prepare, Hook::succeeds);
    ++prepares[std::size_t(hook)];
    if (hook == Hook::fails || hook == Hook::says_unfenced) return rg::Error{rg::Errc::io, prepare_native, "prepare"};
    RESET_GUARD_CHECK(reenter(hook));
    prepared = blocked = true;
    return rg::ok();
  }

  rg::Status reset_done(rg::Outcome outcome) noexcept {
    log.push_back(std::string("done(") + rg::to_string(outcome) + ")");
    if (prepared == (outcome == rg::Outcome::released)) complaint = "done was called without its prepare";
    prepared = false;
    const Hook hook = std::exchange(next_done, Hook::succeeds);
    ++dones[std::size_t(hook)];
    if (hook == Hook::fails) return rg::Error{rg::Errc::io, done_native, "done"};
    RESET_GUARD_CHECK(reenter(hook));
    if (hook == Hook::says_unfenced || outcome != rg::Outcome::failed) blocked = false;
    if (hook == Hook::says_unfenced) return rg::Error{rg::Errc::unfenced, done_native, "done"};
    return rg::ok();
  }

 private:
  RESET_GUARD_MUST_USE rg::Status reenter(Hook hook) noexcept {
    if (hook != Hook::reenters_and_drops_it && hook != Hook::reenters_and_returns_it) return rg::ok();
    auto entered = rg::OwnedScope<Device>::enter(*this);
    if (!entered.failed()) {
      complaint = "a hook could enter a scope of its own device";
      return rg::ok();
    }
    const rg::Error error = std::move(entered).error();
    if (error.code() != rg::Errc::hook_reentered) complaint = "a hook was refused with another code";
    if (hook == Hook::reenters_and_drops_it) return rg::ok();
    return error;
  }
};

using Scope = rg::ResetScope<Device>;
using Owned = rg::OwnedScope<Device>;

}  // namespace random_programs
