// A table of 1000 entries is checked within the limits that compilers have for one constant expression, to its end:
// with DUPLICATE_ENTRY it does not compile.
#include <reset_guard/reset_guard.hpp>

namespace {

struct Match {
  int id;
  constexpr bool matches(int other) const { return id == other; }
  constexpr bool covers(const Match& other) const { return id == other.id; }
};

#define ONE(n) {{n}, n},
#define TEN(n) ONE(n) ONE(n + 1) ONE(n + 2) ONE(n + 3) ONE(n + 4) ONE(n + 5) ONE(n + 6) ONE(n + 7) ONE(n + 8) ONE(n + 9)
#define HUNDRED(n) \
  TEN(n) TEN(n + 10) TEN(n + 20) TEN(n + 30) TEN(n + 40) TEN(n + 50) TEN(n + 60) TEN(n + 70) TEN(n + 80) TEN(n + 90)

constexpr reset_guard::HandlerEntry<Match, int> entries[] = {HUNDRED(0) HUNDRED(100) HUNDRED(200) HUNDRED(300)
                                                                 HUNDRED(400) HUNDRED(500) HUNDRED(600) HUNDRED(700)
                                                                     HUNDRED(800) HUNDRED(900)
#if defined(DUPLICATE_ENTRY)
                                                                         ONE(70)
#endif
};
constexpr auto& table = reset_guard::handler_table<entries>;
static_assert(table.end() - table.begin() >= 1000 && table.find(999)->handler == 999);

}  // namespace
