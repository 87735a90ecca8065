#include "http/dispatcher.hpp"

#include "http/error_response.hpp"
#include "http/negotiation.hpp"
#include "http/routes.hpp"
#include "telemetry/log.hpp"

#include <utility>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

constexpr std::string_view not_a_user_id = "Invalid user_id: must be alphanumeric with _ or - only";
constexpr std::string_view user_id_length = "Invalid user_id: must be 1-100 characters";

std::optional<response> check_user_id(std::string_view text) {
  constexpr std::size_t length_max = 100;
  if (is_valid_user_id(text))
    return std::nullopt;
  const bool is_length_wrong = text.empty() || text.size() > length_max;
  return make_status_response(400, is_length_wrong ? user_id_length : not_a_user_id);
}

response answer_unrouted(const route_match& match) {
  if (match.kind == match_kind::malformed)
    return make_status_response(400, "Malformed percent-encoding in path");
  if (match.kind == match_kind::not_found)
    return make_status_response(404, "Not Found");
  response answer;
  if (match.kind == match_kind::options)
    answer.status = 204;
  else
    answer = make_status_response(405, "Method Not Allowed");
  answer.headers.emplace_back("Allow", match.allow);
  return answer;
}

/// The pattern of the route with the user in it. What else a path holds may be a value to check or
/// a device, and queries hold codes and states: none of that belongs into a log.
std::string path_for_log(const request& message, const route* matched) {
  constexpr std::string_view user = "{user_id}";
  if (matched == nullptr)
    return "unknown";
  std::string path{matched->pattern};
  if (const auto place = path.find(user); place != std::string::npos)
    path.replace(place, user.size(),
                 path_value(matched->pattern, split_target(message.target).path, "user_id"));
  return path;
}

} // namespace

dispatcher::dispatcher(const front_end_options& options, backend& behind, std::size_t cache_bytes,
                       std::string request_id_prefix)
    : router_{all_routes()},
      authenticator_{options.security.master_key, options.keys, options.clock},
      guesses_{options.guesses},
      clock_{options.clock},
      random_{options.random},
      keys_{options.keys},
      cors_{options.security.cors_origins},
      log_{options.log},
      upload_folder_{options.upload_folder},
      uploads_{options.uploads},
      cache_{cache_bytes},
      ids_{std::move(request_id_prefix)},
      services_{behind,
                cache_,
                options.server.base_url,
                {options.security.allowed_callback_origins, options.server.base_url.has_value()},
                *random_,
                *keys_,
                *clock_} {
  // nop
}

awaitable<response> dispatcher::respond(const request& message,
                                        std::optional<rate_limit_state>* taken) {
  auto match = router_.find(message.method, split_target(message.target).path);
  response answer;
  if (match.kind == match_kind::found) {
    call asked{message, *match.matched, split_target(message.target), {}, {}};
    auto refused = refuse(match, asked);
    if (taken != nullptr)
      *taken = asked.who.rate_limit;
    if (refused)
      answer = std::move(*refused);
    else
      answer = co_await match.matched->answer(services_, asked);
    if (match.matched->method == http_method::get)
      negotiate(answer, message);
    answer.rate_limit = asked.who.rate_limit;
  } else {
    answer = answer_unrouted(match);
  }
  cors_.apply(answer, message, match.kind == match_kind::options ? match.allow : "");
  decorate(answer, message, match.matched);
  co_return answer;
}

std::optional<admitted_upload> dispatcher::admit(const request& head) {
  auto match = router_.find(head.method, split_target(head.target).path);
  if (match.kind != match_kind::found || match.matched->takes != body_kind::zip)
    return std::nullopt;
  call asked{head, *match.matched, split_target(head.target), {}, {}};
  admitted_upload admitted;
  admitted.refusal = refuse(match, asked);
  if (!admitted.refusal)
    admitted.refusal = begin_upload(asked, admitted);
  if (admitted.refusal) {
    admitted.refusal->rate_limit = asked.who.rate_limit;
    cors_.apply(*admitted.refusal, head, "");
    decorate(*admitted.refusal, head, match.matched);
  }
  admitted.who = std::move(asked.who);
  return admitted;
}

/// The finished answer when nothing more can be uploaded now.
std::optional<response> dispatcher::begin_upload(const call& asked, admitted_upload& admitted) {
  const error_subject subject{asked.user.value, asked.target.path};
  switch (uploads_->take(asked.user.value, admitted.place)) {
  case upload_slots::verdict::user_is_uploading:
    return make_status_response(409, "An upload is already under way for this user");
  case upload_slots::verdict::all_taken:
    return make_error_response({errc::overloaded, "too many uploads"}, subject);
  case upload_slots::verdict::taken:
    break;
  }
  auto begun = upload::begin(upload_folder_, *random_);
  if (!begun)
    return make_error_response(begun.error(), subject);
  admitted.file = std::make_unique<upload>(std::move(*begun));
  return std::nullopt;
}

std::optional<response> dispatcher::refuse(route_match& match, call& asked) {
  if (match.matched->access == access_kind::open)
    return std::nullopt;
  asked.user.value = std::move(match.values.front());
  const error_subject subject{asked.user.value, asked.target.path};
  if (asked.message.admitted != nullptr) {
    // A key may have been revoked while a large body came.
    asked.who = *asked.message.admitted;
    if (!is_still_valid(asked.who, *keys_))
      return make_error_response({errc::invalid_api_key, {}}, subject);
    return std::nullopt;
  }
  const bool is_guessing = guesses_->is_blocked(asked.message.client_address, clock_->now());
  auto who = authenticator_.identify(asked.message, is_guessing ? guessing::yes : guessing::no);
  if (!who)
    return answer_unidentified(asked, who.error());
  asked.who = std::move(*who);
  if (asked.who.rate_limit && !asked.who.rate_limit->allowed)
    return make_rate_limit_response(*asked.who.rate_limit, clock_->now());
  if (!asked.who.may_access(asked.user.value))
    return make_error_response({errc::foreign_user, {}}, subject);
  return check_user_id(asked.user.value);
}

response dispatcher::answer_unidentified(const call& asked, const error& failure) {
  if (failure.code == errc::invalid_api_key)
    if (const auto wait = guesses_->note(asked.message.client_address, clock_->now()))
      return make_wrong_keys_response(*wait);
  return make_error_response(failure, {asked.user.value, asked.target.path});
}

void dispatcher::decorate(response& answer, const request& message, const route* matched) {
  answer.given_at = clock_->now();
  answer.request_id = ids_.choose(message.header("X-Request-ID"));
  answer.is_https = client_scheme(message) == "https";
  log_answer(message, matched, answer);
}

void dispatcher::log_answer(const request& message, const route* matched,
                            const response& answer) const {
  constexpr std::uint16_t first_server_error = 500;
  // A request that asks for what does not exist is no failure of ours; a token that cannot be read
  // is, though only its owner can help.
  const bool is_failure =
      (answer.status >= first_server_error && answer.failure != errc::invalid_argument)
      || answer.failure == errc::undecryptable;
  if (!is_failure && log_ == request_log::failures_only)
    return;
  // The message of an error may quote what a statement or a token said, its name cannot.
  telemetry::log(is_failure ? telemetry::severity::warning : telemetry::severity::debug,
                 "request answered",
                 {{"request_id", answer.request_id},
                  {"method", std::string{to_string(message.method)}},
                  {"path", path_for_log(message, matched)},
                  {"status", std::int64_t{answer.status}},
                  {"error", std::string{to_string(answer.failure.value_or(errc::none))}}});
}

} // namespace polar_flow::http
