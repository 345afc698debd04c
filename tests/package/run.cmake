# Builds and runs one consumer as a stranger would, then looks at the warnings that it gets.
cmake_minimum_required(VERSION 3.22)

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

function(must_pass)  # COMMAND...
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "exit status ${status}: ${command}\n${output}")
  endif()
endfunction()

function(configure_consumer)  # OPTION...
  must_pass("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${CONSUMER}" -B "${WORK}/build"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DRESET_GUARD_SOURCE=${PROJECT_SOURCE}"
    ${ARGN})
endfunction()

function(expect target passes regex matches)  # does the target compile, and does the compiler say what matches regex?
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK}/build" --clean-first --target ${target}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status EQUAL 0)
    set(passed YES)
  else()
    set(passed NO)
  endif()
  if(output MATCHES "${regex}")
    set(matched YES)
  else()
    set(matched NO)
  endif()
  if(NOT passed STREQUAL passes OR NOT matched STREQUAL matches)
    message(FATAL_ERROR "${target}: compiles: ${passed}, expected ${passes}; "
      "says '${regex}': ${matched}, expected ${matches}\n${output}")
  endif()
endfunction()

if(CONSUMER MATCHES "find_package$")
  must_pass("${CMAKE_COMMAND}" --install "${PROJECT_BINARY}" --prefix "${WORK}/prefix")
endif()

configure_consumer()
must_pass("${CMAKE_COMMAND}" --build "${WORK}/build")
must_pass("${WORK}/build/consumer")

execute_process(COMMAND "${COMPILER}" --version OUTPUT_VARIABLE version)
if(version MATCHES "clang")
  set(clang YES)
else()
  set(clang NO)
endif()

# By default a warning, and no option of the consumer's compiler is changed; an error where it is asked for.
expect(unread_status YES "warning" NO)
expect(ignored_status YES "Wunused-(result|value)" YES)
expect(strict_ignored_status NO "error: ignoring return" YES)
if(clang)
  expect(strict_unread_status NO "unknown. state.*consumed" YES)
else()
  expect(strict_unread_status YES "warning" NO)
endif()

# reset_guard_enforce(): the analysis beside any compiler, where there is a clang-tidy.
load_cache("${WORK}/build" READ_WITH_PREFIX found_ RESET_GUARD_CLANG_TIDY)
if(clang OR found_RESET_GUARD_CLANG_TIDY)
  expect(enforced_unread_status NO "unknown. state.*consumed" YES)
  expect(enforced_main YES "consumed" NO)
  expect(enforced_others_result YES "(warning|error):" NO)
endif()
if(NOT clang)
  execute_process(COMMAND "${CMAKE_COMMAND}" -DRESET_GUARD_CLANG_TIDY= "${WORK}/build"
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0 OR NOT output MATCHES "reset_guard_enforce\\(enforced_main\\): no clang-tidy")
    message(FATAL_ERROR "without clang-tidy reset_guard_enforce() does not say so\n${output}")
  endif()
  expect(enforced_unread_status YES "consumed" NO)
endif()
