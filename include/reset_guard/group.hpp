/// Devices that are reset together: ResetGroup, reset_all(), and what each of them answers.
//
// Each member has its own state, its own scope and its own done. What they share is one act: a bus reset, or a request
// to a driver for all chips of a board. It is evidence for a member when that member's witness has shown it.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#include "device.hpp"
#include "error.hpp"
#include "evidence.hpp"
#include "group_answers.hpp"
#include "move.hpp"
#include "reset.hpp"
#include "result.hpp"
#include "scope.hpp"
#include "step.hpp"
#include "try.hpp"
#include "witness.hpp"

namespace reset_guard {

template <class Device>
class GroupInReset;

namespace detail {

// A member; in mid-reset it has a scope, in a place that does not move.
template <class Device>
struct Member {
  Device* device = nullptr;
  OwnedScope<Device>* scope = nullptr;  // nullptr: not in reset
  Word answer{};                        // of the act
  bool due = false;                     // the act has not been shown for it yet
  alignas(OwnedScope<Device>) unsigned char place[sizeof(OwnedScope<Device>)];

  void open(OwnedScope<Device>&& entered) noexcept {
    scope = ::new (static_cast<void*>(place)) OwnedScope<Device>(RESET_GUARD_MOVE(entered));
    due = true;
  }
  void close() noexcept {
    if (scope != nullptr) scope->~OwnedScope();
    scope = nullptr;
    due = false;
  }
};

// The place of one member's witness, between its look and its check.
template <class T>
class Seen {
 public:
  Seen() noexcept = default;
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;
  ~Seen() { forget(); }
  template <class Make>
  void see(Make make) {
    forget();
    seen_ = ::new (static_cast<void*>(place_)) T(make());
  }
  const T& operator*() const noexcept { return *seen_; }

 private:
  void forget() noexcept {
    if (seen_ != nullptr) seen_->~T();
    seen_ = nullptr;
  }
  T* seen_ = nullptr;
  alignas(T) unsigned char place_[sizeof(T)];
};
template <>
class Seen<void> {};

template <class S, bool = has_witness<S> && !is_claim<S>>
struct WitnessOf {
  using type = typename S::Witness;
};
template <class S>
struct WitnessOf<S, false> {
  using type = void;
};

template <class S, class = void>
inline constexpr bool has_attempts = false;
template <class S>
inline constexpr bool has_attempts<S, std::void_t<decltype(S::attempts)>> = true;

struct GroupAccess;

}  // namespace detail

/// Devices that one act resets together. Their number is fixed, and none is on the heap.
/// Requires: each device stays where it is while it is a member.
template <class Device, std::size_t most>
class ResetGroup {
  static_assert(most > 0, "reset_guard: a group of no devices resets nothing");

 public:
  /// Without members.
  ResetGroup() noexcept = default;
  ResetGroup(const ResetGroup&) = RESET_GUARD_DELETE("reset_guard: a group stays where it is; pass a reference");
  ResetGroup& operator=(const ResetGroup&) =
      RESET_GUARD_DELETE("reset_guard: a group stays where it is; pass a reference");

  /// Makes a device a member.
  /// Errors: invalid (it is a member), no_memory (there are `most`), out_of_order (the group is in reset: its act may
  /// call join()). Nothing has changed then.
  RESET_GUARD_MUST_USE Status add(Device& device) noexcept {
    if (in_reset_) return Error(Errc::out_of_order, 0, "add to a group in reset");
    if (find(device) != size_) return Error(Errc::invalid, 0, "add to a group: it is a member");
    if (size_ == most) return Error(Errc::no_memory, 0, "add to a group: it is full");
    members_[size_].device = __builtin_addressof(device);
    ++size_;
    return ok();
  }
  /// Ends a membership.
  /// Errors: invalid (it is no member), out_of_order (the group is in reset: its act may call leave()). Nothing has
  /// changed then.
  RESET_GUARD_MUST_USE Status remove(const Device& device) noexcept {
    if (in_reset_) return Error(Errc::out_of_order, 0, "remove from a group in reset");
    std::size_t at = find(device);
    if (at == size_) return Error(Errc::invalid, 0, "remove from a group: it is no member");
    for (--size_; at != size_; ++at) members_[at].device = members_[at + 1].device;
    return ok();
  }
  /// How many members there are.
  std::size_t size() const noexcept { return size_; }
  /// A member, in the order in which they were added.
  /// Requires: index < size().
  Device& operator[](std::size_t index) const noexcept { return *members_[index].device; }

 private:
  friend struct detail::GroupAccess;

  std::size_t find(const Device& device) const noexcept {
    std::size_t at = 0;
    while (at != size_ && members_[at].device != __builtin_addressof(device)) ++at;
    return at;
  }

  detail::Member<Device> members_[most];
  std::size_t size_ = 0;
  bool in_reset_ = false;
};

/// A group all of whose members are in reset, behind their fences: only reset_all() makes one, so an act that takes it
/// cannot be called before each member's prepare has succeeded. It is a range of the devices that the act is to reset:
/// all of them, or those for which an attempt before was not shown.
template <class Device>
class GroupInReset {
 public:
  /// Goes over the devices that are to be reset.
  class Iterator {
   public:
    /// The device.
    Device& operator*() const noexcept { return *at_->device; }
    /// The next device that is to be reset.
    Iterator& operator++() noexcept {
      ++at_;
      return to_next();
    }
    friend bool operator==(Iterator a, Iterator b) noexcept { return a.at_ == b.at_; }
    friend bool operator!=(Iterator a, Iterator b) noexcept { return a.at_ != b.at_; }

   private:
    friend class GroupInReset;
    Iterator(detail::Member<Device>* at, detail::Member<Device>* end) noexcept : at_(at), end_(end) { to_next(); }
    Iterator& to_next() noexcept {
      while (at_ != end_ && !at_->due) ++at_;
      return *this;
    }
    detail::Member<Device>*at_, *end_;
  };

  GroupInReset(const GroupInReset&) = RESET_GUARD_DELETE("reset_guard: it is lent for the call");
  GroupInReset& operator=(const GroupInReset&) = RESET_GUARD_DELETE("reset_guard: it is lent for the call");

  /// The first device that is to be reset.
  Iterator begin() const noexcept { return {members_, members_ + range_}; }
  /// Past the last one.
  Iterator end() const noexcept { return {members_ + range_, members_ + range_}; }

  /// Makes a device that has appeared in mid-reset a member, and fences it until the others' reset ends. It is not in
  /// the range of this attempt, only in that of a later one; without a later one it is told `untouched`.
  /// Errors: invalid (it is a member), no_memory (the group is full), those of OwnedScope::enter(). It is no member
  /// then.
  RESET_GUARD_MUST_USE Status join(Device& device) noexcept {
    for (std::size_t i = 0; i != size_; ++i) {
      if (members_[i].device == __builtin_addressof(device))
        return Error(Errc::invalid, 0, "join a group: it is a member");
    }
    if (size_ == most_) return Error(Errc::no_memory, 0, "join a group: it is full");
    auto entered = OwnedScope<Device>::enter(device);
    if (entered.failed()) return RESET_GUARD_MOVE(entered).error();
    detail::Member<Device>& member = members_[size_];
    member.device = __builtin_addressof(device);
    member.open(RESET_GUARD_MOVE(entered).take());
    member.answer = detail::Word::error(Errc::unsupported, 0, "it joined in mid-reset");
    ++size_;
    return ok();
  }

  /// Ends the reset of a member that has gone, or is given up: it is told `failed` now, for `why`. It is a member of
  /// the group still, for the next reset.
  /// Errors: invalid (it is no member, or has left): nothing has changed then.
  RESET_GUARD_MUST_USE Status leave(Device& device, Error why) noexcept {
    for (std::size_t i = 0; i != size_; ++i) {
      detail::Member<Device>& member = members_[i];
      if (member.device != __builtin_addressof(device) || member.scope == nullptr) continue;
      member.scope->touch();
      member.answer = detail::ResultWord::of(member.scope->finish(why));
      member.close();
      return ok();
    }
    return Error(Errc::invalid, 0, "leave a group: it is no member");
  }

 private:
  friend struct detail::GroupAccess;
  GroupInReset(detail::Member<Device>* members, std::size_t& size, std::size_t most) noexcept
      : members_(members), size_(size), range_(size), most_(most) {}

  detail::Member<Device>* members_;
  std::size_t& size_;
  std::size_t range_;  // without those that join
  std::size_t most_;
};

namespace detail {

struct GroupAccess {
  template <class Device, std::size_t most>
  struct Running {
    ResetGroup<Device, most>& group;

    explicit Running(ResetGroup<Device, most>& its_group) noexcept : group(its_group) { group.in_reset_ = true; }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    // Scopes that are still open, since an exception passes, end as abandoned.
    ~Running() {
      for (std::size_t i = group.size_; i != 0; --i) group.members_[i - 1].close();
      group.in_reset_ = false;
    }
  };

  template <class Device, std::size_t most>
  RESET_GUARD_MUST_USE static Status begin(const ResetGroup<Device, most>& group) noexcept {
    if (group.in_reset_) return Error(Errc::out_of_order, 0, "reset_all: the group is in reset");
    if (group.size_ == 0) return Error(Errc::invalid, 0, "reset_all: the group has no members");
    return ok();
  }

  // Opens each member's scope, or none.
  template <class Device, std::size_t most>
  RESET_GUARD_MUST_USE static Status enter(ResetGroup<Device, most>& group) noexcept {
    for (std::size_t i = 0; i != group.size_; ++i) {
      auto entered = OwnedScope<Device>::enter(*group.members_[i].device);
      if (!entered.failed()) {
        group.members_[i].open(RESET_GUARD_MOVE(entered).take());
        continue;
      }
      Word why = ErrorAccess::word(RESET_GUARD_MOVE(entered).error());
      for (; i != 0; --i) {
        Member<Device>& member = group.members_[i - 1];
        const Word back = ResultWord::of(
            member.scope->finish(Error(Errc::unsupported, 0, "reset_all: another member could not be entered")));
        if (back.code() != Errc::unsupported) why = why.with_later(why.later() + 1);
      }
      return ErrorAccess::error(why);
    }
    return ok();
  }

  // One attempt: looks at each member, acts once for all, and asks each member's witness.
  template <class Act, class Device, std::size_t most, class Witness, class... Arguments>
  static void attempt(ResetGroup<Device, most>& group, Seen<Witness>* seen, Arguments&... arguments) {
    for (std::size_t i = 0; i != group.size_; ++i) {
      Member<Device>& member = group.members_[i];
      if (!member.due) continue;
      member.answer = look<Act>(*member.scope, seen[i]);
      // What cannot be looked at cannot be shown.
      if (member.answer.failed()) member.due = false;
    }
    if (!is_due(group)) return;
    const std::size_t size = group.size_;  // without those that join
    GroupInReset<Device> whole(group.members_, group.size_, most);
    const Word acted = ResultWord::of(Act::act(whole, arguments...));
    for (std::size_t i = 0; i != size; ++i) {
      Member<Device>& member = group.members_[i];
      if (!member.due) {
        // The act may have reset what could not be looked at.
        if (member.scope != nullptr && !(acted.failed() && acted.code() == Errc::unsupported)) member.scope->touch();
        continue;
      }
      if (acted.failed()) {
        member.answer =
            ErrorAccess::word(StepAccess::fail<Act>(*member.scope, step_id<Act>(), ErrorAccess::error(acted)));
      } else {
        member.answer = ResultWord::of(judge<Act>(*member.scope, seen[i]));
      }
      member.due = member.answer.failed();
    }
  }

  template <class Act, class Device, class Witness>
  static Word look(ResetScope<Device>& scope, [[maybe_unused]] Seen<Witness>& seen) {
    if constexpr (!std::is_void_v<Witness>) {
      using Look = decltype(look_before<Act>(scope));
      if constexpr (is_result<Look>) {
        auto before = look_before<Act>(scope);
        if (before.failed()) {
          return ErrorAccess::word(StepAccess::fail<Act>(scope, step_id<Act>(), RESET_GUARD_MOVE(before).error()));
        }
        seen.see([&]() -> Witness { return RESET_GUARD_MOVE(before).take(); });
      } else {
        seen.see([&]() -> Witness { return look_before<Act>(scope); });
      }
    }
    return {};
  }

  template <class Act, class Device, class Witness>
  RESET_GUARD_MUST_USE static Verdict<Act> judge(ResetScope<Device>& scope,
                                                 [[maybe_unused]] const Seen<Witness>& seen) {
    if constexpr (std::is_void_v<Witness>) {
      return StepAccess::pass_if<Act>(scope, step_id<Act>(), ok());
    } else {
      return StepAccess::pass_if<Act>(scope, step_id<Act>(), ok(), *seen);
    }
  }

  template <class Device, std::size_t most>
  static bool is_due(const ResetGroup<Device, most>& group) noexcept {
    for (std::size_t i = 0; i != group.size_; ++i) {
      if (group.members_[i].due) return true;
    }
    return false;
  }
  // Those for which it is not shown are tried again, unless nothing was touched.
  template <class Device, std::size_t most>
  static bool is_due_again(const ResetGroup<Device, most>& group) noexcept {
    for (std::size_t i = 0; i != group.size_; ++i) {
      if (group.members_[i].due && group.members_[i].answer.code() != Errc::unsupported) return true;
    }
    return false;
  }

  template <class Act, class... More, class Device>
  RESET_GUARD_MUST_USE static Verdict<Act, More...> verdict(Member<Device>& member) {
    auto acted = ResultWord::as<Verdict<Act>>(member.answer);
    if constexpr (sizeof...(More) == 0) {
      return acted;
    } else {
      if (acted.failed()) return RESET_GUARD_MOVE(acted).error();
      auto more = run_in_order<More...>(*member.scope);
      if (more.failed()) return RESET_GUARD_MOVE(more).error();
      return join(RESET_GUARD_MOVE(acted).take(), RESET_GUARD_MOVE(more).take());
    }
  }

  // Runs the further steps for each member, and then ends each one's scope, the last one first.
  template <class Act, class... More, class Device, std::size_t most>
  static GroupAnswers<Device, most, Act, More...> finish(ResetGroup<Device, most>& group) {
    for (std::size_t i = 0; i != group.size_; ++i) {
      Member<Device>& member = group.members_[i];
      if (member.scope != nullptr) member.answer = ResultWord::of(verdict<Act, More...>(member));
    }
    auto answers = AnswersAccess::make<Device, most, Act, More...>(group.size_);
    for (std::size_t i = group.size_; i != 0; --i) {
      Member<Device>& member = group.members_[i - 1];
      Word word = member.answer;
      if (member.scope != nullptr) {
        word = ResultWord::of(member.scope->finish(ResultWord::as<Verdict<Act, More...>>(word)));
        member.close();
      }
      AnswersAccess::set(answers, i - 1, *member.device, word);
    }
    return answers;
  }
};

}  // namespace detail

/// Resets the members of a group together: enters each, acts once, asks each member's witness, runs the further steps
/// for each member that has passed, and then ends each with its own verdict, the last one first.
///
///     struct BoardReset : rg::ResetStep<BoardReset> {
///       static rg::Status act(rg::GroupInReset<Chip>& chips, Driver& driver);   // one request for all of them
///       struct Witness {                                                       // of each chip by itself
///         explicit Witness(Chip&) noexcept;
///         rg::Status check(Chip&) const noexcept;
///       };
///     };
///     auto answers = rg::reset_all<BoardReset, FirmwareAck>(group, driver);
///
/// Requires: the caller may reset each member. `Act` is a ResetStep whose act takes GroupInReset<Device>&, and then
/// `arguments`. `More` are steps with act(Device&).
/// Effects: each member's prepare is called, and its done, which is told its own outcome: a member whose witness shows
/// nothing is quarantined, and the others are not. An act that fails is a failure of each member; one that answers
/// `unsupported` leaves each untouched. If a member's look() fails, that member fails. Where `static constexpr unsigned
/// attempts` is declared in `Act`, the act is called up to so many times, for the members that have failed, between the
/// same prepare and done.
/// Returns: an answer for each member, those that joined included.
/// Errors: invalid (the group has no members), out_of_order (it is in reset). Where a member cannot be entered, the
/// error of that: those before it are told `untouched`, and no act is called.
template <class Act, class... More, class Device, std::size_t most, class... Arguments>
RESET_GUARD_MUST_USE Result<GroupAnswers<Device, most, Act, More...>> reset_all(ResetGroup<Device, most>& group,
                                                                                Arguments&&... arguments) {
  using Witness = typename detail::WitnessOf<Act>::type;
  detail::check_device<Device>();
  detail::check_witness<Act, Device>();
  static_assert(detail::is_reset_step<Act>, "reset_guard: a group's act is a ResetStep");
  static_assert(detail::has_act<Act, void, GroupInReset<Device>&, Arguments&...>,
                "reset_guard: reset_all() needs 'static Status act(GroupInReset<Device>&, ...)' in its first step, for "
                "these arguments");
  unsigned attempts = 1;
  if constexpr (detail::has_attempts<Act>) {
    static_assert(Act::attempts > 0, "reset_guard: `attempts` counts the first one, too: it is at least 1");
    attempts = Act::attempts;
  }
  detail::Seen<Witness> seen[most];
  RESET_GUARD_CHECK(detail::GroupAccess::begin(group));
  const detail::GroupAccess::Running<Device, most> running(group);
  RESET_GUARD_CHECK(detail::GroupAccess::enter(group));
  do {
    detail::GroupAccess::attempt<Act>(group, seen, arguments...);
  } while (--attempts != 0 && detail::GroupAccess::is_due_again(group));
  return detail::GroupAccess::finish<Act, More...>(group);
}

}  // namespace reset_guard
