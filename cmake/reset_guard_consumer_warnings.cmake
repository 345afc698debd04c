# The warnings that a target which uses reset_guard is compiled with: a dropped result is reported there, not here.
# Shared by the source tree and the installed package, so that the option works the same in both.

option(RESET_GUARD_CONSUMER_WARNINGS "reset_guard adds its warning flags to the targets that use it" ON)

if(RESET_GUARD_CONSUMER_WARNINGS)
  set(_reset_guard_flags
    # The typestate analysis cannot be switched on from a header.
    $<$<COMPILE_LANG_AND_ID:CXX,Clang,AppleClang>:-Wconsumed>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang,AppleClang>:-Werror=unused-result>
    # Where clang 22 files a discarded [[nodiscard]] value of a type.
    $<$<COMPILE_LANG_AND_ID:CXX,Clang,AppleClang>:-Werror=unused-value>)
  if(TARGET reset_guard)
    # Not exported: the installed package decides anew, by its consumer's option.
    target_compile_options(reset_guard INTERFACE "$<BUILD_INTERFACE:${_reset_guard_flags}>")
  else()
    target_compile_options(reset_guard::reset_guard INTERFACE ${_reset_guard_flags})
  endif()
  unset(_reset_guard_flags)
endif()
