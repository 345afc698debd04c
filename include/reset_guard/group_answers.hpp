/// What the members of a group answer: GroupAnswers. Merged into one Status: first_of(), worst_of(),
/// primary_with_clean_up().
#pragma once

#include <cstddef>

#include "attributes.hpp"
#include "device.hpp"
#include "error.hpp"
#include "result.hpp"
#include "trap.hpp"
#include "word.hpp"

namespace reset_guard {
namespace detail {
struct AnswersAccess;
}

/// What each member of a group answers: a verdict each, in the order of the members. Take each, or merge them by one of
/// first_of(), worst_of() and primary_with_clean_up().
template <class Device, std::size_t most, class... S>
class RESET_GUARD_MUST_USE_TYPE("reset_guard: each member's verdict may be a failure; take() or merge them")
    GroupAnswers final {
 public:
  GroupAnswers(const GroupAnswers&) = RESET_GUARD_DELETE("reset_guard: answers are used once; move them");
  /// Hands the answers on.
  GroupAnswers(GroupAnswers&& other) noexcept : size_(other.size_) {
    for (std::size_t i = 0; i != size_; ++i) answers_[i] = other.answers_[i];
    other.size_ = 0;
  }
  GroupAnswers& operator=(const GroupAnswers&) = RESET_GUARD_DELETE("reset_guard: it would drop the old answers");
  GroupAnswers& operator=(GroupAnswers&&) = RESET_GUARD_DELETE("reset_guard: it would drop the old answers");
#if defined(RESET_GUARD_TRAP_DROPPED)
  ~GroupAnswers() {
    for (std::size_t i = 0; i != size_; ++i) {
      if (!answers_[i].taken && answers_[i].word.failed()) {
        detail::trap_dropped(detail::ErrorAccess::error(answers_[i].word));
      }
    }
  }
#endif

  /// How many there are.
  std::size_t size() const noexcept { return size_; }
  /// Whose answer it is.
  /// Requires: index < size().
  Device& device(std::size_t index) const noexcept { return *answers_[index].device; }
  /// Whether that member's reset failed, without taking the answer.
  /// Requires: index < size().
  bool failed(std::size_t index) const noexcept { return answers_[index].word.failed(); }
  /// Takes a member's answer.
  /// Requires: index < size(), and each is taken once. Traps otherwise.
  /// Returns: that member's verdict, with the errors of reset().
  RESET_GUARD_MUST_USE Verdict<S...> take(std::size_t index) noexcept {
    if (index >= size_) trap("take() of a group's answers: there is no such member");
    if (answers_[index].taken) trap("take() of a group's answers: each is taken once");
    answers_[index].taken = true;
    return detail::ResultWord::as<Verdict<S...>>(answers_[index].word);
  }

 private:
  friend struct detail::AnswersAccess;
  explicit GroupAnswers(std::size_t size) noexcept : size_(size) {}

  struct Answer {
    Device* device;
    detail::Word word;
    bool taken;
  };
  Answer answers_[most];
  std::size_t size_;
};

namespace detail {

struct AnswersAccess {
  template <class Device, std::size_t most, class... S>
  static GroupAnswers<Device, most, S...> make(std::size_t size) noexcept {
    return GroupAnswers<Device, most, S...>(size);
  }
  template <class Device, std::size_t most, class... S>
  static void set(GroupAnswers<Device, most, S...>& answers, std::size_t index, Device& device, Word word) noexcept {
    answers.answers_[index] = {__builtin_addressof(device), word, false};
  }

  // `rank` orders errors: the first of the highest rank is the answer, and the others are counted behind it.
  template <class Device, std::size_t most, class... S, class Rank>
  RESET_GUARD_MUST_USE static Status merge(GroupAnswers<Device, most, S...>& answers, Rank rank) noexcept {
    Word first{};
    unsigned highest = 0, others = 0;
    bool touched = false;
    for (std::size_t i = 0; i != answers.size_; ++i) {
      answers.answers_[i].taken = true;
      const Word word = answers.answers_[i].word;
      touched |= !word.failed() || word.code() != Errc::unsupported;
      if (!word.failed()) continue;
      const unsigned its_rank = rank(word, *answers.answers_[i].device);
      others += 1 + word.later();
      if (its_rank <= highest) continue;
      highest = its_rank;
      first = word;
    }
    if (!first.failed()) return ok();
    if (touched) first = after_touch(first);
    return ErrorAccess::error(first.with_later(others - 1));
  }
};

}  // namespace detail

/// Merges the answers of a group into one: the first failure, in the order of the members.
/// Returns: a success if every member's reset was verified or claimed.
/// Errors: that member's; the failures of the others are counted in its later_errors(). An `unsupported` becomes
/// `already_touched`, unless all members answer that.
template <class Device, std::size_t most, class... S>
RESET_GUARD_MUST_USE Status first_of(GroupAnswers<Device, most, S...> answers) noexcept {
  return detail::AnswersAccess::merge(answers, [](detail::Word, const Device&) { return 1u; });
}
/// Merges them into the worst failure: of a member without a fence, or else of one that is quarantined, or else of one
/// that was left untouched.
/// Requires: the caller may ask the devices' states.
/// Returns: a success if every member's reset was verified or claimed.
/// Errors: as first_of().
template <class Device, std::size_t most, class... S>
RESET_GUARD_MUST_USE Status worst_of(GroupAnswers<Device, most, S...> answers) noexcept {
  return detail::AnswersAccess::merge(answers, [](detail::Word word, Device& device) {
    if (ResetTraits<Device>::state(device).unfenced()) return 3u;
    return word.code() == Errc::unsupported ? 1u : 2u;
  });
}
/// Merges them into the failure of one member, for whose sake the others were reset.
/// Returns: a success if every member's reset was verified or claimed.
/// Errors: the primary's, if it has one; otherwise as first_of().
template <class Device, std::size_t most, class... S>
RESET_GUARD_MUST_USE Status primary_with_clean_up(GroupAnswers<Device, most, S...> answers,
                                                  const Device& primary) noexcept {
  return detail::AnswersAccess::merge(answers, [&](detail::Word, const Device& device) {
    return __builtin_addressof(device) == __builtin_addressof(primary) ? 2u : 1u;
  });
}

}  // namespace reset_guard
