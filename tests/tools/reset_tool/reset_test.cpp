// `reset_tool reset`, on functions in a folder that looks like sysfs: plain files, which no reset clears. What a reset
// does is tested with the hardware in the clock (unit/linux_function_test.cpp), and in guests with real functions.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "run.hpp"
#include "run_json.hpp"

namespace {

using namespace program_test;
namespace fs = std::filesystem;

// An NVMe controller below its port.
struct Tree {
  Folder folder;

  Tree() {
    add("0000:00:01.0", port(), nvme_port_name);
    add("0000:01:00.0", nvme(), nvme_name);
    fs::create_directories(nvme() + "/iommu_group/devices/0000:01:00.0");
  }
  std::string devices() const { return folder.path() + "/devices"; }
  std::string port() const { return folder.path() + "/pci0000:00/0000:00:01.0"; }
  std::string nvme() const { return port() + "/0000:01:00.0"; }
  std::string record() const { return folder.path() + "/records/0000:01:00.0.quarantined"; }

  void add(const std::string& name, const std::string& where, const std::string& data) const {
    fs::create_directories(where);
    fs::create_directories(devices());
    fs::copy_file(given_path(data), where + "/config");
    fs::permissions(where + "/config", fs::perms::owner_write, fs::perm_options::add);
    fs::create_symlink(where, devices() + "/" + name);
  }
  Ran reset(const Words& arguments) const {
    return run(Words{"reset", "--devices", devices(), "--records", folder.path() + "/records"} + arguments);
  }
  Ran reset_nvme(const Words& arguments = {}) const { return reset(Words{"0000:01:00.0"} + arguments); }
};

}  // namespace

TEST_CASE("program: reset: a function that kept its state exits with 1, is fenced and quarantined", "[program]") {
  const Tree tree;
  const Ran ran = tree.reset_nvme({"--method", "flr", "--json"});
  CHECK(ran.status == 1);
  const Json json = Json::parse(ran.out);
  CHECK(json["schema"] == "reset_guard.reset");
  CHECK(json["answer"] == "failed");
  CHECK(json["error"]["where"] == "the function kept its state");
  CHECK(json["fenced"] == true);
  CHECK(json["quarantined"] == true);
}

TEST_CASE("program: reset: the next run says that the function is quarantined, and why", "[program]") {
  const Tree tree;
  CHECK(tree.reset_nvme({"--method", "flr"}).status == 1);
  const Ran next = tree.reset_nvme({"--method", "flr"});
  CHECK(next.status == 1);
  CHECK(contains(next.out, "It is quarantined, by an earlier reset: the function kept its state: io"));
}

TEST_CASE("program: reset: --release lifts the quarantine, and writes config space back", "[program]") {
  const Tree tree;
  const std::string before = text_of(tree.nvme() + "/config");
  CHECK(tree.reset_nvme({"--method", "flr"}).status == 1);
  CHECK(fs::exists(tree.record()));
  CHECK(tree.reset_nvme({"--release", "looked at by hand"}).status == 0);
  CHECK_FALSE(fs::exists(tree.record()));
  CHECK(text_of(tree.nvme() + "/config").substr(0, 64) == before.substr(0, 64));
}

TEST_CASE("program: reset: the kernel's own reset is a claim, and exits with 4", "[program]") {
  const Tree tree;
  std::ofstream(tree.nvme() + "/reset") << "";
  const Ran ran = tree.reset_nvme({"--method", "kernel"});
  CHECK(ran.status == 4);
  CHECK(contains(ran.out, "claimed, by kernel: nothing shows that it was reset"));
}

TEST_CASE("program: reset: a method that is not supported exits with 3 and touches nothing", "[program]") {
  const Tree tree;
  const std::string before = text_of(tree.nvme() + "/config");
  CHECK(tree.reset_nvme({"--method", "af_flr"}).status == 3);
  CHECK(text_of(tree.nvme() + "/config") == before);
}

TEST_CASE("program: reset: --dry-run shows each method, and touches nothing", "[program]") {
  const Tree tree;
  const std::string before = text_of(tree.nvme() + "/config");
  const Ran ran = tree.reset_nvme({"--dry-run"});
  CHECK(ran.status == 0);
  CHECK(contains(ran.out, "flr"));
  CHECK(contains(ran.out, "No_Soft_Reset"));
  CHECK(text_of(tree.nvme() + "/config") == before);
  CHECK_FALSE(fs::exists(tree.record()));
}

TEST_CASE("program: reset: --as names the handler's ids, and says that they are not the function's", "[program]") {
  const Tree tree;
  const Ran ran = tree.reset_nvme({"--as", "8086:0953"});
  CHECK(contains(ran.out, "by the handler of 8086:0953, which it is not"));
}

TEST_CASE("program: reset: a function with a driver is refused, and --force overrides that", "[program]") {
  const Tree tree;
  fs::create_directory_symlink("../../drivers/nvme", tree.nvme() + "/driver");
  const Ran refused = tree.reset_nvme({"--method", "af_flr"});
  CHECK(refused.status == 2);
  CHECK(contains(refused.err, "its driver is nvme: write 0000:01:00.0 to /sys/bus/pci/drivers/nvme/unbind"));
  CHECK(tree.reset_nvme({"--method", "af_flr", "--force"}).status == 3);
}

TEST_CASE("program: reset: a function with a mounted disk is refused", "[program]") {
  const Tree tree;
  std::ifstream mounts("/proc/self/mountinfo");
  std::string id, parent, device;
  mounts >> id >> parent >> device;
  fs::create_directories(tree.nvme() + "/nvme/nvme0/block/nvme0n1");
  std::ofstream(tree.nvme() + "/nvme/nvme0/block/nvme0n1/dev") << device << "\n";
  const Ran ran = tree.reset_nvme();
  CHECK(ran.status == 2);
  CHECK(contains(ran.err, "nvme0n1 is mounted: unmount it first"));
}

TEST_CASE("program: reset: a function that shares its IOMMU group is refused, and the others are named", "[program]") {
  const Tree tree;
  fs::create_directories(tree.nvme() + "/iommu_group/devices/0000:01:00.1");
  const Ran ran = tree.reset_nvme();
  CHECK(ran.status == 2);
  CHECK(contains(ran.err, "it shares its IOMMU group with 0000:01:00.1"));
}

TEST_CASE("program: reset: a bridge is refused, with --force too", "[program]") {
  const Tree tree;
  const Ran ran = tree.reset({"0000:00:01.0", "--force"});
  CHECK(ran.status == 2);
  CHECK(contains(ran.err, "it is a bridge: reset what is below it"));
}

TEST_CASE("program: reset: --via vfio of a function with another driver says how to bind it", "[program]") {
  const Tree tree;
  const Ran ran = tree.reset_nvme({"--via", "vfio", "--force"});
  CHECK(ran.status == 2);
  CHECK(contains(ran.err, "driver_override"));
}

TEST_CASE("program: reset: refused: no function", "[program]") {
  CHECK_REFUSED(run({"reset"}), "which function", "0000:01:00.0");
}
TEST_CASE("program: reset: refused: what is no address", "[program]") {
  CHECK_REFUSED(run({"reset", "01:00"}), "no address", "0000:01:00.0");
}
TEST_CASE("program: reset: refused: a function that is not there", "[program]") {
  const Tree tree;
  CHECK_REFUSED(tree.reset({"0000:07:00.0"}), "no such function", "lspci");
}
TEST_CASE("program: reset: refused: a method that is none", "[program]") {
  CHECK_REFUSED(run({"reset", "01:00.0", "--method", "hope"}), "--method hope", "flr");
}
TEST_CASE("program: reset: refused: another fence", "[program]") {
  CHECK_REFUSED(run({"reset", "01:00.0", "--via", "magic"}), "--via magic", "sysfs and vfio");
}
TEST_CASE("program: reset: refused: ids that are none", "[program]") {
  CHECK_REFUSED(run({"reset", "01:00.0", "--as", "8086"}), "--as 8086", "8086:0953");
}
TEST_CASE("program: reset: refused: a timeout of no time", "[program]") {
  CHECK_REFUSED(run({"reset", "01:00.0", "--timeout", "0"}), "--timeout", "between 0 and 3600");
}
TEST_CASE("program: reset: refused: a user who may not write config space", "[program]") {
  if (geteuid() != 0) return;  // then every other test here is that user's, in a folder of its own
  const Tree tree;
  const Ran ran =
      run({"reset", "--devices", tree.devices(), "--records", tree.folder.path() + "/records", "0000:01:00.0"},
          {.as_nobody = true});
  CHECK(ran.status == 2);
  CHECK(contains(ran.err, "run it as root"));
}
TEST_CASE("program: reset: --help is in 80 columns and names the exit statuses", "[program]") {
  const Ran ran = run({"reset", "--help"});
  CHECK(ran.status == 0);
  CHECK(too_wide(ran.out) == Words{});
  CHECK(contains(ran.out, "4 claimed"));
}
