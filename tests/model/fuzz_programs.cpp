// The random programs with a fuzzer's bytes as their choices (clang, -fsanitize=fuzzer).
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "choices.hpp"
#include "coverage.hpp"
#include "generate_program.hpp"
#include "program.hpp"
#include "report.hpp"
#include "run_program.hpp"

namespace {

using namespace random_programs;

Program running;

[[noreturn]] void fails(const std::string& how) {
  report(running, how, "fuzz_programs and the file that is named below");
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  rg::set_trap_handler([](const char* rule) noexcept { fails(std::string("the library traps: ") + rule); });
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  running = generate(Choices(bytes, count));
  Coverage coverage;
  Run run(running, coverage);
  const std::string mismatch = run.run();
  if (!mismatch.empty()) fails(mismatch);
  return 0;
}
