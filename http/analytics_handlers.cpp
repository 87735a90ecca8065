#include "http/analytics_types.hpp"
#include "http/answers.hpp"
#include "http/handlers.hpp"
#include "http/standing_types.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

response answer_unknown_name(const call& asked, const parameter& declared,
                             const std::string& text) {
  return make_validation_response(asked.message,
                                  {"Invalid enum value '" + text + "'", declared.name, "path"});
}

/// A finished value that is cheap to render and asked for rarely.
template <class T, class Render>
response answer_value(const call& asked, const result<T>& answered, Render render) {
  if (!answered)
    return answer_failure(asked, answered.error());
  return answer_with(render(*answered));
}

} // namespace

/// GET /api/v1/users/{user_id}/baselines/{metric}
awaitable<response> get_baseline(services& available, const call& asked) {
  const auto text = text_in_path(asked, metric_in_path);
  const auto name = parse_metric(text);
  if (!name)
    co_return answer_unknown_name(asked, metric_in_path, text);
  const auto found = co_await available.behind.get_baselines(asked.user, {});
  co_return answer_value(asked, found, [name](const versioned<std::vector<baseline>>& all) {
    return to_json(*std::ranges::find(*all.value, *name, &baseline::name));
  });
}

/// POST /api/v1/users/{user_id}/baselines/calculate
awaitable<response> calculate_baselines(services& available, const call& asked) {
  // They are those of the stored data at any time, so there is nothing to wait for.
  const auto found = co_await available.behind.get_baselines(asked.user, {});
  co_return answer_value(asked, found, [&asked](const versioned<std::vector<baseline>>& all) {
    return to_json_statuses(*all.value, asked.user);
  });
}

/// GET /api/v1/users/{user_id}/baselines/check/{metric}/{value}
awaitable<response> check_value(services& available, const call& asked) {
  const auto value = parse_number(text_in_path(asked, value_in_path));
  const auto text = text_in_path(asked, metric_in_path);
  const auto name = parse_metric(text);
  if (!name)
    co_return answer_unknown_name(asked, metric_in_path, text);
  if (!value || !std::isfinite(*value))
    co_return make_status_response(400, "Invalid value: must be a finite number");
  const auto found = co_await available.behind.check_value(asked.user, *name, *value);
  co_return answer_value(asked, found, [](const metric_check& check) { return to_json(check); });
}

/// GET /api/v1/users/{user_id}/analytics/status
awaitable<response> get_analytics_status(services& available, const call& asked) {
  const auto found = co_await available.behind.get_analytics_status(asked.user);
  co_return answer_value(asked, found, [&asked](const analytics_status& status) {
    return to_json(status, asked.user);
  });
}

/// GET /api/v1/users/{user_id}/patterns
awaitable<response> get_patterns(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_patterns(asked.user, known);
  };
  const auto render = [](const std::vector<pattern_analysis>& patterns, const data_version&) {
    return to_json(patterns);
  };
  return answer_cached(available, asked, 0, ask, render);
}

/// GET /api/v1/users/{user_id}/patterns/{name}
awaitable<response> get_pattern(services& available, const call& asked) {
  const auto name = text_in_path(asked, pattern_in_path);
  if (std::ranges::find(pattern_names, name) == pattern_names.end())
    co_return answer_unknown_name(asked, pattern_in_path, name);
  const auto found = co_await available.behind.get_patterns(asked.user, {});
  if (!found)
    co_return answer_failure(asked, found.error());
  const auto& all = *found->value;
  const auto place = std::ranges::find(all, name, &pattern_analysis::name);
  if (place == all.end()) {
    const error absent{errc::not_found, "Pattern '" + name + "' not found for user"};
    co_return answer_failure(asked, absent);
  }
  co_return answer_with(to_json(*place));
}

/// POST /api/v1/users/{user_id}/patterns/detect
awaitable<response> detect_patterns(services& available, const call& asked) {
  const auto found = co_await available.behind.get_patterns(asked.user, {});
  co_return answer_value(asked, found,
                         [&asked](const versioned<std::vector<pattern_analysis>>& all) {
                           return to_json_significances(*all.value, asked.user);
                         });
}

/// GET /api/v1/users/{user_id}/anomalies
awaitable<response> get_anomalies(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_anomalies(asked.user, known);
  };
  const auto render = [&asked](const std::vector<anomaly_summary>& found, const data_version&) {
    return to_json(found, asked.user);
  };
  return answer_cached(available, asked, 0, ask, render);
}

/// GET /api/v1/users/{user_id}/predictions
awaitable<response> get_predictions(services& available, const call& asked) {
  const auto ask = [&available, &asked](std::optional<data_version> known) {
    return available.behind.get_predictions(asked.user, known);
  };
  const auto render = [&asked](const std::vector<prediction>& found, const data_version&) {
    return to_json(found, asked.user);
  };
  return answer_cached(available, asked, 0, ask, render);
}

/// GET /api/v1/users/{user_id}/explain/{metric}
awaitable<response> explain_figure(services& available, const call& asked) {
  const auto text = text_in_path(asked, metric_in_path);
  const auto subject = parse_explained(text);
  if (!subject)
    co_return answer_unknown_name(asked, metric_in_path, text);
  const auto found = co_await available.behind.get_explanation(asked.user, *subject);
  co_return answer_value(asked, found, [&asked](const versioned<explanation>& made) {
    return to_json(*made.value, asked.user, made.version);
  });
}

} // namespace polar_flow::http
