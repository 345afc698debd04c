# The random programs with libFuzzer, which only clang has: with the build's compiler if that is clang, or else with the
# first clang that has it. Not part of `all`: the targets fuzz_programs and fuzz_groups, and two tests of each for the
# full run.
set(candidates clang++-19 clang++-22 clang++-16 clang++-14 clang++)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  list(PREPEND candidates "${CMAKE_CXX_COMPILER}")
endif()
# Without the other sanitizers, which would take three times as long: the suite runs random_programs under them.
set(fuzz_options -std=c++20 -O2 -g1 -fsanitize=fuzzer)

find_sanitizer(fuzz_compiler fuzzer ${candidates})
if(NOT fuzz_compiler)
  message(STATUS "The random programs are not fuzzed: there is no clang++ with libFuzzer "
    "(Debian: clang-19 and libclang-rt-19-dev)")
  return()
endif()

set(fuzz_folder "${CMAKE_CURRENT_BINARY_DIR}/fuzz")
file(GLOB fuzz_headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/model/*.hpp")
function(add_fuzz_test what target source)
  add_custom_command(OUTPUT "${fuzz_folder}/${target}"
    COMMAND "${fuzz_compiler}" ${fuzz_options} ${ARGN} -I "${PROJECT_SOURCE_DIR}/include"
      "${CMAKE_CURRENT_SOURCE_DIR}/model/${source}" -o "${fuzz_folder}/${target}"
    DEPENDS "model/${source}" ${fuzz_headers} ${reset_guard_headers}
    COMMENT "Building ${target} with ${fuzz_compiler}" VERBATIM)
  add_custom_target(${target} DEPENDS "${fuzz_folder}/${target}")
  add_test(NAME "${what}: the target builds"
    COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target ${target})
  set_tests_properties("${what}: the target builds" PROPERTIES
    LABELS full_only TIMEOUT 600 FIXTURES_SETUP ${target} RESOURCE_LOCK build_folder)
  # What it finds lies beside the corpus, under a name that begins with crash-; the corpus grows from run to run.
  file(MAKE_DIRECTORY "${fuzz_folder}/corpus_${target}")
  add_test(NAME "${what} agree with the reference model"
    COMMAND "${fuzz_folder}/${target}" -seed=20261122 -runs=200000 -max_len=1024 -len_control=0 -print_final_stats=1
      "-artifact_prefix=${fuzz_folder}/" "${fuzz_folder}/corpus_${target}")
  set_tests_properties("${what} agree with the reference model" PROPERTIES
    LABELS full_only TIMEOUT 600 FIXTURES_REQUIRED ${target})
endfunction()
add_fuzz_test("fuzzed programs" fuzz_programs fuzz_programs.cpp)
add_fuzz_test("fuzzed groups" fuzz_groups random_groups.cpp -DRANDOM_GROUPS_FUZZED)
