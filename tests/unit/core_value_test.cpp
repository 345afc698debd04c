// Error, Result and the macros around them.
#include "fixtures.hpp"

#include <string_view>

using namespace core_test;

TEST_CASE("An error made from a code that is no enumerator is invalid") {
  CHECK(Error(Errc{}, -71, "unmapped").code() == Errc::invalid);
  CHECK(Error(static_cast<Errc>(200), -71, "unmapped").code() == Errc::invalid);
}

TEST_CASE("Each error code has a name of its own") {
  std::vector<std::string> names;
  for (int code = static_cast<int>(Errc::unsupported); code <= static_cast<int>(Errc::not_shown); ++code) {
    const std::string name = to_string(static_cast<Errc>(code));
    CHECK(name != "?");
    for (const std::string& other : names) CHECK(other != name);
    names.push_back(name);
  }
}

TEST_CASE("A code and an outcome that are no enumerators are named '?'") {
  CHECK(std::string(to_string(static_cast<Errc>(200))) == "?");
  CHECK(std::string(to_string(static_cast<Outcome>(200))) == "?");
}

TEST_CASE("An error keeps the native code as it came") { CHECK(Error(Errc::io, INT32_MIN, "x").native() == INT32_MIN); }

TEST_CASE("The count of later errors stays at 255") {
  Error error(Errc::io, 0, "x");
  for (int i = 0; i != 300; ++i) error = error_in(rg::first_error(rg::Status(error), fails_with(Errc::gone)));
  CHECK(error.later_errors() == 255);
}

namespace {

// Counts the living, to see that a result destroys what it holds, once.
struct Counted {
  static inline int living = 0;
  int value;
  explicit Counted(int value_) : value(value_) { ++living; }
  Counted(Counted&& other) noexcept : value(other.value) { ++living; }
  ~Counted() { --living; }
};

rg::Result<int> half_of(int number) {
  if (number % 2 != 0) return Error(Errc::invalid, number, "half_of");
  return number / 2;
}

rg::Result<std::string> quarter_of(int number) {
  RESET_GUARD_TRY(const int half, half_of(number));
  RESET_GUARD_TRY(const int quarter, half_of(half));
  return std::to_string(quarter);
}

template <Errc code>
rg::Status fails() {
  return fails_with(code);
}

template <class First, class Second>
rg::Status check_twice(First first, Second second) {
  RESET_GUARD_CHECK(first());
  RESET_GUARD_CHECK(second());
  return rg::ok();
}

}  // namespace

TEST_CASE("A result destroys its value once, wherever it went") {
  {
    rg::Result<Counted> result{Counted(7)};
    rg::Result<Counted> moved = std::move(result);
    CHECK(value_in(std::move(moved)).value == 7);
    std::move(result).discard("moved from");
  }
  CHECK(Counted::living == 0);
}

TEST_CASE("A failed result destroys no value") {
  {
    rg::Result<Counted> result{Error(Errc::io, 0, "x")};
    rg::Result<Counted> moved = std::move(result);
    CHECK(code_of(std::move(moved)) == Errc::io);
    std::move(result).discard("moved from");
  }
  CHECK(Counted::living == 0);
}

TEST_CASE("TRY hands up the first failure and goes on after a success") {
  CHECK(value_in(quarter_of(8)) == "2");
  CHECK(error_in(quarter_of(6)).native() == 3);
  CHECK(error_in(quarter_of(5)).native() == 5);
}

TEST_CASE("CHECK hands up the first failure and goes on after a success") {
  CHECK(code_of(check_twice(rg::ok, rg::ok)) == Errc{});
  CHECK(code_of(check_twice(fails<Errc::io>, fails<Errc::gone>)) == Errc::io);
  CHECK(code_of(check_twice(rg::ok, fails<Errc::gone>)) == Errc::gone);
}

#if __cplusplus >= 202002L
TEST_CASE("A result can be made and asked while the program is compiled") {
  constexpr auto asked = [](Errc code) {
    rg::Status status = code == Errc{} ? rg::ok() : rg::Status(Error(code, 0, "x"));
    const bool failed = status.failed();
    std::move(status).discard("only asked");
    return failed;
  };
  STATIC_REQUIRE(asked(Errc::io));
  STATIC_REQUIRE_FALSE(asked(Errc{}));
}
#endif
