// Catch2 3 (Debian 13, Ubuntu 24.04) or 2 (Debian 12, Ubuntu 22.04).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

// Its macros use __COUNTER__, which is pedantic's business from clang 22 on, in the file that says TEST_CASE.
#if defined(__clang__) && __clang_major__ >= 22
#pragma clang diagnostic ignored "-Wc2y-extensions"
#endif
