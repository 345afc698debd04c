// The random programs with a fuzzer's bytes as their choices (clang, -fsanitize=fuzzer).
#include "random_programs.hpp"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  using namespace random_programs;
  const Program program = generate(Choices(bytes, count));
  Counts counts;
  const std::string mismatch = Run(program, counts).run();
  if (!mismatch.empty()) {
    std::printf("%s\n%s", mismatch.c_str(), to_string(program).c_str());
    std::abort();
  }
  return 0;
}
