# cmake -D settings=FILE -P left_out.cmake
# Compiles the campaign's handlers with a library that can leave out what a step does, and passes the step all the same.
# For each step that a handler or method runs, the campaign must say so.
cmake_minimum_required(VERSION 3.22)
include("${settings}")

set(scratch "${work}/left_out")
file(REMOVE_RECURSE "${scratch}")
file(COPY "${root}/include" DESTINATION "${scratch}")
set(header "${scratch}/include/reset_guard/reset.hpp")
file(READ "${header}" content)
set(asks "  if (left_out(step_name<S>())) return ok();\n")
string(REGEX REPLACE "(\nStatus act\\([^\n]*\n)" "\\1${asks}" changed "${content}")
if(changed STREQUAL content)
  message(FATAL_ERROR "reset.hpp has no function act() any more: mend the place where left_out() is asked")
endif()
file(WRITE "${header}" "${changed}")

separate_arguments(flags UNIX_COMMAND "${flags}")
list(FILTER objects EXCLUDE REGEX "/library_subjects[.]cpp[.]")
execute_process(COMMAND "${compiler}" ${flags} -std=c++20 -O1 -g0 -w "-I${scratch}/include" "-I${root}/examples" "-I${root}/tools"
  -include "${root}/tests/tools/fault_campaign/left_out.hpp" "${root}/tools/fault_campaign/library_subjects.cpp" ${objects} -pthread
  -o "${scratch}/fault_campaign" RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "this does not compile:\n${output}")
endif()

set(campaign "${scratch}/fault_campaign" --variant reset_guard --pairs 0)
execute_process(COMMAND ${campaign} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "with nothing left out the campaign says ${result}:\n${output}")
endif()
string(REGEX MATCHALL "step: [^\n]+" steps "${output}")
list(REMOVE_DUPLICATES steps)
list(LENGTH steps number)
if(number LESS 15)
  message(FATAL_ERROR "only ${number} steps were seen: ${steps}")
endif()

set(unnoticed "")
foreach(step IN LISTS steps)
  string(REPLACE "step: " "" step "${step}")
  execute_process(COMMAND "${CMAKE_COMMAND}" -E env "LEFT_OUT=${step}" ${campaign} RESULT_VARIABLE result
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # A clean reset that fails, or a finding.
  if(result EQUAL 0)
    list(APPEND unnoticed "${step}")
  elseif(NOT output MATCHES "[^\n]*even a reset without a fault[^\n]*|\n  [a-z ]+: [^\n]*, [^\n]*\n")
    message(FATAL_ERROR "without ${step} the campaign says ${result}, and names nothing:\n${output}")
  else()
    string(STRIP "${CMAKE_MATCH_0}" said)
    message("without ${step}: ${said}")
  endif()
endforeach()
if(unnoticed)
  message(FATAL_ERROR "nobody notices that these are left out: ${unnoticed}")
endif()
file(REMOVE_RECURSE "${scratch}")
