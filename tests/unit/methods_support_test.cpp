// Which methods a function supports, against what Linux says about it.
#include <fstream>
#include <sstream>

#include "methods_machine.hpp"

namespace {

struct Row {
  std::string file;
  std::string methods;
};

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// The rows of the table in the folder's README that are about a file.
std::vector<Row> rows() {
  std::ifstream readme(RESET_GUARD_DATA_DIR "/README.md");
  std::vector<Row> found;
  for (std::string line; std::getline(readme, line);) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '|');) row.push_back(trimmed(cell));
    if (row.size() != 6 || row[1].find(".bin") == std::string::npos) continue;
    found.push_back({row[1], row[5] == "(none)" ? "" : row[5]});
  }
  return found;
}

sim::Image with_af_capabilities(unsigned bits) {
  sim::Patch change;
  change.advanced_features = true;
  sim::Image image = sim::patch(given(edu_id), change);
  const std::size_t af = sim::CapabilityOffsets::of(image.config()).advanced_features;
  sim::ImageAccess::bytes(image)[af + pci::advanced_features::capabilities] = static_cast<std::uint8_t>(bits);
  return image;
}

std::string supported_as(pci::Id id, std::uint32_t class_code = 0x020000) {
  sim::Patch change;
  change.id = id;
  change.class_code = class_code;
  return supported(virtio_machine(change).function);
}

}  // namespace

TEST_CASE("support: the seven given functions have the methods that the kernel lists", "[methods]") {
  sim::Fabric fabric = machine_of(given_images());
  const std::vector<Row> table = rows();
  REQUIRE(table.size() == 7);
  for (const Row& row : table) {
    DYNAMIC_SECTION(row.file) {
      for (std::size_t i = 0; i != fabric.size(); ++i) {
        if (fabric[i].file().find(row.file) != std::string::npos) CHECK(supported(fabric[i]) == row.methods);
      }
    }
  }
}

TEST_CASE("support: one like e1000e has pm and bus", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x8086, 0x10d3};
  change.flr = false;
  change.no_soft_reset = false;
  CHECK(supported(virtio_machine(change).function) == "pm bus");
}

TEST_CASE("support: one like qemu-xhci has bus alone", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x1b36, 0x000d};
  change.class_code = 0x0c0330;
  change.flr = false;
  change.no_soft_reset = true;
  CHECK(supported(virtio_machine(change).function) == "bus");
}

TEST_CASE("support: one like virtio-rng has flr, pm and bus", "[methods]") {
  CHECK(supported_as({0x1af4, 0x1044}, 0x00ff00) == "flr pm bus");
}

TEST_CASE("support: NoSoftRst takes pm away", "[methods]") {
  sim::Patch change;
  change.no_soft_reset = true;
  CHECK(supported(virtio_machine(change).function) == "flr bus");
}

TEST_CASE("support: an NVMe virtual function has flr alone", "[methods]") {
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 1};
  change.virtual_function = true;
  Machine machine({given(root_port_id), given(nvme_id), sim::patch(given(nvme_id), change)});
  CHECK(supported(machine.function) == "flr");
}

TEST_CASE("support: with two functions on its bus, none has a bus reset", "[methods]") {
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 1};
  Machine machine({given(root_port_id), given(nvme_id), sim::patch(given(virtio_id), change)});
  CHECK(supported(machine.fabric[1]) == "flr");
  CHECK(supported(machine.function) == "flr pm");
}

TEST_CASE("support: with several functions below the port, the reason names them", "[methods]") {
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 1};
  Machine machine({given(root_port_id), given(nvme_id), sim::patch(given(virtio_id), change)});
  for (std::size_t i = 1; i != machine.fabric.size(); ++i) {
    CHECK(methods::Bus::probe(std::as_const(machine.fabric[i])).why ==
          std::string("several functions below its port: 0000:01:00.0, 0000:01:00.1"));
  }
}

TEST_CASE("support: with several functions below the port, a bus reset says 'unsupported' and names them",
          "[methods]") {
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 1};
  Machine machine({given(root_port_id), given(nvme_id), sim::patch(given(virtio_id), change)});
  const rg::Error error = failure(methods::Bus::run(machine.function));
  CHECK(error.code() == rg::Errc::unsupported);
  CHECK(error.where() == std::string("several functions below its port: 0000:01:00.0, 0000:01:00.1"));
}

TEST_CASE("support: a port has none", "[methods]") { CHECK(supported(nvme_machine().fabric[0]).empty()); }

TEST_CASE("support: a port below another port has none, since the bus below it would be reset too", "[methods]") {
  sim::Patch change;
  change.address = pci::Address{0, 1, 0, 0};
  change.bus_behind = std::uint8_t{3};
  Machine machine({given(root_port_id), sim::patch(given(root_port_id), change)});
  REQUIRE(machine.function.parent() != nullptr);
  CHECK(supported(machine.function).empty());
}

TEST_CASE("support: a virtual function is told why it has no bus reset", "[methods]") {
  Machine machine = quirk_machine({0x8086, 0x10ed});
  CHECK(std::string(methods::Bus::probe(machine.function).why).find("virtual function") != std::string::npos);
}

TEST_CASE("support: without a port above there is no bus reset", "[methods]") {
  CHECK(supported(Machine({given(virtio_id)}).function) == "flr pm");
}

TEST_CASE("support: one that does not answer can be reset from its bus only", "[methods]") {
  Machine machine = virtio_machine();
  machine.function.tear_out();
  CHECK(supported(machine.function) == "bus");
}

TEST_CASE("support: a function flagged 'no FLR' has none", "[methods]") {
  CHECK(supported_as({0x8086, 0x1502}) == "pm bus");
}

TEST_CASE("support: the flag 'no FLR' is for af_flr too", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x1022, 0x7901};
  change.advanced_features = true;
  CHECK(supported(Machine({sim::patch(given(edu_id), change)}).function).empty());
}

TEST_CASE("support: a function flagged 'no PM reset' has none", "[methods]") {
  CHECK(supported_as({0x15b3, 0xcb84}) == "flr bus");
}

TEST_CASE("support: a graphics card of AMD has no PM reset", "[methods]") {
  CHECK(supported_as({0x1002, 0x73bf}, 0x030000) == "flr bus");
}

TEST_CASE("support: a function flagged 'no bus reset' has none", "[methods]") {
  CHECK(supported_as({0x10de, 0x2345}) == "flr pm");
}

TEST_CASE("support: below a port flagged 'no bus reset' there is none", "[methods]") {
  sim::Patch port;
  port.id = pci::Id{0x177d, 0xa100};
  CHECK(supported(Machine({sim::patch(given(root_port_id), port), given(nvme_id)}).function) == "flr");
}

TEST_CASE("support: a flag holds for a method that is called alone, too", "[methods]") {
  const auto flagged = [](pci::Id id) {
    sim::Patch change;
    change.id = id;
    return virtio_machine(change);
  };
  Machine no_flr = flagged({0x8086, 0x1502}), no_pm = flagged({0x15b3, 0xcb84}), no_bus = flagged({0x10de, 0x2345});
  CHECK(said(methods::Flr::run(no_flr.function)) == "unsupported");
  CHECK(said(methods::Pm::run(no_pm.function)) == "unsupported");
  CHECK(said(methods::Bus::run(no_bus.function)) == "unsupported");
}

TEST_CASE("support: 'no FLR' holds for af_flr when it is called alone, too", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x1022, 0x7901};
  change.advanced_features = true;
  Machine machine({sim::patch(given(edu_id), change)});
  CHECK(said(methods::AfFlr::run(machine.function)) == "unsupported");
}

TEST_CASE("support: 'no bus reset' is for cxl_bus too", "[methods]") {
  sim::Patch change;
  change.id = pci::Id{0x177d, 0xa100};
  CHECK(supported(Machine({given(cxl_port_id), sim::patch(given(cxl_memory_id), change)}).function).empty());
}

TEST_CASE("support: af_flr needs FLR and Transactions Pending", "[methods]") {
  CHECK(supported(Machine({with_af_capabilities(3)}).function) == "af_flr");
  CHECK(supported(Machine({with_af_capabilities(2)}).function).empty());
  CHECK(supported(Machine({with_af_capabilities(1)}).function).empty());
}

TEST_CASE("support: all ones in the Advanced Features is no capability", "[methods]") {
  CHECK(supported(Machine({with_af_capabilities(0xff)}).function).empty());
}

TEST_CASE("support: all ones in Device Capabilities is no capability", "[methods]") {
  Machine machine = nvme_machine();
  machine.strike({.kind = sim::FaultKind::reads_ones,
                  .times = 0,
                  .offset = std::uint32_t{machine.at().express} + pci::express::device_capabilities});
  CHECK(supported(machine.function) == "bus");
}

TEST_CASE("support: one lost read of Device Capabilities is looked at again", "[methods]") {
  Machine machine = nvme_machine();
  machine.strike({.kind = sim::FaultKind::reads_ones,
                  .offset = std::uint32_t{machine.at().express} + pci::express::device_capabilities});
  CHECK(supported(machine.function) == "flr bus");
}

TEST_CASE("support: below a CXL port there are bus and cxl_bus, masked or not", "[methods]") {
  CHECK(supported(cxl_machine(false).function) == "bus cxl_bus");
  CHECK(supported(cxl_machine(true).function) == "bus cxl_bus");
}

TEST_CASE("support: a bus reset below a port that masks it is no more than a maybe", "[methods]") {
  Machine machine = cxl_machine(false);
  CHECK(methods::Bus::probe(machine.function).support == rg::Support::maybe);
}

TEST_CASE("support: a bus reset below a port that lets it through is a yes", "[methods]") {
  Machine machine = cxl_machine(true);
  CHECK(methods::Bus::probe(machine.function).support == rg::Support::yes);
}

TEST_CASE("support: the methods are in Linux's order", "[methods]") {
  std::string names;
  for (const auto& method : methods::chain<sim::Function>) names += std::string(method.name) + " ";
  CHECK(names == "device_specific acpi flr af_flr pm bus cxl_bus d3cold ");
}

TEST_CASE("support: a probe writes nothing and enters nothing", "[methods]") {
  Machine machine = cxl_machine();
  CHECK(supported(machine.function) == "bus cxl_bus");
  const auto& events = machine.events();
  CHECK(std::all_of(events.begin(), events.end(),
                    [](const sim::Event& event) { return event.kind == sim::EventKind::config_read; }));
}
