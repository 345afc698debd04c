// Handlers that do with their scope what is its owner's to do.
#include "fixtures.hpp"

using namespace core_test;

TEST_CASE("A handler that finishes its borrowed scope is refused, and the reset fails") {
  Device device;
  Errc told{};
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    told = code_of(scope.finish(Flr::in(scope)));
    return Flr::in(scope);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::laundered);
  CHECK(told == Errc::out_of_order);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A handler that hands on the refusal of its finish ends with it: one failure, not two") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict { return scope.finish(Flr::in(scope)); };
  const Error error = error_in(rg::reset(device, handler));
  CHECK(error.code == Errc::out_of_order);
  CHECK(error.later == 0);
}

TEST_CASE("A handler that finishes its borrowed scope with an error keeps that error as the first") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    return scope.finish(Flr::Verdict(Error(Errc::gone, -19, "first")));
  };
  CHECK(error_in(rg::reset(device, handler)).native == -19);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A handler that moves its scope away and drops it has failed, and done is called once") {
  Device device;
  const auto handler = [](Scope& scope) -> Flr::Verdict {
    auto evidence = Flr::in(scope);
    {
      const Scope stolen = std::move(scope);
    }
    return evidence;
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::out_of_order);
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK_FALSE(device.reset_state.in_reset());
}

TEST_CASE("A handler that keeps its scope beyond its end has failed, and done is called when the scope ends, once") {
  Device device;
  std::optional<Scope> stolen;
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    stolen.emplace(std::move(scope));
    return Flr::in(*stolen);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::out_of_order);
  CHECK(device.log == Log{"prepare"});
  CHECK(device.reset_state.depth() == 1);
  stolen.reset();
  CHECK(device.log == Log{"prepare", "done(failed)"});
  CHECK_FALSE(device.reset_state.in_reset());
}

TEST_CASE("A scope that was moved out of a handler cannot be finished as verified") {
  Device device;
  std::optional<Scope> stolen;
  const auto handler = [&](Scope& scope) -> Flr::Verdict {
    stolen.emplace(std::move(scope));
    return Flr::in(*stolen);
  };
  CHECK(code_of(rg::reset(device, handler)) == Errc::out_of_order);
  CHECK(code_of(stolen->finish(Flr::in(*stolen))) != Errc{});
  CHECK(device.log == Log{"prepare", "done(failed)"});
}

TEST_CASE("A nested handler that moves its scope away fails the outer reset") {
  Device device;
  const auto thief = [](Scope& scope) -> Flr::Verdict {
    const Scope stolen = std::move(scope);
    return Error(Errc::io, 0, "thief");
  };
  const auto outer = [&](Scope& scope) -> BusReset::Verdict {
    rg::reset(scope.device(), thief).discard("thrown away");
    return BusReset::in(scope);
  };
  CHECK(code_of(rg::reset(device, outer)) == Errc::laundered);
  CHECK(device.log == Log{"prepare", "done(failed)"});
}
