/// Witness: what shows that a reset step has reset the device. NoWitness: the base of one that can show nothing.
#pragma once

#include <type_traits>

#include "move.hpp"
#include "result.hpp"

namespace reset_guard {

/// The base of the Witness of a step whose reset nothing can show. The step's evidence is a claim, and a reset that has
/// no better evidence ends as Outcome::claimed.
///
///     struct Witness : rg::NoWitness {
///       static constexpr rg::Literal why = "the modem has no register that a host can read";
///     };
struct NoWitness {};

namespace detail {

template <class S, class = void>
inline constexpr bool has_witness = false;
template <class S>
inline constexpr bool has_witness<S, std::void_t<typename S::Witness>> = true;

template <class S, class = void>
inline constexpr bool is_claim = false;
template <class S>
inline constexpr bool is_claim<S, std::void_t<typename S::Witness>> = std::is_base_of_v<NoWitness, typename S::Witness>;

template <class Witness, class = void>
inline constexpr bool has_reason = false;
template <class Witness>
inline constexpr bool has_reason<Witness, std::void_t<decltype(static_cast<const char*>(Witness::why))>> = true;

template <class Witness, class, class... Seen>
struct CheckAnswer {
  using type = void;
};
template <class Witness, class... Seen>
struct CheckAnswer<Witness, std::void_t<decltype(made<const Witness&>().check(made<Seen&>()...))>, Seen...> {
  using type = decltype(made<const Witness&>().check(made<Seen&>()...));
};
template <class Witness, class... Seen>
using check_answer = typename CheckAnswer<Witness, void, Seen...>::type;
template <class Witness, class... Seen>
inline constexpr bool can_check = std::is_same_v<check_answer<Witness, Seen...>, Status> ||
                                  std::is_same_v<check_answer<Witness, Seen...>, Result<bool>>;

// Of a step whose witness shows nothing.
template <class S>
constexpr void check_reason() noexcept {
  static_assert(
      has_reason<typename S::Witness>,
      "reset_guard: a Witness that derives from NoWitness says why: 'static constexpr Literal why = \"...\";'");
}

// Of a reset step.
template <class S, class Device, class... Arguments>
constexpr void check_witness() noexcept {
  static_assert(
      has_witness<S>,
      "reset_guard: a ResetStep needs a Witness, a struct inside it: 'explicit Witness(Device&)' looks before "
      "the reset, 'Status check(Device&) const' after it; one that can show nothing derives from NoWitness");
  if constexpr (is_claim<S>) {
    check_reason<S>();
  } else if constexpr (has_witness<S>) {
    static_assert(can_check<typename S::Witness, Device> || can_check<typename S::Witness, Device, Arguments...>,
                  "reset_guard: a Witness needs 'Status check(Device&) const', or one that returns Result<bool>");
  }
}

// What the witness says: an error, or whether it has shown anything.
template <class Witness, class Device, class... Arguments>
Result<bool> ask(const Witness& witness, Device& device, [[maybe_unused]] Arguments&... arguments) {
  if constexpr (sizeof...(Arguments) != 0 && !can_check<Witness, Device, Arguments...>) {
    return ask(witness, device);
  } else if constexpr (std::is_same_v<check_answer<Witness, Device, Arguments...>, Status>) {
    auto answer = witness.check(device, arguments...);
    if (answer.failed()) return RESET_GUARD_MOVE(answer).error();
    return true;
  } else {
    return witness.check(device, arguments...);
  }
}

}  // namespace detail
}  // namespace reset_guard
