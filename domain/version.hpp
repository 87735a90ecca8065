#pragma once

namespace polar_flow {

/// What `--version`, `/health` and the User-Agent say. Ours continues the numbering of the
/// server whose API it serves.
inline constexpr const char* server_version = "2.0.0";

} // namespace polar_flow
