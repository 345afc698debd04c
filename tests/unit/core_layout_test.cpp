// Sizes, and what a successful reset touches.
#include "fixtures.hpp"

#include <cstring>
#include <type_traits>

using namespace core_test;

namespace {

// Runs a reset on a state whose bytes 8 to 39 hold a pattern that the ledger would not survive, were it read.
// In a child process, for the same reason.
template <class Reset>
bool touches_only_the_first_8_bytes(Reset reset) {
  Device device;
  return in_child([&] {
           auto* bytes = reinterpret_cast<unsigned char*>(&device.reset_state);
           std::memset(bytes + 8, 0xa5, 32);
           if (code_of(reset(device)) != Errc{}) rg::trap("it failed");
           for (int i = 8; i != 40; ++i) {
             if (bytes[i] != 0xa5) rg::trap("a byte was written");
           }
         })
      .survived;
}

}  // namespace

TEST_CASE("A device state is 40 bytes, an error and a status are 16, an error is trivially copyable") {
  STATIC_REQUIRE(sizeof(rg::ResetState) == 40);
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

TEST_CASE("A scope is moved, and neither copied nor assigned nor made by hand") {
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<Scope>);
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Scope>);
  STATIC_REQUIRE_FALSE(std::is_move_assignable_v<Scope>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<Scope, Device&>);
}

TEST_CASE("A successful reset neither reads nor writes the ledger") {
  CHECK(touches_only_the_first_8_bytes([](Device& device) { return Flr::run(device); }));
}

TEST_CASE("A successful nested reset neither reads nor writes the ledger") {
  const auto handler = [](Scope& scope) -> rg::Verdict<Flr, BusReset, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
    RESET_GUARD_TRY(auto bus, BusReset::run(scope.device()));
    RESET_GUARD_TRY(auto ack, Ack::in(scope));
    return rg::both(rg::both(std::move(flr), std::move(bus)), std::move(ack));
  };
  CHECK(touches_only_the_first_8_bytes([&](Device& device) { return rg::reset(device, handler); }));
}

TEST_CASE("The check for the first 8 bytes notices a reset that does more") {
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    Ack::in(scope, Errc::io).discard("resolved by the next line");
    Ack::in(scope).discard("a retry");
    return Flr::in(scope);
  };
  CHECK_FALSE(touches_only_the_first_8_bytes([&](Device& device) { return rg::reset(device, handler); }));
}
