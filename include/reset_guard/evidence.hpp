/// Evidence: that steps passed, for one device, in one reset. Verdict: that, or an error.
#pragma once

#include <cstdint>
#include <type_traits>

#include "move.hpp"
#include "result.hpp"

namespace reset_guard {

template <class... S>
class Evidence;

/// A handler's result: evidence that the steps S passed, or an error.
/// Success has no other spelling.
template <class... S>
using Verdict = Result<Evidence<S...>>;

/// In a step, `using proved_by = any_of<Flr, BusReset>;` lets its evidence be made from that of one of these.
template <class... S>
struct any_of {};

/// `Verdict<each_of<ChipReset>>`: the step passed for each thing of a range that is not empty, by its run_for_each().
template <class S>
struct each_of {};

namespace detail {

struct EvidenceAccess;

// In a namespace of its own: a base class brings its namespace into the look-up of the user's unqualified calls.
namespace tag {
struct ResetStep {};
}  // namespace tag

template <class S>
inline constexpr bool is_reset_step = std::is_base_of_v<tag::ResetStep, S>;
template <class S>
inline constexpr bool is_reset_step<each_of<S>> = is_reset_step<S>;

// The number in a piece of evidence: which reset of its device it is from, and above which of its scopes and failures.
inline constexpr unsigned moment_bits = 24;
inline constexpr std::uint64_t last_moment = (std::uint64_t{1} << moment_bits) - 1;

template <class S, class... From>
constexpr bool proves() noexcept;

template <class List, class... From>
inline constexpr bool any_proves = false;
template <class... S, class... From>
inline constexpr bool any_proves<any_of<S...>, From...> = (proves<S, From...>() || ...);

template <class S, class = void>
struct ProvedBy {
  using type = any_of<>;
};
template <class S>
struct ProvedBy<S, std::void_t<typename S::proved_by>> {
  using type = typename S::proved_by;
};

// Whether evidence for the steps From is evidence for S: S is one of them, or one that S says it is proved by.
template <class S, class... From>
constexpr bool proves() noexcept {
  if constexpr ((std::is_same_v<S, From> || ...)) {
    return true;
  } else {
    return any_proves<typename ProvedBy<S>::type, From...>;
  }
}

// A reset is not proved by a step that resets nothing.
template <class S, class List>
inline constexpr bool is_proved_by_its_kind = false;
template <class S, class... By>
inline constexpr bool is_proved_by_its_kind<S, any_of<By...>> = !is_reset_step<S> || (is_reset_step<By> && ...);
// Nor is more destroyed than what proves it destroys: see contents.hpp.
template <class S, class = void>
struct Destroys;
template <class Set, class List>
struct DestroysNoMore;
template <class S>
constexpr void check_proved_by() noexcept {
  static_assert(is_proved_by_its_kind<S, typename ProvedBy<S>::type>,
                "reset_guard: a ResetStep is proved by ResetSteps only; name these in its proved_by");
  static_assert(DestroysNoMore<typename Destroys<S>::type, typename ProvedBy<S>::type>::value,
                "reset_guard: this step's destroys names something that a step in its proved_by leaves");
}

template <class T>
inline constexpr bool is_evidence = false;
template <class... S>
inline constexpr bool is_evidence<Evidence<S...>> = true;

template <class T>
inline constexpr bool is_verdict = false;
template <class... S>
inline constexpr bool is_verdict<Result<Evidence<S...>>> = true;

template <class T>
inline constexpr bool verdict_resets = false;
template <class... S>
inline constexpr bool verdict_resets<Result<Evidence<S...>>> = (is_reset_step<S> || ...);

// Who passed or failed: 'the same step' is the type, and so the address of its identity, and the key, where the step is
// run for one of several things. A list of steps has an identity, too.
// Writable, because a linker may fold equal constants into one.
struct StepIdentity {
  bool resets;  // its failure makes older evidence void
};
template <class... S>
inline StepIdentity step_identity{(is_reset_step<S> || ...)};
template <class S>
inline StepIdentity keyed_identity{is_reset_step<S>};

struct StepId {
  const StepIdentity* identity;
  std::uintptr_t key;

  constexpr bool resets() const noexcept { return identity->resets; }
  friend constexpr bool operator==(StepId a, StepId b) noexcept { return a.identity == b.identity && a.key == b.key; }
  friend constexpr bool operator!=(StepId a, StepId b) noexcept { return !(a == b); }
};
template <class... S>
constexpr StepId step_id() noexcept {
  return {&step_identity<S...>, 0};
}

}  // namespace detail

/// Evidence that the steps S passed, for one device, in one reset. Move-only.
///
/// Only a step itself can make it, from a scope, by Step::pass(). It is good for the scope that it was made in and for
/// those around it, until a reset step or a scope inside that one fails.
template <class... S>
class RESET_GUARD_MUST_USE_TYPE("reset_guard: this drops evidence; return it, or join it by join()") Evidence final {
  static_assert(sizeof...(S) > 0, "reset_guard: Evidence<> proves nothing; name the steps that passed");

 public:
  Evidence(const Evidence&) = RESET_GUARD_DELETE("reset_guard: evidence is used once; move it");
  /// Hands the evidence on.
  constexpr Evidence(Evidence&&) noexcept = default;
  Evidence& operator=(const Evidence&) =
      RESET_GUARD_DELETE("reset_guard: it would drop the old evidence; join it by join()");
  Evidence& operator=(Evidence&&) =
      RESET_GUARD_DELETE("reset_guard: it would drop the old evidence; join it by join()");

  /// From evidence for at least these steps, or for steps that these declare themselves proved by (any_of). It stays
  /// evidence of the same device and the same reset.
  template <class... From,
            std::enable_if_t<
                !std::is_same_v<Evidence<From...>, Evidence<S...>> && (detail::proves<S, From...>() && ...), int> = 0>
  constexpr Evidence(Evidence<From...>&& other) noexcept : word_(other.word_) {
    (detail::check_proved_by<S>(), ...);
  }

  /// Whether the reset is only a claim: its reset steps passed, and none of them had a Witness that showed anything.
  constexpr bool claimed() const noexcept { return word_.claimed(); }

 private:
  template <class...>
  friend class Evidence;
  friend struct detail::EvidenceAccess;

  constexpr explicit Evidence(detail::Word word) noexcept : word_(word) {}

  detail::Word word_;  // the device, known by its state's address, and the number
};

namespace detail {

struct EvidenceAccess {
  template <class... S>
  static constexpr Word word(const Evidence<S...>& evidence) noexcept {
    return evidence.word_;
  }
  template <class... S>
  static constexpr Evidence<S...> evidence(Word word) noexcept {
    return Evidence<S...>(word);
  }
};

// A verdict is a word.
template <class... S>
struct Packing<Evidence<S...>> {
  static constexpr Word pack(const Evidence<S...>& evidence) noexcept { return EvidenceAccess::word(evidence); }
  static constexpr Evidence<S...> unpack(Word word) noexcept { return EvidenceAccess::evidence<S...>(word); }
};

// Two pieces are worth what the older one is; of two devices or two resets nothing. Neither has its claim.
constexpr Word join(Word a, Word b) noexcept {
  if (a.failed() || a.head != b.head || a.tail >> moment_bits != b.tail >> moment_bits)
    return Word::error(Errc::invalid_evidence, 0, "join");
  return a.tail < b.tail ? a : b;
}

template <class... E>
struct Joined;
template <class... S>
struct Joined<Evidence<S...>> {
  using Verdict = reset_guard::Verdict<S...>;
};
template <class... A, class... B, class... More>
struct Joined<Evidence<A...>, Evidence<B...>, More...> : Joined<Evidence<A..., B...>, More...> {};

// The evidence of one step for several things: claimed, if it is for one of them.
template <class S>
class EachJoined {
 public:
  void add(Evidence<S>&& evidence) noexcept {
    const Word piece = EvidenceAccess::word(evidence);
    claimed_ = claimed_ || piece.claimed();
    word_ = empty() ? piece.without_claim() : join(word_, piece.without_claim());
  }
  bool empty() const noexcept { return word_.head == nullptr; }
  Verdict<each_of<S>> verdict() const noexcept {
    return ResultWord::as<Verdict<each_of<S>>>(word_.failed() ? word_ : word_.with_claim(claimed_));
  }

 private:
  Word word_{nullptr, 0};
  bool claimed_ = false;
};

// A piece that has shown a reset shows it for all.
template <class... S>
constexpr bool shows_reset(const Evidence<S...>& evidence) noexcept {
  return (is_reset_step<S> || ...) && !evidence.claimed();
}

}  // namespace detail

/// One verdict from two or more pieces of evidence.
/// Returns: evidence for the steps of all.
/// Errors: invalid_evidence (of two devices, or of two resets).
template <
    class First, class Second, class... More,
    std::enable_if_t<
        (detail::is_evidence<detail::remove_cvref<First>> || detail::is_verdict<detail::remove_cvref<First>>) &&
            (detail::is_evidence<detail::remove_cvref<Second>> || detail::is_verdict<detail::remove_cvref<Second>>),
        int> = 0>
RESET_GUARD_MUST_USE constexpr auto join(First&& first, Second&& second, More&&... more) noexcept {
  if constexpr (detail::is_evidence<First> && detail::is_evidence<Second> && (detail::is_evidence<More> && ...)) {
    const bool claimed = first.claimed() || second.claimed() || (more.claimed() || ...);
    const bool shown = detail::shows_reset(first) || detail::shows_reset(second) || (detail::shows_reset(more) || ...);
    detail::Word word = detail::join(detail::EvidenceAccess::word(first).without_claim(),
                                     detail::EvidenceAccess::word(second).without_claim());
    ((word = detail::join(word, detail::EvidenceAccess::word(more).without_claim())), ...);
    if (!word.failed()) word = word.with_claim(claimed && !shown);
    return detail::ResultWord::as<typename detail::Joined<First, Second, More...>::Verdict>(word);
  } else {
    static_assert(
        sizeof(First) == 0,
        "reset_guard: join() joins evidence: take it out of a verdict by RESET_GUARD_TRY, and std::move it in");
    return Error(Errc::invalid, 0, "join");  // one message, not several
  }
}

}  // namespace reset_guard
