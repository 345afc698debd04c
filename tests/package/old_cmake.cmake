# Included right after project(): what the project's CMakeLists.txt does with a CMake that has no file sets.
set(CMAKE_VERSION 3.22.6)
