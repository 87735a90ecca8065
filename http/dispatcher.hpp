#pragma once

#include "http/auth.hpp"
#include "http/backend.hpp"
#include "http/handlers.hpp"
#include "http/message.hpp"
#include "http/options.hpp"
#include "http/render_cache.hpp"
#include "http/request_id.hpp"
#include "http/router.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>

namespace polar_flow::http {

/// From a request to its answer: route, key, rate limit, scope, handler (in this order, contract
/// 1.2). One per thread, and the seam at which the front-end is tested without sockets.
class dispatcher {
public:
  dispatcher(const front_end_options& options, backend& behind, std::size_t cache_bytes,
             std::string request_id_prefix);

  /// `message` must live until the answer is there. May throw what a handler throws; `taken`, if
  /// given, then says which slot of a rate limit the request has used up all the same.
  boost::asio::awaitable<response> respond(const request& message,
                                           std::optional<rate_limit_state>* taken = nullptr);

  /// Completes an answer that is given without a route, such as one to a malformed request.
  void decorate(response& answer, const request& message);

private:
  /// Fills in who asks about whom; the finished answer when they may not.
  std::optional<response> refuse(route_match& match, call& asked);
  void log_answer(const request& message, const response& answer) const;

  router router_;
  authenticator authenticator_;
  std::shared_ptr<const wall_clock> clock_;
  std::shared_ptr<crypto::random_source> random_;
  std::shared_ptr<const published_keys> keys_;
  request_log log_;
  render_cache cache_;
  request_ids ids_;
  services services_;
};

} // namespace polar_flow::http
