#include "http/api_types.hpp"
#include "http/error_response.hpp"
#include "http/handlers.hpp"

#include <utility>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

response answer_with(std::shared_ptr<const std::string> body) {
  response answer;
  answer.body = std::move(body);
  answer.cache_control = private_revalidate;
  return answer;
}

response answer_failure(const call& asked, const error& failure) {
  return make_error_response(failure, {asked.user.value, asked.target.path});
}

/// The way of every cached answer: ask with the version at hand, and render only what is newer.
/// `ask` gets the known version, `render` the value.
template <class Ask, class Render>
awaitable<response> answer_cached(services& available, const call& asked, std::int32_t days,
                                  Ask ask, Render render) {
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
  if (answered->value == nullptr) {
    const error nothing_at_hand{errc::internal, "no value for a version that nobody has"};
    if (!known || known->version != answered->version)
      co_return answer_failure(asked, nothing_at_hand);
    co_return answer_with(known->body);
  }
  auto body = std::make_shared<const std::string>(render(*answered->value));
  available.cache.store(key, rendering{answered->version, body});
  co_return answer_with(std::move(body));
}

awaitable<response> get_list(services& available, const call& asked, list_kind kind,
                             const parameter& days_declared) {
  const auto declared_days = read_integer(asked.message, days_declared);
  if (!declared_days)
    co_return declared_days.error();
  const std::int32_t days = declared_days->value_or(days_declared.max);
  const auto ask = [&available, &asked, kind, days](std::optional<data_version> known) {
    return available.behind.get_list(asked.user, kind, days, known);
  };
  const auto render = [](const list_rows& rows) {
    return to_json(rows);
  };
  co_return co_await answer_cached(available, asked, days, ask, render);
}

} // namespace

/// GET /api/v1/users/{user_id}/sleep
awaitable<response> get_sleep(services& available, const call& asked) {
  return get_list(available, asked, list_kind::sleep, days_of_sleep);
}

/// GET /api/v1/users/{user_id}/activity
awaitable<response> get_activity(services& available, const call& asked) {
  return get_list(available, asked, list_kind::activity, days_of_list);
}

/// GET /api/v1/users/{user_id}/recharge
awaitable<response> get_recharge(services& available, const call& asked) {
  return get_list(available, asked, list_kind::recharge, days_of_list);
}

/// GET /api/v1/users/{user_id}/cardio-load
awaitable<response> get_cardio_load(services& available, const call& asked) {
  return get_list(available, asked, list_kind::cardio_load, days_of_list);
}

/// GET /api/v1/users/{user_id}/exercises
awaitable<response> get_exercises(services& available, const call& asked) {
  return get_list(available, asked, list_kind::exercises, days_of_list);
}

/// GET /api/v1/users/{user_id}/baselines
awaitable<response> get_baselines(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_baselines(asked.user, known);
  };
  const auto render = [](const std::vector<baseline>& value) {
    return to_json(value);
  };
  return answer_cached(available, asked, 0, ask, render);
}

/// GET /api/v1/users/{user_id}/insights
awaitable<response> get_insights(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_insights(asked.user, known);
  };
  const auto render = [&asked](const insights& value) {
    return to_json(value, asked.user);
  };
  return answer_cached(available, asked, 0, ask, render);
}

} // namespace polar_flow::http
