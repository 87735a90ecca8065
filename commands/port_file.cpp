#include "commands/port_file.hpp"

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace polar_flow::commands {

result<void> write_port_file(const std::filesystem::path& file, std::uint16_t port) {
  const auto cannot = [&file](const std::error_code& problem) {
    return fail(errc::invalid_argument,
                "cannot write the port file " + file.string() + ": " + problem.message());
  };
  auto unfinished = file;
  unfinished += ".new";
  std::ofstream out{unfinished};
  out << port << '\n';
  // Only closing tells whether a full disk has taken it.
  out.close();
  if (!out)
    return cannot({errno, std::generic_category()});
  std::error_code problem;
  std::filesystem::rename(unfinished, file, problem);
  if (problem)
    return cannot(problem);
  return {};
}

} // namespace polar_flow::commands
