#include "http/csv.hpp"

#include "http/json_writer.hpp"
#include "http/shown_values.hpp"

#include <charconv>
#include <cmath>
#include <ranges>
#include <utility>

namespace polar_flow::http {

namespace {

bool is_number(std::string_view text) {
  double value = 0;
  const auto end_of_text = text.data() + text.size();
  const auto [end, problem] = std::from_chars(text.data(), end_of_text, value);
  return problem == std::errc{} && end == end_of_text && std::isfinite(value);
}

bool is_formula(std::string_view text) {
  constexpr std::string_view beginnings = "=+-@\t\r";
  return !text.empty() && beginnings.find(text.front()) != std::string_view::npos
         && !is_number(text);
}

std::string in_quotes(std::string_view text) {
  std::string result{'"'};
  for (const char c : text) {
    if (c == '"')
      result += '"';
    result += c;
  }
  return result + '"';
}

void write(csv_writer& out, const sleep_summary& row) {
  out.field(format_date(row.day));
  out.field(row.sleep_score);
  out.field(hours(row.total_sleep_s));
  out.field(hours(row.deep_sleep_s));
  out.field(hours(row.light_sleep_s));
  out.field(hours(row.rem_sleep_s));
  out.field(row.hrv_avg_ms);
  out.field(row.heart_rate_avg_bpm);
  out.field(row.breathing_rate_avg_per_min);
}

void write(csv_writer& out, const activity_day& row) {
  out.field(format_date(row.day));
  out.field(row.steps);
  out.field(row.calories_active_kcal);
  out.field(row.calories_total_kcal);
  out.field(kilometres(row.distance_m));
  out.field(minutes(row.active_s));
}

void write(csv_writer& out, const recharge_summary& row) {
  out.field(format_date(row.day));
  out.field(as_double(row.hrv_rmssd_ms));
  out.field(row.ans_charge);
  out.field(row.ans_charge_status);
  out.field(row.breathing_rate_avg_per_min);
  out.field(as_double(row.heart_rate_avg_bpm));
}

void write(csv_writer& out, const cardio_load_day& row) {
  out.field(format_date(row.day));
  out.field(row.strain);
  out.field(row.tolerance);
  out.field(row.cardio_load);
  out.field(two_decimals(row.ratio));
  out.field(row.status);
}

template <class Row>
std::string table(std::string_view names, const std::vector<Row>& rows) {
  csv_writer out;
  out.header(names);
  for (const auto& row : rows | std::views::reverse) {
    write(out, row);
    out.end_line();
  }
  return out.take();
}

} // namespace

void csv_writer::field(std::string_view text) {
  constexpr std::string_view special = ",\"\r\n";
  const std::string shown = (is_formula(text) ? "'" : "") + std::string{text};
  plain(shown.find_first_of(special) == std::string::npos ? shown : in_quotes(shown));
}

void csv_writer::field(double number) {
  std::string text;
  if (std::isfinite(number))
    append_number(text, number);
  plain(text);
}

void csv_writer::header(std::string_view names) {
  plain(names);
  end_line();
}

void csv_writer::end_line() {
  out_ += "\r\n";
  needs_comma_ = false;
}

std::string csv_writer::take() {
  return std::exchange(out_, {});
}

void csv_writer::plain(std::string_view text) {
  if (needs_comma_)
    out_ += ',';
  needs_comma_ = true;
  out_ += text;
}

std::string to_csv(const std::vector<sleep_summary>& rows) {
  return table("date,sleep_score,total_hours,deep_hours,light_hours,rem_hours,hrv_avg,"
               "heart_rate_avg,breathing_rate_avg",
               rows);
}

std::string to_csv(const std::vector<activity_day>& rows) {
  return table("date,steps,calories_active,calories_total,distance_km,active_minutes", rows);
}

std::string to_csv(const std::vector<recharge_summary>& rows) {
  return table("date,hrv_avg,ans_charge,status,breathing_rate,heart_rate_avg", rows);
}

std::string to_csv(const std::vector<cardio_load_day>& rows) {
  return table("date,strain,tolerance,cardio_load,load_ratio,status", rows);
}

} // namespace polar_flow::http
