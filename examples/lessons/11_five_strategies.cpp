// Lesson 11: five strategies for a reset that is requested while another is under way. The scenario is the same for
// each: a handler calls another reset, which fails; it ignores the failure, waits for its firmware, and returns 0.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <utility>

enum class Entry : std::uint8_t { runs, refused, skipped };

// A strategy: what enter() answers, which result leave() returns, and whether the device is fenced in between.
struct Reject {  // the USB core
  bool fenced = false;
  Entry enter() { return std::exchange(fenced, true) ? Entry::refused : Entry::runs; }
  int leave(int result) {
    fenced = false;
    return result;
  }
};
struct Flag : Reject {  // the network drivers ice and hns3
  Entry enter() {
    fenced = true;
    return Entry::runs;
  }
};
struct Count {  // QEMU's Resettable
  int fenced = 0;
  Entry enter() {
    fenced += 1;
    return Entry::runs;
  }
  int leave(int result) {
    fenced -= 1;
    return result;
  }
};
struct Coalesce : Count {  // Linux's reset controllers
  Entry enter() { return fenced++ == 0 ? Entry::runs : Entry::skipped; }
};
struct Escalate : Count {  // AER, the recovery from PCIe errors
  int worst = 0;
  int leave(int result) {
    worst = std::min(worst, Count::leave(result));
    return worst;
  }
};

template <class Strategy>
void play(const char* name, const char* right_when) {
  Strategy strategy;
  strategy.enter();
  const Entry nested = strategy.enter();
  if (nested == Entry::runs) strategy.leave(-110);
  if (nested == Entry::skipped) strategy.leave(0);
  const char* const fenced_at_the_wait = strategy.fenced ? "yes" : "NO";
  const char* const words[] = {"runs", "refused", "skipped"};
  std::printf("%-10s %-8s %-7s %6d  %s\n", name, words[static_cast<int>(nested)], fenced_at_the_wait, strategy.leave(0),
              right_when);
}

int main() {
  std::puts("           nested   fenced  answer  right when");
  play<Reject>("reject", "nothing nests, and the caller can come again later");
  play<Flag>("flag", "nothing nests, and to fence twice is to fence once");
  play<Count>("count", "calls nest, and none of them fails");
  play<Coalesce>("coalesce", "one pulse is enough for all who share the line");
  play<Escalate>("escalate", "many have a say in one reset, and the worst answer counts");
}

// A count that is cleared instead of decremented is a flag. The two strategies built on it lose their fence, too.
//
// Break it: replace
//   fenced -= 1;
// by
//   fenced = 0;
// and it prints: count      runs     NO           0  calls nest, and none of them fails
