# cmake -D settings=FILE -D name=NAME [-D options=OPTIONS] -P find_seeded.cmake
# Makes a copy of the headers with the mutation of that name in tests/mutation, and shows that explore_closure finds it
# there, and that the program that it prints compiles and runs to its end.
cmake_minimum_required(VERSION 3.22)
include("${settings}")
include("${root}/tests/mutation/mutant.cmake")

separate_arguments(flags UNIX_COMMAND "${flags}")
set(compile "${compiler}" ${flags} -std=c++20 -O1 -g0 -w "-I${scratch}/include" "-I${root}/tests/model")
function(must_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${what} (${result}):\n${output}")
  endif()
endfunction()

must_run("with the mutation explore_closure does not compile" ${compile} "${root}/tests/model/explore_closure.cpp"
  -o "${scratch}/explore")
execute_process(COMMAND "${scratch}/explore" ${options} RESULT_VARIABLE result OUTPUT_VARIABLE found
  ERROR_VARIABLE errors TIMEOUT 100)
if(NOT result EQUAL 1 OR NOT found MATCHES "^A program fails: [^\n]*\n[^\n]*\n\n(#include .*)$")
  message(FATAL_ERROR "SURVIVES: explore_closure does not find the mutation (${result}):\n${found}${errors}")
endif()
file(WRITE "${scratch}/program.cpp" "${CMAKE_MATCH_1}")
must_run("the printed program does not compile" ${compile} "${scratch}/program.cpp" -o "${scratch}/program")
must_run("the printed program does not run to its end" "${scratch}/program")
message("${found}")
file(REMOVE_RECURSE "${scratch}")
