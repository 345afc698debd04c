# cmake -D settings=FILE -D name=NAME -D subject=SUBJECT -P mutation.cmake
# Compiles the campaign's handlers with one of the faults in ../mutation/upstream_faults.cmake, and shows that the
# campaign finds it: exit status 1, and the handler's name beside a finding.
cmake_minimum_required(VERSION 3.22)
include("${settings}")

include("${root}/tests/mutation/mutant.cmake")

# Only one of the campaign's sources includes handlers of this library; the other objects are those of the build.
separate_arguments(flags UNIX_COMMAND "${flags}")
list(FILTER objects EXCLUDE REGEX "/library_subjects[.]cpp[.]")
execute_process(COMMAND "${compiler}" ${flags} -std=c++20 -O1 -g0 -w "-I${scratch}/examples" "-I${scratch}/include"
  "-I${root}/examples" "-I${root}/tools" -include "${root}/tests/mutation/upstream.hpp" "${root}/tools/fault_campaign/library_subjects.cpp"
  ${objects} -pthread -o "${scratch}/fault_campaign"
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "with the mutation this does not compile: ${name}\n${output}")
endif()

execute_process(COMMAND "${scratch}/fault_campaign" --variant reset_guard --pairs 0 RESULT_VARIABLE result
  OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 1)
  message(FATAL_ERROR "SURVIVES: with the mutation the campaign says ${result}, not 1: ${name}\n${output}")
endif()
# The line of an example: "  FINDING: SUBJECT, NESTING".
if(NOT output MATCHES "\n  ([a-z ]+): ${subject}, [a-z_ ]+\n")
  message(FATAL_ERROR "with the mutation the campaign does not name ${subject}: ${name}\n${output}")
endif()
message("found: ${CMAKE_MATCH_1}, in ${subject}")
file(REMOVE_RECURSE "${scratch}")
