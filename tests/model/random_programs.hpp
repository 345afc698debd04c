// Random programs over the library's public API. A program is a tree of operations on two devices. It is run on the
// library and on the reference model in step: each answer is compared, and both devices after each operation.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference_model.hpp"

namespace random_programs {

namespace rg = reset_guard;
using reference::Hook;

// The program ---------------------------------------------------------------------------------------------------------

enum class Do { reset, scope, step, touch, supersede, finish, move, drop, leave, hooks, release };
enum class End { right, any, mixed, fails, old_error, unsupported, abandoned };  // what a scope ends with
enum class Then { drop, propagate, supersede };                                  // what is done about a failure
enum StepId { flr, bus, ack, d0, d3, specific, step_count };
enum VerdictId { by_flr, by_bus, by_flr_and_ack, by_specific, verdict_count };

struct Op {
  Do act = Do::touch;
  int device = 0;
  int kind = 0;              // reset, scope, finish: the verdict; step: the step; hooks: what the next prepare does
  int next_done = 0;         // hooks
  int levels = 1;            // reset: so many of them, one in the other
  int from = 0;              // through which scope: 0 is the innermost of this program, 1 the one around it
  int pick = 0;              // which of the evidence, errors or hand-made scopes that the program has had
  bool fails = false;        // step
  bool unsupported = false;  // step: what it fails with
  bool old_error = false;    // step: it fails with an error that the program has had, by `pick`
  bool forged = false;       // supersede: an error that says the same and was never recorded
  bool any_scope = false;    // finish: a hand-made scope, by `pick`, open or not
  bool catches = false;      // reset, scope: stops an exception
  bool stays_open = false;   // scope: outlives its block
  bool bare = false;         // scope, finish: finish(Done) and finish(Error), not finish(Verdict)
  End end = End::right;
  Then then = Then::drop;
  std::vector<Op> body{};
};

struct Program {
  std::vector<Op> ops{};
  bool honest = false;        // nothing fails that is not resolved: each reset has to be verified
  bool newest_first = false;  // the order in which scopes that were left open are destroyed
};

inline std::size_t size(const std::vector<Op>& ops) {
  std::size_t count = 0;
  for (const Op& op : ops) count += std::size_t(op.levels) + size(op.body);
  return count;
}

// Printing ------------------------------------------------------------------------------------------------------------

inline std::string nth(const Op& op) { return " (" + std::to_string(op.pick) + ")"; }

inline std::string through(const Op& op) {
  return op.from == 0 ? "" : ", through the scope " + std::to_string(op.from) + " further out";
}

inline std::string ending(const Op& op) {
  const char* bare = op.bare ? " (no verdict)" : "";
  switch (op.end) {
    case End::right: return std::string("its evidence") + bare;
    case End::any: return "any evidence" + nth(op) + bare;
    case End::mixed: return "mixed evidence" + nth(op) + bare;
    case End::fails: return std::string("a new error") + bare;
    case End::old_error: return "an old error" + nth(op) + bare;
    case End::unsupported: return std::string("unsupported") + bare;
    case End::abandoned: return "nothing";
  }
  return "?";
}

inline std::string on_failure(const Op& op) {
  if (op.then == Then::propagate) return "; a failure is propagated";
  return op.then == Then::supersede ? "; a failure is superseded" + through(op) : "";
}

inline std::string line(const Op& op) {
  static constexpr const char* steps[] = {"Flr", "Bus", "Ack", "Power<D0>", "Power<D3>", "Specific"};
  static constexpr const char* verdicts[] = {"<Flr>", "<Bus>", "<Flr, Ack>", "<Specific>"};
  static constexpr const char* hooks[] = {"succeeds", "fails", "fails as unfenced", "re-enters and drops the refusal",
                                          "re-enters and returns the refusal"};
  const std::string device = op.device == 0 ? "A" : "B";
  switch (op.act) {
    case Do::reset:
    case Do::scope:
      return std::string(op.act == Do::reset ? "reset" : "scope by hand") + verdicts[op.kind] + " of " + device +
             (op.levels > 1 ? ", " + std::to_string(op.levels) + " deep" : "") + (op.catches ? ", catching" : "") +
             (op.stays_open ? ", stays open" : ", ends with " + ending(op) + on_failure(op));
    case Do::step:
      return std::string(steps[op.kind]) +
             (!op.fails        ? " is done"
              : op.old_error   ? " fails with an old error" + nth(op)
              : op.unsupported ? " is unsupported"
                               : " fails") +
             through(op) + (op.fails ? on_failure(op) : "");
    case Do::touch: return "touch" + through(op);
    case Do::supersede:
      return std::string("supersede ") + (op.forged ? "a forged copy of " : "") + "an old error" + nth(op) +
             through(op);
    case Do::finish:
      return std::string("finish ") + (op.any_scope ? "a hand-made scope" + nth(op) : "the scope" + through(op)) +
             " as " + verdicts[op.kind] + " with " + ending(op) + on_failure(op);
    case Do::move: return "move a hand-made scope" + nth(op);
    case Do::drop: return "destroy a hand-made scope" + nth(op);
    case Do::leave: return "throw";
    case Do::hooks: return "next prepare of " + device + ' ' + hooks[op.kind] + ", next done " + hooks[op.next_done];
    case Do::release: return "release_quarantine of " + device;
  }
  return "?";
}

inline void print(std::string& out, const std::vector<Op>& ops, std::size_t depth) {
  for (const Op& op : ops) {
    out += std::string(depth * 2, ' ') + line(op) + '\n';
    print(out, op.body, depth + 1);
  }
}

inline std::string to_string(const Program& program) {
  std::string out;
  print(out, program.ops, 1);
  if (program.honest) out += "  (nothing here fails without being resolved)\n";
  if (program.newest_first) out += "  (what is still open at the end is destroyed newest first)\n";
  return out;
}

// The library's side --------------------------------------------------------------------------------------------------

struct Device {
  rg::ResetState reset_state;
  Hook next_prepare = Hook::succeeds, next_done = Hook::succeeds;
  int prepare_native = 0, done_native = 0;
  bool blocked = false;
  bool prepared = false;  // by a prepare that no done has followed yet
  std::vector<std::string> log{};
  std::string complaint{};

  rg::Status reset_prepare() noexcept {
    log.push_back("prepare");
    if (prepared) complaint = "prepare was called twice, with no done between";
    const Hook hook = std::exchange(next_prepare, Hook::succeeds);
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
    if (hook == Hook::fails) return rg::Error{rg::Errc::io, done_native, "done"};
    RESET_GUARD_CHECK(reenter(hook));
    if (hook == Hook::says_unfenced || outcome != rg::Outcome::failed) blocked = false;
    if (hook == Hook::says_unfenced) return rg::Error{rg::Errc::unfenced, done_native, "done"};
    return rg::ok();
  }

 private:
  RESET_GUARD_MUST_USE rg::Status reenter(Hook hook) noexcept {
    if (hook != Hook::reenters_and_drops_it && hook != Hook::reenters_and_returns_it) return rg::ok();
    auto entered = rg::ResetScope<Device>::enter(*this);
    if (!entered.failed()) {
      complaint = "a hook could enter a scope of its own device";
      return rg::ok();
    }
    const rg::Error error = std::move(entered).error();
    if (error.code != rg::Errc::hook_reentered) complaint = "a hook was refused with another code";
    if (hook == Hook::reenters_and_drops_it) return rg::ok();
    return error;
  }
};

using Scope = rg::ResetScope<Device>;

struct Flr : rg::ResetStep<Flr> {
  RESET_GUARD_MUST_USE static rg::Verdict<Flr> run(Scope& scope, rg::Status status) {
    if (status.failed()) return fail(scope, std::move(status).error());
    return done(scope);
  }
};
struct Bus : rg::ResetStep<Bus> {
  RESET_GUARD_MUST_USE static rg::Verdict<Bus> run(Scope& scope, rg::Status status) {
    return done_if(scope, std::move(status));
  }
};
struct Ack : rg::Step<Ack> {
  RESET_GUARD_MUST_USE static rg::Verdict<Ack> run(Scope& scope, rg::Status status) {
    return done_if(scope, std::move(status));
  }
};
template <int state>
struct Power : rg::Step<Power<state>> {
  RESET_GUARD_MUST_USE static rg::Verdict<Power> run(Scope& scope, rg::Status status) {
    return Power::done_if(scope, std::move(status));
  }
};
struct Specific : rg::ResetStep<Specific> {
  using proved_by = rg::any_of<Flr, Bus>;
  RESET_GUARD_MUST_USE static rg::Verdict<Specific> run(Scope& scope, rg::Status status) {
    return done_if(scope, std::move(status));
  }
};

template <class S>
inline constexpr int id_of = -1;
template <>
inline constexpr int id_of<Flr> = flr;
template <>
inline constexpr int id_of<Bus> = bus;
template <>
inline constexpr int id_of<Ack> = ack;
template <>
inline constexpr int id_of<Power<0>> = d0;
template <>
inline constexpr int id_of<Power<3>> = d3;
template <>
inline constexpr int id_of<Specific> = specific;

template <class... S>
reference::Steps steps_of() {
  return {id_of<S>...};
}

// What the rules come down to, checked apart from the model -----------------------------------------------------------

// Keeps each failure of one device's reset, and is generous about what resolves one: whatever might have.
class Watch {
 public:
  void begin() { events_.clear(); }
  std::size_t mark() const { return events_.size(); }
  bool any() const { return !events_.empty(); }

  void failed(const reference::Error& error, const reference::Steps& steps) {
    events_.push_back({error.serial, error.native, steps, false});
  }

  // What failed in a scope since its mark is that scope's failure from now on.
  void scope_failed(std::size_t mark, const reference::Error& error, const reference::Steps& steps) {
    for (std::size_t i = mark; i < events_.size(); ++i) {
      events_[i].serial = error.serial;
      events_[i].steps = steps;
    }
    failed(error, steps);
  }

  void verified(const reference::Steps& steps) {
    for (Event& event : events_) event.resolved |= event.steps == steps;
  }

  void superseded(int serial) {
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (events_[i].serial != serial) continue;
      events_[i].resolved = true;
      if (!events_[i].steps.empty()) verified(events_[i].steps);
    }
  }

  bool unresolved() const { return first_unresolved() != events_.size(); }

  // Whether an answer with this native code came later than a failure that nothing resolved. Each failure of a program
  // has a code of its own; 0 is the library's.
  bool hides_an_earlier_one(int native) const {
    for (std::size_t i = 0; i < events_.size() && native != 0; ++i) {
      if (events_[i].native == native) return false;
      if (!events_[i].resolved && events_[i].native != 0) return true;
    }
    return false;
  }

 private:
  struct Event {
    int serial;
    int native;
    reference::Steps steps;
    bool resolved;
  };
  std::vector<Event> events_{};

  std::size_t first_unresolved() const {
    std::size_t i = 0;
    while (i < events_.size() && events_[i].resolved) ++i;
    return i;
  }
};

// Running -------------------------------------------------------------------------------------------------------------

// What the programs came to: a test in which nothing is ever verified, or nothing ever fails, tests nothing.
struct Counts {
  std::uint64_t operations = 0, resets = 0, verified = 0, verified_after_failures = 0, untouched = 0, failed = 0,
                prepares_failed = 0;
};

class Run {
 public:
  explicit Run(const Program& program, Counts& counts) : program_(program), counts_(counts) {}
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // What did not match, or nothing.
  std::string run() {
    try {
      (void)perform(program_.ops);
    } catch (const Thrown&) {
    }
    for (std::size_t i = 0; i < hands_.size(); ++i) destroy(program_.newest_first ? hands_.size() - 1 - i : i);
    compare_devices("at the end");
    return mismatch_;
  }

 private:
  struct Thrown {};

  // An error, as each side knows it.
  struct Known {
    rg::Error actual;
    reference::Error model;
  };
  using Propagated = std::optional<Known>;

  template <class S>
  struct Kept {
    std::optional<rg::Done<S>> evidence;
    reference::Evidence model;
    int device;
  };
  template <class S>
  using Pool = std::vector<Kept<S>>;

  template <class... S>
  struct Claimed {
    rg::Verdict<S...> verdict;
    reference::Claim model;
  };

  struct Hand {
    std::optional<Scope> scope{};
    int model = 0;
  };

  // A scope that the running operations are in.
  struct Frame {
    Scope* borrowed;
    std::size_t hand;
    int model;
  };

  const Program& program_;
  Counts& counts_;
  std::string mismatch_{};
  reference::Model model_{};
  std::array<Device, 2> devices_{};
  std::array<Watch, 2> watches_{};
  std::vector<std::size_t> marks_{};  // of each of the model's scopes
  std::deque<Hand> hands_{};
  std::vector<Frame> frames_{};
  std::vector<Known> errors_{};
  Pool<Flr> flrs_{};
  Pool<Bus> buses_{};
  Pool<Ack> acks_{};
  Pool<Specific> specifics_{};
  int natives_ = 0;

  // --- comparing ---

  void differ(const std::string& what) {
    if (mismatch_.empty()) mismatch_ = what;
  }

  static std::string text(const rg::Error& error) {
    return std::string(rg::to_string(error.code)) + ' ' + std::to_string(error.native) + " at " + error.step + ", " +
           std::to_string(error.later) + " later";
  }
  static std::string text(const reference::Error& error) {
    return error.code + ' ' + std::to_string(error.native) + (error.step.empty() ? "" : " at " + error.step) + ", " +
           std::to_string(error.later) + " later";
  }
  static std::string text(const reference::Answer& answer) { return answer ? text(*answer) : "success"; }

  // The model names no step where the contract names none.
  static bool same(const rg::Error& library, const reference::Error& model) {
    if (model.code == reference::anything) return true;
    if (model.code == reference::some_failure) return library.code != rg::Errc::unsupported;
    return rg::to_string(library.code) == model.code && library.native == model.native &&
           library.later == model.later && (model.step.empty() || library.step == model.step);
  }

  void compare(const Op& op, const rg::Error* library, const reference::Answer& model) {
    if (model && model->code == reference::anything) return;
    if (library == nullptr ? !model : model && same(*library, *model)) return;
    differ("'" + line(op) + "': the library answers " + (library == nullptr ? "success" : text(*library)) +
           ", the model " + text(model));
  }

  void compare_devices(const std::string& when) {
    for (int i = 0; i < 2 && mismatch_.empty(); ++i) {
      const reference::Device& model = model_.devices[std::size_t(i)];
      const Device& device = devices_[std::size_t(i)];
      const rg::ResetState& state = device.reset_state;
      const auto differs = [&](const char* what, const std::string& library, const std::string& expected) {
        if (library != expected) {
          differ(when + ": " + (i == 0 ? "A" : "B") + "'s " + what + " is " + library + ", the model's " + expected);
        }
      };
      if (!device.complaint.empty()) differ(when + ": " + device.complaint);
      if (state.depth() != model.open.size()) {
        differs("depth", std::to_string(state.depth()), std::to_string(model.open.size()));
      }
      const auto flag = [&](const char* what, bool library, bool expected) {
        if (library != expected) differs(what, library ? "true" : "false", expected ? "true" : "false");
      };
      flag("in_reset", state.in_reset(), !model.open.empty());
      flag("quarantined", state.quarantined(), model.quarantined);
      flag("unfenced", state.unfenced(), model.unfenced);
      flag("block", device.blocked, model.blocked);
      if (device.log != model.log) {
        differs("last hook", device.log.empty() ? "none" : device.log.back(),
                (model.log.empty() ? "none" : model.log.back()) + " (" + std::to_string(model.log.size()) + " calls)");
      }
      if (model.open.empty() && model.quarantined && state.quarantined() &&
          !same(state.quarantine_reason(), *model.reason)) {
        differs("reason", text(state.quarantine_reason()), text(*model.reason));
      }
    }
  }

  // --- the rules apart from the model ---

  void watch_enter(int device, const std::optional<int>& scope, const reference::Answer& refused) {
    Watch& watch = watches_[std::size_t(device)];
    const reference::Device& model = model_.devices[std::size_t(device)];
    if (scope) {
      if (model.open.size() == 1) {
        watch.begin();
        ++counts_.resets;
      }
      marks_.resize(std::size_t(*scope) + 1);
      marks_[std::size_t(*scope)] = watch.mark();
      if (model.open.size() == 1 && model.reentered) watch.failed(*model.reentered, {});
    } else if (model.open.empty()) {
      ++counts_.prepares_failed;
      const Device& library = devices_[std::size_t(device)];
      if (library.prepared || library.reset_state.depth() != 0) differ("a failed prepare left something held");
    } else {
      watch.failed(*refused, {});
    }
  }

  // `answer` is the library's: nullptr for success.
  void watch_end(int device, int scope, const reference::Steps& steps, const rg::Error* answer,
                 const reference::Answer& model, bool was_outermost) {
    Watch& watch = watches_[std::size_t(device)];
    const Device& library = devices_[std::size_t(device)];
    const rg::ResetState& state = library.reset_state;
    const bool unsupported = answer != nullptr && answer->code == rg::Errc::unsupported;
    if (!was_outermost) {
      if (answer == nullptr) watch.verified(steps);
      if (answer != nullptr && !unsupported && model) {
        watch.scope_failed(marks_[std::size_t(scope)], *model, steps);
      }
      return;
    }
    if (answer == nullptr) {
      ++counts_.verified;
      counts_.verified_after_failures += watch.any();
      if (watch.unresolved()) differ("a reset was verified over a failure that nothing resolved");
      if (state.quarantined() || library.blocked) differ("a verified reset left the device blocked or quarantined");
      return;
    }
    ++(unsupported && !state.quarantined() ? counts_.untouched : counts_.failed);
    if (program_.honest) differ("everything that failed was resolved, and the reset failed with " + text(*answer));
    if (unsupported) {
      if (watch.unresolved()) differ("a reset was untouched over a failure");
      return;
    }
    if (!state.quarantined()) differ("a failed reset left the device without a quarantine");
    if (!library.blocked && !state.unfenced()) differ("a failed reset left the device unblocked");
    const bool in_order = model && model->code != reference::some_failure;
    if (in_order && watch.hides_an_earlier_one(answer->native)) {
      differ("the answer " + text(*answer) + " hides an earlier failure");
    }
  }

  // --- what the program has had ---

  Scope* library_scope(const Frame& frame) {
    if (frame.borrowed != nullptr) return frame.borrowed;
    std::optional<Scope>& scope = hands_[frame.hand].scope;
    return scope ? &*scope : nullptr;
  }

  // The scope `from` further out, or nothing if there is none.
  const Frame* frame(int from) const {
    return std::size_t(from) < frames_.size() ? &frames_[frames_.size() - 1 - std::size_t(from)] : nullptr;
  }

  Hand* hand_of(const Op& op) {
    return hands_.empty() ? nullptr : &hands_[hands_.size() - 1 - std::size_t(op.pick) % hands_.size()];
  }

  int device_of(int scope) const { return model_.scopes[std::size_t(scope)].device; }
  bool is_outermost(int scope) const {
    return model_.scopes[std::size_t(scope)].open && model_.devices[std::size_t(device_of(scope))].open.size() == 1;
  }

  const Known& learn(const rg::Error& library, reference::Error model) {
    if (model.code == reference::some_failure || model.code == reference::anything) {
      model = {rg::to_string(library.code), library.native, library.step, library.later};
    }
    errors_.push_back({library, model});
    return errors_.back();
  }

  Known old_error(const Op& op) const { return errors_[errors_.size() - 1 - std::size_t(op.pick) % errors_.size()]; }

  int next_native() { return ++natives_; }

  void supersede(const Frame& at, const Known& known, const Op& op) {
    Scope* scope = library_scope(at);
    if (scope == nullptr) return;
    auto status = scope->supersede(known.actual);
    const std::optional<bool> accepted = model_.supersede(at.model, known.model);
    if (status.failed()) {
      const rg::Error error = std::move(status).error();
      if (accepted == true)
        differ("'" + line(op) + "': supersede is refused with " + text(error) + ", the model accepts it");
    } else if (accepted == false) {
      differ("'" + line(op) + "': supersede is accepted, the model refuses it");
    } else {
      if (!accepted) model_.supersede_anywhere(at.model, known.model);
      watches_[std::size_t(device_of(at.model))].superseded(known.model.serial);
    }
  }

  // What the program does about a failure.
  Propagated react(const Op& op, const Known& known) {
    if (op.then == Then::propagate) return known;
    const Frame* at = frame(op.from);
    if (op.then == Then::supersede && at != nullptr) supersede(*at, Known(known), op);
    return {};
  }

  // --- evidence ---

  Pool<Flr>& pool(const Flr*) { return flrs_; }
  Pool<Bus>& pool(const Bus*) { return buses_; }
  Pool<Ack>& pool(const Ack*) { return acks_; }
  Pool<Specific>& pool(const Specific*) { return specifics_; }
  template <class S>
  Pool<S>& pool() {
    return pool(static_cast<const S*>(nullptr));
  }

  template <class S>
  Kept<S>* choose(int device, const Op& op) {
    Kept<S>* newest = nullptr;
    std::vector<Kept<S>*> all;
    for (Kept<S>& kept : pool<S>()) {
      if (!kept.evidence) continue;
      all.push_back(&kept);
      if (kept.device == device) newest = &kept;
    }
    if (op.end == End::right) return newest;
    return all.empty() ? nullptr : all[all.size() - 1 - std::size_t(op.pick) % all.size()];
  }

  // Evidence for S from evidence for From.
  template <class... S, class From>
  std::optional<Claimed<S...>> use(Kept<From>* kept) {
    if (kept == nullptr) return {};
    rg::Verdict<S...> verdict = rg::Done<S...>(std::move(*kept->evidence));
    kept->evidence.reset();
    return Claimed<S...>{std::move(verdict), {kept->model, {}}};
  }
  template <class... S, class From, class With>
  std::optional<Claimed<S...>> use(Kept<From>* kept, Kept<With>* with) {
    if (kept == nullptr || with == nullptr) return {};
    rg::Verdict<S...> verdict = rg::Done<S...>(rg::both(std::move(*kept->evidence), std::move(*with->evidence)));
    kept->evidence.reset();
    with->evidence.reset();
    return Claimed<S...>{std::move(verdict), {reference::both(kept->model, with->model), {}}};
  }

  std::optional<Claimed<Flr>> evidence(const Flr*, int device, const Op& op) {
    if (op.end == End::mixed) return use<Flr>(choose<Flr>(device, op), choose<Ack>(device, op));
    return use<Flr>(choose<Flr>(device, op));
  }
  std::optional<Claimed<Bus>> evidence(const Bus*, int device, const Op& op) {
    if (op.end == End::mixed) return use<Bus>(choose<Bus>(device, op), choose<Flr>(device, op));
    return use<Bus>(choose<Bus>(device, op));
  }
  std::optional<Claimed<Flr, Ack>> evidence(const Flr*, const Ack*, int device, const Op& op) {
    return use<Flr, Ack>(choose<Flr>(device, op), choose<Ack>(device, op));
  }
  std::optional<Claimed<Specific>> evidence(const Specific*, int device, const Op& op) {
    if (op.end == End::mixed) return use<Specific>(choose<Flr>(device, op), choose<Bus>(device, op));
    if (op.pick % 3 == 1) return use<Specific>(choose<Bus>(device, op));
    if (op.pick % 3 == 2) return use<Specific>(choose<Specific>(device, op));
    return use<Specific>(choose<Flr>(device, op));
  }

  template <class... S>
  Claimed<S...> claim(const Op& op, int device, const Propagated& propagated) {
    const auto error = [](const rg::Error& library, const reference::Error& model) {
      return Claimed<S...>{library, {{}, model}};
    };
    if (propagated) return error(propagated->actual, propagated->model);
    if (op.end == End::old_error && !errors_.empty()) {
      const Known known = old_error(op);
      return error(known.actual, known.model);
    }
    if (op.end == End::right || op.end == End::any || op.end == End::mixed) {
      auto found = evidence(static_cast<const S*>(nullptr)..., device, op);
      if (found) return std::move(*found);
    }
    const int native = next_native();
    if (op.end == End::unsupported) {
      return error({rg::Errc::unsupported, native, "handler"}, {"unsupported", native, "handler"});
    }
    return error({rg::Errc::timed_out, native, "handler"}, {"timed_out", native, "handler"});
  }

  template <class First, class... Rest>
  void keep(rg::Done<First, Rest...> done, const reference::Evidence& model, int device) {
    pool<First>().push_back({rg::Done<First>(std::move(done)), model, device});
  }

  // --- the operations ---

  Propagated perform(const std::vector<Op>& ops) {
    for (const Op& op : ops) {
      if (!mismatch_.empty()) break;
      ++counts_.operations;
      Propagated propagated = perform(op);
      if (mismatch_.empty()) compare_devices("after '" + line(op) + "'");
      if (propagated) return propagated;
    }
    return {};
  }

  Propagated perform(const Op& op) {
    switch (op.act) {
      case Do::reset: return with_verdict(op.kind, [&]<class... S>() { return reset<S...>(op, op.levels); });
      case Do::scope: return with_verdict(op.kind, [&]<class... S>() { return scope<S...>(op); });
      case Do::finish: return with_verdict(op.kind, [&]<class... S>() { return finish<S...>(op); });
      case Do::step:
        switch (op.kind) {
          case flr: return step<Flr>(op);
          case bus: return step<Bus>(op);
          case ack: return step<Ack>(op);
          case d0: return step<Power<0>>(op);
          case d3: return step<Power<3>>(op);
          default: return step<Specific>(op);
        }
      case Do::touch:
        if (const Frame* at = frame(op.from); at != nullptr && library_scope(*at) != nullptr) {
          library_scope(*at)->touch();
          model_.touch(at->model);
        }
        return {};
      case Do::supersede:
        if (const Frame* at = frame(op.from); at != nullptr && !errors_.empty()) {
          Known known = old_error(op);
          if (op.forged) {
            known.actual = rg::Error{known.actual.code, known.actual.native, known.actual.step};
            known.model.serial = 0;
          }
          supersede(*at, known, op);
        }
        return {};
      case Do::move:
        if (Hand* hand = hand_of(op); hand != nullptr && hand->scope) {
          std::optional<Scope> elsewhere(std::move(*hand->scope));
          hand->scope.emplace(std::move(*elsewhere));
        }
        return {};
      case Do::drop:
        if (!hands_.empty()) destroy(hands_.size() - 1 - std::size_t(op.pick) % hands_.size());
        return {};
      case Do::leave: throw Thrown();
      case Do::hooks: {
        Device& device = devices_[std::size_t(op.device)];
        reference::Device& model = model_.devices[std::size_t(op.device)];
        device.next_prepare = model.next_prepare = Hook(op.kind);
        device.next_done = model.next_done = Hook(op.next_done);
        device.prepare_native = model.prepare_native = 1000 + next_native();
        device.done_native = model.done_native = 1000 + next_native();
        return {};
      }
      case Do::release: {
        auto status = rg::release_quarantine(devices_[std::size_t(op.device)], "random program");
        const reference::Answer expected = model_.release(op.device);
        if (status.failed()) {
          const rg::Error error = std::move(status).error();
          compare(op, &error, expected);
          if (expected) learn(error, *expected);
        } else {
          compare(op, nullptr, expected);
        }
        return {};
      }
    }
    return {};
  }

  template <class Function>
  static Propagated with_verdict(int kind, Function function) {
    switch (kind) {
      case by_flr: return function.template operator()<Flr>();
      case by_bus: return function.template operator()<Bus>();
      case by_flr_and_ack: return function.template operator()<Flr, Ack>();
      default: return function.template operator()<Specific>();
    }
  }

  // Compares a scope's answer, keeps what came out, and does what the program does about it.
  template <class Result>
  Propagated settle(const Op& op, Result verdict, const reference::Answer& expected, const reference::Claim& claimed,
                    int device) {
    if (verdict.failed()) {
      const rg::Error error = std::move(verdict).error();
      compare(op, &error, expected);
      if (!mismatch_.empty()) return {};
      return react(op, learn(error, *expected));
    }
    compare(op, nullptr, expected);
    if constexpr (std::is_same_v<Result, rg::Status>) {
      std::move(verdict).discard("a scope that was finished with an error never gets here");
    } else {
      auto done = std::move(verdict).take();
      if (claimed.evidence) keep(std::move(done), *claimed.evidence, device);
    }
    return {};
  }

  template <class... S>
  Propagated reset(const Op& op, int levels) {
    reference::Answer expected;
    reference::Claim claimed;
    const std::size_t frames = frames_.size();
    const std::optional<int> number = model_.enter(op.device, true, expected);
    bool outermost = false;
    try {
      auto verdict = rg::reset(devices_[std::size_t(op.device)], [&](Scope& scope) -> rg::Verdict<S...> {
        watch_enter(op.device, number, expected);
        if (!number) {
          differ("'" + line(op) + "': the library enters, the model answers " + text(expected));
          return rg::Error{rg::Errc::invalid, 0, "mismatch"};
        }
        compare_devices("in '" + line(op) + "'");
        frames_.push_back({&scope, 0, *number});
        Propagated propagated = levels > 1 ? reset<S...>(op, levels - 1) : perform(op.body);
        frames_.pop_back();
        outermost = is_outermost(*number);
        Claimed<S...> both = claim<S...>(op, op.device, propagated);
        claimed = both.model;
        return std::move(both.verdict);
      });
      if (number) {
        expected = model_.end(*number, claimed, steps_of<S...>());
      } else {
        watch_enter(op.device, number, expected);
      }
      if (verdict.failed()) {
        const rg::Error error = std::move(verdict).error();
        if (number) watch_end(op.device, *number, steps_of<S...>(), &error, expected, outermost);
        return settle<rg::Verdict<S...>>(op, error, expected, claimed, op.device);
      }
      if (number) watch_end(op.device, *number, steps_of<S...>(), nullptr, expected, outermost);
      return settle(op, std::move(verdict), expected, claimed, op.device);
    } catch (const Thrown&) {
      while (frames_.size() > frames) frames_.pop_back();
      if (!number) throw;
      abandoned(*number, steps_of<S...>());
      compare_devices("left by an exception, '" + line(op) + "'");
      if (!op.catches) throw;
      return {};
    }
  }

  // A scope was left: the model's answer stands for the library's, which nobody gets.
  void abandoned(int number, const reference::Steps& steps) {
    const bool outermost = is_outermost(number);
    const int device = device_of(number);
    const reference::Answer answer = model_.end(number, {}, steps);
    if (!answer) return;
    const rg::Error stands_for{rg::Errc::abandoned, answer->native, "abandoned"};
    watch_end(device, number, steps, &stands_for, answer, outermost);
  }

  void destroy(std::size_t index) {
    Hand& hand = hands_[index];
    if (!hand.scope) return;
    hand.scope.reset();
    abandoned(hand.model, {});
  }

  // The block around a scope made by hand: it destroys the scope however it is left.
  struct Block {
    Run& run;
    std::size_t frames;
    std::size_t hand;
    bool stays_open;
    ~Block() {
      while (run.frames_.size() > frames) run.frames_.pop_back();
      if (!stays_open) run.destroy(hand);
    }
  };

  template <class... S>
  Propagated scope(const Op& op) {
    reference::Answer expected;
    const std::optional<int> number = model_.enter(op.device, false, expected);
    auto entered = Scope::enter(devices_[std::size_t(op.device)]);
    watch_enter(op.device, number, expected);
    if (entered.failed()) {
      const rg::Error error = std::move(entered).error();
      if (number) differ("'" + line(op) + "': the library answers " + text(error) + ", the model enters");
      compare(op, &error, expected);
      if (!mismatch_.empty()) return {};
      return react(op, learn(error, *expected));
    }
    hands_.emplace_back();
    Hand& hand = hands_.back();
    hand.scope.emplace(std::move(entered).take());
    if (!number) {
      differ("'" + line(op) + "': the library enters, the model answers " + text(expected));
      return {};
    }
    hand.model = *number;
    compare_devices("in '" + line(op) + "'");
    const std::size_t index = hands_.size() - 1;
    Propagated propagated;
    try {
      Block block{*this, frames_.size(), index, op.stays_open};
      frames_.push_back({nullptr, index, *number});
      propagated = perform(op.body);
      frames_.pop_back();
      if (op.stays_open || op.end == End::abandoned || !hand.scope || !mismatch_.empty()) return propagated;
      propagated = finish<S...>(op, *hand.scope, *number, propagated);
    } catch (const Thrown&) {
      if (!op.catches) throw;
      return {};
    }
    return propagated;
  }

  template <class... S>
  Propagated finish(const Op& op) {
    if (op.any_scope) {
      Hand* hand = hand_of(op);
      return hand != nullptr && hand->scope ? finish<S...>(op, *hand->scope, hand->model, {}) : Propagated();
    }
    const Frame* at = frame(op.from);
    if (at == nullptr || library_scope(*at) == nullptr) return {};
    return finish<S...>(op, *library_scope(*at), at->model, {});
  }

  template <class... S>
  Propagated finish(const Op& op, Scope& scope, int number, const Propagated& propagated) {
    const int device = device_of(number);
    const reference::Scope& model = model_.scopes[std::size_t(number)];
    const bool ends = model.open && !model.borrowed;
    const bool outermost = is_outermost(number);
    Claimed<S...> both = claim<S...>(op, device, propagated);
    const auto end = [&](auto result, const reference::Steps& steps) -> Propagated {
      const reference::Answer expected = model_.finish(number, both.model, steps);
      if (result.failed()) {
        const rg::Error error = std::move(result).error();
        if (ends) {
          watch_end(device, number, steps, &error, expected, outermost);
        } else if (expected) {
          watches_[std::size_t(device)].failed(*expected, {});
        }
        return settle<decltype(result)>(op, error, expected, both.model, device);
      }
      watch_end(device, number, steps, nullptr, expected, outermost);
      return settle(op, std::move(result), expected, both.model, device);
    };
    if (!op.bare) return end(scope.finish(std::move(both.verdict)), steps_of<S...>());
    if (both.verdict.failed()) return end(scope.finish(std::move(both.verdict).error()), {});
    auto done = std::move(both.verdict).take();
    return end(scope.finish(std::move(done)), steps_of<S...>());
  }

  template <class S>
  Propagated step(const Op& op) {
    const Frame* at = frame(op.from);
    if (at == nullptr || library_scope(*at) == nullptr) return {};
    const int device = device_of(at->model);
    Watch& watch = watches_[std::size_t(device)];
    if (!op.fails) {
      auto verdict = S::run(*library_scope(*at), rg::ok());
      const reference::Evidence model = model_.done(at->model, id_of<S>);
      if (verdict.failed()) {
        differ("'" + line(op) + "': the library answers " + text(std::move(verdict).error()));
        return {};
      }
      watch.verified({id_of<S>});
      auto done = std::move(verdict).take();
      if constexpr (id_of<S> != d0 && id_of<S> != d3) keep(std::move(done), model, device);
      return {};
    }
    const int native = next_native();
    const auto code = op.unsupported ? rg::Errc::unsupported : rg::Errc::io;
    Known known{{code, native, "step"}, {rg::to_string(code), native, "step"}};
    if (op.old_error && !errors_.empty()) known = old_error(op);
    auto verdict = S::run(*library_scope(*at), known.actual);
    const reference::Error expected =
        model_.fail(at->model, id_of<S>, std::is_base_of_v<rg::ResetStep<S>, S>, known.model);
    if (expected.code != "unsupported") watch.failed(expected, {id_of<S>});
    if (!verdict.failed()) {
      differ("'" + line(op) + "': the library answers success");
      return {};
    }
    const rg::Error error = std::move(verdict).error();
    compare(op, &error, expected);
    return react(op, learn(error, expected));
  }
};

// Making programs -----------------------------------------------------------------------------------------------------

// Where a program's choices come from: numbers that follow from a seed, or a fuzzer's bytes (0 after the last).
class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed) {}
  Choices(const std::uint8_t* bytes, std::size_t count) : bytes_(bytes), left_(count) {}

  int below(int limit) {
    if (bytes_ != nullptr) return left_ == 0 ? 0 : (--left_, *bytes_++) % limit;
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;  // splitmix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return int((z ^ (z >> 31)) % std::uint64_t(limit));
  }
  bool one_in(int n) { return below(n) == n - 1; }  // a fuzzer's missing bytes say no

 private:
  std::uint64_t state_ = 0;
  const std::uint8_t* bytes_ = nullptr;
  std::size_t left_ = 0;
};

class Generator {
 public:
  static constexpr int max_depth = 6;
  static constexpr int max_operations = 40;

  explicit Generator(Choices choices) : choices_(choices) {}

  Program program() {
    Program program;
    program.honest = one_in(3);
    program.newest_first = one_in(2);
    spite_ = below(4);
    budget_ = 4 + below(max_operations - 3);
    while (budget_ > 0) {
      program.ops.push_back(program.honest ? honest_scope(below(2), 0) : wild(0));
    }
    return program;
  }

 private:
  Choices choices_;
  int spite_ = 0;  // how often a program breaks a rule
  int budget_ = 0;

  int below(int limit) { return choices_.below(limit); }
  bool one_in(int n) { return choices_.one_in(n); }
  bool spiteful(int n) { return spite_ > 0 && below(n * 4) < spite_; }

  Op make(Do act) {
    --budget_;
    Op op;
    op.act = act;
    return op;
  }
  Op step(int kind, bool fails = false, Then then = Then::drop) {
    Op op = make(Do::step);
    op.kind = kind;
    op.fails = fails;
    op.then = then;
    return op;
  }
  Op supersede(int pick) {
    Op op = make(Do::supersede);
    op.pick = pick;
    return op;
  }

  // What the verdict needs, done just before the end.
  void add_evidence(std::vector<Op>& body, int verdict) {
    body.push_back(step(verdict == by_bus ? bus : flr));
    if (verdict == by_flr_and_ack) body.push_back(step(ack));
  }

  // --- programs that may do anything ---

  Op wild(int depth) {
    const int choice = below(100);
    if (depth == 0) {
      if (choice < 45) return wild_scope(Do::reset, depth);
      if (choice < 70) return wild_scope(Do::scope, depth);
      if (choice < 82) return hooks();
      if (choice < 90) return on_device(Do::release);
      return choice < 95 ? finish() : picked(Do::drop);
    }
    if (choice < 44) return wild_step();
    if (depth < max_depth && choice < 58) return wild_scope(Do::reset, depth);
    if (depth < max_depth && choice < 70) return wild_scope(Do::scope, depth);
    if (choice < 80) {
      Op op = picked(Do::supersede);
      op.forged = spiteful(4);
      op.from = from();
      return op;
    }
    if (choice < 85 || !spiteful(1)) {
      Op op = make(Do::touch);
      op.from = from();
      return op;
    }
    if (choice < 88) return finish();
    if (choice < 91) return picked(Do::move);
    if (choice < 93) return picked(Do::drop);
    if (choice < 95) return make(Do::leave);
    return choice < 98 ? hooks() : on_device(Do::release);
  }

  int from() { return spiteful(2) ? below(3) : 0; }

  Op picked(Do act) {
    Op op = make(act);
    op.pick = one_in(2) ? below(4) : 0;
    return op;
  }

  Op on_device(Do act) {
    Op op = make(act);
    op.device = one_in(4);
    return op;
  }

  Op hooks() {
    Op op = on_device(Do::hooks);
    op.kind = one_in(3) ? below(5) : 0;
    op.next_done = one_in(2) ? below(5) : 0;
    return op;
  }

  Op wild_step() {
    Op op = step(below(step_count), below(5) < 2, Then(below(3)));
    op.unsupported = spiteful(6);
    op.old_error = spiteful(4);
    op.pick = one_in(2) ? below(3) : 0;
    op.from = from();
    return op;
  }

  Op finish() {
    Op op = picked(Do::finish);
    op.kind = below(verdict_count);
    op.end = wild_end();
    op.bare = one_in(4);
    op.any_scope = one_in(2);
    op.from = below(3);
    op.then = Then(below(3));
    return op;
  }

  End wild_end() {
    if (!one_in(3)) return End::right;
    return End(below(7));
  }

  Op wild_scope(Do act, int depth) {
    Op op = on_device(act);
    op.kind = below(verdict_count);
    op.end = wild_end();
    op.pick = one_in(2) ? below(4) : 0;
    op.then = Then(below(3));
    op.from = from();
    op.catches = one_in(3);
    op.bare = one_in(4);
    op.stays_open = act == Do::scope && spiteful(2);
    if (act == Do::reset && one_in(100)) op.levels = 46 + below(6);
    for (int count = below(6); count > 0 && budget_ > 0; --count) op.body.push_back(wild(depth + 1));
    if (op.end == End::right && !one_in(4)) add_evidence(op.body, op.kind);
    return op;
  }

  // --- programs in which whatever fails is resolved ---

  Op honest_scope(int device, int depth) {
    Op op = make(one_in(3) ? Do::scope : Do::reset);
    op.device = device;
    op.kind = below(verdict_count);
    op.bare = one_in(4);
    for (int count = below(5); count > 0 && budget_ > 0; --count) add_honest(op.body, device, depth + 1);
    add_evidence(op.body, op.kind);
    return op;
  }

  void add_honest(std::vector<Op>& body, int device, int depth) {
    const int kind = below(step_count);
    switch (below(depth < max_depth ? 9 : 5)) {
      case 0: body.push_back(step(kind)); break;
      case 1: body.push_back(step(kind, true, Then::supersede)); break;
      case 2:  // retried, if need be twice
        if (one_in(3)) body.push_back(step(kind, true));
        body.push_back(step(kind, true));
        body.push_back(step(kind));
        break;
      case 3:  // named a little later
        body.push_back(step(kind, true));
        body.push_back(step(kind == ack ? d0 : ack));
        body.push_back(supersede(0));
        break;
      case 4: body.push_back(make(Do::touch)); break;
      case 5: body.push_back(honest_scope(device, depth)); break;
      case 6: {  // another device's reset, whole, in the middle of this one
        if (depth == 1) body.push_back(honest_scope(1 - device, depth));
        break;
      }
      case 7: {  // a method that fails, whatever happens in it, and the fallback names it
        Op op = failing(device, depth);
        op.then = Then::supersede;
        body.push_back(op);
        break;
      }
      default: {  // a method that fails and is tried again
        const Op op = failing(device, depth);
        body.push_back(op);
        Op again = honest_scope(device, depth);
        again.kind = op.kind;
        add_evidence(again.body, again.kind);
        body.push_back(again);
        break;
      }
    }
  }

  Op failing(int device, int depth) {
    Op op = make(one_in(3) ? Do::scope : Do::reset);
    op.device = device;
    op.kind = below(verdict_count);
    op.end = one_in(3) ? End::right : one_in(4) ? End::unsupported : End::fails;
    for (int count = below(4); count > 0 && budget_ > 0; --count) {
      if (depth < max_depth && one_in(4)) {
        op.body.push_back(failing(device, depth + 1));
        op.body.back().then = Then(below(3));
      } else {
        op.body.push_back(step(below(step_count), one_in(2), Then(below(3))));
      }
    }
    return op;
  }
};

inline Program generate(Choices choices) { return Generator(choices).program(); }

}  // namespace random_programs
