// Errors and results on their way to std::error_code, expected and exceptions, and back.
#include "fixtures.hpp"

#include <pthread.h>

#include <reset_guard/hosted/error_code.hpp>
#include <reset_guard/hosted/exceptions.hpp>
#include <reset_guard/hosted/expected.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>

#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_expected)
#include <expected>
#endif
#if __has_include(<tl/expected.hpp>)
#include <tl/expected.hpp>
#endif

using namespace core_test;

namespace {

constexpr unsigned last_code = static_cast<unsigned>(Errc::not_shown);

// [error_code]
RESET_GUARD_MUST_USE rg::Status close_file(int descriptor) {  // in
  if (close(descriptor) < 0) return rg::from_errno(errno, "close");
  return rg::ok();
}
std::error_code close_for_others(int descriptor) { return rg::to_error_code(close_file(descriptor)); }  // out
// [error_code]

std::error_code generic(std::errc condition) { return make_error_code(condition); }

// An error with all that one can have: recorded, with a later one behind it.
Error recorded_error() {
  Device device;
  return error_in(rg::reset(device, [](Scope& scope) {
    return rg::first_error(Flr::in(scope, Errc::timed_out, -110), fails_with(Errc::io));
  }));
}

}  // namespace

// --- std::error_code ---

TEST_CASE("to_error_code: each Errc is equal to its code, and to no other one") {
  for (unsigned made = 1; made <= last_code; ++made) {
    const std::error_code code = rg::to_error_code(Error(static_cast<Errc>(made), -5, "where"));
    CHECK(code);
    for (unsigned other = 1; other <= last_code; ++other) {
      CHECK((code == static_cast<Errc>(other)) == (made == other));
    }
  }
}

TEST_CASE("to_error_code: code and native come back from from_error_code") {
  for (int native : {0, 1, -1, -110, (1 << 23) - 1, -(1 << 23)}) {
    const std::error_code code = rg::to_error_code(Error(Errc::timed_out, native, "FLR"));
    const Error back = error_in(rg::from_error_code(code, "back"));
    CHECK(back.code() == Errc::timed_out);
    CHECK(back.native() == native);
  }
}

TEST_CASE("to_error_code: a native of more than 24 bits becomes 0, and the code stays") {
  for (int native : {1 << 23, -(1 << 23) - 1, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()}) {
    const std::error_code code = rg::to_error_code(Error(Errc::gone, native, "FLR"));
    CHECK(code == Errc::gone);
    CHECK(error_in(rg::from_error_code(code, "back")).native() == 0);
  }
}

TEST_CASE("to_error_code: a failed Status is never a success, and a success is none") {
  CHECK(rg::to_error_code(fails_with(Errc::busy)) == Errc::busy);
  CHECK_FALSE(rg::to_error_code(rg::ok()));
}

TEST_CASE("to_error_code: the code is equal to the std::errc that means the same") {
  CHECK(rg::to_error_code(Error(Errc::timed_out, -110, "FLR")) == std::errc::timed_out);
  CHECK(rg::to_error_code(Error(Errc::unsupported, 0, "FLR")) == std::errc::operation_not_supported);
  CHECK(rg::to_error_code(Error(Errc::abandoned, 0, "FLR")) != std::errc::timed_out);
}

TEST_CASE("to_error_code: the message has the code's name, and native unless it is 0") {
  CHECK(rg::to_error_code(Error(Errc::timed_out, -110, "FLR")).message() == "timed_out (-110)");
  CHECK(rg::to_error_code(Error(Errc::gone, 0, "FLR")).message() == "gone");
}

TEST_CASE("from_error_code: a value of 0 is a success, whatever its category") {
  CHECK(code_of(rg::from_error_code({}, "open")) == Errc{});
  CHECK(code_of(rg::from_error_code({0, rg::error_category()}, "open")) == Errc{});
}

TEST_CASE("from_error_code: the errnos with a meaning here have their Errc, and their value as native") {
  const std::pair<std::errc, Errc> meanings[] = {{std::errc::timed_out, Errc::timed_out},
                                                 {std::errc::device_or_resource_busy, Errc::busy},
                                                 {std::errc::io_error, Errc::io},
                                                 {std::errc::not_enough_memory, Errc::no_memory},
                                                 {std::errc::no_such_device, Errc::gone},
                                                 {std::errc::no_such_device_or_address, Errc::gone},
                                                 {std::errc::invalid_argument, Errc::invalid}};
  for (const auto& [condition, code] : meanings) {
    const Error error = error_in(rg::from_error_code(generic(condition), "open"));
    CHECK(error.code() == code);
    CHECK(error.native() == static_cast<int>(condition));
    CHECK(error.where() == std::string("open"));
  }
}

TEST_CASE("from_error_code: a code without a meaning here is invalid, with its value as native") {
  const Error error = error_in(rg::from_error_code(generic(std::errc::broken_pipe), "write"));
  CHECK(error.code() == Errc::invalid);
  CHECK(error.native() == EPIPE);
}

TEST_CASE("from_error_code: no foreign code says 'unsupported', which would mean that nothing was touched") {
  CHECK(code_of(rg::from_error_code(generic(std::errc::operation_not_supported), "ioctl")) == Errc::invalid);
}

TEST_CASE("from_error_code: a number of this library's category that is no Errc is invalid") {
  CHECK(code_of(rg::from_error_code({200, rg::error_category()}, "made by hand")) == Errc::invalid);
}

TEST_CASE("An Errc is equal to a foreign code that means the same, and to no success") {
  CHECK(generic(std::errc::timed_out) == Errc::timed_out);
  CHECK(std::error_code(EBUSY, std::system_category()) == Errc::busy);
  CHECK(generic(std::errc::broken_pipe) != Errc::invalid);
  CHECK(std::error_code() != Errc::invalid);
}

TEST_CASE("from_errno: either sign has the same Errc, and native is the number as it came") {
  for (int number : {ETIMEDOUT, -ETIMEDOUT}) {
    const Error error = rg::from_errno(number, "ioctl");
    CHECK(error.code() == Errc::timed_out);
    CHECK(error.native() == number);
  }
}

TEST_CASE("from_errno: what a function of the C library tells comes out as a std::error_code") {
  CHECK(close_for_others(-1) == Errc::invalid);
  CHECK(close_for_others(-1).message() == "invalid (" + std::to_string(EBADF) + ")");
}

TEST_CASE("from_errno: no number is a success") {
  for (int number : {0, 4711, std::numeric_limits<int>::min()}) {
    CHECK(rg::from_errno(number, "ioctl").code() == Errc::invalid);
  }
}

// --- expected ---

namespace {

template <template <class, class> class Expected>
void check_expected() {
  const auto failed = rg::to_expected<Expected>(rg::Result<int>(recorded_error()));
  CHECK_FALSE(failed.has_value());
  CHECK(failed.error().code() == Errc::timed_out);
  CHECK(failed.error().later_errors() == 1);

  CHECK(*rg::to_expected<Expected>(rg::Result<int>(7)) == 7);
  CHECK(rg::to_expected<Expected>(rg::ok()).has_value());
  CHECK(rg::to_expected<Expected>(fails_with(Errc::gone)).error().code() == Errc::gone);

  using Pointer = std::unique_ptr<int>;
  auto moved = rg::to_expected<Expected>(rg::Result<Pointer>(std::make_unique<int>(8)));
  CHECK(*value_in(rg::from_expected(std::move(moved))) == 8);

  using Answer = Expected<int, Error>;
  CHECK(value_in(rg::from_expected(Answer(9))) == 9);
  const Error error = error_in(rg::from_expected(Answer(typename Answer::unexpected_type(recorded_error()))));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.later_errors() == 1);
  CHECK(code_of(rg::from_expected(rg::to_expected<Expected>(rg::ok()))) == Errc{});
  CHECK(code_of(rg::from_expected(rg::to_expected<Expected>(fails_with(Errc::busy)))) == Errc::busy);
}

template <template <class, class> class Expected>
void check_verdict_in_expected() {
  Device device;
  const auto handler = [](Scope& scope) {
    auto evidence = rg::to_expected<Expected>(Flr::in(scope));
    return rg::from_expected(std::move(evidence));
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
}

}  // namespace

#if defined(__cpp_lib_expected)
namespace {

rg::Result<int> count_queues(bool works) {
  if (works) return 4;
  return Error(Errc::io, -5, "queues");
}
// [expected]
std::expected<int, rg::Error> count_for_others(bool works) {  // out
  return rg::to_expected<std::expected>(count_queues(works));
}
rg::Result<int> count_by_others(bool works) { return rg::from_expected(count_for_others(works)); }  // in
// [expected]

}  // namespace

TEST_CASE("std::expected: through functions of both kinds an answer stays what it is") {
  CHECK(value_in(count_by_others(true)) == 4);
  CHECK(error_in(count_by_others(false)).native() == -5);
}
TEST_CASE("std::expected: values and errors go there and come back whole") { check_expected<std::expected>(); }
TEST_CASE("std::expected: evidence that was in one still verifies its reset") {
  check_verdict_in_expected<std::expected>();
}
#endif
#if __has_include(<tl/expected.hpp>)
TEST_CASE("tl::expected: values and errors go there and come back whole") { check_expected<tl::expected>(); }
TEST_CASE("tl::expected: evidence that was in one still verifies its reset") {
  check_verdict_in_expected<tl::expected>();
}
#endif

// --- exceptions ---

namespace {

template <class Exception>
Error guarded_error(const Exception& exception) {
  return error_in(rg::guarded("load", [&] { throw exception; }));
}

struct ChipReset : rg::ResetStep<ChipReset> {
  using Witness = Satisfied;
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};

rg::Verdict<Flr> throws_in_scope(Device& device, int native) {
  return rg::reset(device,
                   [=](Scope&) -> rg::Verdict<Flr> { throw std::system_error(native, std::generic_category()); });
}

void load(const char* file) {
  std::ifstream stream(file);
  if (!stream) throw std::system_error(ENODEV, std::generic_category(), file);
}

// [exceptions]
struct Firmware : rg::Step<Firmware> {
  static rg::Status act(Device&) noexcept {  // in: the exception is the step's failure
    return rg::guarded("firmware", [] { load("/nonexistent"); });
  }
};
bool reset_or_throw(Device& device) {  // out: as a ResetFailure
  return rg::take_or_throw(rg::reset<ChipReset, Firmware>(device)).claimed();
}
// [exceptions]

}  // namespace

TEST_CASE("guarded: what the function returns is the result") {
  CHECK(value_in(rg::guarded("load", [] { return 7; })) == 7);
  CHECK(code_of(rg::guarded("load", [] {})) == Errc{});
  CHECK(*value_in(rg::guarded("load", [] { return std::make_unique<int>(8); })) == 8);
}

TEST_CASE("guarded: a result that the function returns is handed on as it is") {
  CHECK(value_in(rg::guarded("load", [] { return rg::Result<int>(7); })) == 7);
  CHECK(error_in(rg::guarded("load", [] { return fails_with(Errc::gone, -19); })).native() == -19);
}

TEST_CASE("guarded: a std::system_error has the Errc of its code, and the code's value as native") {
  const Error error = guarded_error(std::system_error(ETIMEDOUT, std::generic_category()));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == ETIMEDOUT);
  CHECK(error.where() == std::string("load"));
}

TEST_CASE("guarded: a std::system_error with a code of 0 is an error all the same") {
  CHECK(guarded_error(std::system_error(std::error_code())).code() == Errc::invalid);
}

TEST_CASE("guarded: an exception that derives from std::system_error is one") {
  const auto read = [] {
    std::ifstream file;
    file.exceptions(std::ios::failbit);
    file.open("/nonexistent");
  };
  CHECK(error_in(rg::guarded("read", read)).native() != 0);
}

TEST_CASE("guarded: std::bad_alloc is no_memory") { CHECK(guarded_error(std::bad_alloc()).code() == Errc::no_memory); }

TEST_CASE("guarded: any other exception is invalid") {
  CHECK(guarded_error(std::logic_error("test")).code() == Errc::invalid);
  CHECK(guarded_error(7).code() == Errc::invalid);
}

// g++'s sanitizer takes the reference that a handler for __forced_unwind binds for a null pointer.
#if defined(__GLIBCXX__) && !defined(__SANITIZE_ADDRESS__)
TEST_CASE("guarded: a thread that ends inside it unwinds, and nothing is made of it") {
  bool unwound = false, returned = false;
  struct Flag {
    bool& set;
    ~Flag() { set = true; }
  };
  const auto thread = [](void* flags) -> void* {
    auto& [first, second] = *static_cast<std::pair<bool*, bool*>*>(flags);
    const auto leave = [at = first] {
      const Flag flag{*at};
      pthread_exit(nullptr);
    };
    rg::guarded("thread", leave).discard("not reached");
    *second = true;
    return nullptr;
  };
  std::pair<bool*, bool*> flags{&unwound, &returned};
  pthread_t id{};
  REQUIRE(pthread_create(&id, nullptr, thread, &flags) == 0);
  REQUIRE(pthread_join(id, nullptr) == 0);
  CHECK(unwound);
  CHECK_FALSE(returned);
}
#endif

TEST_CASE("throw_error: guarded gives back the very error, its where and its later errors included") {
  const Error thrown = recorded_error();
  const Error error = error_in(rg::guarded("elsewhere", [&] { rg::throw_error(thrown); }));
  CHECK(std::memcmp(&error, &thrown, sizeof error) == 0);
}

TEST_CASE("throw_error: what() is the whole error") {
  CHECK_THROWS_WITH(rg::throw_error(recorded_error()), "flr: timed_out (-110), and 1 later error");
}

TEST_CASE("throw_error: what is thrown is a std::system_error with the code of to_error_code") {
  std::error_code code;
  try {
    rg::throw_error(Error(Errc::busy, -16, "enter"));
  } catch (const std::system_error& failure) {
    code = failure.code();
  }
  CHECK(code == rg::to_error_code(Error(Errc::busy, -16, "enter")));
}

TEST_CASE("throw_error: a ResetFailure that is caught as a std::system_error and thrown anew keeps code and native") {
  const auto rethrow = [] {
    try {
      rg::throw_error(Error(Errc::timed_out, -110, "FLR"));
    } catch (const std::system_error& failure) {
      throw std::system_error(failure);
    }
  };
  const Error error = error_in(rg::guarded("elsewhere", rethrow));
  CHECK(error.code() == Errc::timed_out);
  CHECK(error.native() == -110);
}

TEST_CASE("take_or_throw: a success gives its value") {
  CHECK(rg::take_or_throw(rg::Result<int>(7)) == 7);
  CHECK_NOTHROW(rg::take_or_throw(rg::ok()));
}

TEST_CASE("take_or_throw: a failure is thrown") {
  CHECK_THROWS_AS(rg::take_or_throw(fails_with(Errc::gone)), rg::ResetFailure);
  CHECK_THROWS_AS(rg::take_or_throw(rg::Result<int>(Error(Errc::gone, 0, "FLR"))), rg::ResetFailure);
}

TEST_CASE("take_or_throw: what a step's guarded caught is thrown by the reset, as it was recorded") {
  Device device;
  CHECK_THROWS_WITH(reset_or_throw(device), "firmware: gone (" + std::to_string(ENODEV) + ")");
}

TEST_CASE("guarded around a reset: the exception's error comes out, and the device is quarantined as abandoned") {
  Device device;
  const Error error = error_in(rg::guarded("reset", [&] { return throws_in_scope(device, EIO); }));
  CHECK(error.code() == Errc::io);
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK(device.reset_state.quarantine_reason().code() == Errc::abandoned);
}

TEST_CASE("guarded inside a reset: the exception's error is the reason of the quarantine, and the only error") {
  Device device;
  const auto handler = [](Scope& scope) {
    return rg::guarded("handler", [&] { return throws_in_scope(scope.device(), EIO); });
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::io);
  const Error reason = device.reset_state.quarantine_reason();
  CHECK(reason.code() == Errc::io);
  CHECK(reason.native() == EIO);
  CHECK(reason.later_errors() == 0);
}

TEST_CASE("guarded inside a reset: a handler that drops the error does not end as verified") {
  Device device;
  const auto handler = [](Scope& scope) {
    rg::guarded("handler", [&] { return throws_in_scope(scope.device(), EIO); }).discard("swallowed");
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::unresolved_failure);
}

TEST_CASE("guarded inside a step: the exception's error is the step's failure") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    Firmware::run(scope).discard("swallowed");
    return Flr::in(scope);
  };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.cause() == Errc::gone);
  CHECK(error.native() == ENODEV);
  CHECK(error.where() == std::string("firmware"));
}

TEST_CASE("throw_error past scopes: guarded hands up the recorded error, which can be overruled") {
  Device device;
  const auto handler = [](Scope& scope) -> BusReset::Verdict {
    const auto flr = [&] {
      return rg::reset(scope.device(), [](Scope& inner) -> Flr::Verdict {
        return rg::take_or_throw(Flr::in(inner, Errc::timed_out, -110));
      });
    };
    RESET_GUARD_CHECK(scope.overrule(error_in(rg::guarded("flr", flr))));
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc{});
  CHECK(device.log == Log{"prepare", "done(verified)"});
}
