#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "sim_machine.hpp"

namespace {

namespace fs = std::filesystem;

// A folder of its own, for the time of one test.
class Folder {
 public:
  Folder() {
    static int number = 0;
    path_ = fs::temp_directory_path() / ("reset_guard_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    fs::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  std::string write(const std::string& name, const std::vector<std::uint8_t>& bytes) const {
    const fs::path file = path_ / name;
    fs::create_directories(file.parent_path());
    std::FILE* out = std::fopen(file.c_str(), "wb");
    REQUIRE(out != nullptr);
    if (!bytes.empty()) REQUIRE(std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size());
    REQUIRE(std::fclose(out) == 0);
    return file.string();
  }
  void text(const std::string& name, const std::string& text) const {
    write(name, std::vector<std::uint8_t>(text.begin(), text.end()));
  }
  std::string name() const { return path_.string(); }

 private:
  fs::path path_;
};

std::vector<std::uint8_t> bytes_of(pci::Id id) { return given(id).bytes(); }

sim::Loaded loaded(const std::string& name) {
  sim::InputError why;
  auto result = sim::load(name, why);
  INFO(why.message());
  return value_of(std::move(result));
}

std::string refusal(const std::string& name) {
  sim::InputError why;
  CHECK(code_of(sim::load(name, why)) == rg::Errc::invalid);
  CHECK(why.file.rfind(name, 0) == 0);
  return why.what;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

// --- names ---

TEST_CASE("load: a name says the address, and the ids if they are there", "[sim]") {
  const auto name = sim::parse_file_name("0000-01-1f.7_1b36_0010.bin");
  REQUIRE(name);
  CHECK(name->address == pci::Address{0, 0x01, 0x1f, 7});
  CHECK(name->id == nvme_id);
}

TEST_CASE("load: names without ids, without a domain, with colons are names too", "[sim]") {
  for (const char* text : {"0000:01:00.0", "0000-01-00.0.bin", "01-00.0", "01:00.0.config", "0-01-00.0"}) {
    const auto name = sim::parse_file_name(text);
    REQUIRE(name);
    CHECK(name->address == pci::Address{0, 1, 0, 0});
    CHECK_FALSE(name->id.has_value());
  }
}

TEST_CASE("load: a domain may be longer than four digits", "[sim]") {
  const auto name = sim::parse_file_name("10000:e1:00.0");
  REQUIRE(name);
  CHECK(name->address.domain == 0x10000);
}

TEST_CASE("load: what is no address is no name", "[sim]") {
  for (const char* text :
       {"", "README.md", "00.0", "0000-01-20.0", "0000-01-00.8", "0000-01-00", "0000-01-00.", "0000-001-00.0",
        "000000000-01-00.0", "1-2-3-4.0", "0000-01-00.0x", "0000-01-00.0_1b36.bin", "0000-01-00.0_1b36_001.bin"}) {
    INFO(text);
    CHECK_FALSE(sim::parse_file_name(text).has_value());
  }
}

// --- good input ---

TEST_CASE("load: the given folder has seven functions, all asked for", "[sim]") {
  const sim::Loaded all = loaded(RESET_GUARD_DATA_DIR);
  CHECK(all.images.size() == 7);
  for (const sim::Image& image : all.images) CHECK(image.requested);
}

TEST_CASE("load: a file given alone brings its port along, which was not asked for", "[sim]") {
  const sim::Loaded one = loaded(std::string(RESET_GUARD_DATA_DIR) + "/0000-35-00.0_8086_0d93.bin");
  sim::Fabric fabric(one.images);
  unsigned requested = 0;
  for (const sim::Image& image : one.images) requested += image.requested;
  CHECK(requested == 1);
  sim::Function* memory = fabric.find({0, 0x35, 0, 0});
  REQUIRE(memory != nullptr);
  CHECK(memory->requested());
  REQUIRE(memory->parent() != nullptr);
  CHECK(memory->parent()->id() == cxl_port_id);
}

TEST_CASE("load: a file with colons and without ids is as good", "[sim]") {
  Folder folder;
  const std::string file = folder.write("0000:01:00.0", bytes_of(nvme_id));
  const sim::Loaded one = loaded(file);
  REQUIRE(one.images.size() == 1);
  CHECK(one.images[0].id() == nvme_id);
  CHECK(one.images[0].address == pci::Address{0, 1, 0, 0});
}

TEST_CASE("load: a file whose name is no address is a function below no port", "[sim]") {
  Folder folder;
  folder.write("0000-00-01.0.bin", bytes_of(root_port_id));
  const sim::Loaded one = loaded(folder.write("dump.bin", bytes_of(nvme_id)));
  REQUIRE(one.images.size() == 1);
  CHECK(sim::Fabric(one.images)[0].parent() == nullptr);
}

TEST_CASE("load: a broken neighbour of a file given alone is skipped, and said so", "[sim]") {
  Folder folder;
  folder.write("0000-00-01.0.bin", std::vector<std::uint8_t>(63));
  const sim::Loaded one = loaded(folder.write("0000-01-00.0.bin", bytes_of(nvme_id)));
  CHECK(one.images.size() == 1);
  CHECK(one.skipped.size() == 1);
}

TEST_CASE("load: files that are no functions do not matter in a folder", "[sim]") {
  Folder folder;
  folder.write("0000-01-00.0.bin", bytes_of(nvme_id));
  folder.text("README.md", "text");
  CHECK(loaded(folder.name()).images.size() == 1);
  CHECK(loaded(folder.name() + "/").images.size() == 1);
}

TEST_CASE("load: a tree like sysfs has its functions in folders, and a virtual function's ids in files", "[sim]") {
  Folder folder;
  folder.write("0000:00:01.0/config", bytes_of(root_port_id));
  folder.write("0000:01:00.1/config", quirk_images({0x19e5, 0x375e}).back().bytes());
  folder.text("0000:01:00.1/vendor", "0x19e5\n");
  folder.text("0000:01:00.1/device", "0x375e\n");
  const sim::Loaded tree = loaded(folder.name());
  REQUIRE(tree.images.size() == 2);
  CHECK(tree.images[1].id() == pci::Id{0x19e5, 0x375e});
  CHECK(tree.images[1].is_virtual_function());
  CHECK(sim::Fabric(tree.images)[1].parent() != nullptr);
}

TEST_CASE("load: one function of such a tree, by its folder or its file, finds its port", "[sim]") {
  Folder folder;
  folder.write("0000:00:01.0/config", bytes_of(root_port_id));
  const std::string file = folder.write("0000:01:00.0/config", bytes_of(nvme_id));
  for (const std::string& name : {file, folder.name() + "/0000:01:00.0"}) {
    const sim::Loaded one = loaded(name);
    REQUIRE(one.images.size() == 2);
    CHECK_FALSE(one.images[0].requested);
    CHECK(one.images[1].requested);
    CHECK(sim::Fabric(one.images)[1].parent() != nullptr);
  }
}

TEST_CASE("load: in such a tree a function that does not answer hides no other", "[sim]") {
  Folder folder;
  folder.write("0000:01:00.0/config", bytes_of(nvme_id));
  folder.write("0000:02:00.0/config", std::vector<std::uint8_t>(256, 0xff));
  const sim::Loaded tree = loaded(folder.name());
  CHECK(tree.images.size() == 1);
  REQUIRE(tree.skipped.size() == 1);
  CHECK(has(tree.skipped[0], "all ones"));
}

TEST_CASE("load: a virtual function's ids come from the file's name", "[sim]") {
  Folder folder;
  const sim::Loaded one =
      loaded(folder.write("0000-01-00.1_1b36_0010.bin", quirk_images({0x19e5, 0x375e}).back().bytes()));
  REQUIRE(one.images.size() == 1);
  CHECK(one.images[0].id() == nvme_id);
}

TEST_CASE("load: ids that can be read count more than the file's name", "[sim]") {
  Folder folder;
  CHECK(loaded(folder.write("0000-01-00.0_1234_5678.bin", bytes_of(nvme_id))).images[0].id() == nvme_id);
}

// --- bad input ---

TEST_CASE("load: a size that no config space has is named", "[sim]") {
  Folder folder;
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", {})), "empty"));
  for (const std::size_t size : {1u, 63u, 65u, 257u, 5000u}) {
    const std::string what = refusal(folder.write("0000-02-00.0.bin", std::vector<std::uint8_t>(size)));
    CHECK(what.rfind(std::to_string(size) + " byte", 0) == 0);
  }
}

TEST_CASE("load: exactly 64 bytes are what sysfs gives to a user who is not root", "[sim]") {
  Folder folder;
  std::vector<std::uint8_t> bytes = bytes_of(nvme_id);
  bytes.resize(64);
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", bytes)), "not root"));
}

TEST_CASE("load: all ones are an absent function", "[sim]") {
  Folder folder;
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", std::vector<std::uint8_t>(256, 0xff))), "all ones"));
}

TEST_CASE("load: ids of all ones with a dead Command are an absent function, and no virtual one", "[sim]") {
  Folder folder;
  std::vector<std::uint8_t> bytes = bytes_of(nvme_id);
  for (std::size_t at = 0; at != 8; ++at) bytes[at] = 0xff;
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", bytes)), "all ones"));
}

TEST_CASE("load: a capability loop is refused", "[sim]") {
  Folder folder;
  std::vector<std::uint8_t> bytes = bytes_of(nvme_id);
  bytes[0x61] = 0x40;
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", bytes)), "loop"));
}

TEST_CASE("load: an extended capability loop is refused", "[sim]") {
  Folder folder;
  std::vector<std::uint8_t> bytes = bytes_of(cxl_memory_id);
  bytes[0x102] = 0x01;
  bytes[0x103] = 0x10;
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", bytes)), "loop"));
}

TEST_CASE("load: bytes that are no header are refused", "[sim]") {
  Folder folder;
  CHECK(has(refusal(folder.write("0000-01-00.0.bin", std::vector<std::uint8_t>(256, 0x5a))), "header type"));
}

TEST_CASE("load: a folder without functions says which names are looked for", "[sim]") {
  Folder folder;
  folder.text("notes.txt", "text");
  sim::InputError why;
  CHECK(code_of(sim::load(folder.name(), why)) == rg::Errc::invalid);
  CHECK(has(why.what, "no config-space files"));
  CHECK(has(why.remedy, "0000-01-00.0"));
}

TEST_CASE("load: a missing file is missing", "[sim]") { CHECK(has(refusal("no/such/file.bin"), "no such file")); }

TEST_CASE("load: one bad file of a folder is left out, and is named", "[sim]") {
  Folder folder;
  folder.write("0000-01-00.0.bin", bytes_of(nvme_id));
  const std::string bad = folder.write("0000-02-00.0.bin", std::vector<std::uint8_t>(63));
  const sim::Loaded others = loaded(folder.name());
  CHECK(others.images.size() == 1);
  REQUIRE(others.skipped.size() == 1);
  CHECK(others.skipped[0].rfind(bad + ": 63 bytes", 0) == 0);
}

TEST_CASE("load: beside a file given alone only those are read that are above, beside or below it", "[sim]") {
  Folder folder;
  folder.write("0000-00-01.0.bin", bytes_of(root_port_id));
  folder.write("0000-02-00.0.bin", std::vector<std::uint8_t>(63));
  folder.write("0001-00-01.0.bin", std::vector<std::uint8_t>(63));
  const sim::Loaded one = loaded(folder.write("0000-01-00.0.bin", bytes_of(nvme_id)));
  CHECK(one.images.size() == 2);
  CHECK(one.skipped.empty());
}

TEST_CASE("load: with a port given alone goes what is below it", "[sim]") {
  Folder folder;
  folder.write("0000-01-00.0.bin", bytes_of(nvme_id));
  CHECK(loaded(folder.write("0000-00-01.0.bin", bytes_of(root_port_id))).images.size() == 2);
}

TEST_CASE("load: two files for one function are refused", "[sim]") {
  Folder folder;
  folder.write("0000-01-00.0.bin", bytes_of(nvme_id));
  folder.write("0000:01:00.0.bin", bytes_of(nvme_id));
  sim::InputError why;
  CHECK(code_of(sim::load(folder.name(), why)) == rg::Errc::invalid);
  CHECK(has(why.what, "the same function as"));
}

TEST_CASE("load: a tree that gives 64 bytes of everything says why", "[sim]") {
  Folder folder;
  std::vector<std::uint8_t> bytes = bytes_of(nvme_id);
  bytes.resize(64);
  folder.write("0000:01:00.0/config", bytes);
  sim::InputError why;
  CHECK(code_of(sim::load(folder.name(), why)) == rg::Errc::invalid);
  CHECK(has(why.what, "not root"));
}

TEST_CASE("load: a message is one line, with the file, what is wrong and how to mend it", "[sim]") {
  Folder folder;
  const std::string file = folder.write("0000-01-00.0.bin", std::vector<std::uint8_t>(63));
  sim::InputError why;
  CHECK(code_of(sim::load(file, why)) == rg::Errc::invalid);
  CHECK(why.message() ==
        file + ": 63 bytes: a config space has 256 or 4096 (copy the whole of a function's config file)");
}

TEST_CASE("load: no bytes crash it", "[sim]") {
  std::uint32_t random = 1;
  const auto next = [&random] { return random = random * 1664525u + 1013904223u; };
  for (int run = 0; run != 300; ++run) {
    std::vector<std::uint8_t> bytes = run % 2 != 0 ? bytes_of(cxl_port_id) : bytes_of(virtio_id);
    for (int i = 0; i != 40; ++i) {
      const std::size_t at = next() >> 8 & (i % 2 != 0 ? 0xfffu : 0xffu);
      bytes[at] = static_cast<std::uint8_t>(next() >> 16);
    }
    sim::InputError why;
    auto image = sim::Image::from_bytes(bytes, {}, std::nullopt, "random", why);
    if (image.failed()) {
      CHECK(code_of(std::move(image)) == rg::Errc::invalid);
      CHECK_FALSE(why.what.empty());
    } else {
      sim::Fabric fabric = machine_of({value_of(std::move(image))});
      for (unsigned at = 0; at < 0x200; at += 2) {
        std::move(fabric[0].write16(static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(next())))
            .discard("test: whether it crashes is what counts");
      }
    }
  }
}
