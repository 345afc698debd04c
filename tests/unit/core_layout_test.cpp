// Sizes, and what a successful reset touches.
#include "fixtures.hpp"

#include <cstring>
#include <type_traits>

using namespace core_test;

namespace {

// Runs a reset on a state whose last bytes hold a pattern, which must still be there. In a child process: were the
// pattern read, anything could happen.
template <class Reset>
bool touches_only_the_first_24_bytes(Reset reset, Errc expected = Errc{}) {
  Device device;
  return in_child([&] {
           auto* bytes = reinterpret_cast<unsigned char*>(&device.reset_state);
           std::memset(bytes + 24, 0xa5, 8);
           if (code_of(reset(device)) != expected) rg::trap("it answered otherwise");
           for (int i = 24; i != 32; ++i) {
             if (bytes[i] != 0xa5) rg::trap("a byte was written");
           }
         })
      .survived;
}

}  // namespace

TEST_CASE("A device state is 32 bytes, an error and a status are 16, an error is trivially copyable") {
  STATIC_REQUIRE(sizeof(rg::ResetState) == 32);
  STATIC_REQUIRE(sizeof(Error) == 16);
  STATIC_REQUIRE(sizeof(rg::Status) == 16);
  STATIC_REQUIRE(std::is_trivially_copyable_v<Error>);
  STATIC_REQUIRE_FALSE(std::is_default_constructible_v<Error>);
}

TEST_CASE("A result is neither copied, nor assigned, nor made of nothing, nor asked for a bool") {
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<rg::Status>);
  STATIC_REQUIRE_FALSE(std::is_move_assignable_v<rg::Status>);
  STATIC_REQUIRE_FALSE(std::is_default_constructible_v<rg::Status>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<bool, rg::Status>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<rg::Result<int>, bool>);
  STATIC_REQUIRE(std::is_final_v<rg::Status>);
}

TEST_CASE("A device state is neither copied nor moved") {
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<rg::ResetState>);
  STATIC_REQUIRE_FALSE(std::is_move_constructible_v<rg::ResetState>);
  STATIC_REQUIRE_FALSE(std::is_move_assignable_v<rg::ResetState>);
}

TEST_CASE("An owned scope is moved, and neither copied nor assigned nor made by hand") {
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<Owned>);
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Owned>);
  STATIC_REQUIRE_FALSE(std::is_move_assignable_v<Owned>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<Owned, Device&>);
}

TEST_CASE("A lent scope is neither moved, copied, assigned nor made by hand") {
  STATIC_REQUIRE_FALSE(std::is_move_constructible_v<Scope>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<Owned, Scope>);
  STATIC_REQUIRE_FALSE(std::is_move_assignable_v<Scope>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<Scope, Device&>);
}

TEST_CASE("A successful reset neither reads nor writes the last 8 bytes") {
  CHECK(touches_only_the_first_24_bytes([](Device& device) { return Flr::run(device); }));
}

TEST_CASE("A successful nested reset neither reads nor writes the last 8 bytes") {
  const auto handler = [](Scope& scope) -> rg::Verdict<Flr, BusReset, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
    RESET_GUARD_TRY(auto bus, BusReset::run(scope.device()));
    RESET_GUARD_TRY(auto ack, Ack::in(scope));
    return rg::join(std::move(flr), std::move(bus), std::move(ack));
  };
  CHECK(touches_only_the_first_24_bytes([&](Device& device) { return rg::reset(device, handler); }));
}

TEST_CASE("The check for the first 24 bytes notices a reset that does more") {
  const auto fails = [](Device& device) { return Flr::run(device, Errc::io); };
  CHECK_FALSE(touches_only_the_first_24_bytes(fails, Errc::io));
}
