// KeptState: what must outlive the process that resets a function. A lock, and a record of a reset that has not ended
// well, so that the next process finds the function quarantined.
#pragma once

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <reset_guard/reset_guard.hpp>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "file.hpp"

namespace host {

// What is known of a function that is quarantined, or was in reset when its process ended.
struct Record {
  std::uint64_t epoch = 0;
  std::string reason;                   // for a person
  rg::Errc code = rg::Errc::abandoned;  // of the first error
  std::int32_t native = 0;
  bool unfenced = false;
  std::vector<std::uint8_t> config;  // config space as it was before the reset
};

class KeptState {
 public:
  // Takes the lock of a function. The system gives it back when the process ends, however it ends.
  // Effects: makes the folder and the lock's file, NAME.lock, if they are not there.
  // Errors: busy if another process has the lock; those of mkdir(), open() and flock().
  RESET_GUARD_MUST_USE static rg::Result<KeptState> lock(const std::string& folder, const std::string& name) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return last_error("make the folder of records");
    const std::string path = folder + "/" + name;
    RESET_GUARD_TRY(auto file, File::open(path + ".lock", O_RDWR | O_CREAT, "open the lock"));
    if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return rg::Error(rg::Errc::busy, EWOULDBLOCK, "lock");
      return last_error("lock");
    }
    return KeptState(std::move(file), path + ".quarantined");
  }

  const std::string& path() const noexcept { return path_; }  // of the record

  // The record that an earlier process has left.
  // Effects: removes one from before the machine was started, since that has reset all functions.
  // Returns: nothing if there is none.
  // Errors: invalid if it cannot be understood; those of unlink().
  RESET_GUARD_MUST_USE rg::Result<std::optional<Record>> find() const {
    const auto text = read_record();
    if (!text) return std::optional<Record>();
    std::map<std::string, std::string> fields;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
      const std::size_t colon = line.find(": ");
      if (colon != std::string::npos) fields[line.substr(0, colon)] = line.substr(colon + 2);
    }
    if (fields["boot"] != boot()) {
      RESET_GUARD_CHECK(forget());
      return std::optional<Record>();
    }
    Record record;
    unsigned code = 0;
    int unfenced = 0;
    if (!number(fields["epoch"], record.epoch) || !number(fields["code"], code) ||
        !number(fields["native"], record.native) || !number(fields["unfenced"], unfenced) ||
        !from_hex(fields["config"], record.config)) {
      return rg::Error(rg::Errc::invalid, 0, "read the record of an earlier reset");
    }
    record.code = static_cast<rg::Errc>(code);
    record.reason = fields["reason"];
    record.unfenced = unfenced != 0;
    return std::optional(std::move(record));
  }

  // Effects: the record is on the disk before this returns, or the old one still is.
  // Errors: those of open(), write(), fsync() and rename().
  RESET_GUARD_MUST_USE rg::Status keep(const Record& record) const {
    static constexpr rg::Literal where = "keep a record of the reset";
    std::string text = "reason: " + record.reason + "\nboot: " + boot() + "\nepoch: " + std::to_string(record.epoch) +
                       "\ncode: " + std::to_string(static_cast<unsigned>(record.code)) +
                       "\nnative: " + std::to_string(record.native) +
                       "\nunfenced: " + std::to_string(static_cast<int>(record.unfenced)) + "\nconfig: ";
    for (const std::uint8_t byte : record.config) {
      for (const unsigned digit : {byte / 16u, byte % 16u}) text += "0123456789abcdef"[digit];
    }
    text += '\n';
    const std::string draft = path_ + ".new";
    RESET_GUARD_TRY(auto file, File::open(draft, O_WRONLY | O_CREAT | O_TRUNC, where));
    for (std::string_view rest = text; !rest.empty();) {
      const ssize_t size = ::write(file.descriptor(), rest.data(), rest.size());
      if (size < 0) return last_error(where);
      rest.remove_prefix(static_cast<std::size_t>(size));
    }
    if (::fsync(file.descriptor()) != 0) return last_error(where);
    if (::rename(draft.c_str(), path_.c_str()) != 0) return last_error(where);
    return rg::ok();
  }

  // Removes the record.
  // Errors: those of unlink(). That there is none is a success.
  RESET_GUARD_MUST_USE rg::Status forget() const {
    if (::unlink(path_.c_str()) != 0 && errno != ENOENT) return last_error("remove the record of the reset");
    return rg::ok();
  }

 private:
  KeptState(File file, std::string path) noexcept : lock_(std::move(file)), path_(std::move(path)) {}

  // A record of 4096 bytes of config space has some 8300.
  std::optional<std::string> read_record() const {
    std::FILE* file = std::fopen(path_.c_str(), "re");
    if (file == nullptr) return std::nullopt;
    std::string text(1 << 14, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    return text;
  }

  // Which start of the machine it is.
  static std::string boot() { return read_text("/proc/sys/kernel/random/boot_id").value_or("unknown"); }

  template <class Number>
  static bool number(const std::string& text, Number& value) noexcept {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
  }

  static bool from_hex(const std::string& text, std::vector<std::uint8_t>& bytes) {
    if (text.size() % 2 != 0) return false;
    for (const char* at = text.c_str(); *at != '\0'; at += 2) {
      std::uint8_t byte = 0;
      const auto [end, error] = std::from_chars(at, at + 2, byte, 16);
      if (error != std::errc() || end != at + 2) return false;
      bytes.push_back(byte);
    }
    return true;
  }

  File lock_;
  std::string path_;
};

}  // namespace host
