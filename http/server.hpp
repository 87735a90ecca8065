#pragma once

#include "domain/errc.hpp"
#include "http/backend.hpp"
#include "http/options.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace polar_flow::http {

/// Makes the backend of one thread. Called once per thread before that thread runs, from the
/// thread that starts the server. The backend is used on the thread of `context` only, and the
/// server lets go of it there, after the last handler has run and before `context` goes. What it
/// still owes answers to is dropped with it.
using backend_factory = std::function<std::shared_ptr<backend>(boost::asio::io_context& context)>;

/// The HTTP server: `http.threads` threads, each with its own single-threaded io_context, its
/// own backend, render cache and connections. One socket listens and hands connections out in
/// turn, so that no two servers can share a port by mistake.
class server {
public:
  /// Listens and serves. Error: invalid_argument when the address cannot be listened on.
  static result<std::unique_ptr<server>> start(const front_end_options& options,
                                               const backend_factory& make_backend);

  /// Stops without grace unless `stop` was called before.
  ~server();

  server(const server&) = delete;
  server& operator=(const server&) = delete;

  /// The port that is listened on, also when the settings said 0.
  std::uint16_t port() const;

  /// Stops accepting, closes idle connections, and lets requests under way finish: their answers
  /// say `Connection: close`. Returns at once; safe from any thread.
  void drain();

  /// Drains, waits up to `grace` for the last connection to end, then closes what is left and
  /// ends the threads. Backends must be able to answer until then: stop the actors afterwards.
  /// Not to be called from a thread of the server.
  void stop(std::chrono::milliseconds grace);

private:
  class implementation;

  explicit server(std::unique_ptr<implementation> inside);

  std::unique_ptr<implementation> inside_;
};

} // namespace polar_flow::http
