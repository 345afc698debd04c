# What is added to the CMake consumers, and what must not have happened while they were configured.
if(reset_guard_FOUND)
  find_package(reset_guard REQUIRED)  # a second search is harmless
endif()

# Built on request only: they are here for what the compiler says.
foreach(source IN ITEMS unread_status ignored_status)
  add_library(${source} OBJECT EXCLUDE_FROM_ALL ${RESET_GUARD_SOURCE}/tests/package/${source}.cpp)
  target_link_libraries(${source} PRIVATE reset_guard::reset_guard)
  add_library(strict_${source} OBJECT EXCLUDE_FROM_ALL ${RESET_GUARD_SOURCE}/tests/package/${source}.cpp)
  target_link_libraries(strict_${source} PRIVATE reset_guard::strict)
endforeach()
foreach(source IN ITEMS unread_status main others_result)
  add_library(enforced_${source} OBJECT EXCLUDE_FROM_ALL ${RESET_GUARD_SOURCE}/tests/package/${source}.cpp)
  target_link_libraries(enforced_${source} PRIVATE reset_guard::reset_guard)
  reset_guard_enforce(enforced_${source})
endforeach()

foreach(property IN ITEMS PACKAGES_FOUND PACKAGES_NOT_FOUND)
  get_property(packages GLOBAL PROPERTY ${property})
  list(REMOVE_ITEM packages reset_guard Git)  # FetchContent looks for git
  if(packages)
    message(FATAL_ERROR "a consumer must need nothing else, but these were searched for: ${packages}")
  endif()
endforeach()
foreach(target IN ITEMS unit_tests reset_tool)
  if(TARGET ${target})
    message(FATAL_ERROR "a consumer was given the project's own target ${target}")
  endif()
endforeach()
