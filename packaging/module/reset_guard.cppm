// The library as a C++20 module: `import reset_guard;`. A module exports no macros: who uses RESET_GUARD_TRY and its
// like includes <reset_guard/try.hpp>, and <reset_guard/attributes.hpp> for RESET_GUARD_MUST_USE, before the import.
module;
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
export module reset_guard;

// With the linkage that they have in a header, so that a program may both include and import them.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Winclude-angled-in-module-purview"
#endif
export extern "C++" {
#include <reset_guard/reset_guard.hpp>
}
