#pragma once

#include "domain/errc.hpp"

#include <cstdint>
#include <filesystem>

namespace polar_flow::commands {

/// Writes `port` into `file` for whoever started us with port 0. The file is there when it is
/// whole, and never empty or half written.
result<void> write_port_file(const std::filesystem::path& file, std::uint16_t port);

} // namespace polar_flow::commands
