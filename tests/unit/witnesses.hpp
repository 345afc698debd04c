// What the tests of witnesses and of claims share: a device whose steps do what its fields say, and steps that show
// their reset, may show it, or never do.
#pragma once

#include "failures.hpp"

#include <string>
#include <utility>

namespace core_test {

// What its steps do is in its fields.
struct Nic : Device {
  Errc act_error{};
  Errc witness_error{};
  bool can_be_seen = true;
  int planted = 0;

  rg::Status act(const char* what) {
    log.push_back(what);
    return status(act_error, -5, "act");
  }
  static rg::Status status(Errc code, int native, rg::Literal where) {
    if (code != Errc{}) return Error(code, native, where);
    return rg::ok();
  }
};
using NicScope = rg::ResetScope<Nic>;
using NicOwned = rg::OwnedScope<Nic>;

// Shows its reset.
struct Shown : rg::ResetStep<Shown> {
  static rg::Status act(Nic& nic) { return nic.act("act"); }
  struct Witness {
    explicit Witness(Nic& nic) { nic.log.push_back("look"); }
    rg::Status check(Nic& nic) const {
      nic.log.push_back("check");
      return Nic::status(nic.witness_error, -7, "witness");
    }
  };
  static rg::Verdict<Shown> by_hand(NicScope& scope, rg::Status status) {
    return pass_if(scope, std::move(status), Witness(scope.device()));
  }
};

// Shows it where there is something to see.
struct Perhaps : rg::ResetStep<Perhaps> {
  static rg::Status act(Nic& nic) { return nic.act("act"); }
  struct Witness {
    explicit Witness(Nic&) {}
    rg::Result<bool> check(Nic& nic) const {
      if (nic.witness_error != Errc{}) return Error(nic.witness_error, -7, "witness");
      return nic.can_be_seen;
    }
  };
};

// Never shows it.
struct Claimed : rg::ResetStep<Claimed> {
  static rg::Status act(Nic& nic) { return nic.act("claim"); }
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "there is nothing to read";
  };
  static rg::Verdict<Claimed> in(NicScope& scope) { return pass(scope); }
  static rg::Verdict<Claimed> if_ok(NicScope& scope, rg::Status status) { return pass_if(scope, std::move(status)); }
};

struct Ready : rg::Step<Ready> {
  static rg::Status act(Nic& nic) { return nic.act("ready"); }
};

// Either way is a reset.
struct AnyWay : rg::ResetStep<AnyWay> {
  using proved_by = rg::any_of<Shown, Claimed>;
};

// How a verdict is, which must be evidence.
template <class... S>
bool is_claim(rg::Verdict<S...> verdict) {
  return value_in(std::move(verdict)).claimed();
}

inline void quarantine(Nic& nic) {
  nic.act_error = Errc::timed_out;
  CHECK(code_of(Shown::run(nic)) == Errc::timed_out);
  nic.act_error = Errc{};
  nic.log.clear();
  REQUIRE(nic.reset_state.quarantined());
}

// The last that a device's done was told.
inline std::string told(const Nic& nic) { return nic.log.empty() ? "" : nic.log.back(); }

}  // namespace core_test
