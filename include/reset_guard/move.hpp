// RESET_GUARD_MOVE and made(): std::move and std::declval without <utility>, which alone is longer than the rest of the
// core with all it includes (g++ 12, preprocessed: 4 685 lines). A macro, because clang's typestate analysis sees
// through a cast and not through a function other than std::move.
#pragma once

#include <type_traits>

#define RESET_GUARD_MOVE(object) static_cast<::std::remove_reference_t<decltype(object)>&&>(object)

namespace reset_guard::detail {
template <class T>
T&& made() noexcept;
}  // namespace reset_guard::detail
