// One device with its open scopes, the errors and the evidence that a program has kept, and the rules of the ledger
// beside them. All of it is in one object without pointers to outside, so that its bytes are its state: it is put back
// by copying them to where they were.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#include "closure_device.hpp"
#include "ledger_rules.hpp"

namespace closure {

// The private members of the code under test, which is not changed for it: an explicit instantiation may name them.
template <class Tag, auto member>
struct Opened {
  friend constexpr auto member_of(Tag) { return member; }
};
#define CLOSURE_MEMBER(name)                     \
  struct Tag_##name {                            \
    friend constexpr auto member_of(Tag_##name); \
  };                                             \
  template struct Opened<Tag_##name, &rg::detail::StateMachine::name##_>
CLOSURE_MEMBER(now);
CLOSURE_MEMBER(control);
CLOSURE_MEMBER(serial);
CLOSURE_MEMBER(fence);
CLOSURE_MEMBER(in_reset);
CLOSURE_MEMBER(reason);
#undef CLOSURE_MEMBER

using rg::detail::ErrorAccess;
using rg::detail::EvidenceAccess;
using rg::detail::StateMachine;
using rg::detail::Word;

enum class Op : std::uint8_t { enter, pass, fail, chip, touch, overrule, finish, destroy, finish_ended, release, move };
// What a step fails with, a scope is finished with, or overrule() is given.
enum class What : std::uint8_t {
  none,
  shown,    // evidence that is made for it
  claim,    //   and shows nothing
  kept,     // evidence from earlier in this reset
  stale,    // evidence from an earlier reset
  foreign,  // evidence of another device
  io,       // a new error
  unsupported,
  abandoned,
  hand,            // an error that was recorded, and is part of a failure that is pending
  dead,            // one that was recorded, and is not
  dead_abandoned,  // the same, of a scope that was left
  forged,          // one that says the same as `hand`, and was never recorded
};
enum class Reply : std::uint8_t { succeeds, fails, unsupported, unfenced, refusal };
inline constexpr int reply_count = 5;
// What a hook does before it replies.
enum class Inside : std::uint8_t {
  nothing,
  enters,
  releases,
  passes,
  fails,
  touches,
  overrules,
  finishes_ended,
  finishes,
  finishes_well
};
inline constexpr int inside_count = 10;

inline constexpr int ended = 7;  // in place of a scope's number: the object of one that has ended

struct Call {
  Op op = Op::enter;
  int at = 0;              // through which scope, 0 is the outermost
  Name step = Name::none;  // or verdict; none: finish(Error)
  What what = What::none;
  int index = 0;  // which kept evidence, or the error of which level's failure
  Reply reply = Reply::succeeds;
  Inside inside = Inside::nothing;
  int keep = 0;  // what comes out, as kept evidence 1 or 2

  std::uint32_t code() const {
    return static_cast<std::uint32_t>(op) | std::uint32_t(at) << 4 | std::uint32_t(step) << 7 |
           static_cast<std::uint32_t>(what) << 10 | std::uint32_t(index) << 14 |
           static_cast<std::uint32_t>(reply) << 17 | static_cast<std::uint32_t>(inside) << 20 |
           std::uint32_t(keep) << 24;
  }
  static Call from(std::uint32_t code) {
    const auto part = [code](unsigned shift, std::uint32_t mask) { return code >> shift & mask; };
    return {static_cast<Op>(part(0, 15)),      int(part(4, 7)),  static_cast<Name>(part(7, 7)),
            static_cast<What>(part(10, 15)),   int(part(14, 7)), static_cast<Reply>(part(17, 7)),
            static_cast<Inside>(part(20, 15)), int(part(24, 3))};
  }
};

class World {
 public:
  static constexpr int most_scopes = 5, most_kept = 2;

  Nic nic{};
  Nic other{rg::ResetState(1000)};  // another device, which was reset more often: its evidence is newer than any here
  Before before{nic, other};
  Rules rules{};

  struct Kept {
    bool there = false;
    int made_by = 0;  // the number of the call; 0: before all of them
    bool in_hook = false;
    Word word{};
    Made made{};
  };
  struct Hand {
    bool there = false;
    int made_by = 0;
    bool in_hook = false;
    Word word{};
    Given given{};
  };
  std::array<Kept, most_kept> kept{};
  Kept stale{}, foreign{};
  std::array<Hand, Rules::most> hands{};  // by the level of the failure
  Hand dead{}, dead_abandoned{};
  int number = 0;            // of the call
  bool hook_called = false;  // by this call
  const char* complaint = nullptr;

  // Of the scopes, the outermost first.
  std::array<std::uint8_t, most_scopes> order{};
  std::array<int, most_scopes + 1> entered_by{};  // the number of the call, of each object

  World() noexcept { set_up(); }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const StateMachine& machine() const { return rg::detail::StateAccess::machine(const_cast<Nic&>(nic).reset_state); }
  // The open scopes as the device has them, the outermost first; and as many null pointers as there are fewer.
  std::array<const rg::detail::Level*, Rules::most> levels() const {
    std::array<const rg::detail::Level*, Rules::most> found{};
    if (!machine().in_reset()) return found;
    std::size_t count = 0;
    for (const auto* at = (machine().*member_of(Tag_in_reset())).innermost; at != nullptr && count != found.size();
         at = at->outer) {
      found[count++] = at;
    }
    std::reverse(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count));
    return found;
  }
  int depth() const { return rules.phase == Rules::Phase::open ? rules.depth : 0; }

  // Makes the call. What does not match is the complaint.
  void make(const Call& call) {
    ++number;
    call_ = call;
    hook_called = resolved_in_done_ = false;
    nic.hook = [](const rg::Outcome* told) { return self()->hook(told); };
    perform(call);
    nic.hook = nullptr;
    check();
    sort_hands();
  }

  // The one there is: hooks have nothing but the device.
  static World*& self() {
    static World* world = nullptr;
    return world;
  }

 private:
  struct alignas(Owned) Slot {
    std::array<std::byte, sizeof(Owned)> bytes;
    void* data() { return bytes.data(); }
  };

  Owned& object(int at) {
    if (at == ended) return *before.ended;
    return *std::launder(static_cast<Owned*>(slots_[order[std::size_t(at)]].data()));
  }
  Owned& any_object() {
    return rules.depth != 0 && rules.phase == Rules::Phase::open ? object(depth() - 1) : object(ended);
  }
  std::size_t free_slot() const {
    for (std::size_t slot = 0;; ++slot) {
      if ((used_ >> slot & 1u) == 0) return slot;
    }
  }

  void complain(const char* what) {
    if (complaint == nullptr) complaint = what;
  }
  void expect(bool holds, const char* what) {
    if (!holds) complain(what);
  }

  static Seen seen(const rg::Error& error) {
    const bool unresolved = error.code() == Errc::unresolved_failure;
    return {error.cause(), error.native(), unresolved};
  }
  static Given given_by(const rg::Error& error, std::uint32_t failure) {
    return {error.cause(), error.native(), failure, error.later_errors() != 0,
            error.code() == Errc::unresolved_failure};
  }
  // What a call has answered.
  struct Answered {
    Seen seen{};
    std::optional<rg::Error> error{};
    Word evidence{};
  };
  template <class T>
  static Answered look(rg::Result<T> result) {
    if (result.failed()) {
      const rg::Error error = std::move(result).error();
      return {seen(error), error, {}};
    }
    Answered answered;
    if constexpr (std::is_void_v<T>) {
      std::move(result).discard("it has no value");
    } else {
      answered.evidence = EvidenceAccess::word(std::move(result).take());
    }
    return answered;
  }

  // --- what the program has ---

  rg::Error fresh(Errc code) const { return here(code, number); }
  Given given(What what, int index) const {
    switch (what) {
      case What::io: return {Errc::io, number};
      case What::unsupported: return {Errc::unsupported, number};
      case What::abandoned: return {Errc::abandoned, number};
      case What::hand: return hands[std::size_t(index)].given;
      case What::dead: return dead.given;
      case What::dead_abandoned: return dead_abandoned.given;
      case What::forged: {
        Given forged = hands[std::size_t(index)].given;
        forged.failure = 0;
        forged.later = forged.unresolved = false;
        return forged;
      }
      default: return {};
    }
  }
  rg::Error error(What what, int index) const {
    switch (what) {
      case What::io: return fresh(Errc::io);
      case What::unsupported: return fresh(Errc::unsupported);
      case What::abandoned: return fresh(Errc::abandoned);
      case What::hand: return ErrorAccess::error(hands[std::size_t(index)].word);
      case What::dead: return ErrorAccess::error(dead.word);
      case What::dead_abandoned: return ErrorAccess::error(dead_abandoned.word);
      default: {
        const rg::Error real = ErrorAccess::error(hands[std::size_t(index)].word);
        return rg::Error(real.cause(), real.native(), rg::Literal::unchecked(real.where()));
      }
    }
  }
  static bool is_evidence(What what) { return what >= What::shown && what <= What::foreign; }

  void take(const rg::Error& error, std::uint32_t failure) {
    latest_ = {true, number, in_hook_, ErrorAccess::word(error), given_by(error, failure)};
    if (!rg::detail::Word(latest_.word).recorded()) latest_.there = false;
  }
  void keep(Word word, const Made& made) {
    if (call_.keep != 0) kept[std::size_t(call_.keep - 1)] = {true, number, in_hook_, word, made};
  }

  // --- the calls ---

  void perform(const Call& call) {
    latest_.there = false;
    switch (call.op) {
      case Op::enter: return enter();
      case Op::pass:
        return pass(call.at == ended ? object(ended) : object(call.at), call.step, call.what == What::shown);
      case Op::fail: return fail(call.at == ended ? object(ended) : object(call.at), call.step, call.what, call.index);
      case Op::chip: return chip(call.what, call.index);
      case Op::touch: rules.touch(); return object(call.at).touch();
      case Op::overrule: return overrule(call.at, call.what, call.index);
      case Op::finish: return finish(call);
      case Op::destroy: return destroy(call.at);
      case Op::finish_ended: return finish_ended(call.what, call.index);
      case Op::release: return release();
      case Op::move: return move(call.at);
    }
  }

  void enter() {
    const bool outermost = rules.depth == 0;
    if (outermost) {
      rules.begin_prepare();
    } else {
      rules.nest();
    }
    auto result = Owned::enter(nic);
    Seen expected{};
    if (outermost) {
      expect(hook_called, "prepare was not called");
      expected = rules.prepare_replied(replied_);
    }
    if (result.failed()) {
      return expect(seen(std::move(result).error()) == expected, "enter: the answer is not the first error");
    }
    expect(expected.code == Errc{}, "a scope was opened, and prepare has failed");
    const std::size_t slot = free_slot();
    ::new (slots_[slot].data()) Owned(std::move(result).take());
    used_ |= 1u << slot;
    order[std::size_t(rules.depth - 1)] = static_cast<std::uint8_t>(slot);
    entered_by[slot] = number;
  }

  template <class S>
  void pass_as(Owned& scope, Name step, bool shown) {
    const Answered answered = look(S::in(scope, shown));
    const Made made = rules.pass(step, shown);
    if (answered.error) return complain("a step that passed is refused");
    keep(answered.evidence, made);
  }
  void pass(Owned& scope, Name step, bool shown) {
    if (step == Name::flr) return pass_as<Flr>(scope, step, shown);
    if (step == Name::bus) return pass_as<Bus>(scope, step, shown);
    pass_as<Ack>(scope, step, true);
  }
  void fail(Owned& scope, Name step, What what, int index) {
    const rg::Error given_error = error(what, index);
    const std::uint32_t failure = rules.fail(given(what, index), step);
    const rg::Error recorded = step == Name::flr   ? Flr::fail_in(scope, given_error)
                               : step == Name::bus ? Bus::fail_in(scope, given_error)
                                                   : Ack::fail_in(scope, given_error);
    take(recorded, failure);
  }

  // A plain step for one key, in a scope of its own.
  void chip(What what, int index) {
    rules.nest();
    std::optional<rg::Error> fails;
    Seen expected{};
    if (what == What::none) {
      const Made made = rules.pass(Name::chip, true);
      rules.end(rules.depth - 1, &made, {}, Name::chip);
    } else {
      fails.emplace(error(what, index));
      Given handed = given(what, index);
      const std::uint32_t failure = rules.fail(handed, Name::chip);
      if (failure != 0) handed.failure = failure;
      rules.end(rules.depth - 1, nullptr, handed, Name::chip);
    }
    expected = rules.answer;
    const Answered answered = look(Ack::run_for(any_object(), 1, fails));
    compare(answered.seen, expected, "the step's answer is not the first error of its scope");
    if (answered.error) take(*answered.error, rules.innermost().failure);
  }

  void overrule(int at, What what, int index) {
    const Given named = given(what, index);
    bool expected = false;
    if (at != ended) expected = named.code == Errc::unsupported || rules.overrule(named, at);
    const bool accepted = !look(object(at).overrule(error(what, index))).error;
    expect(accepted == expected,
           accepted ? "overrule() is accepted, and should not be" : "overrule() is refused, and should not be");
  }

  template <class S>
  Answered finish_as(Owned& scope, What what, int index, Word evidence) {
    if (is_evidence(what)) return look(scope.finish(rg::Verdict<S>(EvidenceAccess::evidence<S>(evidence))));
    return look(scope.finish(rg::Verdict<S>(error(what, index))));
  }

  void finish(const Call& call) {
    Word word{};
    Made made{};
    switch (call.what) {
      case What::shown:
      case What::claim: {
        word = look(Flr::in(object(call.at), call.what == What::shown)).evidence;
        made = rules.pass(Name::flr, call.what == What::shown);
        break;
      }
      case What::kept:
        word = kept[std::size_t(call.index)].word;
        made = kept[std::size_t(call.index)].made;
        kept[std::size_t(call.index)].there = false;
        break;
      case What::stale:
        word = stale.word;
        made = stale.made;
        break;
      case What::foreign:
        word = foreign.word;
        made = foreign.made;
        break;
      default: break;
    }
    const bool evidence = is_evidence(call.what);
    begin_end(call.at, evidence ? &made : nullptr, given(call.what, call.index), call.step);
    Owned& scope = object(call.at);
    made = {rules.reset, rules.moment, made.shown, true};
    const Answered answered = call.step == Name::flr   ? finish_as<Flr>(scope, call.what, call.index, word)
                              : call.step == Name::bus ? finish_as<Bus>(scope, call.what, call.index, word)
                                                       : look(scope.finish(error(call.what, call.index)));
    if (answered.error) take(*answered.error, 0);
    if (!answered.error) keep(answered.evidence, made);
    scope.~Owned();
    end_end(call.at, answered.seen, true);
  }
  void destroy(int at) {
    begin_end(at, nullptr, {Errc::abandoned}, Name::none);
    object(at).~Owned();
    end_end(at, {}, false);
  }

  // A scope ends, on the side of the rules; and what the claim of its success would mean.
  void begin_end(int at, const Made* evidence, Given error, Name verdict) {
    const Level& level = rules.level(at);
    proves_ = evidence != nullptr && !rules.broken && rules.good(*evidence, level) && level.events == 0 &&
              at == rules.depth - 1;
    shown_ = evidence != nullptr && evidence->shown;
    last_ = rules.depth == 1;
    pending_before_ = rules.was_quarantined && last_;
    rules.end(at, evidence, error, verdict);
  }
  void end_end(int at, Seen answer, bool told_caller) {
    Seen expected = rules.answer;
    if (last_) {
      expect(hook_called, "done was not called");
      proves_ = proves_ && rules.nothing_is_unresolved();
      expected = rules.done_replied(replied_);
    }
    const auto slot = std::size_t(order[std::size_t(at)]);
    used_ &= ~(1u << slot);
    for (auto i = std::size_t(at); i + 1 < order.size(); ++i) order[i] = order[i + 1];
    if (!told_caller) {
      latest_.there = false;
      return;
    }
    if (answer.code == Errc{}) {
      expect(proves_,
             "a scope ends well: over a failure that nothing has resolved, or by evidence that proves nothing");
      expect(!last_ || shown_ || !pending_before_, "a claim lifts a quarantine");
    }
    compare(answer, expected, "the answer of a scope is not the first error since it was entered");
    if (!last_ && rules.depth != 0) latest_.given.failure = rules.innermost().failure;
  }

  void finish_ended(What what, int index) { finish_again(object(ended), what, index); }
  void finish_again(Owned& scope, What what, int index) {
    Word word = stale.word;
    if (what == What::shown) {
      word = look(Flr::in(scope, true)).evidence;
      rules.pass(Name::flr, true);
    }
    const Seen expected = rules.finish_again(is_evidence(what) ? Given{} : given(what, index));
    const Answered answered = finish_as<Flr>(scope, what, index, word);
    if (!answered.error) return complain("the second finish of a scope answers a success");
    compare(answered.seen, expected, "the answer to a second finish is not the first error");
    take(*answered.error, rules.in_reset() ? rules.innermost().failure : 0);
  }

  void release() {
    Seen expected{};
    const bool in_hook = rules.phase == Rules::Phase::preparing || rules.phase == Rules::Phase::ending;
    const bool begins = !rules.in_reset() && rules.quarantined;
    if (in_hook) {
      expected = rules.refuse(Errc::hook_reentered);
    } else if (begins) {
      rules.begin_release();
    } else {
      expected = {rules.in_reset() ? Errc::out_of_order : Errc::invalid};
    }
    const Answered answered = look(rg::release_quarantine(nic, "a test"));
    if (begins) {
      expect(hook_called, "done was not called");
      expected = rules.done_replied(replied_);
    }
    expect(answered.seen == expected, "release_quarantine(): the answer is not the first error");
    if (answered.error) take(*answered.error, in_hook ? rules.innermost().failure : 0);
    if (in_hook) refusal_ = answered.error;
  }

  // To another object: nothing else changes.
  void move(int at) {
    const std::size_t to = free_slot();
    Owned& from = object(at);
    ::new (slots_[to].data()) Owned(std::move(from));
    object(at).~Owned();
    used_ = (used_ & ~(1u << order[std::size_t(at)])) | 1u << to;
    order[std::size_t(at)] = static_cast<std::uint8_t>(to);
    entered_by[to] = number;
  }

  // --- the hooks ---

  rg::Status hook(const rg::Outcome* told) {
    expect(!hook_called, "one call calls two hooks");
    hook_called = true;
    refusal_.reset();
    replied_ = {};
    const bool preparing = rules.phase == Rules::Phase::preparing;
    expect(preparing == (told == nullptr),
           preparing ? "done is called in place of prepare" : "prepare is called in place of done");
    if (told != nullptr) check_told(*told);
    const Call call = call_;
    if (call.op == Op::finish) call_.keep = 0;  // its own answer's
    resolved_in_done_ =
        told != nullptr && *told == Outcome::failed &&
        (call.inside == Inside::passes || call.inside == Inside::overrules || call.inside == Inside::finishes_well);
    in_hook_ = true;
    inside(call.inside);
    in_hook_ = false;
    call_ = call;
    if (call.inside != Inside::nothing && latest_.there) {
      reply_hand_ = latest_;
      latest_.there = false;
    }
    switch (call.reply) {
      case Reply::succeeds: return rg::ok();
      case Reply::fails: replied_ = {Errc::no_memory, number}; return fresh(Errc::no_memory);
      case Reply::unsupported: replied_ = {Errc::unsupported, number}; return fresh(Errc::unsupported);
      case Reply::unfenced: replied_ = {Errc::unfenced, number}; return fresh(Errc::unfenced);
      case Reply::refusal: break;
    }
    if (!refusal_) return rg::ok();
    replied_ = given_by(*refusal_, rules.innermost().failure);
    return *refusal_;
  }

  // The theorem, where it matters: done lifts the fence for one of these words.
  void check_told(Outcome told) {
    expect(told == rules.told, told == Outcome::verified    ? "done is told 'verified', and the reset is not"
                               : told == Outcome::claimed   ? "done is told 'claimed', and the reset is not"
                               : told == Outcome::untouched ? "done is told 'untouched', and the device was"
                               : told == Outcome::released  ? "done is told 'released', and nobody did"
                                                            : "done is told 'failed', and the reset is not");
    if (told != Outcome::verified && told != Outcome::claimed) return;
    expect(proves_ && rules.nothing_is_unresolved(),
           "done is told a success: over a failure that nothing has resolved, or by evidence that proves nothing");
    expect(shown_ == (told == Outcome::verified), "done is told 'verified', and nothing was shown");
    expect(shown_ || !pending_before_, "a claim lifts a quarantine");
  }

  void inside(Inside what) {
    Owned& scope = inside_object();
    switch (what) {
      case Inside::nothing: return;
      case Inside::enters: {
        const Seen expected = rules.refuse(Errc::hook_reentered);
        auto result = Owned::enter(nic);
        if (!result.failed()) return complain("a hook enters its device");
        refusal_.emplace(std::move(result).error());
        expect(seen(*refusal_) == expected, "a hook that enters its device is told something else");
        return take(*refusal_, rules.innermost().failure);
      }
      case Inside::releases: return release();
      case Inside::passes: return pass(scope, Name::flr, true);
      case Inside::fails: return fail(scope, Name::flr, What::io, 0);
      case Inside::touches: rules.touch(); return scope.touch();
      case Inside::overrules: {
        if (!hands[0].there) return;
        const Given named = hands[0].given;
        const bool is_open = &scope != &object(ended);
        const bool expected = is_open && rules.overrule(named, 0);
        return expect(!look(scope.overrule(ErrorAccess::error(hands[0].word))).error == expected,
                      "overrule() in a hook");
      }
      case Inside::finishes_ended: return finish_ended(What::unsupported, 0);
      case Inside::finishes: return finish_again(scope, What::io, 0);
      case Inside::finishes_well: return finish_again(scope, What::shown, 0);
    }
  }
  // In done the object of the scope that ends is still there.
  Owned& inside_object() {
    const bool ends = rules.phase == Rules::Phase::ending && call_.op == Op::finish;
    return ends ? object(call_.at) : object(ended);
  }

  // --- what can be seen of the device ---

  void compare(const Seen& actual, const Seen& expected, const char* what) {
    if (rules.broken) return expect(actual.code != Errc{}, "scopes have ended out of order, and one ends well");
    if (resolved_in_done_)
      return expect(actual.code != Errc{}, "done was told 'failed', and the reset answers a success");
    expect(actual == expected, what);
  }

  void check() {
    const rg::ResetState& state = nic.reset_state;
    const bool open = rules.phase == Rules::Phase::open;
    expect(!nic.complains, "not one done for each prepare");
    expect(nic.prepared == open, "done was not called");
    expect(state.in_reset() == open, "in_reset()");
    expect(state.depth() == static_cast<unsigned>(depth()), "depth()");
    expect(state.quarantined() == rules.quarantined, "quarantined()");
    if (open) expect(nic.blocked, "the device is not fenced in its reset");
    if (!open) expect(state.unfenced() == (rules.quarantined && !nic.blocked), "unfenced()");
    if (state.quarantined()) {
      const Seen reason = seen(state.quarantine_reason());
      if (!rules.broken && !resolved_in_done_)
        expect(reason == rules.reason, "the quarantine's reason is not the first error");
      rules.reason = reason;
    }
    for (int at = 0; at != depth() && !rules.broken; ++at) {
      const Level& level = rules.level(at);
      expect(level.events == 0 || level.pending(), "the rules themselves have lost a failure");
    }
  }

  // The newest error of each failure that is pending is kept, and one that names none any more.
  void sort_hands() {
    std::array<Hand, Rules::most> sorted{};
    const auto reals = levels();
    const auto place = [&](const Hand& hand) {
      if (!hand.there) return;
      for (int at = 0; at != depth(); ++at) {
        const Level& level = rules.level(at);
        const auto* real = reals[std::size_t(at)];
        const bool names = rules.broken ? real != nullptr && real->failed_by(hand.word)
                                        : level.pending() && level.failure == hand.given.failure;
        if (names) return void(sorted[std::size_t(at)] = hand);
      }
      if (hand.given.code != Errc::abandoned && hand.given.code != Errc::unsupported) dead = hand;
    };
    for (const Hand& hand : hands) place(hand);
    place(reply_hand_);
    place(latest_);
    reply_hand_.there = latest_.there = false;
    hands = sorted;
    for (Kept& evidence : kept) {
      if (!evidence.there || (rules.in_reset() && evidence.made.reset == rules.reset)) continue;
      stale = evidence;
      evidence.there = false;
    }
    if (!kept[0].there || (kept[1].there && kept[1].word.tail < kept[0].word.tail)) std::swap(kept[0], kept[1]);
  }

  // The rules begin after what was before, which proves nothing and names nothing.
  static Hand from_before(const rg::Error& error) {
    return {true, 0, false, ErrorAccess::word(error), given_by(error, 0xffff'ffff)};
  }
  void set_up() {
    self() = this;
    stale = {true, 0, false, EvidenceAccess::word(*before.stale), {0, 0, true, true}};
    foreign = {true, 0, false, EvidenceAccess::word(*before.foreign), {0, 0, true, false}};
    dead = from_before(*before.dead);
    dead_abandoned = from_before(*before.dead_abandoned);
  }

  Call call_{};
  Given replied_{};
  std::optional<rg::Error> refusal_{};
  Hand latest_{}, reply_hand_{};
  // A failure with which the scope has ended was resolved in done: then it need not be the one that is answered.
  bool resolved_in_done_ = false;
  bool proves_ = false, shown_ = false, last_ = false, pending_before_ = false;
  bool in_hook_ = false;
  unsigned used_ = 0;
  std::array<Slot, most_scopes + 1> slots_{};
};

}  // namespace closure
