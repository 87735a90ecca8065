#pragma once

#include "zip/reader.hpp"
#include "zip/writer.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace polar_flow::testing {

/// Name and content, in order.
using packed_files = std::vector<std::pair<std::string, std::string>>;

inline std::string make_zip(const packed_files& files) {
  zip::writer out;
  for (const auto& [name, content] : files) {
    out.begin_file(name, instant{}).value();
    out.append(content).value();
    out.end_file().value();
  }
  out.finish().value();
  return out.take();
}

/// A file of its own under the system's temporary folder, gone when the object is.
class file_on_disk {
public:
  explicit file_on_disk(const std::string& bytes) {
    const int handle = ::mkstemp(path_.data());
    if (handle < 0)
      throw std::runtime_error{"no temporary file"};
    ::close(handle);
    std::ofstream{path_, std::ios::binary} << bytes;
  }

  ~file_on_disk() {
    std::filesystem::remove(path_);
  }

  file_on_disk(const file_on_disk&) = delete;
  file_on_disk& operator=(const file_on_disk&) = delete;

  std::filesystem::path path() const {
    return path_;
  }

private:
  std::string path_ = (std::filesystem::temp_directory_path() / "polar_flow_zip_XXXXXX").string();
};

/// Everything that a reader says about a zip.
struct zip_story {
  /// What could be read, by name.
  std::map<std::string, std::string> contents;
  /// Refused names and unreadable files, by name, each with the sentence.
  std::map<std::string, std::string> refused;
  /// The error that ended it.
  std::optional<error> failure;
};

inline zip_story read_zip(const std::string& bytes, const zip::limits& bounds = {},
                          std::size_t bytes_max = std::size_t{1} << 30) {
  const file_on_disk file{bytes};
  zip_story story;
  auto opened = zip::reader::open(file.path(), bounds);
  if (!opened) {
    story.failure = opened.error();
    return story;
  }
  while (true) {
    const auto found = opened->next();
    if (!found)
      story.failure = found.error();
    if (!found || !*found)
      return story;
    const auto& name = (*found)->name;
    if (!(*found)->is_acceptable()) {
      story.refused[name] = (*found)->objection;
      continue;
    }
    auto content = opened->read(bytes_max);
    if (content)
      story.contents[name] = std::move(*content);
    else
      story.refused[name] = content.error().message;
  }
}

/// Every `what` in `text` replaced by `with`.
inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

} // namespace polar_flow::testing
