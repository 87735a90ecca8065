#include "config/load.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <thread>

#include <unistd.h>

namespace polar_flow {

surroundings process_surroundings() {
  surroundings around;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text{*entry};
    const auto equals_sign = text.find('=');
    if (equals_sign != std::string_view::npos)
      around.variables.emplace(text.substr(0, equals_sign), text.substr(equals_sign + 1));
  }
  std::error_code ignored;
  around.working_folder = std::filesystem::current_path(ignored);
  around.system_config_file = "/etc/polar-flow-server/polar-flow-server.toml";
  around.is_root = ::geteuid() == 0;
  around.cores = std::max(1u, std::thread::hardware_concurrency());
  return around;
}

} // namespace polar_flow
