/// The compiler attributes behind 'no result is dropped', under names that say what they do.
#pragma once

// RESET_GUARD_NODISCARD(how): [[nodiscard(how)]]. clang warns in C++17 that the text is a later standard's.
#if defined(__clang__) && __cplusplus < 202002L
#define RESET_GUARD_NODISCARD(how)                                                                      \
  _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wc++20-attribute-extensions\"") \
      [[nodiscard(how)]] _Pragma("clang diagnostic pop")
#else
#define RESET_GUARD_NODISCARD(how) [[nodiscard(how)]]
#endif

/// For the front of a function that returns a result: the compiler reports a call that ignores it. `[[nodiscard]]`
/// alone can be silenced by a cast to void; on g++ warn_unused_result cannot.
#define RESET_GUARD_MUST_USE RESET_GUARD_MUST_USE_FUNCTION(RESET_GUARD_LOOK_AT_IT)

/// RESET_GUARD_MUST_USE with other words: `how`, a string literal, is what the compiler says.
#define RESET_GUARD_MUST_USE_FUNCTION(how) RESET_GUARD_NODISCARD(how) [[gnu::warn_unused_result]]

/// For a class whose objects must be used: it stands before the class's name, and `how` is what the compiler says.
/// warn_unused brings back the unused-variable warning that a destructor takes away.
// g++ wants the two in this order.
#define RESET_GUARD_MUST_USE_TYPE(how) RESET_GUARD_NODISCARD(how) [[gnu::warn_unused]]

#define RESET_GUARD_LOOK_AT_IT                                                                           \
  "reset_guard: it may be a failure; use RESET_GUARD_TRY, RESET_GUARD_CHECK or failed(), or drop it by " \
  "discard(reason)"

// RESET_GUARD_DELETE(why): '= delete', with the reason in the message of the compilers that can say it.
#if !defined(__cpp_deleted_function)
#define RESET_GUARD_DELETE(why) delete
#elif defined(__clang__)  // which can say it in earlier standards, too, and warns that it is a later one's
#define RESET_GUARD_DELETE(why)    \
  _Pragma("clang diagnostic push") \
      _Pragma("clang diagnostic ignored \"-Wc++26-extensions\"") delete (why)_Pragma("clang diagnostic pop")
#else
#define RESET_GUARD_DELETE(why) delete (why)
#endif

// What C++20 can do while it compiles, and C++17 cannot: a result has a destructor with clang, and where it may trap.
#if __cplusplus >= 202002L && !defined(RESET_GUARD_TRAP_DROPPED)
#define RESET_GUARD_CONSTEXPR constexpr
#else
#define RESET_GUARD_CONSTEXPR inline
#endif
#if __cplusplus >= 202002L
#define RESET_GUARD_CONSTEVAL consteval
#else
#define RESET_GUARD_CONSTEVAL constexpr
#endif

// Which branch is taken nearly always. Not __builtin_expect(), which clang's typestate analysis does not see through.
#if __cplusplus >= 202002L || !defined(__clang__)
#define RESET_GUARD_LIKELY [[likely]]
#define RESET_GUARD_UNLIKELY [[unlikely]]
#else
#define RESET_GUARD_LIKELY
#define RESET_GUARD_UNLIKELY
#endif

// RESET_GUARD_SHORT_PATH: a function that becomes a few instructions where it is called, though the compilers count its
// rare branches, which are calls, and think it long. Only where speed was asked for: not with -O0, not with -Os.
#if defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__)
#define RESET_GUARD_SHORT_PATH [[gnu::always_inline]] inline
#else
#define RESET_GUARD_SHORT_PATH inline
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

/// RESET_GUARD_STRICT, defined before the first include: in the file that includes the header an ignored result is an
/// error, not a warning, and so is what clang's typestate analysis reports. Without it the header changes no
/// diagnostic. It reaches every function of that file, also those of other libraries, and also when the include folder
/// is a system one (-isystem).
// The pragmas are not popped: they are meant for the rest of the file.
#if defined(RESET_GUARD_STRICT)
#pragma GCC diagnostic error "-Wunused-result"
#pragma GCC diagnostic error "-Wunused-value"  // clang 22 files a discarded [[nodiscard]] value here
#if defined(__clang__)
#pragma GCC diagnostic error "-Wconsumed"  // switches the analysis on from clang 22 on; before that, an option must
#endif
#endif
