// A scope class whose constructor throws, as do the work and finish; the caller of the outermost one catches.
#pragma once

#include "counted.hpp"
#include "variant.hpp"

namespace bench {

struct Failed {
  int error;
};

class ThrowingScope {
 public:
  explicit ThrowingScope(Counted& device) : device_(device) {
    if (const int error = enter(device)) throw Failed{error};
  }
  ThrowingScope(const ThrowingScope&) = delete;
  ThrowingScope& operator=(const ThrowingScope&) = delete;
  ~ThrowingScope() {
    if (!finished_) leave(device_, -1);
  }
  void finish() {
    finished_ = true;
    if (const int error = leave(device_, 0)) throw Failed{error};
  }

 private:
  Counted& device_;
  bool finished_ = false;
};

struct Exceptions {
  static constexpr const char* name = "exceptions";
  using Device = Counted;

  static int one(Device& device) {
    return caught([&] { in_scope(device, [&] { work(device); }); });
  }
  static int two(Device& device) {
    return caught([&] { in_scope(device, [&] { in_scope(device, [&] { work(device); }); }); });
  }
  static int levels(Device& device, int depth) {
    return caught([&] { level(device, depth); });
  }
  static int hold(Device& device, Inside inside) {
    return caught([&] { in_scope(device, [&] { inside.call(inside.context); }); });
  }
  static int swallow(Device& device) {
    return caught([&] { in_scope(device, [&] { one(device); }); });
  }

 private:
  static void work(Device& device) {
    if (const int error = bench_work(&device)) throw Failed{error};
  }

  template <class F>
  static void in_scope(Device& device, F inside) {
    ThrowingScope scope(device);
    inside();
    scope.finish();
  }

  [[gnu::noinline]] static void level(Device& device, int depth) {
    in_scope(device, [&] { depth == 1 ? work(device) : level(device, depth - 1); });
  }

  template <class F>
  static int caught(F reset) {
    try {
      reset();
      return 0;
    } catch (const Failed& failed) {
      return failed.error;
    }
  }
};

}  // namespace bench
