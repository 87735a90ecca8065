#pragma once

#include "http/auth.hpp"
#include "http/backend.hpp"
#include "http/cors.hpp"
#include "http/handlers.hpp"
#include "http/message.hpp"
#include "http/options.hpp"
#include "http/render_cache.hpp"
#include "http/request_id.hpp"
#include "http/router.hpp"
#include "http/upload.hpp"
#include "http/upload_slots.hpp"

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace polar_flow::http {

/// What becomes of a body that is too large for memory.
struct admitted_upload {
  /// The answer, when the body is not wanted.
  std::optional<response> refusal;
  std::unique_ptr<upload> file;
  upload_slots::slot place;
  caller who;
};

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

  /// Asked when the head of a request with a body is there, before the body is read. Nullopt for
  /// the usual small bodies.
  std::optional<admitted_upload> admit(const request& head);

  /// Completes an answer that is given without a route, such as one to a malformed request.
  void decorate(response& answer, const request& message, const route* matched = nullptr);

private:
  /// Fills in who asks about whom; the finished answer when they may not.
  std::optional<response> refuse(route_match& match, call& asked);
  std::optional<response> begin_upload(const call& asked, admitted_upload& admitted);
  response answer_unidentified(const call& asked, const error& failure);
  void log_answer(const request& message, const route* matched, const response& answer) const;

  router router_;
  authenticator authenticator_;
  std::shared_ptr<wrong_keys> guesses_;
  std::shared_ptr<const wall_clock> clock_;
  std::shared_ptr<crypto::random_source> random_;
  std::shared_ptr<const published_keys> keys_;
  cors_rules cors_;
  request_log log_;
  std::filesystem::path upload_folder_;
  std::shared_ptr<upload_slots> uploads_;
  render_cache cache_;
  request_ids ids_;
  services services_;
};

} // namespace polar_flow::http
