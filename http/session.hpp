#pragma once

#include "config/settings.hpp"
#include "http/dispatcher.hpp"
#include "http/trusted_proxies.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_set>

namespace polar_flow::http {

class session;

enum class admission : std::uint8_t {
  serve,
  /// Too many connections: answers 503 and closes.
  refuse,
};

/// The connections of one thread. Everything here runs on that thread.
///
/// Deadlines are kept as plain times that `sweep` compares: a timer per connection would cost
/// every request an entry in the timer queue.
class session_group {
public:
  /// `on_end` is called once for every connection that was started, when it is gone.
  session_group(const http_settings& limits, dispatcher& answers, const trusted_proxies& proxies,
                std::function<void()> on_end);
  ~session_group();

  void start(boost::asio::ip::tcp::socket socket, admission how);

  /// Ends what is past its deadline; to be called a few times a second.
  void sweep(std::chrono::steady_clock::time_point now);

  /// From here on idle connections are closed and the others end with their next answer.
  void drain();

  /// Closes every socket without ceremony.
  void close_all();

private:
  friend class session;

  http_settings limits_;
  dispatcher& answers_;
  const trusted_proxies& proxies_;
  std::function<void()> on_end_;
  std::unordered_set<session*> sessions_;
  bool is_draining_ = false;
};

} // namespace polar_flow::http
