#pragma once

#include "config/load.hpp"
#include "config/option.hpp"
#include "config/sources.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <unistd.h>

namespace polar_flow {

inline std::ostream& operator<<(std::ostream& out, const problem& what) {
  return out << what.where << ": " << what.message;
}

} // namespace polar_flow

namespace polar_flow::testing {

/// The option of this name; tests name only options that exist.
inline const option& option_called(std::string_view name) {
  return *std::ranges::find(all_options(), name, &option::name);
}

inline std::vector<std::string> texts_of(const std::vector<problem>& problems) {
  std::vector<std::string> texts;
  for (const auto& what : problems)
    texts.push_back(what.where + ": " + what.message);
  return texts;
}

/// A working folder and an environment of its own; HOME lies in it.
class made_up_machine {
public:
  made_up_machine() {
    static int counter = 0;
    folder_ = std::filesystem::temp_directory_path()
              / ("polar_flow_config_" + std::to_string(::getpid()) + '_'
                 + std::to_string(counter++));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "work");
    around.working_folder = folder_ / "work";
    around.system_config_file = folder_ / "etc" / "polar-flow-server.toml";
    around.variables["HOME"] = (folder_ / "home").string();
    around.cores = 8;
  }

  made_up_machine(const made_up_machine&) = delete;
  made_up_machine& operator=(const made_up_machine&) = delete;

  ~made_up_machine() {
    std::filesystem::remove_all(folder_);
  }

  const std::filesystem::path& folder() const {
    return folder_;
  }

  std::filesystem::path home() const {
    return folder_ / "home";
  }

  /// `name` is relative to the working folder.
  void write(const std::filesystem::path& name, std::string_view text) const {
    const auto file = around.working_folder / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << text;
  }

  std::expected<invocation, std::vector<problem>> load(std::vector<std::string> arguments
                                                       = {}) const {
    return polar_flow::load(arguments, around);
  }

  /// Settings that must be right.
  settings load_values(std::vector<std::string> arguments = {}) const {
    auto loaded = load(std::move(arguments));
    if (!loaded) {
      std::string all;
      for (const auto& text : texts_of(loaded.error()))
        all += text + '\n';
      throw std::runtime_error{all};
    }
    return std::move(loaded->values);
  }

  std::vector<std::string> problems(std::vector<std::string> arguments = {}) const {
    const auto loaded = load(std::move(arguments));
    return loaded ? std::vector<std::string>{} : texts_of(loaded.error());
  }

  surroundings around;

private:
  std::filesystem::path folder_;
};

} // namespace polar_flow::testing
