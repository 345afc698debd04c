# cmake -D model=FILE -D spin=PROGRAM -D compiler=PROGRAM -D folder=DIR -D optimization=-O1 -D "options=-D..." -P model.cmake
# Visits every state of the model with these options, in a new folder, and prints what spin's verifier counts.
cmake_minimum_required(VERSION 3.22)

separate_arguments(options UNIX_COMMAND "${options}")
file(REMOVE_RECURSE "${folder}")
file(MAKE_DIRECTORY "${folder}")

function(must_run)  # COMMAND...
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${folder}" RESULT_VARIABLE result OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

must_run("${spin}" -a ${options} "${CMAKE_CURRENT_LIST_DIR}/${model}")
must_run("${compiler}" "${optimization}" -w -DSAFETY -DCOLLAPSE -o pan pan.c)
must_run("${folder}/pan" -m100000)
file(REMOVE_RECURSE "${folder}")

# One that ran out of memory or depth says so, and has not visited every state.
if(output MATCHES "max search depth too small|out of memory|Search not completed" AND NOT output MATCHES "errors: [1-9]")
  message(FATAL_ERROR "not every state was visited:\n${output}")
endif()
string(REGEX MATCHALL "pan:[0-9]*: [^\n]*|[0-9]+ states, stored|errors: [0-9]+" lines "${output}")
string(REPLACE ";" "\n" lines "${lines}")
message("${lines}")
