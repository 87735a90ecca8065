#pragma once

#include "simulator/accesslink.hpp"
#include "simulator/options.hpp"

#include <cstdint>
#include <memory>

namespace polar_flow::simulator {

/// Serves an `accesslink` over HTTP, or HTTPS when the options name a certificate. One thread:
/// whoever calls `run`.
class server {
public:
  /// Binds and listens; connections wait until `run`. Throws std::runtime_error when the address,
  /// the certificate or the key cannot be used.
  server(const options& settings, accesslink& answers);
  ~server();

  std::uint16_t port() const;

  /// Makes SIGINT and SIGTERM call `stop`.
  void stop_on_signals();

  /// Serves until `stop`.
  void run();

  /// Ends `run` and drops all connections. May be called from any thread.
  void stop();

private:
  class implementation;
  std::unique_ptr<implementation> implementation_;
};

} // namespace polar_flow::simulator
