/// Done: evidence that steps were done, for one device, in one reset. Verdict: that, or an error.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "result.hpp"

namespace reset_guard {

template <class... S>
class Done;

/// A handler's result: evidence that the steps S were done, or an error.
/// Success has no other spelling.
template <class... S>
using Verdict = Result<Done<S...>>;

/// In a step, `using proved_by = any_of<Flr, BusReset>;` lets its evidence be made from that of one of these.
template <class... S>
struct any_of {};

namespace detail {

// In a namespace of its own: a base class brings its namespace into the look-up of the user's unqualified calls.
namespace tag {
struct ResetStep {};
}  // namespace tag

struct StepAccess;

// Which device and which reset a piece of evidence is about. The device is known by its state's address.
struct Stamp {
  const void* device;
  std::uint32_t epoch;

  friend constexpr bool operator==(const Stamp&, const Stamp&) = default;
};

// Matches no device's: of evidence that proves nothing, and where there is none.
inline constexpr Stamp no_stamp{nullptr, 0};

template <class S>
inline constexpr bool is_reset_step = std::is_base_of_v<tag::ResetStep, S>;

template <class S, class... From>
struct Proves;

template <class List, class... From>
inline constexpr bool any_proves = false;
template <class... S, class... From>
inline constexpr bool any_proves<any_of<S...>, From...> = (Proves<S, From...>::value || ...);

// Whether evidence for the steps From is evidence for S: S is one of them, or one that S says it is proved by.
template <class S, class... From>
struct Proves {
  static constexpr bool value = [] {
    if constexpr ((std::same_as<S, From> || ...)) {
      return true;
    } else if constexpr (requires { typename S::proved_by; }) {
      return any_proves<typename S::proved_by, From...>;
    } else {
      return false;
    }
  }();
};

template <class T>
inline constexpr bool is_verdict = false;
template <class... S>
inline constexpr bool is_verdict<Result<Done<S...>>> = true;

template <class T>
inline constexpr bool verdict_resets = false;
template <class... S>
inline constexpr bool verdict_resets<Result<Done<S...>>> = (is_reset_step<S> || ...);

// One address per step, or per list of steps: 'the same step' is the type. Writable, because a linker may fold equal
// constants into one.
template <class... S>
inline char step_identity{};

}  // namespace detail

/// Evidence that the steps S were done, for one device, in one reset. Move-only.
///
/// Only a step itself can mint it, from a scope, by Step::done(). It is good until that reset ends, or a reset step or
/// a scope of it fails; ResetScope::finish() refuses it after that.
template <class... S>
class RESET_GUARD_MUST_USE_TYPE("reset_guard: this drops evidence; return it, or join it by both()") Done final {
  static_assert(sizeof...(S) > 0, "reset_guard: Done<> proves nothing; name the steps that were done");

 public:
  Done(const Done&) = RESET_GUARD_DELETE("reset_guard: evidence is used once; move it");
  /// Hands the evidence on.
  constexpr Done(Done&&) noexcept = default;
  Done& operator=(const Done&) = RESET_GUARD_DELETE("reset_guard: it would drop the old evidence; join it by both()");
  Done& operator=(Done&&) = RESET_GUARD_DELETE("reset_guard: it would drop the old evidence; join it by both()");

  /// From evidence for at least these steps, or for steps that these declare themselves proved by (any_of). It stays
  /// evidence of the same device and the same reset.
  template <class... From>
    requires(!std::same_as<Done<From...>, Done<S...>> && (detail::Proves<S, From...>::value && ...))
  constexpr Done(Done<From...>&& other) noexcept : stamp_(other.stamp_) {}

 private:
  template <class...>
  friend class Done;
  friend struct detail::StepAccess;
  friend struct detail::Packing<Done>;
  template <class... A, class... B>
  friend constexpr Done<A..., B...> both(Done<A...>&&, Done<B...>&&) noexcept;

  constexpr explicit Done(detail::Stamp stamp) noexcept : stamp_(stamp) {}

  detail::Stamp stamp_;
};

namespace detail {
// A verdict is a word.
template <class... S>
struct Packing<Done<S...>> {
  static constexpr Word pack(const Done<S...>& evidence) noexcept {
    return {evidence.stamp_.device, evidence.stamp_.epoch};
  }
  static constexpr Done<S...> unpack(Word word) noexcept {
    return Done<S...>(Stamp{word.head, static_cast<std::uint32_t>(word.tail)});
  }
};
}  // namespace detail

/// One piece of evidence from two.
/// Returns: evidence for the steps of both. Of two devices, of two resets, or from before and after the failure of a
/// reset step, they prove nothing together: ResetScope::finish() then answers `foreign_evidence`.
template <class... A, class... B>
[[nodiscard("reset_guard: this drops evidence; return it")]] constexpr Done<A..., B...> both(Done<A...>&& a,
                                                                                             Done<B...>&& b) noexcept {
  return Done<A..., B...>(a.stamp_ == b.stamp_ ? a.stamp_ : detail::no_stamp);
}

/// Internal: anything else, for the sake of the message; an error, so that there is one message.
template <class A, class B>
auto both(A&&, B&&) {
  static_assert(sizeof(A) == 0,
                "reset_guard: both() joins evidence: take it out of a verdict by RESET_GUARD_TRY, and std::move it in");
  return Error(Errc::invalid, 0, "both");
}

}  // namespace reset_guard
