# What both consumers build, and what must not have happened while they were configured.
add_executable(consumer ../main.cpp)
target_link_libraries(consumer PRIVATE reset_guard::reset_guard)

# Built on request only: they are here for what the compiler says.
add_library(unread_status OBJECT EXCLUDE_FROM_ALL ../unread_status.cpp)
target_link_libraries(unread_status PRIVATE reset_guard::reset_guard)
add_library(ignored_result OBJECT EXCLUDE_FROM_ALL ../ignored_result.cpp)
target_link_libraries(ignored_result PRIVATE reset_guard::reset_guard)

foreach(property IN ITEMS PACKAGES_FOUND PACKAGES_NOT_FOUND)
  get_property(packages GLOBAL PROPERTY ${property})
  list(REMOVE_ITEM packages reset_guard)
  if(packages)
    message(FATAL_ERROR "a consumer must need nothing else, but these were searched for: ${packages}")
  endif()
endforeach()
foreach(target IN ITEMS unit_tests reset_tool)
  if(TARGET ${target})
    message(FATAL_ERROR "a consumer was given the project's own target ${target}")
  endif()
endforeach()
