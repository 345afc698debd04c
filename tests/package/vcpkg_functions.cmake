# What vcpkg's functions do for a port that has no sources of its own to build, for a run of the portfile without vcpkg.
# vcpkg_cmake_config_fixup() moves the configuration: here it must only be where the portfile says.

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 port "" "SOURCE_PATH" "OPTIONS")
  must_pass("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${port_SOURCE_PATH}" -B "${WORK}/port"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR}" ${port_OPTIONS})
endfunction()

function(vcpkg_cmake_install)
  must_pass("${CMAKE_COMMAND}" --install "${WORK}/port")
endfunction()

function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 port "" "PACKAGE_NAME;CONFIG_PATH" "")
  must_exist("${CURRENT_PACKAGES_DIR}/${port_CONFIG_PATH}/${port_PACKAGE_NAME}Config.cmake")
endfunction()

function(vcpkg_fixup_pkgconfig)
  file(GLOB files "${CURRENT_PACKAGES_DIR}/share/pkgconfig/*.pc")
  must_exist(${files})
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 port "" "" "FILE_LIST")
  must_exist(${port_FILE_LIST})
endfunction()
