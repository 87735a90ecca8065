#pragma once

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace polar_flow::http {

/// A body that is made while it is sent. Whoever sends it asks for one part after the other, so
/// that memory is bounded by one part, and may stop asking at any time.
class streamed_body {
public:
  virtual ~streamed_body() = default;

  /// The next part; an empty one when there is none yet, nullopt after the last one. Each has to
  /// come within a few seconds, for a server that stops waits for it. Throws when the rest cannot
  /// be made: the connection then ends without the mark of the end, and the client knows that it
  /// has got a fragment.
  virtual boost::asio::awaitable<std::optional<std::string>> next_part() = 0;

  /// Whether a server that stops may give the parts until then for the whole.
  virtual bool may_end_early() const {
    return true;
  }
};

} // namespace polar_flow::http
