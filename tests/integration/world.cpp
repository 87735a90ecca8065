#include "tests/integration/world.hpp"

#include "tests/integration/database.hpp"

#include <fstream>

namespace polar_flow::testing {

std::filesystem::path write_instant(const std::filesystem::path& folder,
                                    const std::string& instant) {
  const auto file = folder / "clock";
  const auto fresh = folder / "clock.new";
  std::ofstream{fresh} << instant << '\n';
  // Nobody may read half an instant.
  std::filesystem::rename(fresh, file);
  return file;
}

std::filesystem::path write_clock(const std::filesystem::path& folder) {
  return write_instant(folder, test_instant);
}

server_options lonely_options(const std::filesystem::path& folder) {
  return {.folder = folder,
          .environment = {{"DATA_DIR", (folder / "data").string()},
                          {"KEY_DIR", (folder / "keys").string()},
                          {"API_HOST", "127.0.0.1"},
                          {"API_KEY", master_key}}};
}

world::world(const world_options& options) {
  const auto clock_file = write_clock(folder_.path());
  simulator_ = std::make_unique<simulator_process>(
      simulator_options{.folder = folder_.path(),
                        .athletes = options.athletes,
                        .arguments = options.simulator_arguments,
                        .clock_file = clock_file});
  options_ = options_for(*simulator_, folder_.path());
  options_.arguments = {"--clock-file", clock_file.string()};
  for (const auto& [name, value] : options.environment)
    options_.environment.insert_or_assign(name, value);
  server_ = std::make_unique<server_process>(options_);
  database{folder_.path()}.trust_the_system_cache();
}

void world::set_clock(const std::string& instant) {
  write_instant(folder_.path(), instant);
}

void world::keep_address() {
  const auto port = std::to_string(server_->port());
  options_.arguments.insert(options_.arguments.end(), {"--port", port});
  options_.environment["POLAR_WEBHOOK_URL"] = "http://127.0.0.1:" + port + "/webhooks/polar";
}

void world::set_option(const std::string& name, const std::string& value) {
  options_.environment[name] = value;
}

void world::restart_server() {
  server_ = nullptr;
  server_ = std::make_unique<server_process>(options_);
}

} // namespace polar_flow::testing
