#include "simulator/exercise_series.hpp"

#include "simulator/draw.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace polar_flow::simulator {

namespace {

/// Seconds between two points of a route.
constexpr int route_step_s = 5;
constexpr double lap_m = 2000.0;

/// Length of an interval and its rest.
constexpr double interval_period_s = 420.0;
constexpr double steady_period_s = 900.0;

draw series_draw(const athlete& who, const session& done) {
  return draw{who.seed + static_cast<std::uint64_t>(done.number) * 8,
              day_of(done.start).time_since_epoch().count(), topic::exercise_series};
}

std::size_t whole_seconds(const session& done) {
  return static_cast<std::size_t>(std::chrono::floor<std::chrono::seconds>(done.length).count());
}

double wave(double passed_s, double period_s) {
  return std::sin(2.0 * std::numbers::pi * passed_s / period_s);
}

class joined_numbers {
public:
  void add(double value, int decimals) {
    separate();
    std::array<char, 48> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::fixed, decimals);
    data_.append(text.data(), end.ptr);
  }
  void add(int value) {
    separate();
    data_ += std::to_string(value);
  }
  /// The shortest text of a single-precision value read as a double, noise included.
  void add_single(float value) {
    separate();
    std::array<char, 48> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(),
                                   static_cast<double>(value), std::chars_format::fixed);
    const std::string_view digits{text.data(), end.ptr};
    data_ += digits;
    if (digits.find('.') == std::string_view::npos)
      data_ += ".0";
  }
  void add_null() {
    separate();
    data_ += "null";
  }
  std::string take() {
    return std::move(data_);
  }

private:
  void separate() {
    if (!data_.empty())
      data_ += ',';
  }

  std::string data_;
};

/// Speed in metres per second; adds up to the distance of the summary.
std::vector<double> speed_series(const session& done) {
  const auto count = whole_seconds(done);
  std::vector<double> speed(count, 0.0);
  if (!done.distance_m)
    return speed;
  double sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double passed_s = static_cast<double>(i);
    speed[i] = std::min(1.0, passed_s / 12.0) * (1.0 + 0.05 * wave(passed_s, 311.0));
    sum += speed[i];
  }
  for (auto& value : speed)
    value *= *done.distance_m / sum;
  return speed;
}

std::string heart_rate_text(const std::vector<int>& heart_rate_bpm, draw& numbers) {
  // In some sessions the sensor slips off for a while.
  const bool slips = numbers.chance(0.05) && heart_rate_bpm.size() > 200;
  const int slip = numbers.integer(60, 120);
  joined_numbers out;
  for (int i = 0; i < static_cast<int>(heart_rate_bpm.size()); ++i) {
    if (slips && i >= slip && i < slip + 20)
      out.add_null();
    else
      out.add(heart_rate_bpm[static_cast<std::size_t>(i)]);
  }
  return out.take();
}

std::string speed_text(const std::vector<double>& speed_mps) {
  joined_numbers out;
  for (std::size_t i = 0; i < speed_mps.size(); ++i) {
    const double speed_kmh = speed_mps[i] * 3.6;
    // Polar mixes `0` and `0.0`.
    if (speed_kmh == 0.0 && i % 2 == 0)
      out.add(0);
    else
      out.add(speed_kmh, speed_kmh == 0.0 ? 1 : 4);
  }
  return out.take();
}

std::string distance_text(const std::vector<double>& speed_mps) {
  joined_numbers out;
  double sum_m = 0.0;
  for (const double speed : speed_mps) {
    sum_m += speed;
    out.add_single(static_cast<float>(std::floor(sum_m * 10.0) / 10.0));
  }
  return out.take();
}

/// A slow wave around `middle`.
std::string wave_text(std::size_t count, double middle, double height, double period_s,
                      int decimals) {
  joined_numbers out;
  for (std::size_t i = 0; i < count; ++i)
    out.add(middle + height * wave(static_cast<double>(i), period_s), decimals);
  return out.take();
}

std::string cadence_text(std::size_t count, int usual) {
  joined_numbers out;
  for (std::size_t i = 0; i < count; ++i)
    out.add(i < 15 ? 0 : usual + static_cast<int>(2.0 * wave(static_cast<double>(i), 240.0)));
  return out.take();
}

std::string power_text(const athlete& who, const std::vector<double>& speed_mps) {
  joined_numbers out;
  // Running costs about one watt per kilogram and metre per second (van Dijk and van Megen 2017).
  for (const double speed : speed_mps)
    out.add(2 * static_cast<int>(speed * who.weight_kg * 0.52));
  return out.take();
}

} // namespace

std::vector<int> heart_rate_series(const athlete& who, const session& done) {
  auto numbers = series_draw(who, done);
  const auto count = whole_seconds(done);
  const double average = done.heart_rate_average_bpm;
  const double maximum = done.heart_rate_max_bpm;
  const bool has_intervals = done.kind == session_kind::intervals;
  const double height = (maximum - average) * (has_intervals ? 0.6 : 0.3);
  const double period_s = has_intervals ? interval_period_s : steady_period_s;
  const double peak_at = static_cast<double>(count) * numbers.uniform(0.6, 0.9);
  const double peak_width_s = std::min(60.0, static_cast<double>(count) / 20.0);
  // A base that warms up and swings, drawn towards the maximum around the peak.
  std::vector<double> base(count);
  std::vector<double> pull(count);
  double fixed_sum = 0.0;
  double free_sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double passed_s = static_cast<double>(i);
    const double from_peak = (std::round(peak_at) - passed_s) / peak_width_s;
    base[i] = average + height * wave(passed_s, period_s) - 30.0 * std::exp(-passed_s / 90.0);
    pull[i] = std::exp(-from_peak * from_peak);
    fixed_sum += base[i] * (1.0 - pull[i]) + maximum * pull[i];
    free_sum += 1.0 - pull[i];
  }
  const double shift = (average * static_cast<double>(count) - fixed_sum) / free_sum;
  std::vector<int> series(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double beats = (base[i] + shift) * (1.0 - pull[i]) + maximum * pull[i];
    series[i] = static_cast<int>(std::round(std::min(beats, maximum)));
  }
  return series;
}

std::vector<sample_series> sample_series_of(const athlete& who, const session& done,
                                            const std::vector<int>& heart_rate_bpm) {
  draw numbers{who.seed + static_cast<std::uint64_t>(done.number) * 8 + 1,
               day_of(done.start).time_since_epoch().count(), topic::exercise_series};
  const auto& common = traits_of(done.kind);
  const auto count = heart_rate_bpm.size();
  const auto speed = speed_series(done);
  std::vector<sample_series> found;
  found.push_back({0, heart_rate_text(heart_rate_bpm, numbers)});
  found.push_back({1, speed_text(speed)});
  if (common.has_route) {
    found.push_back({2, cadence_text(count, common.steps_per_minute > 40
                                                ? static_cast<int>(common.steps_per_minute / 2)
                                                : 85)});
    found.push_back({3, wave_text(count, 60.0, 18.0, 1300.0, 3)});
  }
  if (common.is_run && common.has_route)
    found.push_back({4, power_text(who, speed)});
  found.push_back({9, wave_text(count, 27.0, 1.5, 5000.0, 1)});
  found.push_back({10, distance_text(speed)});
  return found;
}

std::vector<route_point> route_of(const athlete& who, const session& done) {
  // Somewhere in the Atlantic: nobody lives there.
  const double home_latitude = 30.0 + static_cast<double>(who.id % 97) * 0.01;
  constexpr double home_longitude = -40.0;
  constexpr double metres_per_degree = 111'195.0;
  constexpr double radius_m = lap_m / (2.0 * std::numbers::pi);
  const auto speed = speed_series(done);
  std::vector<route_point> points;
  double passed_m = 0.0;
  for (std::size_t i = 0; i < speed.size(); ++i) {
    passed_m += speed[i];
    if (i % route_step_s != 0)
      continue;
    const double angle = passed_m / radius_m;
    const double east = std::cos(home_latitude * std::numbers::pi / 180.0);
    points.push_back({home_latitude + radius_m * std::sin(angle) / metres_per_degree,
                      home_longitude + radius_m * std::cos(angle) / metres_per_degree / east,
                      std::chrono::seconds{static_cast<int>(i)}});
  }
  return points;
}

} // namespace polar_flow::simulator
