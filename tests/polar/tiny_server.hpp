#pragma once

#include "tests/polar/tls_authority.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace polar_flow::testing {

/// What the server does after it has read a request.
enum class afterwards : std::uint8_t {
  /// Waits for the next request on this connection.
  keep_open,
  close,
  /// Closes with a TCP reset.
  reset,
  /// Says nothing more and waits for the client to go away.
  hang,
};

struct tiny_reply {
  /// Bytes as they are sent, right or wrong.
  std::string bytes;
  afterwards next = afterwards::keep_open;
};

/// Which request this is: counted over all connections, and on its own connection, from 0.
struct tiny_request {
  int number = 0;
  int number_on_connection = 0;
  /// Head and body.
  std::string text;
};

using tiny_handler = std::function<tiny_reply(const tiny_request&)>;

/// A server on a port of its own choosing on the loopback interface, with a thread of its own.
/// It knows just enough HTTP to see where a request ends.
class tiny_server {
public:
  /// With `certificate` it speaks TLS.
  explicit tiny_server(tiny_handler handler, std::optional<certificate> certificate = {});
  ~tiny_server();

  tiny_server(const tiny_server&) = delete;
  tiny_server& operator=(const tiny_server&) = delete;

  std::uint16_t port() const;

  /// `http://127.0.0.1:port` or `https://…`.
  std::string url() const;

  /// Connections accepted so far.
  int connections() const;

  /// Requests read so far.
  int requests() const;

  /// The most requests that were being answered at the same time.
  int requests_at_once_max() const;

  /// Returns when `count` requests have been read.
  void wait_for_requests(int count) const;

  /// From now on replies are held back until `release`.
  void hold();
  void release();

private:
  class implementation;
  std::unique_ptr<implementation> implementation_;
};

/// An answer with a length.
std::string ok_answer(const std::string& body, const std::string& extra_headers = {});

} // namespace polar_flow::testing
