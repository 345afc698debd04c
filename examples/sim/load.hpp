// load(): config spaces from files. The one part of the simulation that needs an operating system.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "file_name.hpp"
#include "image.hpp"
#include "pci/id.hpp"

namespace sim {

struct Loaded {
  std::vector<Image> images;         // sorted by address
  std::vector<std::string> skipped;  // a line for each function that was not asked for by name, and is of no use
};

namespace detail {

namespace fs = std::filesystem;

// A file that may hold a function's config space.
struct Candidate {
  fs::path path;
  pci::Address address{};
  std::optional<pci::Id> id{};
  bool address_known = true;
  bool in_sysfs = false;  // its folder has more files about it
};

inline std::string reason(int number) { return std::generic_category().message(number); }

// Reads a file, but not more than a little beyond the largest config space.
inline bool read_bytes(const fs::path& path, std::vector<std::uint8_t>& bytes, InputError& why) {
  why = InputError{path.string(), {}, {}};
  std::error_code code;
  if (!fs::is_regular_file(path, code)) {
    const bool exists = fs::exists(path, code);
    why.what = exists ? "not a file" : "no such file";
    why.remedy = "name a config file, or a folder of them";
    return false;
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    why.what = "cannot be opened: " + reason(errno);
    why.remedy = "run it as a user who may read it, or copy it";
    return false;
  }
  bytes.resize(pci::extended_config_size + 1);
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  const bool failed = std::ferror(file) != 0;
  const int number = errno;
  std::fclose(file);
  if (failed) {
    why.what = "cannot be read: " + reason(number);
    why.remedy = "copy it to a file that can be";
    return false;
  }
  if (bytes.size() <= pci::extended_config_size) return true;
  const auto size = fs::file_size(path, code);
  return Image::check_size(code ? bytes.size() : std::max<std::uintmax_t>(size, bytes.size()), why);
}

// The first line of a file of sysfs, where the kernel says what it knows. Nothing: there is no such file.
inline std::optional<std::string> read_sysfs_line(const fs::path& path) {
  std::error_code code;
  if (!fs::is_regular_file(path, code)) return std::nullopt;  // opening a FIFO would wait for its writer
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::array<char, 256> text{};
  const std::size_t size = std::fread(text.data(), 1, text.size(), file);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) return std::nullopt;
  return std::string(text.begin(), std::find(text.begin(), text.begin() + size, '\n'));
}

inline std::optional<std::uint16_t> read_sysfs_number(const fs::path& path) {
  const auto text = read_sysfs_line(path);
  if (!text || text->empty()) return std::nullopt;
  return static_cast<std::uint16_t>(std::strtoul(text->c_str(), nullptr, 16));
}

// A function's folder in sysfs: its name is the address, and the config space is in the file `config`.
inline std::optional<Candidate> candidate_in_sysfs(const fs::path& folder) {
  const auto name = parse_file_name(folder.filename().string());
  std::error_code code;
  if (!name || !fs::is_regular_file(folder / "config", code)) return std::nullopt;
  return Candidate{folder / "config", name->address, std::nullopt, true, true};
}

// A virtual function's ids are in no config space. The folder of a function on a root bus is in that bus's own, which
// has a name like pci0000:00.
inline void add_from_sysfs(const fs::path& folder, Image& image) {
  std::error_code code;
  const std::string above = fs::canonical(folder, code).parent_path().filename().string();
  image.on_root_bus = above.starts_with("pci") && above.find(':') != std::string::npos;
  image.kernel_methods = read_sysfs_line(folder / "reset_method");
}

// The functions in a folder: files with names like 0000-01-00.0_1b36_0010.bin, or a tree like /sys/bus/pci/devices.
inline bool list(const fs::path& folder, std::vector<Candidate>& found, InputError& why) {
  why = InputError{folder.string(), {}, {}};
  std::error_code code;
  fs::directory_iterator entry(folder, code), end;
  for (; !code && entry != end; entry.increment(code)) {
    std::error_code ignored;
    const fs::path path = entry->path();
    if (fs::is_directory(path, ignored)) {
      if (auto candidate = candidate_in_sysfs(path)) {
        found.push_back(*std::move(candidate));
        continue;
      }
    }
    if (const auto name = parse_file_name(path.filename().string())) {
      found.push_back(Candidate{path, name->address, name->id});
    }
  }
  if (code) {
    why.what = "cannot be listed: " + code.message();
    why.remedy = "run it as a user who may read it";
    return false;
  }
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return a.address != b.address ? a.address < b.address : a.path < b.path;
  });
  return true;
}

// Appends the candidate's image.
inline bool append(const Candidate& candidate, bool requested, std::vector<Image>& images, InputError& why) {
  std::vector<std::uint8_t> bytes;
  if (!read_bytes(candidate.path, bytes, why)) return false;
  fs::path folder = candidate.path.parent_path();
  if (folder.empty()) folder = ".";
  std::optional<pci::Id> id = candidate.id;
  if (candidate.in_sysfs) {
    const auto vendor = read_sysfs_number(folder / "vendor"), device = read_sysfs_number(folder / "device");
    if (vendor && device) id = pci::Id{*vendor, *device};
  }
  auto image = Image::from_bytes(std::move(bytes), candidate.address, id, candidate.path.string(), why);
  if (image.failed()) {
    std::move(image).discard("what was wrong is in `why`");
    return false;
  }
  images.push_back(std::move(image).take());
  images.back().requested = requested;
  images.back().address_known = candidate.address_known;
  if (candidate.in_sysfs) add_from_sysfs(folder, images.back());
  return true;
}

inline bool load_folder(const fs::path& folder, Loaded& loaded, InputError& why) {
  std::vector<Candidate> candidates;
  if (!list(folder, candidates, why)) return false;
  if (candidates.empty()) {
    why.what = "no config-space files in it";
    why.remedy = "their names begin like 0000-01-00.0 or 0000:01:00.0";
    return false;
  }
  InputError first;
  for (std::size_t i = 0; i != candidates.size(); ++i) {
    if (i != 0 && candidates[i].address == candidates[i - 1].address) {
      why = InputError{candidates[i].path.string(), "the same function as " + candidates[i - 1].path.string(),
                       "keep one of the two"};
      return false;
    }
    if (append(candidates[i], true, loaded.images, why)) continue;
    // One function that sleeps, or that is no use here (a CardBus bridge), must not hide the others.
    if (first.what.empty()) first = why;
    loaded.skipped.push_back(why.message());
  }
  why = std::move(first);
  return !loaded.images.empty();
}

inline bool load_file(const fs::path& path, Loaded& loaded, InputError& why) {
  fs::path folder = path.parent_path();
  Candidate asked{path, {}, std::nullopt, false};
  if (auto in_sysfs =
          path.filename() == "config" ? candidate_in_sysfs(folder.empty() ? fs::path(".") : folder) : std::nullopt) {
    asked = *std::move(in_sysfs);
    asked.path = path;
    folder = folder.parent_path();
  } else if (const auto name = parse_file_name(path.filename().string())) {
    asked = Candidate{path, name->address, name->id};
  }
  if (!append(asked, true, loaded.images, why)) return false;
  if (!asked.address_known) return true;

  // The others in its folder, for the topology: the ports above it, the functions beside it, those below it. A port's
  // bus has a lower number than the bus behind it.
  std::vector<Candidate> others;
  InputError ignored;
  if (!list(folder.empty() ? fs::path(".") : folder, others, ignored)) return true;
  const Image& image = loaded.images.back();
  const std::uint8_t last = image.is_bridge()
                                ? std::max(asked.address.bus, image.config().read8(pci::bridge::subordinate_bus))
                                : asked.address.bus;
  for (const Candidate& other : others) {
    if (other.address == asked.address || other.address == loaded.images.back().address) continue;
    if (other.address.domain != asked.address.domain || other.address.bus > last) continue;
    if (!append(other, false, loaded.images, ignored)) loaded.skipped.push_back(ignored.message());
  }
  std::sort(loaded.images.begin(), loaded.images.end(),
            [](const Image& a, const Image& b) { return a.address < b.address; });
  return true;
}

}  // namespace detail

// What: reads one config-space file, a folder of them, or a tree like /sys/bus/pci/devices (which is only read).
// Effects: of a file that is given alone, the functions in its folder that are above, beside or below it are loaded
// too, not `requested`: they say which port it is below.
// Returns: the images, by address.
// Errors: invalid, and `why` says for which file, what is wrong and how to mend it: a file that is given alone, or the
// first one of a folder in which none is of use; a function that is there twice.
RESET_GUARD_MUST_USE inline rg::Result<Loaded> load(const std::string& name, InputError& why) {
  namespace fs = std::filesystem;
  Loaded loaded;
  std::error_code code;
  fs::path path(name);
  if (!path.has_filename() && path.has_relative_path()) path = path.parent_path();  // "folder/"
  bool good = false;
  if (!fs::is_directory(path, code)) {
    good = detail::load_file(path, loaded, why);
  } else if (detail::candidate_in_sysfs(path)) {  // one function's folder in such a tree
    good = detail::load_file(path / "config", loaded, why);
  } else {
    good = detail::load_folder(path, loaded, why);
  }
  if (!good) return rg::Error(rg::Errc::invalid, 0, "load");
  return loaded;
}

}  // namespace sim
