# reset_guard_enforce(target): a dropped result in the target's sources is an error, in each spelling that clang's
# typestate analysis sees. It is reset_guard::strict, and beside another compiler than clang also clang-tidy, which runs
# the analysis (RESET_GUARD_CLANG_TIDY names it; empty: none; CMake's Makefile and Ninja generators only). Results of
# other libraries' functions are left alone.

include_guard()

function(reset_guard_enforce target)
  target_link_libraries("${target}" PRIVATE reset_guard::strict)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    return()
  endif()

  set(names "")
  foreach(version RANGE 22 14 -1)
    list(APPEND names "clang-tidy-${version}")
  endforeach()
  find_program(RESET_GUARD_CLANG_TIDY NAMES ${names} clang-tidy
    DOC "The clang-tidy that reset_guard_enforce() runs beside a compiler other than clang")
  if(NOT RESET_GUARD_CLANG_TIDY)
    message(STATUS "reset_guard_enforce(${target}): no clang-tidy (14 to 22), so no typestate analysis beside the compiler")
    return()
  endif()

  get_target_property(other "${target}" CXX_CLANG_TIDY)
  if(other)
    # Its user's choice of checks stays; what is an error stays theirs too.
    message(STATUS "reset_guard_enforce(${target}): has a CXX_CLANG_TIDY; see that it has the check clang-diagnostic-consumed")
    set_property(TARGET "${target}" APPEND PROPERTY CXX_CLANG_TIDY -extra-arg=-Wconsumed)
    return()
  endif()
  set(check bugprone-unused-return-value)  # sees a cast to void in dead code and in older clang's ternaries, too
  # With clang-diagnostic-* alone some versions find 'no checks enabled'. The compiler's own options may be unknown to
  # clang, and what else clang would warn of is not the question here.
  set_property(TARGET "${target}" PROPERTY CXX_CLANG_TIDY "${RESET_GUARD_CLANG_TIDY}"
    -quiet
    "-checks=-*,clang-diagnostic-consumed,clang-diagnostic-unused-result,clang-diagnostic-unused-value,${check}"
    "-config={CheckOptions: [{key: ${check}.CheckedReturnTypes, value: '^::reset_guard::(Result|Evidence|ResetScope|OwnedScope|Error)$'}, {key: ${check}.CheckedFunctions, value: '::reset_guard_checks_no_function'}, {key: ${check}.AllowCastToVoid, value: 'false'}]}"
    "-warnings-as-errors=*"
    "-header-filter=.*"
    -extra-arg=-Wconsumed
    -extra-arg=-Wno-error
    -extra-arg=-ferror-limit=0
    -extra-arg=-Wno-ignored-gch  # g++'s precompiled header: its text is read instead (clang-tidy 14 cannot do without)
    -extra-arg=-Wno-unknown-warning-option)
endfunction()
