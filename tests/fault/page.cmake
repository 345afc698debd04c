# The campaign's page: its text among the unit tests, and how it looks in a real browser. For tests/CMakeLists.txt.

if(TARGET unit_tests)
  set(campaign_dir "${PROJECT_SOURCE_DIR}/examples/campaign")
  if(NOT TARGET campaign_page)
    file(GLOB page_sources CONFIGURE_DEPENDS "${campaign_dir}/page*.cpp")
    if(EXISTS "${campaign_dir}/report.cpp")
      list(APPEND page_sources "${campaign_dir}/report.cpp")
    else()
      list(APPEND page_sources "${CMAKE_CURRENT_LIST_DIR}/page_names.cpp")
    endif()
    add_library(campaign_page STATIC ${page_sources})
    target_link_libraries(campaign_page PUBLIC reset_guard_examples PRIVATE reset_guard_dev_warnings)
  endif()

  target_sources(unit_tests PRIVATE
    "${CMAKE_CURRENT_LIST_DIR}/page_test.cpp" "${CMAKE_CURRENT_LIST_DIR}/page_data.cpp")
  target_link_libraries(unit_tests PRIVATE campaign_page)

  if(RESET_GUARD_TEST_PREFIX STREQUAL "")  # once for all compilers
    add_executable(write_page "${CMAKE_CURRENT_LIST_DIR}/write_page.cpp" "${CMAKE_CURRENT_LIST_DIR}/page_data.cpp")
    target_link_libraries(write_page PRIVATE campaign_page reset_guard_dev_warnings)
    set(page "${CMAKE_CURRENT_BINARY_DIR}/page.html")
    add_test(NAME "page: it can be written" COMMAND write_page "${page}")
    set_tests_properties("page: it can be written" PROPERTIES FIXTURES_SETUP page TIMEOUT 60)

    # The distribution's python3, since that is the one which its python3-selenium is for.
    find_program(RESET_GUARD_SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
    find_program(RESET_GUARD_SYSTEM_PYTHON python3)
    if(RESET_GUARD_SYSTEM_PYTHON)
      set(name "page: it can be read in a browser")
      add_test(NAME "${name}" COMMAND "${RESET_GUARD_SYSTEM_PYTHON}"
        "${CMAKE_CURRENT_LIST_DIR}/page_in_browser.py" "${page}")
      set_tests_properties("${name}" PROPERTIES FIXTURES_REQUIRED page SKIP_RETURN_CODE 77 TIMEOUT 180)
    endif()
  endif()
endif()
