# cmake -D settings=FILE [-D fault=NAME] -P run.cmake
# Without a name: compiles what all faults share. With one: shows that the unit test of that name passes as things are,
# and fails with upstream's behaviour in our handler.
cmake_minimum_required(VERSION 3.22)
include("${settings}")

separate_arguments(flags UNIX_COMMAND "${flags}")
list(TRANSFORM catch_includes PREPEND -I)
set(compile "${compiler}" ${flags} -std=c++20 -O0 -g0 -w "-DRESET_GUARD_CATCH_MAJOR=${catch_major}"
  "-DRESET_GUARD_DATA_DIR=\"${root}/examples/data\"")
set(includes "-I${root}/examples" "-I${root}/include" "-I${root}/tests/unit" ${catch_includes})
set(shared "${work}/shared")

# Runs a command that must succeed.
function(must_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${what}:\n${output}")
  endif()
endfunction()

if(NOT DEFINED fault)
  file(REMOVE_RECURSE "${shared}")
  file(COPY "${CMAKE_CURRENT_LIST_DIR}/upstream.hpp" DESTINATION "${shared}")
  # GCC and Clang both look for the .gch when the header is included first.
  must_run("upstream.hpp does not compile" ${compile} ${includes}
    -x c++-header "${shared}/upstream.hpp" -o "${shared}/upstream.hpp.gch")
  return()
endif()

# The entry of that name.
function(upstream_fault name header_ ours_ upstreams_)
  if(name STREQUAL fault)
    set(header "${header_}" PARENT_SCOPE)
    set(ours "${ours_}" PARENT_SCOPE)
    set(upstreams "${upstreams_}" PARENT_SCOPE)
  endif()
endfunction()
include("${CMAKE_CURRENT_LIST_DIR}/faults.cmake")

function(count_of text content result)
  string(LENGTH "${content}" before)
  string(REPLACE "${text}" "" rest "${content}")
  string(LENGTH "${rest}" after)
  string(LENGTH "${text}" length)
  math(EXPR number "(${before} - ${after}) / ${length}")
  set(${result} ${number} PARENT_SCOPE)
endfunction()

# The handlers and methods once more, this one changed.
string(MAKE_C_IDENTIFIER "${fault}" folder)
set(scratch "${work}/${folder}")
file(REMOVE_RECURSE "${scratch}")
file(COPY "${root}/examples/quirks" "${root}/examples/methods" DESTINATION "${scratch}")
file(READ "${scratch}/${header}" content)
count_of("${ours}" "${content}" number)
if(NOT number EQUAL 1)
  message(FATAL_ERROR "examples/${header} has our text ${number} times, not once:\n${ours}\n"
    "Mend tests/upstream_faults/faults.cmake.")
endif()
string(REPLACE "${ours}" "${upstreams}" content "${content}")
file(WRITE "${scratch}/${header}" "${content}")

# The file that the test is in.
set(sources "")
file(GLOB candidates "${root}/tests/unit/methods_*_test.cpp" "${root}/tests/unit/quirk_*_test.cpp")
foreach(candidate IN LISTS candidates)
  file(READ "${candidate}" content)
  string(FIND "${content}" "TEST_CASE(\"${fault}\"" at)
  if(NOT at EQUAL -1)
    list(APPEND sources "${candidate}")
  endif()
endforeach()
list(LENGTH sources number)
if(NOT number EQUAL 1)
  message(FATAL_ERROR "${number} files in tests/unit have a test named '${fault}', not one")
endif()

string(REPLACE "," "\\," filter "${fault}")  # a comma separates names

execute_process(COMMAND "${unit_tests}" "${filter}" OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT output MATCHES "All tests passed \\([^)]* in 1 test case\\)")
  message(FATAL_ERROR "with our handler the test does not pass:\n${output}")
endif()

must_run("with upstream's behaviour the test does not compile" ${compile} -include "${shared}/upstream.hpp"
  "-I${scratch}" ${includes} ${sources} ${catch_main} -o "${scratch}/test")

execute_process(COMMAND "${scratch}/test" "${filter}" OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT output MATCHES "test cases: +1 \\| +1 failed")
  message(FATAL_ERROR "with upstream's behaviour the test does not fail:\n${output}")
endif()
message("${output}")
file(REMOVE_RECURSE "${scratch}")
