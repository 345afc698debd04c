# Bugs that explore_closure has to find: guards of the state that tests/mutation removes, by their names there.

set(seeded_settings "${CMAKE_CURRENT_BINARY_DIR}/seeded_closure.cmake")
file(GENERATE OUTPUT "${seeded_settings}" CONTENT "\
set(compiler [==[${CMAKE_CXX_COMPILER}]==])
set(flags [==[${CMAKE_CXX_FLAGS}]==])
set(root [==[${PROJECT_SOURCE_DIR}]==])
set(work [==[${CMAKE_CURRENT_BINARY_DIR}/seeded_closure]==])
")
function(seeded name)  # OPTION...
  add_test(NAME "explore_closure finds it: removed guard: ${name}"
    COMMAND "${CMAKE_COMMAND}" -D "settings=${seeded_settings}" -D "name=removed guard: ${name}" -D "options=${ARGN}"
    -P "${CMAKE_CURRENT_SOURCE_DIR}/model/find_seeded.cmake")
  set_tests_properties("explore_closure finds it: removed guard: ${name}" PROPERTIES LABELS full_only TIMEOUT 300)
endfunction()

seeded("success over a failure")
seeded("only its own step resolves a failure")
seeded("two steps' failures are two")
seeded("overrule reaches inwards only")
seeded("a failure handed in by two steps is both steps'")
seeded("a scope's failure is its whole verdict's")
seeded("evidence is of this device")
seeded("evidence is of this reset, and of this scope")
seeded("a failed reset step makes evidence old")
seeded("evidence is younger than the last failure")
seeded("a claim lifts no quarantine")
seeded("the order of scopes")
seeded("a done does not finish the scope whose end called it")
seeded("a failed prepare keeps the quarantine's reason")
seeded("failures that cannot be told apart are not resolved" --depth 1 --start many)
