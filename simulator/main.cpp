#include "simulator/accesslink.hpp"
#include "simulator/options.hpp"
#include "simulator/server.hpp"

#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

namespace simulator = polar_flow::simulator;

/// Whoever waits for the file never sees half of it.
void write_port_file(const std::filesystem::path& file, std::uint16_t port) {
  auto temporary = file;
  temporary += ".new";
  std::ofstream stream{temporary};
  stream << port << '\n';
  stream.close();
  if (!stream)
    throw std::runtime_error("cannot write " + temporary.string());
  std::filesystem::rename(temporary, file);
}

std::shared_ptr<const polar_flow::wall_clock> choose_clock(const simulator::options& settings) {
  return settings.clock_file ? polar_flow::make_file_clock(*settings.clock_file)
                             : polar_flow::make_system_clock();
}

void serve(const simulator::options& settings) {
  // A client that goes away in the middle of an answer must not end the simulator.
  std::signal(SIGPIPE, SIG_IGN);
  simulator::accesslink answers{settings, choose_clock(settings)};
  simulator::server listener{settings, answers};
  listener.stop_on_signals();
  if (settings.port_file)
    write_port_file(*settings.port_file, listener.port());
  std::cout << "{\"event\":\"listening\",\"port\":" << listener.port() << "}" << std::endl;
  listener.run();
}

} // namespace

int main(int argument_count, char** arguments) {
  try {
    const auto parsed = simulator::parse_options(argument_count, arguments);
    if (!parsed.value)
      return parsed.exit_code;
    serve(*parsed.value);
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "polar-accesslink-simulator: " << problem.what() << '\n';
    return 1;
  }
}
