#include "http/answers.hpp"
#include "http/api_types.hpp"
#include "http/handlers.hpp"
#include "http/list_types.hpp"

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

std::string show_list(const list_rows& rows, const data_version&) {
  return to_json(rows);
}

awaitable<response> get_list(services& available, const call& asked, list_kind kind,
                             const parameter& days_declared) {
  const auto days = read_integer(asked.message, days_declared);
  if (!days)
    co_return days.error();
  co_return co_await answer_list(available, asked, kind, days->value_or(days_declared.max),
                                 show_list);
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

/// GET /api/v1/users/{user_id}/activity-samples
awaitable<response> list_activity_samples(services& available, const call& asked) {
  return get_list(available, asked, list_kind::activity_samples, days_of_short_list);
}

/// GET /api/v1/users/{user_id}/recharge
awaitable<response> get_recharge(services& available, const call& asked) {
  return get_list(available, asked, list_kind::recharge, days_of_list);
}

/// GET /api/v1/users/{user_id}/physical-info
awaitable<response> get_physical_info(services& available, const call& asked) {
  // States are counted, not days: the newest may be old.
  constexpr std::int32_t any_days = 1;
  return answer_list(available, asked, list_kind::physical_info, any_days, show_list);
}

/// GET /api/v1/users/{user_id}/cardio-load
awaitable<response> get_cardio_load(services& available, const call& asked) {
  return get_list(available, asked, list_kind::cardio_load, days_of_list);
}

/// GET /api/v1/users/{user_id}/heart-rate
awaitable<response> get_heart_rate(services& available, const call& asked) {
  return get_list(available, asked, list_kind::heart_rate, days_of_list);
}

/// GET /api/v1/users/{user_id}/exercises
awaitable<response> get_exercises(services& available, const call& asked) {
  return get_list(available, asked, list_kind::exercises, days_of_list);
}

/// GET /api/v1/users/{user_id}/sleepwise/alertness
awaitable<response> get_alertness(services& available, const call& asked) {
  return get_list(available, asked, list_kind::alertness, days_of_short_list);
}

/// GET /api/v1/users/{user_id}/sleepwise/bedtime
awaitable<response> get_bedtime(services& available, const call& asked) {
  return get_list(available, asked, list_kind::bedtime, days_of_short_list);
}

/// GET /api/v1/users/{user_id}/spo2
awaitable<response> get_spo2(services& available, const call& asked) {
  return get_list(available, asked, list_kind::spo2, days_of_list);
}

/// GET /api/v1/users/{user_id}/ecg
awaitable<response> list_ecg(services& available, const call& asked) {
  return get_list(available, asked, list_kind::ecg, days_of_list);
}

/// GET /api/v1/users/{user_id}/temperature/body
awaitable<response> get_body_temperature(services& available, const call& asked) {
  return get_list(available, asked, list_kind::body_temperature, days_of_list);
}

/// GET /api/v1/users/{user_id}/temperature/skin
awaitable<response> get_skin_temperature(services& available, const call& asked) {
  return get_list(available, asked, list_kind::skin_temperature, days_of_list);
}

/// GET /api/v1/users/{user_id}/baselines
awaitable<response> get_baselines(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_baselines(asked.user, known);
  };
  const auto render = [](const std::vector<baseline>& value, const data_version&) {
    return to_json(value);
  };
  return answer_cached(available, asked, 0, ask, render);
}

/// GET /api/v1/users/{user_id}/insights
awaitable<response> get_insights(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_insights(asked.user, known);
  };
  const auto render = [&asked](const insights& value, const data_version&) {
    return to_json(value, asked.user);
  };
  return answer_cached(available, asked, 0, ask, render);
}

} // namespace polar_flow::http
