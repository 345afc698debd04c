/// contents: what a device holds, and a reset destroys or leaves, as types. all_of: a set of them.
#pragma once

#include <type_traits>

#include "error.hpp"
#include "evidence.hpp"
#include "trace.hpp"

namespace reset_guard {

/// In a ResetStep, `using destroys = all_of<contents::registers, contents::dma>;` says what is gone after it. A caller
/// who hands the device on demands such a set: see reset_for().
template <class... Contents>
struct all_of {};

/// What drivers ask about. A device may have contents of its own: any type with a `static constexpr Literal name`.
namespace contents {
/// The configuration that a driver has written.
struct registers {
  static constexpr Literal name = "registers";  ///< for people
};
/// Requests of the device to the system's memory that are under way.
struct dma {
  static constexpr Literal name = "dma";  ///< for people
};
/// Memory on the device.
struct device_memory {
  static constexpr Literal name = "device_memory";  ///< for people
};
/// The caches and the memory that CXL.cache and CXL.mem make visible: an FLR leaves them.
struct cxl_memory {
  static constexpr Literal name = "cxl_memory";  ///< for people
};
/// The state of the device's firmware: a link reset leaves it.
struct firmware {
  static constexpr Literal name = "firmware";  ///< for people
};
}  // namespace contents

namespace detail {

template <class S, class>
struct Destroys {
  using type = all_of<>;
};
template <class S>
struct Destroys<S, std::void_t<typename S::destroys>> {
  using type = typename S::destroys;
};
template <class S>
struct Destroys<each_of<S>, void> : Destroys<S> {};

template <class Contents, class Set>
inline constexpr bool is_in = false;
template <class Contents, class... In>
inline constexpr bool is_in<Contents, all_of<In...>> = (std::is_same_v<Contents, In> || ...);

template <class Contents, bool destroyed>
constexpr void check_destroyed() noexcept {
  static_assert(destroyed,
                "reset_guard: this reset leaves something that the caller demands to be gone (its type is beside "
                "check_destroyed): add a step that destroys it");
}

template <class Demand, class... S>
struct Demanded;
template <class... Contents, class... S>
struct Demanded<all_of<Contents...>, S...> {
  template <class Each>
  static constexpr bool destroyed = (is_in<Each, typename Destroys<S>::type> || ...);
  static constexpr void check() noexcept { (check_destroyed<Contents, destroyed<Contents>>(), ...); }
};

// What proves a step destroys all that the step does: whichever it was.
template <class... Contents, class... By>
struct DestroysNoMore<all_of<Contents...>, any_of<By...>> {
  template <class Each>
  static constexpr bool by_all = (is_in<Each, typename Destroys<By>::type> && ...);
  static constexpr bool value = sizeof...(By) == 0 || (by_all<Contents> && ...);
};

// The names of a set, with nullptr behind the last.
template <class Set>
inline constexpr const char* names_of[1] = {nullptr};
template <class... Contents>
inline constexpr const char* names_of<all_of<Contents...>>[sizeof...(Contents) + 1] = {step_name<Contents>()...,
                                                                                       nullptr};

}  // namespace detail

/// What a step destroys, for people.
/// Returns: the names, with a nullptr behind the last one; they live as long as the program.
template <class S>
constexpr const char* const* names_of_destroyed() noexcept {
  return detail::names_of<typename detail::Destroys<S>::type>;
}

}  // namespace reset_guard
