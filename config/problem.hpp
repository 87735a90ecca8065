#pragma once

#include <string>

namespace polar_flow {

/// One thing that is wrong with the configuration. Neither text contains a secret.
struct problem {
  /// `polar-flow-server.toml:12`, `.env:3`, `environment API_PORT` or `command line --port`.
  std::string where;
  /// A sentence without a full stop that begins with the option's name if there is one.
  std::string message;

  bool operator==(const problem&) const = default;
};

} // namespace polar_flow
