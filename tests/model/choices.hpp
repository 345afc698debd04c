// Where a program's choices come from: numbers that follow from a seed, or a fuzzer's bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace random_programs {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed) {}
  Choices(const std::uint8_t* bytes, std::size_t count) : bytes_(bytes), left_(count) {}

  int below(int limit) {
    if (bytes_ != nullptr) return left_ == 0 ? 0 : (--left_, *bytes_++) % limit;
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;  // splitmix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return int((z ^ (z >> 31)) % std::uint64_t(limit));
  }
  bool one_in(int n) { return below(n) == n - 1; }  // a fuzzer's missing bytes say no

 private:
  std::uint64_t state_ = 0;
  const std::uint8_t* bytes_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace random_programs
