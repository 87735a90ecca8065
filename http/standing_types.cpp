#include "http/standing_types.hpp"

#include "domain/version.hpp"
#include "http/shown_values.hpp"

#include <cmath>
#include <optional>
#include <string_view>

namespace polar_flow::http {

namespace {

/// The intervals are made for four nights of five.
constexpr std::int32_t interval_percent = 80;
constexpr std::int32_t nights_needed = 60;

/// Hundredths say all that a watch can know; the logarithm beside it is exact.
std::optional<double> in_ms(std::optional<double> logarithm) {
  return two_decimals(logarithm ? std::optional{std::exp(*logarithm)} : std::nullopt);
}

void write_range(json_writer& out, std::string_view name, const std::optional<ln_range>& range) {
  out.key(name);
  if (!range) {
    out.null();
    return;
  }
  out.begin_object();
  out.member("lower", in_ms(range->lower));
  out.member("upper", in_ms(range->upper));
  out.end_object();
}

std::optional<std::string_view> text_of(const std::optional<range_verdict>& verdict) {
  return verdict ? std::optional{to_string(*verdict)} : std::nullopt;
}

std::string_view unit_of(metric name) {
  if (name == metric::hrv_rmssd)
    return "ms";
  return name == metric::sleep_score ? "points" : "1/min";
}

std::string_view error_unit_of(metric name) {
  return name == metric::hrv_rmssd ? "ln(ms)" : unit_of(name);
}

std::optional<std::string_view> message_of(prediction_status status) {
  switch (status) {
  case prediction_status::shown:
    break;
  case prediction_status::too_few_nights:
    return "Needs 60 nights with a value, enough of them one after the other";
  case prediction_status::not_better:
    return "On your own history the model did not beat both simple guesses, \"as last night\" and "
           "\"as the mean of the last 7 days\", so nothing is predicted";
  case prediction_status::no_recent_night:
    return "The newest night is too old to predict the next one";
  }
  return std::nullopt;
}

/// Null members where nothing is predicted.
void write_night(json_writer& out, const std::optional<night_prediction>& next) {
  const auto value_of = [&](double night_prediction::*member) {
    return next ? std::optional{(*next).*member} : std::nullopt;
  };
  out.member("for_date", next ? std::optional{format_date(next->day)} : std::nullopt);
  out.member("value", value_of(&night_prediction::value));
  out.member("lower", value_of(&night_prediction::lower));
  out.member("upper", value_of(&night_prediction::upper));
}

void write(json_writer& out, const backtest_report& report, metric name) {
  const bool is_known = report.nights > 0;
  const auto error_of = [&](double error) {
    return is_known ? std::optional{error} : std::nullopt;
  };
  out.begin_object();
  out.member("nights", report.nights);
  out.member("error_unit", error_unit_of(name));
  out.member("model_error", error_of(report.model_error));
  out.member("persistence_error", error_of(report.persistence_error));
  out.member("week_mean_error", error_of(report.week_mean_error));
  out.member("coverage", report.coverage);
  out.member("interval_nights", report.interval_nights);
  out.end_object();
}

void write(json_writer& out, const explained_rows& rows) {
  out.begin_object();
  out.member("name", rows.name);
  out.member("unit", rows.unit);
  const auto& window = rows.window;
  out.member("from", window ? std::optional{format_date(window->first)} : std::nullopt);
  out.member("to", window ? std::optional{format_date(window->last)} : std::nullopt);
  out.key("values");
  out.begin_list();
  for (const auto& row : rows.rows) {
    out.begin_object();
    out.member("date", format_date(row.day));
    out.member("value", row.value);
    out.end_object();
  }
  out.end_list();
  out.end_object();
}

void write(json_writer& out, const explained_figure& figure) {
  out.begin_object();
  out.member("name", figure.name);
  out.member("value", figure.value);
  out.member("unit", figure.unit);
  out.member("formula", figure.formula);
  out.end_object();
}

} // namespace

void write(json_writer& out, const hrv_standing& standing) {
  out.begin_object();
  out.member("as_of", day_text(standing.as_of));
  out.member("night_ms", in_ms(standing.night_ln));
  out.member("night_ln", standing.night_ln);
  out.member("week_nights", standing.week_nights);
  out.member("week_mean_ms", in_ms(standing.week_mean_ln));
  out.member("week_mean_ln", standing.week_mean_ln);
  out.member("week_variation_percent", standing.week_variation_percent);
  out.member("range_nights", standing.range_nights);
  write_range(out, "acute_range_ms", standing.acute_range);
  write_range(out, "chronic_range_ms", standing.chronic_range);
  out.member("acute", text_of(standing.acute));
  out.member("chronic", text_of(standing.chronic));
  out.end_object();
}

void write(json_writer& out, const load_standing& standing) {
  const auto value_of = [](const std::optional<fading_mean>& mean) {
    return mean ? std::optional{mean->value} : std::nullopt;
  };
  const auto& week = standing.week;
  out.begin_object();
  out.member("as_of", day_text(standing.as_of));
  out.member("ctl", value_of(standing.ctl));
  out.member("atl", value_of(standing.atl));
  out.member("tsb", standing.tsb);
  out.member("week_days_known", standing.week_days_known);
  out.member("week_total", week ? std::optional{week->total} : std::nullopt);
  out.member("monotony", week ? week->monotony : std::nullopt);
  out.member("strain", week ? week->strain : std::nullopt);
  out.member("polar_ratio", standing.polar_ratio);
  out.end_object();
}

void write_shown(json_writer& out, const std::vector<prediction>& shown) {
  out.begin_list();
  for (const auto& each : shown) {
    out.begin_object();
    out.member("metric", to_string(each.name));
    out.member("unit", unit_of(each.name));
    write_night(out, each.next);
    out.end_object();
  }
  out.end_list();
}

std::string to_json(const std::vector<prediction>& predictions, const user_id& user) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.member("interval_percent", interval_percent);
  out.member("nights_needed", nights_needed);
  out.key("predictions");
  out.begin_list();
  for (const auto& each : predictions) {
    out.begin_object();
    out.member("metric", to_string(each.name));
    out.member("unit", unit_of(each.name));
    out.member("status", to_string(each.status));
    out.member("message", message_of(each.status));
    out.member("nights", each.nights);
    write_night(out, each.next);
    out.key("backtest");
    write(out, each.backtest, each.name);
    out.end_object();
  }
  out.end_list();
  out.end_object();
  return out.take();
}

std::string to_json(const explanation& made, const user_id& user, const data_version& version) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.member("metric", to_string(made.subject));
  out.member("today", format_date(made.today));
  out.member("server_version", server_version);
  out.member("data_version", version.changes);
  out.key("settings");
  out.begin_object();
  for (const auto& setting : made.settings)
    out.member(setting.name, setting.value);
  out.end_object();
  out.key("rows");
  out.begin_list();
  for (const auto& rows : made.rows)
    write(out, rows);
  out.end_list();
  out.key("figures");
  out.begin_list();
  for (const auto& figure : made.figures)
    write(out, figure);
  out.end_list();
  out.end_object();
  return out.take();
}

} // namespace polar_flow::http
