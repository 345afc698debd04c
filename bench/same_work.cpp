// Runs every variant in every case on the recording opaque part: all must call the same functions, in the same order,
// for the same device, with the same answer, but for the differences listed here. Without that, no two numbers could be
// compared. Nothing may be allocated but by those that are known for it. And C with the same checks leaves a device
// behind as the library does.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "allocations.hpp"
#include "by_hand.h"
#include "cases.hpp"
#include "recorded.h"

namespace {

// What a variant cannot say as the others do.
struct Difference {
  const char* variant;
  bench::Operation bench::Variant::* operation;
  int answer;
  const char* why;
};
constexpr Difference differences[] = {
    {"exceptions", &bench::Variant::swallow, -1,
     "a destructor does not see what was thrown: it only knows that it failed"},
};

int answer_of(const bench::Case& expected, const bench::Variant& variant) {
  for (const Difference& difference : differences) {
    if (variant.name == std::string_view(difference.variant) && expected.operation == difference.operation) {
      return difference.answer;
    }
  }
  return expected.answer;
}

constexpr std::string_view allocating[] = {"shared_pointer", "exceptions"};

bool may_allocate(const bench::Variant& variant) {
  return std::find(std::begin(allocating), std::end(allocating), variant.name) != std::end(allocating);
}

constexpr std::size_t times = 3;  // also on a device that has failed before

std::string calls_of(const void* device) {
  static constexpr const char* names[] = {"prepare", "work", "done", "done(failed)"};
  std::string text;
  for (unsigned i = 0; i != bench_call_count; ++i) {
    if (i == bench_calls_kept) return text + " ...";
    text += i == 0 ? "" : " ";
    text += names[bench_calls[i].function];
    if (bench_calls[i].device != device) text += "(another device)";
  }
  return text;
}

constexpr std::string_view library[] = {"reset", "scope", "simulated"};
unsigned long library_allocations = 0;

bool as_expected(const bench::Case& expected, const bench::Variant& variant) {
  bool same = true;
  const int expected_answer = answer_of(expected, variant);
  const auto check = [&](bench::Operation operation, bench::Devices devices) {
    for (std::size_t i = 0; i != times && same; ++i) {
      void* device = static_cast<char*>(devices.first) + i * devices.stride;
      bench_call_count = 0;
      const unsigned long before = bench::allocations;
      const int answer = operation(device);
      const unsigned long allocated = bench::allocations - before;
      if (std::find(std::begin(library), std::end(library), variant.name) != std::end(library))
        library_allocations += allocated;
      if (allocated != 0 && !may_allocate(variant)) {
        same = false;
        std::printf("%s, %s, time %zu: allocates %lu times\n", expected.name, variant.name, i + 1, allocated);
      }
      const std::string calls = calls_of(device);
      if (calls == expected.calls && answer == expected_answer) continue;
      same = false;
      std::printf("%s, %s, time %zu: calls '%s' and answers %d; expected '%s' and %d\n", expected.name, variant.name,
                  i + 1, calls.c_str(), answer, expected.calls, expected_answer);
    }
  };
  bench::with_devices(expected, variant, times, check);
  return same;
}

const bench::Variant* find(std::string_view name) {
  for (const bench::Variant& variant : bench::variants()) {
    if (variant.name == name) return &variant;
  }
  return nullptr;
}

// What a device is like after each time: all but the serials of its failures, which begin at a number of its own.
std::vector<std::string> left_behind(const bench::Case& on, const bench::Variant& variant) {
  std::vector<std::string> all;
  bench::with_devices(on, variant, times, [&](bench::Operation operation, bench::Devices devices) {
    for (std::size_t i = 0; i != times; ++i) {
      char* device = static_cast<char*>(devices.first) + i * devices.stride;
      operation(device);
      by_hand_device is;
      std::memcpy(&is, device, sizeof is);
      char text[200];
      const bool quarantined = is.fence != by_hand_in_use;
      std::snprintf(text, sizeof text, "now %llx, control %x, numbered %d, fence %d, reason %s %llx",
                    static_cast<unsigned long long>(is.now), is.control, is.numbered, is.fence,
                    quarantined ? static_cast<const char*>(is.reason.head) : "-",
                    quarantined ? static_cast<unsigned long long>(is.reason.tail & ~(0xffffull << 32)) : 0);
      all.push_back(text);
    }
  });
  return all;
}

// Whether it is the library's layout, and its work, in every case.
bool by_hand_is_as_the_library() {
  const bench::Variant *library = find("reset"), *by_hand = find("by_hand");
  if (library == nullptr || by_hand == nullptr) return true;
  bool same = library->bytes == sizeof(by_hand_device);
  for (const bench::Case& each : bench::cases) {
    if (!bench::has(*library, each) || !bench::has(*by_hand, each) || !same) continue;
    const std::vector<std::string> wanted = left_behind(each, *library), found = left_behind(each, *by_hand);
    for (std::size_t i = 0; i != times && same; ++i) {
      same = wanted[i] == found[i];
      if (!same) {
        std::printf("%s, by_hand, time %zu: leaves '%s'; the library leaves '%s'\n", each.name, i + 1, found[i].c_str(),
                    wanted[i].c_str());
      }
    }
  }
  return same;
}

}  // namespace

// With a file's name: also writes down how often the library allocated in all the cases.
int main(int count, char** arguments) {
  int tried = 0, wrong = 0;
  for (const bench::Case& each : bench::cases) {
    for (const bench::Variant& variant : bench::variants()) {
      if (!bench::has(variant, each)) continue;
      ++tried;
      wrong += !as_expected(each, variant);
    }
  }
  if (count > 1) {
    std::FILE* file = std::fopen(arguments[1], "w");
    if (file == nullptr || std::fprintf(file, "{\"allocations\": %lu}\n", library_allocations) < 0 ||
        std::fclose(file) != 0) {
      std::fprintf(stderr, "bench_same_work: cannot write %s\n", arguments[1]);
      return 2;
    }
  }
  std::printf("%zu variants, %d of them in a case: %d differ\n", bench::variants().size(), tried, wrong);
  for (const Difference& difference : differences) {
    const auto is_it = [&](const bench::Variant& variant) {
      return variant.name == std::string_view(difference.variant);
    };
    if (std::none_of(bench::variants().begin(), bench::variants().end(), is_it)) continue;
    std::printf("known: %s answers %d: %s\n", difference.variant, difference.answer, difference.why);
  }
  return tried == 0 || wrong != 0 || !by_hand_is_as_the_library();
}
