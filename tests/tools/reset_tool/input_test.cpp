// Input that reset_tool refuses, in one line; and input that it takes although it looks odd.
#include "run_json.hpp"

#include <algorithm>
#include <random>

using namespace program_test;

namespace {

Bytes sized(std::size_t size) {
  Bytes bytes = given(nvme_name);
  bytes.resize(size, 0);
  return bytes;
}

// A file of its own with these bytes.
Ran run_bytes(const Bytes& bytes, const Words& options = {}) {
  const Folder folder;
  return run(Words{folder.file("0000-01-00.0.bin", bytes)} + options);
}

Bytes with(Bytes bytes, std::size_t offset, std::initializer_list<std::uint8_t> values) {
  for (const std::uint8_t value : values) bytes.at(offset++) = value;
  return bytes;
}

Bytes noise(std::uint32_t seed, std::size_t size) {
  std::mt19937 random(seed);
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

// 256 bytes so many times over, and then zeros. Their ids look like an extended capability that points to itself.
Bytes repeated(int times) {
  const Bytes first = with(sized(256), 0x02, {0x01, 0x10});
  Bytes bytes;
  for (int i = 0; i != times; ++i) bytes.insert(bytes.end(), first.begin(), first.end());
  bytes.resize(4096);
  return bytes;
}

// A tree like /sys/bus/pci/devices: the NVMe controller and the port above it.
void make_sysfs(const Folder& folder, const Bytes& nvme = given(nvme_name)) {
  folder.file("0000:00:01.0/config", given(nvme_port_name));
  folder.file("0000:00:01.0/vendor", std::string("0x1b36\n"));
  folder.file("0000:00:01.0/device", std::string("0x000c\n"));
  folder.file("0000:01:00.0/config", nvme);
  folder.file("0000:01:00.0/vendor", std::string("0x1b36\n"));
  folder.file("0000:01:00.0/device", std::string("0x0010\n"));
}

// The same, and what Linux says of the NVMe controller.
Json listed_with(const Folder& folder, const std::string& reset_method) {
  make_sysfs(folder);
  folder.file("0000:01:00.0/reset_method", reset_method);
  return function_at(list_json({folder.path()}), "0000:01:00.0")["kernel"];
}
Json difference(const std::string& method, const std::string& listed_by, const std::string& why) {
  return {{"method", method}, {"listed_by", listed_by}, {"why", why}};
}

const std::string a_selection = "a shorter list than here may be a selection, which the file's user has written";
const std::string port_unknown = "its port is not in the input", on_root_bus = "on a root bus: no port above it";

std::string why_no_bus(const Folder& folder, const std::string& name, const Bytes& bytes) {
  return list_json({folder.file(name, bytes)})["functions"][0]["refused"]["bus"];
}

// A name that would colour a terminal and end the line.
const std::string odd_name = "0000-01-00.0_1b36_0010.\033[31m\nresult: functions=9 \xc2\x9b.bin";
const std::string odd_name_escaped = "0000-01-00.0_1b36_0010.\\x1b[31m\\nresult: functions=9 \\xc2\\x9b.bin";

// A virtual function's bytes: its ids read ffff:ffff, its Command is alive.
Bytes virtual_function() { return with(given(nvme_name), 0, {0xff, 0xff, 0xff, 0xff}); }

Json methods_in(const Json& report, const std::string& address) {
  const Json function = function_at(report, address);
  return function.is_null() ? Json("no such function") : function.at("methods");
}

}  // namespace

// --- refused: files --------------------------------------------------------------------------------------------------

TEST_CASE("program: refused: a file that is missing", "[program]") {
  CHECK_REFUSED(run({"nowhere/0000-01-00.0.bin"}), "nowhere/0000-01-00.0.bin", "no such file", "name a config file");
}
TEST_CASE("program: refused: 0 bytes", "[program]") {
  CHECK_REFUSED(run_bytes(sized(0)), "0000-01-00.0.bin", "empty", "256 or 4096", "copy the whole");
}
TEST_CASE("program: refused: 63 bytes", "[program]") {
  CHECK_REFUSED(run_bytes(sized(63)), "0000-01-00.0.bin", "63 bytes", "256 or 4096", "copy the whole");
}
TEST_CASE("program: refused: 257 bytes", "[program]") {
  CHECK_REFUSED(run_bytes(sized(257)), "0000-01-00.0.bin", "257 bytes", "256 or 4096", "copy the whole");
}
TEST_CASE("program: refused: 5000 bytes", "[program]") {
  CHECK_REFUSED(run_bytes(sized(5000)), "0000-01-00.0.bin", "5000 bytes", "256 or 4096", "copy the whole");
}
TEST_CASE("program: refused: 64 bytes, as sysfs gives them to a user who is not root", "[program]") {
  CHECK_REFUSED(run_bytes(sized(64)), "0000-01-00.0.bin", "64 bytes", "not root", "read it as root");
}
TEST_CASE("program: refused: all ones", "[program]") {
  CHECK_REFUSED(run_bytes(Bytes(256, 0xff)), "0000-01-00.0.bin", "all ones", "absent or powered off");
}
TEST_CASE("program: refused: a capability that points to itself", "[program]") {
  CHECK_REFUSED(run_bytes(with(given(nvme_name), 0x41, {0x40})), "0000-01-00.0.bin", "loop", "damaged");
}
TEST_CASE("program: refused: an extended capability that points to itself", "[program]") {
  CHECK_REFUSED(run_bytes(with(given(nvme_name), 0x100, {0x01, 0x00, 0x01, 0x10})), "0000-01-00.0.bin", "loop",
                "damaged");
}
TEST_CASE("program: refused: a file that its user may not read", "[program]") {
  const Folder folder;
  const std::string file = folder.file("0000-01-00.0.bin", given(nvme_name));
  fs::permissions(file, fs::perms::none);
  const Ran ran = run({file}, {.as_nobody = true});
  if (ran.status >= 126) return;  // nobody may not run the program here
  CHECK_REFUSED(ran, "0000-01-00.0.bin", "cannot be opened", "ermission denied", "as a user who may read it");
}
TEST_CASE("program: refused: a file whose reading fails", "[program]") {
  if (!fs::exists("/proc/self/mem")) return;
  CHECK_REFUSED(run({"/proc/self/mem"}), "/proc/self/mem", "cannot be read", "copy it");
}
TEST_CASE("program: refused: a file that is a device", "[program]") {
  CHECK_REFUSED(run({"/dev/null"}), "/dev/null", "not a file", "name a config file");
}
TEST_CASE("program: refused: a name with a line break stays one line", "[program]") {
  CHECK_REFUSED(run({"no\nsuch\nfile"}), "no\\nsuch\\nfile", "no such file");
}
TEST_CASE("program: refused: a file of nearly 1 GiB, which is not read", "[program]") {
  const Folder folder;
  const std::string file = folder.file("0000-01-00.0.bin", Bytes());
  fs::resize_file(file, (std::uintmax_t{1} << 30) - 1);
  const Ran ran = run({file});
  CHECK_REFUSED(ran, "1073741823 bytes", "256 or 4096");
  CHECK(ran.memory < 512L << 10);
}
TEST_CASE("program: refused: a FIFO, which is not opened", "[program]") {
  const Folder folder;
  const std::string fifo = folder.path() + "/0000-01-00.0.bin";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  CHECK_REFUSED(run({fifo}), "0000-01-00.0.bin", "not a file");
}
TEST_CASE("program: refused: a CardBus bridge", "[program]") {
  CHECK_REFUSED(run_bytes(with(given(nvme_name), 0x0e, {0x02})), "0000-01-00.0.bin", "header type 2", "leave it out");
}
TEST_CASE("program: refused: output that cannot be written", "[program]") {
  for (const Words& arguments :
       std::vector<Words>{{"list"}, {"list", "--json"}, {"simulate"}, {"--help"}, {"--version"}}) {
    INFO(arguments.front());
    CHECK_REFUSED(run(arguments, {.out = "/dev/full"}), "could not be written", "where there is room");
  }
}
TEST_CASE("program: a reset that failed is exit status 1, also when its output cannot be written", "[program]") {
  CHECK(run({given_path(nvme_name), "--fail", "flr"}, {.out = "/dev/full"}).status == 1);
}

// --- refused: folders ------------------------------------------------------------------------------------------------

TEST_CASE("program: refused: a folder without files", "[program]") {
  const Folder folder;
  CHECK_REFUSED(run({folder.path()}), folder.path(), "no config-space files", "0000-01-00.0");
}
TEST_CASE("program: refused: a folder with two files of one function", "[program]") {
  const Folder folder;
  folder.file("0000-01-00.0.bin", given(nvme_name));
  folder.file("0000:01:00.0", given(nvme_name));
  CHECK_REFUSED(run({folder.path()}), "0000-01-00.0.bin", "0000:01:00.0", "the same function", "keep one");
}
TEST_CASE("program: refused: a folder in which no file is of use", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", sized(63));
  folder.file("0000-01-00.0.bin", sized(65));
  CHECK_REFUSED(run({folder.path()}), "0000-00-01.0.bin", "63 bytes");
}
TEST_CASE("program: refused: a sysfs tree that gives 64 bytes of each function", "[program]") {
  const Folder folder;
  folder.file("0000:00:01.0/config", sized(64));
  folder.file("0000:01:00.0/config", sized(64));
  CHECK_REFUSED(run({folder.path()}), "0000:00:01.0/config", "not root");
}

// --- refused: options ------------------------------------------------------------------------------------------------

TEST_CASE("program: refused: an unknown option", "[program]") { CHECK_REFUSED(run({"--lost"}), "--lost", "--help"); }
TEST_CASE("program: refused: an unknown method", "[program]") {
  CHECK_REFUSED(run({"--method", "luck"}), "--method luck", "no such method", "device_specific, acpi, flr");
}
TEST_CASE("program: refused: an unknown step", "[program]") {
  CHECK_REFUSED(run({"--fail", "luck"}), "--fail luck", "no such step", "firmware_ack");
}
TEST_CASE("program: refused: --methods with a name that is none", "[program]") {
  CHECK_REFUSED(run({"--methods", "flr buss"}), "--methods", "no such method: 'buss'", "device_specific, acpi, flr",
                "cxl_bus, d3cold", "separated by spaces", "'default'");
}
TEST_CASE("program: refused: --methods with commas", "[program]") {
  CHECK_REFUSED(run({"--methods", "flr,bus"}), "'flr,bus'", "separated by spaces");
}
TEST_CASE("program: refused: --methods with 'default' among others", "[program]") {
  CHECK_REFUSED(run({"--methods", "flr default"}), "no such method: 'default'");
}
TEST_CASE("program: refused: --methods without its argument", "[program]") {
  CHECK_REFUSED(run({"--methods"}), "--methods", "NAMES", "--help");
}
TEST_CASE("program: refused: --method with --methods", "[program]") {
  CHECK_REFUSED(run({"--method", "flr", "--methods", "bus"}), "--method and --methods", "one of the two");
}
TEST_CASE("program: refused: list with --methods", "[program]") {
  CHECK_REFUSED(run({"list", "--methods", "flr"}), "list resets nothing", "leave out --method, --methods and --fail");
}
TEST_CASE("program: refused: --platform with a name that is none", "[program]") {
  CHECK_REFUSED(run({"--platform", "acpi luck"}), "--platform", "'luck'", "acpi, power, slot");
}
TEST_CASE("program: refused: list with --fail", "[program]") {
  CHECK_REFUSED(run({"list", "--fail", "flr"}), "list resets nothing", "leave out --method, --methods and --fail");
}
TEST_CASE("program: refused: list with --method", "[program]") {
  CHECK_REFUSED(run({"list", "--method", "flr"}), "list resets nothing", "leave out --method, --methods and --fail");
}
TEST_CASE("program: refused: --method without its argument", "[program]") {
  CHECK_REFUSED(run({"--method"}), "--method", "NAME", "--help");
}
TEST_CASE("program: refused: --fail without its argument", "[program]") {
  CHECK_REFUSED(run({"--fail"}), "--fail", "STEP", "--help");
}
TEST_CASE("program: refused: two inputs", "[program]") {
  CHECK_REFUSED(run({given_path(nvme_name), given_path(net_name)}), net_name, "one file or folder at a time");
}
TEST_CASE("program: refused: an input without a name", "[program]") { CHECK_REFUSED(run({""}), "empty"); }

// --- no crash --------------------------------------------------------------------------------------------------------

// Whether it ended by itself: a report, or a refusal in one line.
std::string fault_of_ending(const Ran& ran) {
  if (ran.status == 2) return fault_of_refusal(ran, {});
  if (ran.status != 0 && ran.status != 1) return "status " + std::to_string(ran.status) + ": " + ran.err;
  return contains(last_line(ran.out), "result: functions=1 ") ? "" : "no result";
}

TEST_CASE("program: 256 bytes of noise never crash it", "[program]") {
  for (std::uint32_t seed = 0; seed != 60; ++seed) {
    INFO("seed " << seed);
    CHECK(fault_of_ending(run_bytes(noise(seed, 256))) == "");
  }
}
TEST_CASE("program: 4096 bytes of noise never crash it", "[program]") {
  for (std::uint32_t seed = 0; seed != 60; ++seed) {
    INFO("seed " << seed);
    CHECK(fault_of_ending(run_bytes(noise(seed, 4096))) == "");
  }
}
TEST_CASE("program: noise behind an endpoint's header never crashes it", "[program]") {
  for (std::uint32_t seed = 0; seed != 100; ++seed) {
    INFO("seed " << seed);
    CHECK(fault_of_ending(run_bytes(with(noise(seed, 4096), 0x0e, {0x00}))) == "");
  }
}
TEST_CASE("program: noise among the capabilities of a real function never crashes it", "[program]") {
  for (std::uint32_t seed = 0; seed != 100; ++seed) {
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Bytes bytes = given(seed % 2 == 0 ? nvme_name : net_name);
    for (unsigned i = 0; i != 6; ++i) bytes[0x34 + random() % 0xcc] = static_cast<std::uint8_t>(random());
    CHECK(fault_of_ending(run_bytes(bytes)) == "");
  }
}

// --- taken -----------------------------------------------------------------------------------------------------------

TEST_CASE("program: a virtual function, ffff:ffff and a live Command, is not absent", "[program]") {
  const Folder folder;
  const Json report = list_json({folder.file("0000-01-10.0_1b36_0010.bin", virtual_function())});
  CHECK(methods_in(report, "0000:01:10.0") == Json({"flr"}));
}
TEST_CASE("program: a virtual function has its ids from its file's name", "[program]") {
  const Folder folder;
  const Json report = list_json({folder.file("0000-01-10.0_1b36_0010.bin", virtual_function())});
  CHECK(report["functions"][0]["ids"] == "1b36:0010");
}
TEST_CASE("program: a virtual function has its ids from sysfs", "[program]") {
  const Folder folder;
  make_sysfs(folder, virtual_function());
  CHECK(function_at(list_json({folder.path()}), "0000:01:00.0")["ids"] == "1b36:0010");
}
TEST_CASE("program: a single file finds the port above it in its folder", "[program]") {
  CHECK(methods_in(list_json({given_path(nvme_name)}), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: a single file's port is not reported itself", "[program]") {
  CHECK(list_json({given_path(nvme_name)})["functions"].size() == 1);
}
TEST_CASE("program: a single file alone in its folder has no port", "[program]") {
  const Folder folder;
  CHECK(methods_in(list_json({folder.file(nvme_name, given(nvme_name))}), "0000:01:00.0") == Json({"flr"}));
}
TEST_CASE("program: a file whose name has no address", "[program]") {
  const Folder folder;
  CHECK(list_json({folder.file("config.bin", given(nvme_name))})["functions"][0]["methods"] == Json({"flr"}));
}
TEST_CASE("program: a file whose name has colons", "[program]") {
  const Folder folder;
  folder.file("0000:00:01.0", given(nvme_port_name));
  CHECK(methods_in(list_json({folder.file("0000:01:00.0", given(nvme_name))}), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: a relative path", "[program]") {
  const Ran ran = run({"list", nvme_name, "--json"}, {.directory = RESET_GUARD_DATA_DIR});
  CHECK(methods_in(json_of(ran), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: the folder that it runs in", "[program]") {
  const Ran ran = run({"list", ".", "--json"}, {.directory = RESET_GUARD_DATA_DIR});
  CHECK(json_of(ran)["functions"].size() == 7);
}
TEST_CASE("program: a folder with a slash behind its name", "[program]") {
  CHECK(list_json({std::string(RESET_GUARD_DATA_DIR) + "/"})["functions"].size() == 7);
}
TEST_CASE("program: a path with spaces", "[program]") {
  const Folder folder;
  CHECK(list_json({folder.file("a folder/0000-01-00.0 a copy.bin", given(nvme_name))})["functions"].size() == 1);
}
TEST_CASE("program: a path with letters beyond ASCII is printed as it is", "[program]") {
  const Folder folder;
  const std::string file = folder.file("Gerät/0000-01-00.0_1b36_0010.bin", given(nvme_name));
  CHECK(list_json({file})["functions"][0]["file"] == file);
}
TEST_CASE("program: a path that is not UTF-8 still gives JSON", "[program]") {
  const Folder folder;
  CHECK(list_json({folder.file("\xff\xfe/0000-01-00.0.bin", given(nvme_name))})["functions"].size() == 1);
}

TEST_CASE("program: of a folder the functions that are no use are left out, each with a line", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", given(nvme_port_name));
  fs::create_directory(folder.path() + "/0000-01-00.0.bin");
  folder.file("0000-02-00.0.bin", sized(63));
  folder.file("0000-03-00.0.bin", with(given(nvme_name), 0x0e, {0x02}));
  const Ran ran = run({"list", folder.path(), "--json"});
  const Words lines = lines_of(ran.err);
  REQUIRE(lines.size() == 3);
  CHECK(contains(lines[0], "left out: " + folder.path() + "/0000-01-00.0.bin: not a file"));
  CHECK(contains(lines[1], "left out: " + folder.path() + "/0000-02-00.0.bin: 63 bytes"));
  CHECK(contains(lines[2], "left out: " + folder.path() + "/0000-03-00.0.bin: header type 2"));
  CHECK(json_of(ran)["functions"].size() == 1);
}
TEST_CASE("program: upper config space that repeats the first 256 bytes is none", "[program]") {
  CHECK(run_bytes(repeated(16)).status == 0);
}
TEST_CASE("program: upper config space that does not all repeat the first 256 bytes is one", "[program]") {
  CHECK_REFUSED(run_bytes(repeated(15)), "extended capability list", "loop");
}
TEST_CASE("program: a file's name is escaped in the report", "[program]") {
  const Folder folder;
  const Ran ran = run({"list", folder.file(odd_name, given(nvme_name))}, {.environment = {"LC_ALL=C.UTF-8"}});
  CHECK(contains(ran.out, odd_name_escaped));
  CHECK(ran.out.find('\033') == std::string::npos);
}
TEST_CASE("program: the name of a file that is left out is escaped", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", given(nvme_port_name));
  folder.file(odd_name, sized(63));
  const Ran ran = run({"list", folder.path()});
  CHECK(contains(ran.err, odd_name_escaped + ": 63 bytes"));
  CHECK(lines_of(ran.err).size() == 1);
}
TEST_CASE("program: a file's name is not escaped in JSON", "[program]") {
  const Folder folder;
  const std::string file = folder.file(odd_name, given(nvme_name));
  CHECK(list_json({file})["functions"][0]["file"] == file);
}
TEST_CASE("program: a file's name that is too long for its line has its end shown", "[program]") {
  const Folder folder;
  const std::string file = folder.file(std::string(90, 'x') + "/0000-01-00.0.bin", given(nvme_name));
  CHECK(contains(run({"list", file}).out, "\n  bytes    ..." + file.substr(file.size() - 66) + "\n"));
}

// --- what a config space does not tell -------------------------------------------------------------------------------

TEST_CASE("program: a port that is not in the input is not called a root bus", "[program]") {
  const Folder folder;
  CHECK(why_no_bus(folder, "0000-01-00.0.bin", given(nvme_name)) == port_unknown);
}
TEST_CASE("program: a file without an address has a port that is not known", "[program]") {
  const Folder folder;
  CHECK(why_no_bus(folder, "config.bin", given(nvme_name)) ==
        "its file's name has no address, so its port is not known");
}
TEST_CASE("program: bus 0 is a root bus", "[program]") {
  const Folder folder;
  CHECK(why_no_bus(folder, "0001-00-03.0.bin", given(nvme_name)) == on_root_bus);
}
TEST_CASE("program: the bus that a root port is on is a root bus", "[program]") {
  CHECK(list_json({given_path(cxl_port_name)})["functions"][0]["refused"]["bus"] == on_root_bus);
}
TEST_CASE("program: sysfs tells a root bus by the folder that a function is in", "[program]") {
  const Folder folder;
  folder.file("devices/pci0000:60/0000:60:00.0/config", given(nvme_name));
  folder.file("devices/pci0000:61/0000:61:01.0/0000:62:00.0/config", given(nvme_name));
  fs::create_directories(folder.path() + "/bus");
  fs::create_directory_symlink("../devices/pci0000:60/0000:60:00.0", folder.path() + "/bus/0000:60:00.0");
  fs::create_directory_symlink("../devices/pci0000:61/0000:61:01.0/0000:62:00.0", folder.path() + "/bus/0000:62:00.0");
  const Json report = list_json({folder.path() + "/bus"});
  CHECK(function_at(report, "0000:60:00.0")["refused"]["bus"] == on_root_bus);
  CHECK(function_at(report, "0000:62:00.0")["refused"]["bus"] == port_unknown);
}
TEST_CASE("program: what the platform offers is not known from a config space", "[program]") {
  const Json refused = list_json({given_path(nvme_name)})["functions"][0]["refused"];
  CHECK(refused["acpi"] == "a config space does not tell whether ACPI has a _RST for it");
  CHECK(refused["d3cold"] == "a config space does not tell whether the platform can switch its power");
}

TEST_CASE("program: several functions below a port are named as the reason for no bus reset", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", given(nvme_port_name));
  folder.file("0000-01-00.0.bin", given(nvme_name));
  folder.file("0000-01-00.1.bin", given(nvme_name));
  const Json function = function_at(list_json({folder.path()}), "0000:01:00.1");
  CHECK(function["refused"]["bus"] == "several functions below its port: 0000:01:00.0, 0000:01:00.1");
}

// --- sysfs -----------------------------------------------------------------------------------------------------------

TEST_CASE("program: a sysfs tree has each function's methods", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  CHECK(methods_in(list_json({folder.path()}), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: a function's own folder in a sysfs tree", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  CHECK(methods_in(list_json({folder.path() + "/0000:01:00.0"}), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: a function's config file in a sysfs tree", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  CHECK(methods_in(list_json({folder.path() + "/0000:01:00.0/config"}), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: links in a sysfs tree are followed", "[program]") {
  const Folder folder;
  folder.file("devices/0000:00:01.0/config", given(nvme_port_name));
  folder.file("devices/0000:00:01.0/0000:01:00.0/config", given(nvme_name));
  fs::create_directories(folder.path() + "/bus");
  fs::create_directory_symlink("../devices/0000:00:01.0", folder.path() + "/bus/0000:00:01.0");
  fs::create_directory_symlink("../devices/0000:00:01.0/0000:01:00.0", folder.path() + "/bus/0000:01:00.0");
  CHECK(methods_in(list_json({folder.path() + "/bus"}), "0000:01:00.0") == Json({"flr", "bus"}));
}
TEST_CASE("program: a sysfs tree in which one function gives 64 bytes: the others are examined", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  folder.file("0000:02:00.0/config", sized(64));
  CHECK(list_json({folder.path()})["functions"].size() == 2);
}
TEST_CASE("program: a sysfs tree in which one function gives 64 bytes: a line says so", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  folder.file("0000:02:00.0/config", sized(64));
  CHECK(contains(run({folder.path()}).err, "left out: " + folder.path() + "/0000:02:00.0/config: 64 bytes"));
}
TEST_CASE("program: a sysfs tree is only read", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  const fs::path config = folder.path() + "/0000:01:00.0/config";
  const std::string before = text_of(config);
  const auto written = fs::last_write_time(config);
  REQUIRE(run({folder.path()}).status == 0);
  CHECK((text_of(config) == before && fs::last_write_time(config) == written));
}
TEST_CASE("program: this machine's own functions are examined, or refused in a line", "[program]") {
  if (!fs::exists("/sys/bus/pci/devices")) return;
  const Ran ran = run({"list", "/sys/bus/pci/devices"});
  CHECK((ran.status == 2 ? fault_of_refusal(ran, {}) == "" : contains(last_line(ran.out), "result: functions=")));
}

// --- Linux's own list ------------------------------------------------------------------------------------------------

TEST_CASE("program: Linux's list: where there is no file reset_method there is none", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  CHECK(function_at(list_json({folder.path()}), "0000:01:00.0")["kernel"].is_null());
  CHECK_FALSE(contains(run({"list", folder.path()}).out, "Linux"));
}
TEST_CASE("program: Linux's list: the same as here", "[program]") {
  const Folder folder;
  CHECK(listed_with(folder, "flr bus\n") ==
        Json({{"methods", {"flr", "bus"}}, {"own_order", true}, {"differences", Json::array()}}));
  const std::string text = run({"list", folder.path()}).out;
  CHECK(contains(text, "flr bus  = Linux\n"));
}
TEST_CASE("program: Linux's list: bus of one of several functions is only there, and Linux refuses it", "[program]") {
  const Folder folder;
  folder.file("0000:01:00.1/config", given(nvme_name));
  const std::string why =
      "bus, of one of several functions: Linux makes the list of the first before it finds the others, and refuses "
      "such a reset (-ENOTTY)";
  CHECK(listed_with(folder, "flr bus\n")["differences"] == Json::array({difference("bus", "kernel", why)}));
  CHECK(contains(run({"list", folder.path()}).out, " Linux: flr +bus\n"));
}
TEST_CASE("program: Linux's list: bus of a port is only there, and Linux refuses it", "[program]") {
  const Folder folder;
  Bytes above = given(nvme_port_name), port = above;
  above[0x1a] = port[0x19] = port[0x1a] = 2;
  folder.file("0000:00:01.0/config", above);
  folder.file("0000:01:00.0/config", port);
  folder.file("0000:01:00.0/reset_method", std::string("bus\n"));
  const Json kernel = function_at(list_json({folder.path()}), "0000:01:00.0")["kernel"];
  CHECK(kernel["differences"] ==
        Json::array({difference("bus", "kernel",
                                "bus, of a port: Linux makes the list before it knows the bus below, "
                                "and refuses such a reset (-ENOTTY)")}));
}
TEST_CASE("program: Linux's list: bus below a CXL port is in both, and Linux refuses it", "[program]") {
  const Folder folder;
  folder.file("0000:34:00.0/config", given(cxl_port_name));
  folder.file("0000:35:00.0/config", given(cxl_name));
  folder.file("0000:35:00.0/reset_method", std::string("bus cxl_bus\n"));
  const Json kernel = function_at(list_json({folder.path()}), "0000:35:00.0")["kernel"];
  CHECK(kernel["differences"] ==
        Json::array({difference("bus", "both",
                                "bus, below a CXL port that masks it: Linux lists it, and refuses such "
                                "a reset (-ENOTTY)")}));
  CHECK(contains(run({"list", folder.path()}).out, " Linux: !bus cxl_bus\n"));
}
TEST_CASE("program: Linux's list: a shorter one may be a selection", "[program]") {
  const Folder folder;
  CHECK(listed_with(folder, "flr\n")["differences"] == Json::array({difference("bus", "here", a_selection)}));
  CHECK(contains(run({"list", folder.path()}).out, " Linux: flr -bus\n"));
}
TEST_CASE("program: Linux's list: one without methods is a selection, too", "[program]") {
  const Folder folder;
  const Json kernel = listed_with(folder, "");
  CHECK((kernel["methods"] == Json::array() && kernel["differences"].size() == 2));
}
TEST_CASE("program: Linux's list: another order is a selection", "[program]") {
  const Folder folder;
  const Json kernel = listed_with(folder, "bus flr\n");
  CHECK((kernel["own_order"] == false && kernel["differences"].empty()));
  CHECK(contains(run({"list", folder.path()}).out, "  another order than that of Linux's own lists: a selection"));
}
TEST_CASE("program: Linux's list: d3cold is not in it", "[program]") {
  const Folder folder;
  listed_with(folder, "flr bus\n");
  const Json report = list_json({folder.path(), "--platform", "power"});
  CHECK(function_at(report, "0000:01:00.0")["kernel"]["differences"] ==
        Json::array({difference("d3cold", "here", "d3cold: Linux has no such method")}));
}
TEST_CASE("program: Linux's list: a method that is not known here is only there", "[program]") {
  const Folder folder;
  CHECK(listed_with(folder, "flr bus luck\n")["differences"] ==
        Json::array({difference("luck", "kernel", "luck: this program does not know the method")}));
}
TEST_CASE("program: Linux's list: each reason is given once, below the table", "[program]") {
  const Folder folder;
  folder.file("0000:00:01.0/reset_method", std::string("acpi\n"));
  listed_with(folder, "acpi flr bus\n");
  const std::string text = run({"list", folder.path()}).out;
  const auto reason = text.find("\n  acpi: sysfs does not tell whether ACPI has a _RST");
  CHECK((text.find(" Linux: +acpi flr bus") < reason && reason != std::string::npos));
  CHECK(text.find("  acpi:", reason + 3) == std::string::npos);
}
TEST_CASE("program: Linux's list: a single function has it among its methods", "[program]") {
  const Folder folder;
  listed_with(folder, "flr\n");
  CHECK(contains(run({"list", folder.path() + "/0000:01:00.0"}).out, "\n  methods  flr bus\n  Linux    flr -bus\n"));
}
TEST_CASE("program: Linux's list: no line has more than 80 columns", "[program]") {
  const Folder folder;
  listed_with(folder, "bus flr pm device_specific acpi af_flr a_method_that_is_not_known_here\n");
  Words wide;
  for (const std::string& line : lines_of(run({"list", folder.path()}).out)) {
    if (line.size() > 80) wide.push_back(line);
  }
  CHECK(wide == Words{});
}
TEST_CASE("program: Linux's list: a name in it is escaped", "[program]") {
  const Folder folder;
  listed_with(folder, "flr bus \033[31m\n");
  CHECK(run({"list", folder.path()}).out.find('\033') == std::string::npos);
}
TEST_CASE("program: a FIFO that stands where sysfs has a file is not waited for", "[program]") {
  const Folder folder;
  make_sysfs(folder);
  for (const std::string name : {"0000:00:01.0/vendor", "0000:01:00.0/reset_method", "0000:01:00.0/device"}) {
    fs::remove(folder.path() + "/" + name);
    REQUIRE(mkfifo((folder.path() + "/" + name).c_str(), 0600) == 0);
  }
  CHECK(list_json({folder.path()})["functions"].size() == 2);
}
