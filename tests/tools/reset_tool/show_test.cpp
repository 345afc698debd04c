// What reset_tool shows of one function: from a file, and from a tree like sysfs.
#include "run_json.hpp"

#include <cstdint>
#include <initializer_list>
#include <random>

using namespace program_test;

namespace {

Bytes changed(Bytes bytes, std::size_t offset, std::initializer_list<std::uint8_t> values) {
  for (const std::uint8_t value : values) bytes.at(offset++) = value;
  return bytes;
}

constexpr const char* no_names = "/dev/null/none";

// A machine as sysfs has it: a port, below it an NVMe controller and a neighbour, in one IOMMU group.
class Sysfs {
 public:
  explicit Sysfs(const Bytes& nvme = given(nvme_name), const Bytes& port = given(nvme_port_name)) {
    add("0000:00:01.0", port, "pcieport");
    add("0000:01:00.0", nvme, "nvme");
    add("0000:01:00.1", given(net_name), "virtio-pci");
    for (const char* each : {"0000:01:00.0", "0000:01:00.1"}) {
      folder_.file(std::string("iommu_groups/7/devices/") + each, std::string());
      fs::create_directory_symlink("../../iommu_groups/7", at(each) + "/iommu_group");
    }
    folder_.file("devices/0000:01:00.0/reset_method", std::string("flr bus\n"));
    folder_.file("devices/0000:01:00.0/d3cold_allowed", std::string("1\n"));
    folder_.file(
        "pci.ids",
        std::string("# names\n1b36  Red Hat, Inc.\n\t000c  QEMU PCIe Root port\n\t0010  QEMU NVM Express "
                    "Controller\n\t\t1af4 1100  of a subsystem\n1af4  Another vendor\n\t0011  its device\n"
                    "C 01  Mass storage controller\n\t08  Non-Volatile memory controller\n\t\t02  NVM Express\n"
                    "C 06  Bridge\n\t04  PCI bridge\n"));
  }

  void add(const std::string& address, const Bytes& bytes, const std::string& driver) const {
    folder_.file("devices/" + address + "/config", bytes);
    if (!driver.empty()) fs::create_symlink("../../drivers/" + driver, at(address) + "/driver");
  }
  std::string devices() const { return folder_.path() + "/devices"; }
  std::string at(const std::string& address) const { return devices() + "/" + address; }
  std::string ids() const { return folder_.path() + "/pci.ids"; }

  Ran show(const std::string& function, const Words& more = {}) const {
    return run(Words{"show", function, "--devices", devices(), "--pci-ids", ids()} + more);
  }
  Json json(const std::string& function) const { return json_of(show(function, {"--json"})); }

 private:
  Folder folder_;
};

Json shown(const Bytes& bytes) {
  const Folder folder;
  return run_json({"show", folder.file("0000-01-00.0.bin", bytes)});
}

// An NVMe controller with SR-IOV: two VFs, at 01:00.2 and 01:00.4.
Bytes with_vfs(std::uint8_t enable) {
  Bytes bytes = given(nvme_name);
  bytes.resize(4096);
  bytes = changed(bytes, 0x100, {0x10, 0x00, 0x01, 0x00});
  bytes = changed(bytes, 0x108, {enable, 0x00});
  return changed(bytes, 0x10e, {0x08, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x00, 0x02, 0x00});
}
Bytes a_vf() { return changed(given(nvme_name), 0, {0xff, 0xff, 0xff, 0xff}); }

Json addresses_of(const Json& functions) {
  Json all = Json::array();
  for (const Json& function : functions) all.push_back(function.at("address"));
  return all;
}

// What a reset by this reaches; null: there is no such entry.
Json reached(const Json& report, const std::string& by) {
  for (const Json& reach : report.at("reach")) {
    const Words names = reach.at("by");
    if (std::find(names.begin(), names.end(), by) != names.end()) return addresses_of(reach.at("functions"));
  }
  return nullptr;
}

// Root port 00:01.0 with a slot; below it a port without one; below that the controller.
class WithSwitch : public Sysfs {
 public:
  WithSwitch() : Sysfs(given(nvme_name), changed(given(nvme_port_name), 0x18, {0x00, 0x01, 0x02})) {
    const Bytes port = changed(given(nvme_port_name), 0x18, {0x01, 0x02, 0x02});
    const auto no_slot = static_cast<std::uint8_t>(port[0x57] & 0xfe);
    add("0000:01:01.0", changed(port, 0x57, {no_slot}), "pcieport");
    add("0000:02:00.0", given(nvme_name), "nvme");
    add("0000:02:00.1", given(nvme_name), "nvme");
  }
};

}  // namespace

// --- names -----------------------------------------------------------------------------------------------------------

TEST_CASE("show: the heading is lspci's, by pci.ids", "[program]") {
  const Words lines = lines_of(Sysfs().show("01:00.0").out);
  CHECK(lines.at(0) + lines.at(1) ==
        "0000:01:00.0 Non-Volatile memory controller [0108]: Red Hat, Inc. QEMU NVM"
        "             Express Controller [1b36:0010] (rev 02) (prog-if 02 [NVM Express])");
}
TEST_CASE("show: without a name in pci.ids the class has the program's own", "[program]") {
  const Folder folder;
  const Ran ran = run({"show", given_path(nvme_name), "--pci-ids", folder.file("pci.ids", std::string())});
  CHECK(lines_of(ran.out).at(0) == "0000:01:00.0 NVMe controller [0108]: Device [1b36:0010] (rev 02) (prog-if 02)");
}
TEST_CASE("list: a subclass without a name in the program has that of the installed pci.ids", "[program]") {
  const Folder folder;
  const Bytes smbus = changed(given(nvme_name), 0x09, {0x00, 0x05, 0x0c});
  const Json report = list_json({folder.file("0000-00-1f.3.bin", smbus)});
  const bool installed = fs::exists("/usr/share/misc/pci.ids") || fs::exists("/usr/share/hwdata/pci.ids");
  CHECK(report["functions"][0]["name"] == (installed ? "SMBus" : "serial bus controller"));
}
TEST_CASE("show: a device's name is not taken from another vendor's section", "[program]") {
  const Sysfs machine;
  machine.add("0000:01:00.2", changed(given(nvme_name), 2, {0x11}), "");
  CHECK(machine.json("01:00.2")["device_name"] == nullptr);
}
TEST_CASE("show: a pci.ids of noise gives no name and no failure", "[program]") {
  const Folder folder;
  std::mt19937 random(1);
  Bytes noise(100000);
  for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(random());
  const Ran ran = run({"show", given_path(nvme_name), "--json", "--pci-ids", folder.file("pci.ids", noise)});
  CHECK(json_of(ran)["vendor_name"] == nullptr);
}
TEST_CASE("show: a pci.ids that ends in the middle of a line has the names up to there", "[program]") {
  const Folder folder;
  const std::string file = folder.file("pci.ids", std::string("1b36  Red Hat, Inc.\n\t0010  QEMU NV"));
  CHECK(json_of(run({"show", given_path(nvme_name), "--json", "--pci-ids", file}))["device_name"] == "QEMU NV");
}
TEST_CASE("show: a name in pci.ids has no control characters", "[program]") {
  const Folder folder;
  const std::string file = folder.file("pci.ids", std::string("1b36  Red\033Hat\n"));
  CHECK(json_of(run({"show", given_path(nvme_name), "--json", "--pci-ids", file}))["vendor_name"] == "Red?Hat");
}
TEST_CASE("show: a driver's control characters do not reach the terminal", "[program]") {
  const Sysfs machine;
  machine.add("0000:01:00.2", given(nvme_name), "a\033driver");
  CHECK(contains(machine.show("01:00.2").out, "a?driver"));
}
TEST_CASE("show: refused: a --pci-ids that is no file", "[program]") {
  CHECK_REFUSED(run({"show", given_path(nvme_name), "--pci-ids", no_names}), "--pci-ids", no_names, "can be read");
}

// --- what the kernel knows -------------------------------------------------------------------------------------------

TEST_CASE("show: the driver is the one that the link in sysfs names", "[program]") {
  CHECK(Sysfs().json("0000:01:00.0")["driver"] == "nvme");
}
TEST_CASE("show: a function without a driver", "[program]") {
  const Sysfs machine;
  fs::remove(machine.at("0000:01:00.0") + "/driver");
  CHECK(contains(machine.show("01:00.0").out, "driver         none is bound\n"));
}
TEST_CASE("show: the IOMMU group, and who shares it", "[program]") {
  CHECK(contains(Sysfs().show("01:00.0").out, "IOMMU group    7, with 0000:01:00.1\n"));
}
TEST_CASE("show: a function in no IOMMU group", "[program]") {
  CHECK(Sysfs().json("00:01.0")["kernel"]["iommu_group"] == nullptr);
}
TEST_CASE("show: the kernel's reset_method, in its order", "[program]") {
  const Sysfs machine;
  std::ofstream(machine.at("0000:01:00.0") + "/reset_method") << "bus flr\n";
  CHECK(machine.json("01:00.0")["kernel"]["reset_method"] == Json({"bus", "flr"}));
}
TEST_CASE("show: a method's place in the kernel's order stands beside its reason", "[program]") {
  const Sysfs machine;
  std::ofstream(machine.at("0000:01:00.0") + "/reset_method") << "bus flr\n";
  CHECK(
      contains(machine.show("01:00.0").out, "  flr              yes   kernel: 2    Device Capabilities offers FLR\n"));
}
TEST_CASE("show: a method that the kernel does not offer", "[program]") {
  CHECK(contains(Sysfs().show("01:00.0").out, "  cxl_bus          not   kernel: no"));
}
TEST_CASE("show: whether the kernel allows D3cold", "[program]") {
  CHECK(Sysfs().json("01:00.0")["kernel"]["d3cold_allowed"] == true);
}
TEST_CASE("show: a file alone has nothing from the kernel", "[program]") {
  CHECK(run_json({"show", given_path(nvme_name)})["kernel"] == nullptr);
}
TEST_CASE("show: a function's folder is as good as its address", "[program]") {
  const Sysfs machine;
  CHECK(machine.json(machine.at("0000:01:00.0"))["kernel"] == machine.json("01:00.0")["kernel"]);
}

// --- capabilities; lspci is the judge of the others in real_dumps.py --------------------------------------------

TEST_CASE("show: ATS, PRI and PASID are shown with their enables", "[program]") {
  Bytes bytes = given(nvme_name);
  bytes.resize(4096);
  bytes = changed(bytes, 0x100, {0x0f, 0x00, 0x01, 0x11, 0x00, 0x00, 0x00, 0x80});
  bytes = changed(bytes, 0x110, {0x13, 0x00, 0x01, 0x12, 0x01, 0x00, 0x00, 0x01});
  bytes = changed(bytes, 0x120, {0x1b, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00});
  const Json all = shown(bytes)["capabilities"];
  CHECK((all["ATS"]["ATSCtl"]["Enable"] == true && all["PRI"]["PRICtl"]["Enable"] == true &&
         all["PRI"]["PRISta"]["Stopped"] == true && all["PASID"]["PASIDCtl"]["Enable"] == true));
}
TEST_CASE("show: the state D3hot is D3, as lspci has it", "[program]") {
  CHECK(shown(changed(given(nvme_name), 0x64, {0x03}))["capabilities"]["Power Management"]["Status"]["power_state"] ==
        "D3");
}
TEST_CASE("show: the CXL port above says whether it masks the reset of its bus", "[program]") {
  CHECK(contains(run({"show", given_path(cxl_name)}).out, "  [150]  CXL port: CXLPortCtl: UnmaskSBR-\n"));
}
TEST_CASE("show: the methods and their reasons are those of list", "[program]") {
  const Json listed = list_json({given_path(cxl_name)})["functions"][0];
  Json names = Json::array(), maybe = Json::object(), refused = Json::object();
  const Json report = run_json({"show", given_path(cxl_name)});
  for (const Json& method : report["methods"]) {
    const std::string name = method["name"];
    if (method["support"] != "no") names.push_back(name);
    if (method["support"] == "maybe") maybe[name] = method["why"];
    if (method["support"] == "no") refused[name] = method["why"];
  }
  CHECK((names == listed["methods"] && maybe == listed["maybe"] && refused == listed["refused"]));
}

// --- the topology ----------------------------------------------------------------------------------------------------

TEST_CASE("show: a reset of the bus reaches the neighbours below the port", "[program]") {
  CHECK(reached(Sysfs().json("01:00.0"), "bus") == Json({"0000:01:00.1"}));
}
TEST_CASE("show: a neighbour is named with its driver", "[program]") {
  CHECK(contains(Sysfs().show("01:00.0").out,
                 "0000:01:00.1  Ethernet controller: Another vendor Device [1af4:1041],"
                 " driver\n"
                 "                  virtio-pci\n"));
}
TEST_CASE("show: the ports above, the nearest first", "[program]") {
  CHECK(addresses_of(WithSwitch().json("02:00.0")["ports"]) == Json({"0000:01:01.0", "0000:00:01.0"}));
}
TEST_CASE("show: a reset of the bus reaches no further than the nearest port", "[program]") {
  CHECK(reached(WithSwitch().json("02:00.0"), "bus") == Json({"0000:02:00.1"}));
}
TEST_CASE("show: a reset of the slot reaches all that is below the port with the slot", "[program]") {
  CHECK(reached(WithSwitch().json("02:00.0"), "slot") ==
        Json({"0000:01:00.0", "0000:01:00.1", "0000:01:01.0", "0000:02:00.1"}));
}
TEST_CASE("show: the power is that of the nearest slot with a power controller", "[program]") {
  const Bytes port = given(nvme_port_name);
  const auto no_controller = static_cast<std::uint8_t>(port[0x68] & 0xfd);
  const Sysfs machine(given(nvme_name), changed(port, 0x68, {no_controller}));
  const Json report = machine.json("01:00.0");
  CHECK((reached(report, "slot") != nullptr && reached(report, "power") == nullptr));
}
TEST_CASE("show: a function on a root bus has no port, and no bus that could be reset", "[program]") {
  const Json report = run_json({"show", given_path(edu_name)});
  CHECK((report["ports"].empty() && reached(report, "bus") == nullptr));
}
TEST_CASE("show: any reset of a bridge reaches all that is below it", "[program]") {
  CHECK(reached(WithSwitch().json("01:01.0"), "any") == Json({"0000:02:00.0", "0000:02:00.1"}));
}
TEST_CASE("show: any reset of a physical function reaches its virtual functions", "[program]") {
  const Sysfs machine(with_vfs(0x01));
  machine.add("0000:01:00.2", a_vf(), "");
  machine.add("0000:01:00.4", a_vf(), "");
  CHECK(reached(machine.json("01:00.0"), "any") == Json({"0000:01:00.2", "0000:01:00.4"}));
}
TEST_CASE("show: a virtual function has its physical one", "[program]") {
  const Sysfs machine(with_vfs(0x01));
  machine.add("0000:01:00.4", a_vf(), "");
  CHECK(machine.json("01:00.4")["physical_function"] == "0000:01:00.0");
}
TEST_CASE("show: a physical function whose VFs are not enabled has none", "[program]") {
  const Sysfs machine(with_vfs(0x00));
  machine.add("0000:01:00.4", a_vf(), "");
  CHECK(machine.json("01:00.4")["physical_function"] == nullptr);
}
TEST_CASE("show: virtual functions that are enabled and not in the input are unseen", "[program]") {
  CHECK(Sysfs(with_vfs(0x01)).json("01:00.0")["unseen"] == 2);
}

// --- the page --------------------------------------------------------------------------------------------------------

TEST_CASE("show: it is at most 80 columns wide", "[program]") {
  const Sysfs machine(with_vfs(0x01));
  fs::remove(machine.at("0000:01:00.0") + "/driver");
  fs::create_symlink("../../drivers/" + std::string(100, 'd'), machine.at("0000:01:00.0") + "/driver");
  Words too_long;
  for (const std::string& line : lines_of(machine.show("01:00.0").out)) {
    if (line.size() > 80) too_long.push_back(line);
  }
  CHECK(too_long == Words{});
}
TEST_CASE("show: it is at most 42 lines, also of a function with much around it", "[program]") {
  const Sysfs machine(with_vfs(0x01));
  CHECK(lines_of(machine.show("01:00.0").out).size() <= 42);
}
TEST_CASE("show: of many neighbours it names eight", "[program]") {
  const Sysfs machine;
  for (char device = '1'; device <= '9'; ++device) {
    machine.add(std::string("0000:01:0") + device + ".0", given(net_name), "");
  }
  CHECK(contains(machine.show("01:00.0").out, "and 2 more\n"));
}
TEST_CASE("show --json names its schema", "[program]") {
  const Json report = run_json({"show", given_path(nvme_name)});
  CHECK((report["schema"] == "reset_guard.function" && report["version"] == 1));
}
TEST_CASE("show: json.md describes each field that is printed", "[program]") {
  const std::string page = text_of(fs::path(RESET_GUARD_DATA_DIR) / "../../tools/reset_tool/json.md");
  const Sysfs machine(with_vfs(0x01));
  Words absent;
  const auto look = [&](const Json& object, const auto& self) -> void {
    for (const auto& [name, value] : object.items()) {
      if (object.is_object() && !contains(page, "`" + name + "`")) absent.push_back(name);
      if (value.is_structured()) self(value, self);
    }
  };
  look(machine.json("01:00.0"), look);
  look(run_json({"show", given_path(cxl_name)}), look);
  CHECK(absent == Words{});
}
TEST_CASE("show: noise among the capabilities of a real function never crashes it", "[program]") {
  for (std::uint32_t seed = 0; seed != 60; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Bytes bytes = given(seed % 2 == 0 ? nvme_name : nvme_port_name);
    for (unsigned i = 0; i != 6; ++i) bytes[0x34 + random() % 0xcc] = static_cast<std::uint8_t>(random());
    const Folder folder;
    const int status = run({"show", folder.file("0000-01-00.0.bin", bytes)}).status;
    CHECK((status == 0 || status == 2));
  }
}

// --- refused ---------------------------------------------------------------------------------------------------------

TEST_CASE("show: refused: nothing to show", "[program]") {
  CHECK_REFUSED(run({"show"}), "which function?", "0000:01:00.0");
}
TEST_CASE("show: refused: an address without a function", "[program]") {
  CHECK_REFUSED(Sysfs().show("0000:09:00.0"), "0000:09:00.0", "no such function", "lspci -D lists them");
}
TEST_CASE("show: refused: what is neither an address nor a file", "[program]") {
  CHECK_REFUSED(run({"show", "01:00"}), "show 01:00", "no such file", "no address");
}
TEST_CASE("show: refused: a folder of several functions", "[program]") {
  CHECK_REFUSED(run({"show", RESET_GUARD_DATA_DIR}), "several functions", "name one");
}
TEST_CASE("show: refused: two functions", "[program]") {
  CHECK_REFUSED(run({"show", given_path(nvme_name), given_path(net_name)}), net_name, "one function at a time");
}
TEST_CASE("show: refused: 64 bytes, as sysfs gives them to a user who is not root", "[program]") {
  Bytes header = given(nvme_name);
  header.resize(64);
  CHECK_REFUSED(Sysfs(header).show("01:00.0"), "64 bytes", "read it as root");
}
