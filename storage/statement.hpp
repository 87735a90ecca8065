#pragma once

#include <cstdint>

namespace polar_flow::storage {

/// One SQL statement of storage/queries. Lives as long as the program.
struct statement {
  /// The file's name; also the prepared name and what the log says.
  const char* name;
  const char* text;
};

/// One file of storage/migrations.
struct migration {
  std::int32_t version;
  const char* name;
  const char* text;
};

} // namespace polar_flow::storage
