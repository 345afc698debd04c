// The device and the steps of explore_closure, and of the programs that it prints.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

namespace closure {

namespace rg = reset_guard;
using rg::Errc;

struct Nic {
  // What its next hook does, in place of succeeding; once. Prepare has no outcome.
  using Hook = rg::Status (*)(const rg::Outcome* told);

  rg::ResetState reset_state{};
  Hook hook = nullptr;
  bool talks = false;
  bool blocked = false, blocked_before = false;
  bool prepared = false;  // by a prepare that no done has followed yet
  bool complains = false;

  rg::Status reset_prepare() noexcept {
    if (talks) std::puts("prepare");
    if (prepared) complains = true;
    RESET_GUARD_CHECK(scripted(nullptr));
    blocked_before = std::exchange(blocked, true);
    prepared = true;
    return rg::ok();
  }
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (talks) std::printf("done(%s)\n", rg::to_string(outcome));
    if (prepared == (outcome == rg::Outcome::released)) complains = true;
    prepared = false;
    auto status = scripted(&outcome);
    if (status.failed()) {
      const rg::Error error = std::move(status).error();
      if (error.code() == Errc::unfenced) blocked = false;
      return error;
    }
    if (outcome == rg::Outcome::untouched) blocked = blocked_before;
    if (outcome != rg::Outcome::untouched && outcome != rg::Outcome::failed) blocked = false;
    return status;
  }

 private:
  rg::Status scripted(const rg::Outcome* told) {
    const Hook now = std::exchange(hook, nullptr);
    return now != nullptr ? now(told) : rg::ok();
  }
};

using Scope = rg::ResetScope<Nic>;
using Owned = rg::OwnedScope<Nic>;

struct Flr : rg::ResetStep<Flr> {
  struct Witness {
    bool shows;
    rg::Result<bool> check(Nic&) const noexcept { return shows; }
  };
  static rg::Verdict<Flr> in(Scope& scope, bool shows) { return pass_if(scope, rg::ok(), Witness{shows}); }
  static rg::Error fail_in(Scope& scope, rg::Error error) { return fail(scope, error); }
};
struct Bus : rg::ResetStep<Bus> {
  using proved_by = rg::any_of<Flr>;
  using Witness = Flr::Witness;
  static rg::Verdict<Bus> in(Scope& scope, bool shows) { return pass_if(scope, rg::ok(), Witness{shows}); }
  static rg::Error fail_in(Scope& scope, rg::Error error) { return fail(scope, error); }
};
struct Ack : rg::Step<Ack> {
  static rg::Status act(Nic&, std::optional<rg::Error> error) {
    if (error) return *error;
    return rg::ok();
  }
  static rg::Verdict<Ack> in(Scope& scope, bool) { return pass(scope); }
  static rg::Error fail_in(Scope& scope, rg::Error error) { return fail(scope, error); }
};

// As many as leave a reset three that it can tell apart.
inline constexpr unsigned many_failures = 0xffff - 3;

inline rg::Error here(Errc code, int native) { return rg::Error(code, native, "here"); }

// What a call has answered, and all that a program may keep of it. It is printed.
struct Answer {
  std::optional<rg::Error> error{};
  std::optional<rg::Evidence<Flr>> evidence{};

  explicit Answer(rg::Error failure) : error(failure) { print(); }
  template <class T>
  explicit Answer(rg::Result<T> result) {
    if (result.failed()) {
      error.emplace(std::move(result).error());
    } else if constexpr (std::is_same_v<T, rg::Evidence<Flr>>) {
      evidence.emplace(std::move(result).take());
    } else {
      std::move(result).discard("a success of which nothing is kept");
    }
    print();
  }

 private:
  void print() const { std::printf("-> %s\n", !error ? "ok" : rg::to_string(error->code())); }
};

inline std::optional<Owned> enter(Nic& nic) {
  auto result = Owned::enter(nic);
  if (!result.failed()) return std::move(result).take();
  Answer(std::move(result).error());
  return {};
}
template <class V>
Answer finish(Owned& scope, rg::Evidence<Flr> evidence) {
  return Answer(scope.finish(rg::Verdict<V>(rg::Evidence<V>(std::move(evidence)))));
}
template <class V>
Answer finish(Owned& scope, rg::Error error) {
  return Answer(scope.finish(rg::Verdict<V>(error)));
}
inline Answer finish(Owned& scope, rg::Error error) {
  auto status = scope.finish(error);
  if (status.failed()) return Answer(std::move(status).error());
  std::abort();  // an error ends no scope well
}

inline rg::Evidence<Flr> evidence(Scope& scope, bool shows) {
  auto verdict = Flr::in(scope, shows);
  if (verdict.failed()) std::abort();  // no reason to
  return std::move(verdict).take();
}

// What is left of earlier resets: the object of a scope that has ended, evidence, errors that were recorded; and
// evidence of another device.
struct Before {
  std::optional<Owned> ended{};
  std::optional<rg::Evidence<Flr>> stale{}, foreign{};
  std::optional<rg::Error> dead{}, dead_abandoned{};

  Before(Nic& nic, Nic& other) : ended(enter(nic)) {
    stale.emplace(evidence(*ended, true));
    {
      std::optional<Owned> inner = enter(nic);
      dead_abandoned = failure(inner->finish(rg::Verdict<Flr>(here(Errc::abandoned, 0))));
    }
    dead = failure(ended->finish(rg::Verdict<Flr>(here(Errc::io, 0))));
    rg::release_quarantine(nic, "a test").discard("it is over");
    std::optional<Owned> others = enter(other);
    foreign.emplace(evidence(*others, true));
    others->finish(here(Errc::io, 0)).discard("it is over");
  }

 private:
  static rg::Error failure(rg::Verdict<Flr> verdict) {
    if (!verdict.failed()) std::abort();  // it was given an error
    return std::move(verdict).error();
  }
};

}  // namespace closure
