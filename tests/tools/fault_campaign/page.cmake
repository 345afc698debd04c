# The campaign's page in a real browser, from a report that is made up.
add_executable(write_page write_page.cpp page_data.cpp)
target_link_libraries(write_page PRIVATE fault_campaign_parts)
set(page "${CMAKE_CURRENT_BINARY_DIR}/page.html")
add_test(NAME "page: it can be written" COMMAND write_page "${page}")
set_tests_properties("page: it can be written" PROPERTIES FIXTURES_SETUP page TIMEOUT 60)

# The distribution's python3, since that is the one which its python3-selenium is for.
find_program(RESET_GUARD_SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(RESET_GUARD_SYSTEM_PYTHON python3)
if(RESET_GUARD_SYSTEM_PYTHON)
  set(name "page: it can be read in a browser")
  add_test(NAME "${name}" COMMAND "${RESET_GUARD_SYSTEM_PYTHON}"
    "${CMAKE_CURRENT_SOURCE_DIR}/page_in_browser.py" "${page}")
  set_tests_properties("${name}" PROPERTIES FIXTURES_REQUIRED page SKIP_RETURN_CODE 77 TIMEOUT 180 LABELS full_only)
endif()
