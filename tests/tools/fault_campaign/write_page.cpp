// Writes the page of the plausible report into the file that is named, to be looked at in a browser.
#include <fstream>
#include <iostream>

#include "fault_campaign/page.hpp"
#include "page_data.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_page FILE\n";
    return 2;
  }
  std::ofstream file(argv[1], std::ios::binary);
  campaign::write_page(file, page_test::plausible_report());
  file.close();
  if (!file) {
    std::cerr << "write_page: cannot write '" << argv[1] << "'\n";
    return 1;
  }
  return 0;
}
