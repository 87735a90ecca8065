#pragma once

#include "http/compression.hpp"
#include "http/error_response.hpp"
#include "http/handlers.hpp"
#include "http/negotiation.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

/// What the handlers of stored data have in common.
namespace polar_flow::http {

inline response answer_failure(const call& asked, const error& failure) {
  return make_error_response(failure, {asked.user.value, asked.target.path});
}

/// The text of a path parameter.
inline std::string text_in_path(const call& asked, const parameter& declared) {
  return path_value(asked.matched.pattern, asked.target.path, declared.name);
}

/// Health data: only the asker keeps it, and asks again before using it.
inline response answer_with(const rendering& shown) {
  response answer;
  answer.body = shown.body;
  answer.packed_body = shown.packed_body;
  answer.entity_tag = shown.entity_tag;
  answer.cache_control = private_revalidate;
  return answer;
}

inline rendering make_rendering(const data_version& version, std::string body) {
  auto tag = entity_tag_of(body);
  return {version, std::make_shared<const std::string>(std::move(body)), std::move(tag), nullptr};
}

/// Health data of which no rendering is kept.
inline response answer_with(std::string body) {
  return answer_with(make_rendering({}, std::move(body)));
}

/// Packs what is kept once for all who ask for that; whether it did so now.
inline bool pack_if_wanted(rendering& shown, const request& message) {
  if (shown.packed_body || !wants_packed(message, shown.body->size()))
    return false;
  shown.packed_body = std::make_shared<const std::string>(gzip(*shown.body));
  return true;
}

/// The way of every cached answer: ask with the version at hand, and render only what is newer.
/// `ask` gets the known version, `render` the value and the version that it shows.
template <class Ask, class Render>
boost::asio::awaitable<response> answer_cached(services& available, const call& asked,
                                               std::int32_t days, Ask ask, Render render) {
  const render_cache::key_view key{asked.user.value, &asked.matched, days};
  const auto known = available.cache.find(key);
  const std::optional<data_version> known_version =
      known ? std::optional{known->version} : std::nullopt;

  const auto answered = co_await ask(known_version);

  if (!answered) {
    // A user who is gone leaves no rendered health data behind.
    if (answered.error().code == errc::unknown_user)
      available.cache.erase(key);
    co_return answer_failure(asked, answered.error());
  }
  const bool is_known = answered->value == nullptr;
  const error nothing_at_hand{errc::internal, "no value for a version that nobody has"};
  if (is_known && (!known || known->version != answered->version))
    co_return answer_failure(asked, nothing_at_hand);
  auto shown = is_known ? *known
                        : make_rendering(answered->version,
                                         render(*answered->value, answered->version));
  const bool is_packed_now = pack_if_wanted(shown, asked.message);
  if (!is_known || is_packed_now)
    available.cache.store(key, shown);
  co_return answer_with(shown);
}

/// Answers a list of so many days.
template <class Render>
boost::asio::awaitable<response> answer_list(services& available, const call& asked, list_kind kind,
                                             std::int32_t days, Render render) {
  const auto ask = [&available, &asked, kind, days](std::optional<data_version> known) {
    return available.behind.get_list(asked.user, kind, days, known);
  };
  co_return co_await answer_cached(available, asked, days, ask, render);
}

} // namespace polar_flow::http
