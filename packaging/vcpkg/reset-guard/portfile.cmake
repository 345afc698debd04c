# An overlay port: it packages the checkout that it lies in. In a registry, vcpkg_from_github() sets SOURCE_PATH.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

set(VCPKG_BUILD_TYPE release)  # headers only: nothing differs between debug and release
vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    -DRESET_GUARD_BUILD_EXAMPLES=OFF
    -DRESET_GUARD_BUILD_TOOLS=OFF
    -DRESET_GUARD_BUILD_TESTS=OFF
    -DRESET_GUARD_BUILD_BENCH=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME reset_guard CONFIG_PATH share/cmake/reset_guard)
vcpkg_fixup_pkgconfig()

file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
