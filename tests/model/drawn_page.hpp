// A page of the documentation that is partly drawn from a table: prints the drawing, checks it, or puts it in place.
//
//   PROGRAM                what it draws
//   PROGRAM --check FILE   exit status 1 unless FILE has just that between its markers
//   PROGRAM --write FILE   puts it there
#pragma once

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace drawn_page {

// What stands before, between and after the markers of a file.
struct Parts {
  std::string before, drawn, after;
};

inline bool split(const std::string& path, const std::string& begin_marker, Parts& parts) {
  const std::string end_marker = "<!-- end -->\n";
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    std::cerr << path << ": cannot be read\n";
    return false;
  }
  const std::string all = text.str();
  const std::size_t begin = all.find(begin_marker);
  const std::size_t end = all.find(end_marker, begin == std::string::npos ? 0 : begin);
  if (begin == std::string::npos || end == std::string::npos) {
    std::cerr << path << ": has no markers:\n" << begin_marker << end_marker;
    return false;
  }
  const std::size_t drawn = begin + begin_marker.size();
  parts = {all.substr(0, drawn), all.substr(drawn, end - drawn), all.substr(end)};
  return true;
}

// The whole program, from its arguments to its exit status. `program` is its name, `table` the file of the table.
inline int run(int argc, char** argv, const std::string& program, const std::string& table,
               const std::string& drawing) {
  const std::string option = argc > 1 ? argv[1] : "";
  if (argc == 1) {
    std::cout << drawing;
    return std::cout.flush() ? 0 : 2;
  }
  if (argc != 3 || (option != "--check" && option != "--write")) {
    std::cerr << "usage: " << program << " [--check FILE | --write FILE]\n";
    return 2;
  }
  Parts parts;
  if (!split(argv[2], "<!-- begin: drawn by tests/model/" + program + ".cpp -->\n", parts)) return 2;
  if (option == "--check") {
    if (parts.drawn == drawing) return 0;
    std::cerr << argv[2] << ": is not what " << table << " says: " << program << " --write " << argv[2] << "\n";
    return 1;
  }
  std::ofstream file(argv[2], std::ios::binary);
  file << parts.before << drawing << parts.after;
  return file.flush() ? 0 : 2;
}

}  // namespace drawn_page
