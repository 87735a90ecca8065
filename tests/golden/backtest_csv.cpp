// How well would the predictions have done on these nights? Runs the server's own backtest over any
// CSV of nights, or over athletes of the simulator, and prints for each metric the mean absolute
// error of the model, of "as last night" and of "as the mean of the last 7 days", by how much the
// model is better, and how many nights kept to their 80 % interval. Then how many alarms of illness
// these nights would have raised.
//
//   backtest_csv FILE…                  first line names the columns, in any order and number:
//                                       date, heart_rate, rmssd, sleep_score, breathing_rate,
//                                       skin_temperature
//   backtest_csv --athletes SEED COUNT  five years of COUNT athletes
//
// An empty, unreadable or non-positive value is a night without one. Columns and rows that are not
// understood are left out; the number of rows left out is printed.

#include "analytics/illness_sentinel.hpp"
#include "analytics/prediction.hpp"
#include "simulator/night.hpp"
#include "simulator/physiology.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace polar_flow;
using namespace polar_flow::analytics;
using std::chrono::days;

/// Names seen in exports, in lower case.
const std::map<std::string, std::string, std::less<>> column_names{
    {"date", "date"}, {"day", "date"},         {"heart_rate", "pulse"},     {"heart rate", "pulse"},
    {"hr", "pulse"},  {"resting_hr", "pulse"}, {"heart_rate_avg", "pulse"}, {"rmssd", "hrv"},
    {"hrv", "hrv"},   {"hrv_rmssd", "hrv"},    {"sleep_score", "score"},    {"score", "score"},
    {"breathing_rate", "breaths"}, {"skin_temperature", "skin"},
};

std::string plain(std::string_view text) {
  std::string result;
  for (const char letter : text)
    if (letter != '"' && letter != '\r')
      result.push_back(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter);
  const auto first = result.find_first_not_of(' ');
  const auto last = result.find_last_not_of(' ');
  return first == std::string::npos ? "" : result.substr(first, last - first + 1);
}

std::vector<std::string> fields_of(const std::string& line) {
  const char separator = line.find(';') != std::string::npos ? ';' : ',';
  std::vector<std::string> fields;
  std::size_t start = 0;
  for (std::size_t end = 0; end != std::string::npos; start = end + 1) {
    end = line.find(separator, start);
    fields.push_back(plain(std::string_view{line}.substr(
        start, end == std::string::npos ? std::string_view::npos : end - start)));
  }
  return fields;
}

double number_of(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// By day, so that rows may come in any order; of a day that comes twice the last one counts.
using nights_by_day = std::map<date, std::map<std::string, double>>;

analytics_window window_of(const nights_by_day& nights) {
  analytics_window window;
  const auto add = [](std::vector<dated_value>& values, date day, const auto& row, auto name) {
    const auto found = row.find(name);
    if (found != row.end() && found->second > 0)
      values.push_back({day, found->second});
  };
  for (const auto& [day, row] : nights) {
    add(window.hrv_rmssd_ms, day, row, "hrv");
    add(window.resting_heart_rate_bpm, day, row, "pulse");
    add(window.sleep_score, day, row, "score");
    add(window.breaths_per_minute, day, row, "breaths");
    add(window.skin_temperature_celsius, day, row, "skin");
  }
  return window;
}

analytics_window read_csv(const char* name) {
  std::ifstream file{name};
  if (!file) {
    std::fprintf(stderr, "backtest_csv: cannot read %s\n", name);
    std::exit(1);
  }
  std::string line;
  std::getline(file, line);
  const auto columns = fields_of(line);
  nights_by_day nights;
  int left_out = 0;
  while (std::getline(file, line)) {
    const auto fields = fields_of(line);
    std::map<std::string, double> row;
    std::optional<date> day;
    for (std::size_t index = 0; index < std::min(fields.size(), columns.size()); ++index) {
      const auto column = column_names.find(columns[index]);
      if (column == column_names.end())
        continue;
      if (column->second == "date")
        day = parse_date(std::string_view{fields[index]}.substr(0, 10));
      else
        row[column->second] = number_of(fields[index]);
    }
    if (day)
      nights[*day] = row;
    else
      ++left_out;
  }
  std::printf("%s: %zu nights, %d rows left out\n", name, nights.size(), left_out);
  return window_of(nights);
}

analytics_window nights_of(const simulator::athlete& who) {
  const date first = std::chrono::sys_days{std::chrono::year{2021} / std::chrono::January / 1};
  nights_by_day nights;
  for (const auto& state : simulator::conditions(who, {first, first + days{5 * 365}})) {
    if (!simulator::is_night_recorded(who, state.day))
      continue;
    auto& row = nights[state.day];
    const auto curve = simulator::hrv_curve(who, state);
    for (const auto& point : curve)
      row["hrv"] += point.second / static_cast<double>(curve.size());
    row["hrv"] = std::round(row["hrv"]);
    row["pulse"] = std::round(state.heart_rate_bpm);
    const auto slept = simulator::make_night(who, state);
    row["score"] = slept.scores ? slept.score : 0;
  }
  return window_of(nights);
}

/// Sums over series, for the line at the end.
struct totals {
  int series = 0;
  int shown = 0;
  double over_persistence = 0;
  double over_week = 0;
  double coverage = 0;
  double coverage_min = 1;
  double coverage_max = 0;
};

double percent_below(double error, double other) {
  return other > 0 ? 100.0 * (1.0 - error / other) : 0.0;
}

void print(const prediction& result, totals& sums) {
  const auto& report = result.backtest;
  const double over_persistence = percent_below(report.model_error, report.persistence_error);
  const double over_week = percent_below(report.model_error, report.week_mean_error);
  const double coverage = report.coverage.value_or(0);
  std::printf("  %-11s %5d nights judged  model %.4f  persistence %.4f (%+.1f %%)  7-day mean %.4f "
              "(%+.1f %%)  coverage %.1f %% of %d  %s\n",
              std::string{to_string(result.name)}.c_str(), report.nights, report.model_error,
              report.persistence_error, -over_persistence, report.week_mean_error, -over_week,
              100.0 * coverage, report.interval_nights,
              report.is_better() ? "better than both" : "not better");
  if (report.interval_nights == 0)
    return;
  ++sums.series;
  sums.shown += report.is_better() ? 1 : 0;
  sums.over_persistence += over_persistence;
  sums.over_week += over_week;
  sums.coverage += coverage;
  sums.coverage_min = std::min(sums.coverage_min, coverage);
  sums.coverage_max = std::max(sums.coverage_max, coverage);
}

void print(metric name, const totals& sums) {
  std::printf("%-11s %d series, better than both on %d; error below persistence by %.1f %%, below "
              "the 7-day mean by %.1f %%; coverage %.1f %% (%.1f to %.1f)\n",
              std::string{to_string(name)}.c_str(), sums.series, sums.shown,
              sums.over_persistence / sums.series, sums.over_week / sums.series,
              100.0 * sums.coverage / sums.series, 100.0 * sums.coverage_min,
              100.0 * sums.coverage_max);
}

/// The whole series at once, so the newest night does not limit how far back it is looked.
void print_alarms(const analytics_window& person) {
  illness_sentinel sentinel;
  int judged = 0;
  int suspected = 0;
  std::string days_of_alarm;
  int alarms = 0;
  constexpr date end_of_time = date{days{1'000'000}};
  for (const auto& night : overnights_of(person, end_of_time, days{2'000'000})) {
    const auto before = sentinel.alarms_since(date{});
    sentinel.see(night);
    judged += sentinel.last_evidence().evidence ? 1 : 0;
    suspected += sentinel.state() == illness_state::suspected ? 1 : 0;
    if (sentinel.alarms_since(date{}) > before) {
      ++alarms;
      days_of_alarm += ' ' + format_date(night.day);
    }
  }
  if (judged > 0)
    std::printf("  illness     %5d nights judged  %.1f alarms a year  %.1f nights a year "
                "suspected:%s\n",
                judged, 365.25 * alarms / judged, 365.25 * suspected / judged,
                days_of_alarm.c_str());
}

void judge(const std::vector<analytics_window>& people) {
  std::map<metric, totals> sums;
  for (const auto& person : people) {
    std::printf("series %zu\n", static_cast<std::size_t>(&person - people.data()) + 1);
    for (const auto& result : predict_all(person, date::max()))
      if (result.nights > 0)
        print(result, sums[result.name]);
    print_alarms(person);
  }
  for (const auto& [name, sum] : sums)
    if (sum.series > 1)
      print(name, sum);
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: backtest_csv FILE… | --athletes SEED COUNT\n");
    return 2;
  }
  std::vector<analytics_window> people;
  if (std::string_view{argv[1]} == "--athletes" && argc == 4) {
    const auto seed = std::strtoull(argv[2], nullptr, 10);
    for (int number = 0; number < std::atoi(argv[3]); ++number)
      people.push_back(
          nights_of(simulator::make_athlete(seed, simulator::first_athlete_id + number)));
  } else {
    for (int index = 1; index < argc; ++index)
      people.push_back(read_csv(argv[index]));
  }
  judge(people);
}
