// The simulated IOMMU: groups, requester IDs and PASIDs in mid-reset.
#include <memory>
#include <string>

#include "sim_machine.hpp"

namespace {

// A group of two functions, with the domain "guest".
struct TwoFunctions {
  sim::Domain host{"host"};
  std::unique_ptr<const sim::Domain> guest = std::make_unique<const sim::Domain>("guest");
  sim::Iommu iommu;
  sim::Iommu::Group group = iommu.add_group(sim::DomainPointer(*guest));
  sim::Iommu::Slot first = iommu.attach_to(group), second = iommu.attach_to(group);

  void block(sim::Iommu::Slot slot) { REQUIRE(code_of(iommu.block(slot)) == rg::Errc{}); }
  void unblock(sim::Iommu::Slot slot) { REQUIRE(code_of(iommu.unblock(slot)) == rg::Errc{}); }
  std::string through(sim::Iommu::Slot slot, sim::Pasid pasid = sim::no_pasid) const {
    const char* const name = iommu.tables().through(iommu.requester_id(slot), pasid);
    return name != nullptr ? name : "blocked";
  }
};

}  // namespace

// --- blocked functions ---

TEST_CASE("sim IOMMU: a function that is blocked does not block the others of its group", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  CHECK(two.through(two.first) == "blocked");
  CHECK(two.through(two.second) == "guest");
}

TEST_CASE("sim IOMMU: functions with one requester ID are unblocked with the last of them", "[sim]") {
  TwoFunctions two;
  const sim::Iommu::Slot alias = two.iommu.attach_alias(two.first);
  two.block(two.first);
  two.block(alias);
  two.unblock(two.first);
  CHECK(two.through(two.first) == "blocked");
  two.unblock(alias);
  CHECK(two.through(two.first) == "guest");
}

TEST_CASE("sim IOMMU: a function that appears does not unblock one that has its requester ID", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  two.iommu.attach_alias(two.first);
  CHECK(two.through(two.first) == "blocked");
}

TEST_CASE("sim IOMMU: a block that is refused leaves the function as it was", "[sim]") {
  TwoFunctions two;
  two.iommu.tables().refuse(1);
  CHECK(code_of(two.iommu.block(two.first)) == rg::Errc::no_memory);
  CHECK(two.through(two.first) == "guest");
  CHECK(code_of(two.iommu.set_domain(two.group, two.host)) == rg::Errc{});
}

TEST_CASE("sim IOMMU: an unblock that is refused leaves the function blocked, and may be repeated", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  two.iommu.tables().refuse(1);
  CHECK(code_of(two.iommu.unblock(two.first)) == rg::Errc::no_memory);
  CHECK(two.through(two.first) == "blocked");
  two.unblock(two.first);
  CHECK(two.through(two.first) == "guest");
}

// --- domains ---

TEST_CASE("sim IOMMU: a group is not attached while one of its functions is in reset", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  CHECK(code_of(two.iommu.set_domain(two.group, two.host)) == rg::Errc::busy);
  CHECK(two.through(two.second) == "guest");
  two.unblock(two.first);
  CHECK(code_of(two.iommu.set_domain(two.group, two.host)) == rg::Errc{});
  CHECK(two.through(two.first) == "host");
}

TEST_CASE("sim IOMMU: a function that stays blocked after its reset keeps no attach waiting", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  two.iommu.keep_blocked(two.first);
  CHECK(code_of(two.iommu.set_domain(two.group, two.host)) == rg::Errc{});
  CHECK(two.through(two.first) == "blocked");
  CHECK(two.through(two.second) == "host");
}

TEST_CASE("sim IOMMU: a function is unblocked with the domain that its group was given last", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  two.iommu.must_set_domain(two.group, sim::DomainPointer(two.host));
  two.guest.reset();
  CHECK(two.through(two.first) == "blocked");
  CHECK(two.through(two.second) == "host");
  two.unblock(two.first);
  CHECK(two.through(two.first) == "host");
}

TEST_CASE("sim IOMMU: without a domain a group's functions are blocked, until it has one", "[sim]") {
  TwoFunctions two;
  const sim::Iommu::Slot other = two.iommu.attach_to(two.iommu.add_group());
  two.block(other);
  two.unblock(other);
  CHECK(two.through(other) == "blocked");
  CHECK(code_of(two.iommu.set_domain(two.iommu.group_of(other), two.host)) == rg::Errc{});
  CHECK(two.through(other) == "host");
}

TEST_CASE("sim IOMMU: a freed domain that a table still names is seen", "[sim]") {
  TwoFunctions two;
  two.guest.reset();
  CHECK(two.through(two.first) == "freed domain");
}

TEST_CASE("sim IOMMU: an attach that one function is refused leaves all where they were", "[sim]") {
  TwoFunctions two;
  two.iommu.tables().refuse(2);
  CHECK(code_of(two.iommu.set_domain(two.group, two.host)) == rg::Errc::no_memory);
  CHECK(two.through(two.first) == "guest");
  CHECK(two.through(two.second) == "guest");
}

TEST_CASE("sim IOMMU: a function that cannot be attached where its old domain goes is blocked", "[sim]") {
  TwoFunctions two;
  two.iommu.tables().refuse(1);
  two.iommu.must_set_domain(two.group, sim::DomainPointer(two.host));
  CHECK(two.through(two.first) == "blocked");
  CHECK(two.through(two.second) == "host");
}

// --- PASIDs ---

TEST_CASE("sim IOMMU: a function's PASIDs are blocked with it, and come back with it alone", "[sim]") {
  TwoFunctions two;
  REQUIRE(code_of(two.iommu.set_pasid(two.group, 5, two.host)) == rg::Errc{});
  two.block(two.first);
  two.block(two.second);
  two.unblock(two.first);
  CHECK(two.through(two.first, 5) == "host");
  CHECK(two.through(two.second, 5) == "blocked");
}

TEST_CASE("sim IOMMU: a PASID that is removed in mid-reset is removed once, and does not come back", "[sim]") {
  TwoFunctions two;
  REQUIRE(code_of(two.iommu.set_pasid(two.group, 5, two.host)) == rg::Errc{});
  two.block(two.first);
  two.iommu.remove_pasid(two.group, 5);
  two.unblock(two.first);
  CHECK(two.through(two.first, 5) == "blocked");
  CHECK(two.iommu.tables().removed_again() == 0);
}

TEST_CASE("sim IOMMU: a PASID that is refused at the end of a reset leaves the function blocked", "[sim]") {
  TwoFunctions two;
  REQUIRE(code_of(two.iommu.set_pasid(two.group, 5, two.host)) == rg::Errc{});
  two.block(two.first);
  two.iommu.tables().refuse(2);
  CHECK(code_of(two.iommu.unblock(two.first)) == rg::Errc::no_memory);
  CHECK(two.through(two.first) == "blocked");
  CHECK(two.through(two.first, 5) == "blocked");
}

TEST_CASE("sim IOMMU: a PASID is attached to each function of its group, or to none", "[sim]") {
  TwoFunctions two;
  two.block(two.first);
  CHECK(code_of(two.iommu.set_pasid(two.group, 5, two.host)) == rg::Errc::busy);
  two.unblock(two.first);
  two.iommu.tables().refuse(4);  // of two entries for each function
  CHECK(code_of(two.iommu.set_pasid(two.group, 5, two.host)) == rg::Errc::no_memory);
  CHECK(two.through(two.first, 5) == "blocked");
  CHECK(two.through(two.second) == "guest");
}
