/// The compiler attributes and diagnostics behind the no-swallow policy, under names that say what they do.
#pragma once

/// For the front of a function that returns a result: the compiler reports a call that ignores it. `[[nodiscard]]`
/// alone can be silenced by a cast to void; on g++ warn_unused_result cannot.
#define RESET_GUARD_MUST_USE RESET_GUARD_MUST_USE_FUNCTION(RESET_GUARD_LOOK_AT_IT)

/// RESET_GUARD_MUST_USE with other words: `how`, a string literal, is what the compiler says.
#define RESET_GUARD_MUST_USE_FUNCTION(how) [[nodiscard(how), gnu::warn_unused_result]]

/// For a class whose objects must be used: it stands before the class's name, and `how` is what the compiler says.
/// warn_unused brings back the unused-variable warning that a destructor takes away.
// g++ wants the two in this order.
#define RESET_GUARD_MUST_USE_TYPE(how) [[nodiscard(how), gnu::warn_unused]]

#define RESET_GUARD_LOOK_AT_IT                                                                           \
  "reset_guard: it may be a failure; use RESET_GUARD_TRY, RESET_GUARD_CHECK or failed(), or drop it by " \
  "discard(reason)"

// RESET_GUARD_DELETE(why): '= delete', with the reason in the message of the compilers that can say it.
#if !defined(__cpp_deleted_function)
#define RESET_GUARD_DELETE(why) delete
#elif defined(__clang__)  // which can say it in C++20, too, and warns that it is a later standard's
#define RESET_GUARD_DELETE(why)    \
  _Pragma("clang diagnostic push") \
      _Pragma("clang diagnostic ignored \"-Wc++26-extensions\"") delete (why)_Pragma("clang diagnostic pop")
#else
#define RESET_GUARD_DELETE(why) delete (why)
#endif

// RESET_GUARD_SHORT_PATH: a function that becomes a few instructions where it is called, though the compilers count its
// rare branches, which are calls, and think it long: a reset is 66 instructions with it and 116 without (g++ 12; clang
// 19: 67 and 117; bench/counts, case d1). Only where speed was asked for: not with -O0, not with -Os.
#if defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__)
#define RESET_GUARD_SHORT_PATH [[gnu::always_inline]]
#else
#define RESET_GUARD_SHORT_PATH
#endif

// The typestate analysis of clang (-Wconsumed). 'unconsumed' stands for 'known to be a failure that nobody took',
// 'consumed' for 'nothing is lost'. A result starts out unknown: an unconsumed start silences the analysis after the
// first early return of a function. trivial_abi undoes, for calls, what the destructor that the analysis needs costs.
#if defined(__clang__)
#define RESET_GUARD_TYPESTATE_TYPE [[clang::consumable(unknown), clang::consumable_auto_cast_state, clang::trivial_abi]]
#define RESET_GUARD_TELLS_FAILURE [[clang::test_typestate(unconsumed)]]
#define RESET_GUARD_TAKES_FAILURE [[clang::callable_when("unconsumed"), clang::set_typestate(consumed)]]
#define RESET_GUARD_TAKES_SUCCESS [[clang::callable_when("consumed"), clang::set_typestate(consumed)]]
#define RESET_GUARD_TAKES_ANY [[clang::set_typestate(consumed)]]
#define RESET_GUARD_NEEDS_LOOK [[clang::callable_when("consumed")]]
#else
#define RESET_GUARD_TYPESTATE_TYPE
#define RESET_GUARD_TELLS_FAILURE
#define RESET_GUARD_TAKES_FAILURE
#define RESET_GUARD_TAKES_SUCCESS
#define RESET_GUARD_TAKES_ANY
#endif

/// If it is defined before the first include, the header leaves the compiler's settings for warnings alone.
///
/// Without it an ignored result is an error, not a warning; so is what clang's typestate analysis reports. The pragmas
/// behind this reach every function of the file that includes the header, also those of other libraries, and also when
/// the include folder is a system one (-isystem).
// They are not popped: they are meant for that whole file.
#if !defined(RESET_GUARD_NO_WARNING_PRAGMAS)
#pragma GCC diagnostic error "-Wunused-result"
#pragma GCC diagnostic error "-Wunused-value"  // clang 22 files a discarded [[nodiscard]] value here
#if defined(__clang__)
#pragma GCC diagnostic error "-Wconsumed"  // switches the analysis on from clang 22 on; before that, an option must
#endif
#endif
