// The random programs with a fuzzer's bytes as their choices (clang, -fsanitize=fuzzer).
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "choices.hpp"
#include "generate_program.hpp"
#include "print_program.hpp"
#include "program.hpp"
#include "run_program.hpp"

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
