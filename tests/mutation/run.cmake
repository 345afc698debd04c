# cmake -D settings=FILE [-D name=NAME] -P run.cmake
# Without a name: compiles what all mutations share. With one: makes a copy of the sources with that mutation, and shows
# that each test that is named for it fails there. A unit test must pass without the mutation; what must not compile has
# tests of its own for that.
cmake_minimum_required(VERSION 3.22)
include("${settings}")

separate_arguments(flags UNIX_COMMAND "${flags}")
list(TRANSFORM catch_includes PREPEND -I)
set(compile "${compiler}" ${flags} -std=c++20 -O0 -g0 -w
  "-DRESET_GUARD_DATA_DIR=\"${root}/examples/data\"")
set(shared "${work}/shared")

# Runs a command that must succeed.
function(must_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${what}:\n${output}")
  endif()
endfunction()

if(NOT DEFINED name)
  file(REMOVE_RECURSE "${shared}")
  file(COPY "${root}/tests/unit/catch.hpp" DESTINATION "${shared}")
  # GCC and Clang both look for the .gch when the header is included first.
  must_run("catch.hpp does not compile" ${compile} ${catch_includes}
    -x c++-header "${shared}/catch.hpp" -o "${shared}/catch.hpp.gch")
  return()
endif()

include("${CMAKE_CURRENT_LIST_DIR}/mutant.cmake")

# A test of unit/: passes as things are, compiles with the mutation, and fails then.
function(unit_test_goes_red test)
  file(GLOB candidates "${root}/tests/unit/*_test.cpp")
  set(sources "")
  foreach(candidate IN LISTS candidates)
    file(READ "${candidate}" content)
    string(FIND "${content}" "TEST_CASE(\"${test}\"" at)
    if(NOT at EQUAL -1)
      list(APPEND sources "${candidate}")
    endif()
  endforeach()
  list(LENGTH sources number)
  if(NOT number EQUAL 1)
    message(FATAL_ERROR "${number} files in tests/unit have a test named '${test}', not one")
  endif()

  string(REPLACE "," "\\," filter "${test}")  # a comma separates names
  set(program "${unit_tests}")
  if(sources MATCHES "/core_")
    set(program "${core_tests}")
  endif()
  execute_process(COMMAND "${program}" "${filter}" OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT output MATCHES "All tests passed \\([^)]* in 1 test case\\)")
    message(FATAL_ERROR "without the mutation this test does not pass: ${test}\n${output}")
  endif()

  set(words "")
  if(file MATCHES "^examples/")
    set(words -include "${root}/tests/mutation/upstream.hpp")
  endif()
  must_run("with the mutation this test does not compile: ${test}" ${compile} -include "${shared}/catch.hpp"
    "-I${scratch}/examples" "-I${scratch}/include" "-I${root}/examples" "-I${root}/tests/unit" ${catch_includes}
    ${words} ${sources} ${catch_main} -o "${scratch}/test")
  execute_process(COMMAND "${scratch}/test" "${filter}" RESULT_VARIABLE result TIMEOUT 60
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT output MATCHES "test cases: +1 \\|( +0 passed \\|)? +1 failed" AND NOT result MATCHES "timeout|Subprocess")
    message(FATAL_ERROR "SURVIVES: with the mutation this test does not fail: ${test}\n${output}")
  endif()
  message("red: ${test}")
endfunction()

# A file of rules/: what a compiler says, or what the program prints, is not what its head expects. Its good lines must
# still compile, or the mutation has only broken the header.
function(rule_goes_red test)
  set(compilers "")
  foreach(compiler IN ITEMS "${mutation_gcc}" "${mutation_clang}")
    if(compiler)
      list(APPEND compilers --compiler "${compiler}")
    endif()
  endforeach()
  execute_process(COMMAND "${root}/tests/rules/rules.py" check ${compilers} --include "${scratch}/include"
    "${root}/tests/${test}.cpp" RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE summary)
  if(result EQUAL 0)
    message(FATAL_ERROR "SURVIVES: with the mutation this rule is still enforced: ${test}")
  endif()
  # Answered otherwise, run otherwise, or refused without the message that names the fix.
  if(NOT output MATCHES ": (line [0-9]+: (answered|the message) |the program )"
      OR output MATCHES ", control: does not compile|an error where no bad line is")
    message(FATAL_ERROR "with the mutation this fails for another reason: ${test}\n${output}${summary}")
  endif()
  string(REGEX REPLACE "\n.*" "" output "${output}")
  message("red: ${output}")
endfunction()

# A scenario of owners/interleavings.cpp: right in every schedule as things are, and wrong in one with the mutation.
function(scenario_goes_red scenario)
  execute_process(COMMAND "${interleavings}" "${scenario}" RESULT_VARIABLE result OUTPUT_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "without the mutation this scenario is not right: ${scenario}\n${output}")
  endif()
  must_run("with the mutation interleavings.cpp does not compile" "${compiler}" ${flags} -std=c++20 -O1 -g0 -w
    -U_FORTIFY_SOURCE "-I${scratch}/include" "${root}/tests/owners/interleavings.cpp" -o "${scratch}/test")
  execute_process(COMMAND "${scratch}/test" "${scenario}" OUTPUT_VARIABLE output TIMEOUT 60)
  if(NOT output MATCHES "^violation: ")
    message(FATAL_ERROR "SURVIVES: with the mutation every schedule of this scenario is right: ${scenario}\n${output}")
  endif()
  string(REGEX REPLACE "\n.*" "" output "${output}")
  message("red: ${scenario}: ${output}")
endfunction()

# The random programs of groups: library and model agree as things are, and differ with the mutation.
function(random_groups_go_red)
  must_run("with the mutation random_groups.cpp does not compile" "${compiler}" ${flags} -std=c++20 -O1 -g0 -w
    -U_FORTIFY_SOURCE "-I${scratch}/include" "${root}/tests/model/random_groups.cpp" -o "${scratch}/test")
  execute_process(COMMAND "${scratch}/test" 20000 RESULT_VARIABLE result OUTPUT_VARIABLE output TIMEOUT 60)
  if(result EQUAL 0)
    message(FATAL_ERROR "SURVIVES: with the mutation library and model agree:\n${output}")
  endif()
  string(REGEX MATCH "[^\n]*\n?$" output "${output}")
  message("red: ${result}: ${output}")  # a difference, or a trap
endfunction()

foreach(test IN LISTS tests)
  if(test STREQUAL "model/random_groups")
    random_groups_go_red()
  elseif(test MATCHES "^rules/")
    rule_goes_red("${test}")
  elseif(test MATCHES "^owners/(.+)$")
    scenario_goes_red("${CMAKE_MATCH_1}")
  else()
    unit_test_goes_red("${test}")
  endif()
endforeach()
file(REMOVE_RECURSE "${scratch}")
