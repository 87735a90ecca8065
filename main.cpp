#include "commands/keys.hpp"
#include "commands/rebuild.hpp"
#include "commands/serve.hpp"
#include "config/load.hpp"
#include "config/print.hpp"
#include "crypto/random.hpp"
#include "domain/clock.hpp"
#include "domain/version.hpp"
#include "telemetry/log.hpp"

#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace polar_flow {
namespace {

/// For a command line or a configuration that makes no sense; nothing was started.
constexpr int exit_bad_configuration = 2;

telemetry::severity severity_of(log_level level) {
  switch (level) {
  case log_level::debug:
    return telemetry::severity::debug;
  case log_level::info:
    return telemetry::severity::info;
  case log_level::warning:
    return telemetry::severity::warning;
  case log_level::error:
    return telemetry::severity::error;
  }
  return telemetry::severity::info;
}

template <class... Functions>
struct overloaded : Functions... {
  using Functions::operator()...;
};

int run_keys(const settings& values, const auto& function, const auto& arguments) {
  const auto clock = make_system_clock();
  const auto random = crypto::make_system_random();
  // The key commands talk to a person, who does not want to read log lines.
  telemetry::set_log_level(telemetry::severity::error);
  return function(commands::keys_environment{values, *clock, *random}, arguments);
}

int run(const invocation& wanted) {
  const auto& values = wanted.values;
  return std::visit(
      overloaded{
          [&](const serve_command&) { return commands::serve(values); },
          [](const print_version_command&) {
            std::cout << "polar-flow-server " << server_version << '\n';
            return 0;
          },
          [&](const print_config_command&) {
            std::cout << print_config(values);
            return 0;
          },
          [](const check_config_command&) {
            std::cout << "The configuration is in order.\n";
            return 0;
          },
          [](const print_help_command& help) {
            std::cout << help.text;
            return 0;
          },
          [&](const create_key_command& arguments) {
            return run_keys(values, commands::create_key, arguments);
          },
          [&](const list_keys_command& arguments) {
            return run_keys(values, commands::list_keys, arguments);
          },
          [&](const revoke_key_command& arguments) {
            return run_keys(values, commands::revoke_key, arguments);
          },
          [&](const rebuild_command& arguments) {
            const auto clock = commands::choose_clock(values);
            // The outcome is for a person, who does not want to read log lines.
            telemetry::set_log_level(telemetry::severity::error);
            return commands::rebuild(values, *clock, arguments);
          }},
      wanted.what);
}

} // namespace
} // namespace polar_flow

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto wanted = polar_flow::load(arguments, polar_flow::process_surroundings());
    if (!wanted) {
      for (const auto& problem : wanted.error())
        std::cerr << problem.where << ": " << problem.message << '\n';
      return polar_flow::exit_bad_configuration;
    }
    polar_flow::telemetry::set_log_level(
        polar_flow::severity_of(wanted->values.log.level));
    return polar_flow::run(*wanted);
  } catch (const std::exception& defect) {
    std::cerr << "polar-flow-server: " << defect.what() << '\n';
    return 1;
  }
}
