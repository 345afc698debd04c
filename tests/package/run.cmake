# Builds and runs one consumer as a stranger would. KIND is how it gets the library.
cmake_minimum_required(VERSION 3.22)

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

function(must_pass)  # COMMAND...
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "exit status ${status}: ${command}\n${output}")
  endif()
endfunction()

function(must_exist)  # FILE...
  if(ARGC EQUAL 0)
    message(FATAL_ERROR "there is no such file")
  endif()
  foreach(file IN LISTS ARGV)
    if(NOT EXISTS "${file}")
      message(FATAL_ERROR "there is no ${file}")
    endif()
  endforeach()
endfunction()

# Installed to one folder and moved to another: no file may know where it is.
function(install build)
  must_pass("${CMAKE_COMMAND}" --install "${build}" --prefix "${WORK}/staged")
  file(RENAME "${WORK}/staged" "${WORK}/prefix")
endfunction()

# What the consumers call https://example.org/reset_guard.git, with its release; no more of the project than they need.
function(make_repository)
  foreach(name IN ITEMS CMakeLists.txt LICENSE cmake include meson.build)
    file(COPY "${PROJECT_SOURCE}/${name}" DESTINATION "${WORK}/repository")
  endforeach()
  set(ENV{GIT_CONFIG_GLOBAL} "")
  set(git git -C "${WORK}/repository" -c user.name=test -c user.email=test@example.org)
  must_pass(${git} init -q)
  must_pass(${git} add .)
  must_pass(${git} commit -q -m release)
  must_pass(${git} tag v${VERSION})
  set(ENV{GIT_CONFIG_COUNT} 1)
  set(ENV{GIT_CONFIG_KEY_0} "url.file://${WORK}/repository.insteadOf")
  set(ENV{GIT_CONFIG_VALUE_0} "https://example.org/reset_guard.git")
endfunction()

# The consumer's own files, and its program.
function(make_source kind)
  file(COPY "${PACKAGE_TESTS}/${kind}/" "${PACKAGE_TESTS}/main.cpp" DESTINATION "${WORK}/source")
endfunction()

function(build_with_cmake kind)
  make_source(${kind})
  if(kind STREQUAL "add_subdirectory")
    file(CREATE_LINK "${PROJECT_SOURCE}" "${WORK}/source/reset_guard" SYMBOLIC)
  endif()
  if(NOT kind STREQUAL "single_header")
    file(APPEND "${WORK}/source/CMakeLists.txt" "include(\"${PACKAGE_TESTS}/targets.cmake\")\n")
  endif()
  must_pass("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${WORK}/source" -B "${WORK}/build"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DRESET_GUARD_SOURCE=${PROJECT_SOURCE}")
  must_pass("${CMAKE_COMMAND}" --build "${WORK}/build")
  must_pass("${WORK}/build/driver")
endfunction()

function(build_by_hand)  # OPTION...
  must_pass("${COMPILER}" ${ARGV} "${PACKAGE_TESTS}/main.cpp" -o "${WORK}/driver")
  must_pass("${WORK}/driver")
endfunction()

if(KIND STREQUAL "find_package")
  install("${PROJECT_BINARY}")
  build_with_cmake(find_package)
elseif(KIND STREQUAL "find_package_after_old_cmake")
  must_pass("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${PROJECT_SOURCE}" -B "${WORK}/old"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_PROJECT_reset_guard_INCLUDE=${PACKAGE_TESTS}/old_cmake.cmake"
    -DRESET_GUARD_BUILD_EXAMPLES=OFF -DRESET_GUARD_BUILD_TOOLS=OFF -DRESET_GUARD_BUILD_TESTS=OFF
    -DRESET_GUARD_BUILD_BENCH=OFF)
  install("${WORK}/old")
  build_with_cmake(find_package)
elseif(KIND STREQUAL "add_subdirectory" OR KIND STREQUAL "single_header")
  build_with_cmake(${KIND})
elseif(KIND STREQUAL "fetch_content")
  make_repository()
  build_with_cmake(fetch_content)
elseif(KIND STREQUAL "meson")
  make_repository()
  make_source(meson)
  set(ENV{CXX} "${COMPILER}")
  must_pass(meson setup "${WORK}/build" "${WORK}/source")
  must_pass(ninja -C "${WORK}/build")
  must_pass("${WORK}/build/driver")
elseif(KIND STREQUAL "pkg_config")
  install("${PROJECT_BINARY}")
  set(ENV{PKG_CONFIG_PATH} "${WORK}/prefix/share/pkgconfig")
  must_pass(pkg-config --exact-version=${VERSION} reset_guard)
  execute_process(COMMAND pkg-config --cflags reset_guard OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  build_by_hand(-std=c++17 ${flags})
elseif(KIND STREQUAL "vcpkg")
  set(CURRENT_PACKAGES_DIR "${WORK}/prefix")
  set(PORT reset-guard)
  include("${PACKAGE_TESTS}/vcpkg_functions.cmake")
  include("${PROJECT_SOURCE}/packaging/vcpkg/reset-guard/portfile.cmake")
  build_with_cmake(find_package)
elseif(KIND STREQUAL "module")
  set(options -std=c++20 -Wall -Wextra -Werror "-I${PROJECT_SOURCE}/include")
  must_pass("${COMPILER}" ${options} --precompile "${PROJECT_SOURCE}/packaging/module/reset_guard.cppm"
    -o "${WORK}/reset_guard.pcm")
  build_by_hand(${options} -DIMPORT_RESET_GUARD "-fmodule-file=reset_guard=${WORK}/reset_guard.pcm"
    "${WORK}/reset_guard.pcm")
elseif(KIND STREQUAL "copied_single_header")
  file(COPY "${PROJECT_SOURCE}/single_include/reset_guard.hpp" DESTINATION "${WORK}/include/reset_guard")
  build_by_hand(-std=c++17 -Wall -Wextra -Werror "-I${WORK}/include")
elseif(KIND STREQUAL "one_file")  # SOURCE, and PROGRAM, which was built of it with the library beside it
  execute_process(COMMAND "${PYTHON}" "${PROJECT_SOURCE}/scripts/amalgamate.py" --program "${SOURCE}"
    OUTPUT_FILE "${WORK}/main.cpp" COMMAND_ERROR_IS_FATAL ANY)
  must_pass("${COMPILER}" -std=c++20 -Wall -Wextra -Werror "${WORK}/main.cpp" -o "${WORK}/driver")
  execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE expected COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND "${WORK}/driver" OUTPUT_VARIABLE found COMMAND_ERROR_IS_FATAL ANY)
  if(NOT found STREQUAL expected OR found STREQUAL "")
    message(FATAL_ERROR "it prints:\n${found}\nand should:\n${expected}")
  endif()
else()
  message(FATAL_ERROR "no such kind: ${KIND}")
endif()

# The warnings that a consumer gets are a matter of the targets, not of how they came.
if(NOT WARNINGS)
  return()
endif()

function(expect target passes regex matches)  # does the target compile, and does the compiler say what matches regex?
  execute_process(COMMAND "${CMAKE_COMMAND}" --build "${WORK}/build" --clean-first --target ${target}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status EQUAL 0)
    set(passed YES)
  else()
    set(passed NO)
  endif()
  if(output MATCHES "${regex}")
    set(matched YES)
  else()
    set(matched NO)
  endif()
  if(NOT passed STREQUAL passes OR NOT matched STREQUAL matches)
    message(FATAL_ERROR "${target}: compiles: ${passed}, expected ${passes}; "
      "says '${regex}': ${matched}, expected ${matches}\n${output}")
  endif()
endfunction()

execute_process(COMMAND "${COMPILER}" --version OUTPUT_VARIABLE version)
if(version MATCHES "clang")
  set(clang YES)
else()
  set(clang NO)
endif()

# By default a warning, and no option of the consumer's compiler is changed; an error where it is asked for.
expect(unread_status YES "warning" NO)
expect(ignored_status YES "Wunused-(result|value)" YES)
expect(strict_ignored_status NO "error: ignoring return" YES)
if(clang)
  expect(strict_unread_status NO "unknown. state.*consumed" YES)
else()
  expect(strict_unread_status YES "warning" NO)
endif()

# reset_guard_enforce(): the analysis beside any compiler, where there is a clang-tidy.
load_cache("${WORK}/build" READ_WITH_PREFIX found_ RESET_GUARD_CLANG_TIDY)
if(clang OR found_RESET_GUARD_CLANG_TIDY)
  expect(enforced_unread_status NO "unknown. state.*consumed" YES)
  expect(enforced_main YES "consumed" NO)
  expect(enforced_others_result YES "(warning|error):" NO)
endif()
if(NOT clang)
  execute_process(COMMAND "${CMAKE_COMMAND}" -DRESET_GUARD_CLANG_TIDY= "${WORK}/build"
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0 OR NOT output MATCHES "reset_guard_enforce\\(enforced_main\\): no clang-tidy")
    message(FATAL_ERROR "without clang-tidy reset_guard_enforce() does not say so\n${output}")
  endif()
  expect(enforced_unread_status YES "consumed" NO)
endif()
