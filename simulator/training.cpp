#include "simulator/training.hpp"

#include "simulator/draw.hpp"
#include "simulator/episodes.hpp"
#include "simulator/json_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::simulator {

namespace {

using std::chrono::days;
using std::chrono::seconds;

using enum session_kind;

constexpr std::array<session_traits, 11> traits{{
    {"RUNNING", "RUNNING", 0.60, 0.74, 48, 1.00, true, true, 164},
    {"RUNNING", "RUNNING", 0.62, 0.78, 100, 0.97, true, true, 162},
    {"RUNNING", "RUNNING", 0.70, 0.95, 55, 1.08, true, true, 168},
    {"RUNNING", "RUNNING", 0.75, 0.88, 45, 1.14, true, true, 170},
    {"RUNNING", "TREADMILL_RUNNING", 0.62, 0.80, 40, 1.00, false, true, 165},
    {"CYCLING", "ROAD_BIKING", 0.58, 0.84, 80, 2.60, true, false, 4},
    {"CYCLING", "ROAD_BIKING", 0.56, 0.82, 160, 2.50, true, false, 4},
    {"CYCLING", "INDOOR_CYCLING", 0.66, 0.90, 50, 0.00, false, false, 2},
    {"OTHER", "STRENGTH_TRAINING", 0.42, 0.72, 50, 0.00, false, false, 12},
    {"OTHER", "MOBILITY_DYNAMIC", 0.26, 0.44, 18, 0.00, false, false, 4},
    {"OTHER", "WALKING", 0.32, 0.48, 50, 0.50, true, false, 110},
}};

/// Monday to Sunday; hard and easy days alternate and the long session is on Sunday, the polarized
/// rhythm that Seiler 2010 describes.
using week_plan = std::array<std::optional<session_kind>, 7>;

constexpr std::array<week_plan, 3> plans{{
    {mobility, intervals, easy_run, tempo_run, std::nullopt, easy_run, long_run},
    {std::nullopt, indoor_ride, strength, ride, std::nullopt, ride, long_ride},
    {strength, treadmill_run, walk, strength, mobility, ride, walk},
}};

/// Three weeks build up, the fourth recovers.
constexpr std::int64_t mesocycle_weeks = 4;
constexpr double recovery_week_volume = 0.62;
constexpr double overload_volume = 1.6;

/// Above this severity nobody trains.
constexpr double training_illness_max = 0.25;

bool is_recovery_week(const athlete& who, date day) {
  // 1970-01-05 was a Monday, so weeks are counted from there; everybody's cycle begins elsewhere.
  const auto week = (day.time_since_epoch().count() - 4) / 7 + who.id;
  return week % mesocycle_weeks == mesocycle_weeks - 1;
}

bool is_hard(session_kind kind) {
  return kind == intervals || kind == tempo_run;
}

/// What the plan, the state of health and chance make of `day`.
std::vector<session_kind> kinds_on(const athlete& who, date day, bool overload, draw& numbers) {
  const auto weekday = std::chrono::weekday{day}.iso_encoding() - 1;
  auto planned = plans[static_cast<std::size_t>(who.trains_as)][weekday];
  const bool is_skipped = numbers.chance(0.08);
  const bool has_extra_walk = numbers.chance(0.1);
  if (planned && is_hard(*planned) && is_recovery_week(who, day))
    planned = easy_run;
  if (!planned && overload)
    planned = who.trains_as == discipline::cyclist ? ride : tempo_run;
  std::vector<session_kind> kinds;
  if (has_extra_walk)
    kinds.push_back(walk);
  if (planned && (!is_skipped || overload))
    kinds.push_back(*planned);
  return kinds;
}

wall_time start_of_session(date day, bool is_extra, draw& numbers) {
  const bool is_weekend = std::chrono::weekday{day}.iso_encoding() >= 6;
  double minute_of_day = is_weekend ? 620.0 : 1050.0;
  if (is_extra)
    minute_of_day = is_weekend ? 1080.0 : 740.0;
  minute_of_day += std::clamp(15.0 * numbers.normal(), -35.0, 35.0);
  return midnight(day) + seconds{static_cast<int>(minute_of_day * 60.0)};
}

std::chrono::sys_seconds upload_of(const athlete& who, const session& done, date day) {
  draw numbers{who.seed + static_cast<std::uint64_t>(done.number), day.time_since_epoch().count(),
               topic::upload};
  // Most watches sync within minutes; some only when the phone is near again a day later, so the
  // order of uploads is not the order of sessions.
  const int delay_s =
      numbers.chance(0.06) ? numbers.integer(14 * 3600, 40 * 3600) : numbers.integer(40, 1800);
  return to_utc(done.end(), who.utc_offset) + seconds{delay_s};
}

session make_session(const athlete& who, date day, session_kind kind, int number, bool overload,
                     draw& numbers) {
  const auto& common = traits_of(kind);
  session done;
  done.kind = kind;
  done.number = number;
  // Only the walk comes as an extra; the planned session of the day starts at the usual time.
  done.start = start_of_session(day, kind == walk && number == 0, numbers);
  double volume = who.training_volume * std::exp(0.12 * numbers.normal());
  if (overload)
    volume *= overload_volume;
  else if (is_recovery_week(who, day))
    volume *= recovery_week_volume;
  // After work there is less time than at the weekend, and bedtime comes.
  const double length_max_min = std::chrono::weekday{day}.iso_encoding() >= 6 ? 330.0 : 180.0;
  const double length_min = std::clamp(common.length_min * volume, 8.0, length_max_min);
  const bool ended_on_second = numbers.chance(0.2);
  done.length = std::chrono::milliseconds{static_cast<int>(length_min * 60.0) * 1000
                                          + (ended_on_second ? 0 : numbers.integer(1, 999))};
  const double reserve_bpm = who.heart_rate_max_bpm - who.heart_rate_rest_bpm;
  const double shift = 0.025 * numbers.normal() + (overload ? 0.03 : 0.0);
  done.heart_rate_average_bpm = static_cast<int>(
      std::round(who.heart_rate_rest_bpm + reserve_bpm * (common.intensity + shift)));
  const double peak = std::min(1.0, common.intensity_peak + shift + 0.02 * numbers.normal());
  done.heart_rate_max_bpm =
      std::max(done.heart_rate_average_bpm + 6,
               static_cast<int>(std::round(who.heart_rate_rest_bpm + reserve_bpm * peak)));
  if (common.speed > 0.0) {
    const double speed_mps =
        who.running_speed_mps * common.speed * std::exp(0.03 * numbers.normal());
    done.distance_m = std::round(speed_mps * length_min * 60.0);
  }
  done.load = six_digits(training_impulse(who, length_min, done.heart_rate_average_bpm));
  // About 4.9 kcal per litre of oxygen; reserve of heart rate equals reserve of uptake (Swain and
  // Leutholtz 1997), with a capacity of 45 ml per kg and minute.
  const double uptake = (3.5 + 41.5 * (common.intensity + shift)) * who.weight_kg / 1000.0;
  done.calories_kcal = static_cast<int>(uptake * 4.9 * length_min);
  done.uploaded = upload_of(who, done, day);
  return done;
}

} // namespace

const session_traits& traits_of(session_kind kind) {
  return traits[static_cast<std::size_t>(kind)];
}

double training_impulse(const athlete& who, double length_min, double heart_rate_bpm) {
  const double reserve = std::clamp((heart_rate_bpm - who.heart_rate_rest_bpm)
                                        / (who.heart_rate_max_bpm - who.heart_rate_rest_bpm),
                                    0.0, 1.0);
  const double weight =
      who.is_female ? 0.86 * std::exp(1.67 * reserve) : 0.64 * std::exp(1.92 * reserve);
  return length_min * reserve * weight;
}

std::vector<session> sessions_on(const athlete& who, date day) {
  if (!is_watch_worn(who, day) || illness_severity(who, day) > training_illness_max)
    return {};
  draw numbers{who.seed, day.time_since_epoch().count(), topic::training};
  const bool overload = is_overload_day(who, day);
  std::vector<session> done;
  for (const auto kind : kinds_on(who, day, overload, numbers)) {
    const auto number = static_cast<int>(done.size());
    done.push_back(make_session(who, day, kind, number, overload, numbers));
  }
  std::ranges::sort(done, {}, &session::start);
  return done;
}

std::string exercise_id(const athlete& who, const session& done) {
  constexpr std::string_view digits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const auto day = static_cast<std::uint64_t>(day_of(done.start).time_since_epoch().count());
  auto value = mix(who.seed, day * 8 + static_cast<std::uint64_t>(done.number));
  std::string text;
  for (int i = 0; i < 8; ++i, value /= digits.size())
    text += digits[value % digits.size()];
  return text;
}

double load_on(const athlete& who, date day) {
  double sum = 0.0;
  for (const auto& done : sessions_on(who, day))
    sum += done.load;
  return sum;
}

double mean_planned_load(const athlete& who) {
  // Any half year will do; this one starts on a Monday and holds whole mesocycles.
  constexpr int length_days = 168;
  const date first{std::chrono::year{2024} / 1 / 1};
  double sum = 0.0;
  for (int i = 0; i < length_days; ++i)
    sum += load_on(who, first + days{i});
  return sum / length_days;
}

} // namespace polar_flow::simulator
