#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polar_flow::http {

/// Names requests in logs and answers: the client's own X-Request-ID if it is harmless, else a
/// random prefix of this thread and a running number. One per thread.
class request_ids {
public:
  /// `prefix` must differ between threads and starts.
  explicit request_ids(std::string prefix);

  std::string choose(std::optional<std::string_view> offered);

private:
  std::string prefix_;
  std::uint32_t count_ = 0;
};

/// 1 to 64 letters, digits, dots, underscores and hyphens: safe in a header and in a log.
bool is_acceptable_request_id(std::string_view text);

} // namespace polar_flow::http
