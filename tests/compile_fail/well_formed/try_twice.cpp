// RESET_GUARD_TRY twice on a line, with a structured binding, and with a type that has a comma.
#include "device.hpp"

struct Pair {
  int first, second;
};
template <class A, class B>
struct Both {
  A a;
  B b;
};

rg::Result<int> number(int n) {
  if (n < 0) return rg::Error(rg::Errc::invalid, n, "number");
  return n;
}
rg::Result<Pair> pair(int n) { return Pair{n, n}; }
rg::Result<Both<int, int>> both(int n) { return Both<int, int>{n, n}; }

rg::Result<int> act(int n) {
  RESET_GUARD_TRY(int a, number(n)); RESET_GUARD_TRY(int b, number(n + 1));
  RESET_GUARD_TRY((auto [c, d]), pair(n));
  RESET_GUARD_TRY((const Both<int, int> e), both(n));
  return a + b + c + d + e.a;
}
