// The rules of a reset, written a second time: from the contract, not from the library, and as simply as they can be
// said. Scopes are entries of a vector, evidence is a record of what it is about, an error knows who recorded it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace reference {

// Steps are known by number; a verdict is a list of them. No steps: nothing that could be retried.
using Steps = std::vector<int>;

// The code of an answer of which the contract says only that it is a failure, and not 'unsupported'.
inline const std::string some_failure = "some failure";
// And of one of which it says nothing.
inline const std::string anything = "anything";

struct Error {
  std::string code{};
  int native = 0;
  std::string step{};  // empty: the library's own, the contract names none
  int later = 0;       // errors that came after this one
  int reset = 0;       // in which reset's ledger it is, unique over all devices
  int serial = 0;      // and as which failure of it; 0: in none
};

using Answer = std::optional<Error>;  // nothing: success

struct Evidence {
  int reset = 0;        // of which reset, and so of which device
  int moment = 0;       // when it was made
  bool resets = false;  // a reset step is among those that passed
  bool shown = false;   // and one of these has shown it

  bool claimed() const { return resets && !shown; }
};

// Of two resets there is no joined evidence. What one piece shows, it shows for all.
inline std::optional<Evidence> join(const Evidence& a, const Evidence& b) {
  if (a.reset != b.reset) return {};
  return Evidence{a.reset, std::min(a.moment, b.moment), a.resets || b.resets, a.shown || b.shown};
}

// What a scope ends with: evidence, an error, or neither (it was left).
struct Claim {
  std::optional<Evidence> evidence{};
  std::optional<Error> error{};
};

// What a hook does the next time it is called.
enum class Hook { succeeds, fails, says_unfenced, reenters_and_drops_it, reenters_and_returns_it };
inline constexpr int hook_count = 5;

// One failure that nothing has resolved.
struct Failure {
  Error error;            // the first
  Steps steps;            // whose
  bool for_good = false;  // another step's failure met it
};

struct Scope {
  int device = 0;
  int opened = 0;  // at which moment
  bool open = true;
  bool touched = false;
  bool out_of_order = false;         // a scope that was open together with this one ended out of order: it fails
  std::optional<Failure> failure{};  // recorded since this scope's enter
};

struct Device {
  std::vector<int> open{};  // scopes, the outermost first
  int reset = 0;
  int moment = 0;             // one more with each enter, each failed reset step, each failed scope
  int good_from = 0;          // the last of these failures: older evidence proves nothing
  bool out_of_order = false;  // it happened in this reset, which is lost
  bool in_hook = false;
  std::optional<Error> reentered{};  // what the last hook was refused
  bool was_quarantined = false;      // when this reset began
  bool quarantined = false;
  bool unfenced = false;
  std::optional<Error> reason{};
  // The platform.
  bool blocked = false;
  Hook next_prepare = Hook::succeeds, next_done = Hook::succeeds;
  int prepare_native = 0, done_native = 0;
  std::vector<std::string> log{};
};

class Model {
 public:
  static constexpr std::size_t depth_limit = 50;
  std::vector<Device> devices = std::vector<Device>(2);
  std::vector<Scope> scopes{};

  // Opens a scope: its number, or nothing and the error.
  std::optional<int> enter(int which, Answer& error) {
    Device& device = devices[std::size_t(which)];
    if (device.in_hook) {
      error = device.reentered = Error{"hook_reentered"};
      return {};
    }
    if (device.open.empty()) {
      device.reset = ++resets_;
      device.out_of_order = false;
      device.was_quarantined = device.quarantined;
      error = prepare(device);
      if (error) return {};
    } else if (device.open.size() == depth_limit) {
      error = record(device, {"too_deep"}, {});
      return {};
    }
    const bool outermost = device.open.empty();
    scopes.push_back({which, ++device.moment});
    device.open.push_back(int(scopes.size()) - 1);
    if (outermost && device.reentered) record(device, *device.reentered, {});
    return device.open.back();
  }

  // Steps and touches may come through any scope object: they happen in the innermost scope.
  void touch(int scope) {
    Device& device = device_of(scope);
    if (!device.open.empty()) innermost(device).touched = true;
  }

  Evidence pass(int scope, int step, bool is_reset_step, bool shows) {
    Device& device = device_of(scope);
    touch(scope);
    resolve(device, {step});
    return {device.reset, device.moment, is_reset_step, is_reset_step && shows};
  }
  // What a scope that has ended well hands up, for the evidence that it was finished with.
  static Evidence renewed(const Device& device, const Evidence& evidence) {
    return {device.reset, device.moment, evidence.resets, evidence.shown};
  }

  Error fail(int scope, int step, bool is_reset_step, const Error& error) {
    Device& device = device_of(scope);
    if (is_reset_step && !device.open.empty() && (error.code != "unsupported" || innermost(device).touched))
      make_void(device);
    if (!device.open.empty() && !device.out_of_order && takes_place(error, innermost(device).failure))
      return take_place(device, error, {step});
    return record(device, error, {step});
  }

  // By the error that was recorded, from the scope in which it was recorded or one around that. Nothing: the contract
  // does not say, since scopes have ended out of order.
  std::optional<bool> overrule(int scope, const Error& error) {
    if (!scopes[std::size_t(scope)].open) return false;
    if (error.code == "unsupported") return true;  // it was no failure
    if (device_of(scope).out_of_order) return {};
    const std::vector<int>& open = device_of(scope).open;
    for (auto level = open.rbegin(); level != open.rend(); ++level) {
      std::optional<Failure>& failure = scopes[std::size_t(*level)].failure;
      if (failure && is(error, *failure) && !failure->for_good) {
        failure.reset();
        return true;
      }
      if (*level == scope) break;
    }
    return false;
  }
  void overrule_anywhere(int scope, const Error& error) {
    for (int level : device_of(scope).open) {
      std::optional<Failure>& failure = scopes[std::size_t(level)].failure;
      if (failure && is(error, *failure)) failure.reset();
    }
  }

  // finish() by a program.
  Answer finish(int number, const Claim& claim, const Steps& steps) {
    const Scope& scope = scopes[std::size_t(number)];
    if (scope.open) return end(number, claim, steps);
    Device& device = device_of(number);
    const Error refusal{"out_of_order"};
    const bool says_why = claim.error && claim.error->code != "unsupported";
    if (device.open.empty()) return says_why ? claim.error : refusal;
    if (says_why) record(device, *claim.error, {});
    record(device, refusal, {});
    return device.out_of_order ? Error{some_failure} : innermost(device).failure->error;
  }

  // A scope ends, by finish(), by reset() or because it was left. `of_plain_step`: it was opened for a step that resets
  // nothing, so older evidence stays good if it fails.
  Answer end(int number, const Claim& claim, const Steps& steps, bool of_plain_step = false) {
    Scope& scope = scopes[std::size_t(number)];
    if (!scope.open) return {};
    Device& device = device_of(number);
    if (device.open.back() != number) {
      device.out_of_order = true;
      for (int level : device.open) scopes[std::size_t(level)].out_of_order = scopes[std::size_t(level)].touched = true;
    }
    scope.open = false;
    device.open.erase(std::find(device.open.begin(), device.open.end(), number));

    const bool untouched = !scope.touched && claim.error && claim.error->code == "unsupported";
    Answer answer = judge(scope, device, claim);
    const bool claimed = claim.evidence && claim.evidence->claimed();
    if (device.open.empty()) return end_of_reset(device, answer, untouched, claimed);
    if (untouched && !device.out_of_order) return answer;

    Scope& outer = innermost(device);
    outer.touched = true;
    if (!answer) {
      resolve(device, steps);
    } else {
      if (!of_plain_step) make_void(device);
      if (!device.out_of_order) *answer = hand_up(outer, *answer, steps);
    }
    if (device.out_of_order && !scope.out_of_order) return Error{anything};
    return answer;
  }

  Answer release(int which) {
    Device& device = devices[std::size_t(which)];
    if (!device.open.empty()) return Error{"out_of_order"};
    if (!device.quarantined) return Error{"invalid"};
    if (Answer error = call_done(device, "released")) {
      device.unfenced |= !device.blocked;
      if (device.reason->code != some_failure) ++device.reason->later;
      return error;
    }
    device.quarantined = device.unfenced = false;
    return {};
  }

 private:
  int resets_ = 0;
  int serials_ = 0;

  Device& device_of(int scope) { return devices[std::size_t(scopes[std::size_t(scope)].device)]; }
  Scope& innermost(const Device& device) { return scopes[std::size_t(device.open.back())]; }

  static bool is(const Error& error, const Failure& failure) {
    return error.serial != 0 && error.serial == failure.error.serial && error.reset == failure.error.reset;
  }

  // Evidence from before now proves nothing any more.
  static void make_void(Device& device) { device.good_from = ++device.moment; }

  // Whether the scope inside was left for this error: then it takes the place of 'abandoned'.
  static bool takes_place(const Error& error, const std::optional<Failure>& failure) {
    return failure && failure->error.code == "abandoned" && failure->error.later == 0 && error.code != "abandoned" &&
           !is(error, *failure);
  }
  static Error in_place_of(const Error& abandoned, Error error) {
    if (error.code == "unsupported") error.code = "already_touched";
    error.reset = abandoned.reset;
    error.serial = abandoned.serial;
    return error;
  }
  Error take_place(Device& device, const Error& error, const Steps& steps) {
    Failure& failure = *innermost(device).failure;
    if (failure.steps != steps) failure.steps.clear();
    return failure.error = in_place_of(failure.error, error);
  }

  // The answer to what failed: it names the failure that it is now part of.
  static Error named(Error error, const Failure& failure) {
    error.reset = failure.error.reset;
    error.serial = failure.error.serial;
    return error;
  }

  // Something failed in the innermost scope. Returns the error as it is to be handed up.
  Error record(Device& device, Error error, const Steps& steps) {
    if (device.open.empty()) return error;
    Scope& scope = innermost(device);
    if (error.code == "unsupported") {
      if (device.out_of_order) return Error{anything};
      if (!scope.touched) return error;
      error.code = "already_touched";
    }
    scope.touched = true;
    if (!scope.failure) {
      scope.failure = Failure{numbered(device, error), steps};
    } else if (!is(error, *scope.failure)) {
      ++scope.failure->error.later;
      meet(*scope.failure, steps);
    } else {
      scope.failure->error.later = std::max(scope.failure->error.later, error.later);
      // Another step handed the same error in: naming it means both.
      if (scope.failure->steps != steps) scope.failure->steps.clear();
    }
    return named(error, *scope.failure);
  }

  // A scope failed: one failure of the scope around it. Returns the error as it is to be handed up.
  static Error hand_up(Scope& outer, const Error& error, const Steps& steps) {
    if (!outer.failure) {
      outer.failure = Failure{error, steps};
    } else {
      outer.failure->error.later += 1 + error.later;
      meet(*outer.failure, steps);
    }
    return named(error, *outer.failure);
  }

  Error numbered(const Device& device, Error error) {
    error.reset = device.reset;
    error.serial = ++serials_;
    return error;
  }

  static void meet(Failure& failure, const Steps& steps) {
    if (steps.empty() || failure.steps != steps) failure.for_good = true;
  }

  // The steps were verified: at whatever level of the reset they had failed.
  void resolve(Device& device, const Steps& steps) {
    for (int level : device.open) {
      std::optional<Failure>& failure = scopes[std::size_t(level)].failure;
      if (failure && !failure->for_good && failure->steps == steps) failure.reset();
    }
  }

  // What a scope that ends answers to its claim.
  Answer judge(const Scope& scope, const Device& device, const Claim& claim) {
    if (scope.out_of_order) return Error{some_failure};
    if (scope.failure) {
      Error first = scope.failure->error;
      if (claim.evidence) first.code = "unresolved_failure";
      if (claim.error && takes_place(*claim.error, scope.failure)) return in_place_of(first, *claim.error);
      if (claim.error)
        first.later = is(*claim.error, *scope.failure) ? std::max(first.later, claim.error->later) : first.later + 1;
      return first;
    }
    if (claim.evidence) {
      const bool good =
          claim.evidence->reset == device.reset && claim.evidence->moment >= std::max(scope.opened, device.good_from);
      if (!good) return numbered(device, {"invalid_evidence"});
      const bool lifts_quarantine = device.open.empty() && device.was_quarantined;
      if (lifts_quarantine && claim.evidence->claimed()) return numbered(device, {"not_shown"});
      return {};
    }
    if (!claim.error) return numbered(device, {"abandoned"});
    Error error = *claim.error;
    if (error.code == "unsupported") {
      if (!scope.touched) return error;
      error.code = "already_touched";
    }
    return numbered(device, error);
  }

  Answer end_of_reset(Device& device, Answer answer, bool untouched, bool claimed) {
    const bool put_back = untouched && !device.was_quarantined;
    const Answer done_error = call_done(device, !answer    ? claimed ? "claimed" : "verified"
                                                : put_back ? "untouched"
                                                           : "failed");
    if (!done_error && (!answer || put_back)) {
      device.quarantined = device.unfenced = false;
      return answer;
    }
    if (untouched && device.was_quarantined) {
      if (done_error && device.reason->code != some_failure) ++device.reason->later;
    } else if (!answer || untouched) {
      device.reason = done_error;
    } else {
      if (done_error) ++answer->later;
      device.reason = answer;
    }
    device.quarantined = true;
    device.unfenced = !device.blocked;
    return done_error && (!answer || untouched) ? done_error : answer;
  }

  Answer prepare(Device& device) {
    device.log.push_back("prepare");
    const Hook hook = run_hook(device, device.next_prepare);
    if (hook == Hook::fails || hook == Hook::says_unfenced) return Error{"io", device.prepare_native, "prepare"};
    if (hook == Hook::reenters_and_returns_it) return device.reentered;
    device.blocked = true;
    device.unfenced = false;
    return {};
  }

  Answer call_done(Device& device, const std::string& outcome) {
    device.log.push_back("done(" + outcome + ")");
    const Hook hook = run_hook(device, device.next_done);
    if (hook == Hook::fails) return Error{"io", device.done_native, "done"};
    if (hook == Hook::reenters_and_returns_it) return device.reentered;
    if (hook == Hook::says_unfenced || outcome != "failed") device.blocked = false;
    if (hook == Hook::says_unfenced) return Error{"unfenced", device.done_native, "done"};
    return device.reentered;  // dropped by the hook, and yet a failure
  }

  Hook run_hook(Device& device, Hook& next) {
    const Hook hook = next;
    next = Hook::succeeds;
    device.reentered.reset();
    if (hook == Hook::reenters_and_drops_it || hook == Hook::reenters_and_returns_it) {
      device.in_hook = true;
      Answer refused;
      (void)enter(int(&device - devices.data()), refused);
      device.in_hook = false;
    }
    return hook;
  }
};

}  // namespace reference
