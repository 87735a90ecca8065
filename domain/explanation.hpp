#pragma once

#include "domain/metrics.hpp"
#include "domain/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Why a figure is what it is: the rows that entered, and what was done with them.
namespace polar_flow {

enum class explained : std::uint8_t {
  // The baseline of a metric, and how its newest value stands against it.
  hrv_rmssd,
  sleep_score,
  resting_hr,
  training_load,
  training_load_ratio,
  // What goes beyond the baselines.
  hrv_range,
  load,
  recovery_readiness,
  prediction_hrv_rmssd,
  prediction_sleep_score,
  prediction_resting_hr,
  illness,
  overload,
};

inline constexpr std::array all_explained{
    explained::hrv_rmssd,           explained::sleep_score,
    explained::resting_hr,          explained::training_load,
    explained::training_load_ratio, explained::hrv_range,
    explained::load,                explained::recovery_readiness,
    explained::prediction_hrv_rmssd, explained::prediction_sleep_score,
    explained::prediction_resting_hr, explained::illness,
    explained::overload};

std::string_view to_string(explained subject);
std::optional<explained> parse_explained(std::string_view name);

/// A set of rows that formulas refer to by its name.
struct explained_rows {
  std::string name;
  std::string unit;
  /// The days that were looked at; not all of them need have a row. Absent: every day until today.
  std::optional<date_range> window;
  std::vector<dated_value> rows;

  bool operator==(const explained_rows&) const = default;
};

struct explained_setting {
  std::string name;
  double value = 0;

  bool operator==(const explained_setting&) const = default;
};

struct explained_figure {
  std::string name;
  /// Absent where the formula's conditions are not met.
  std::optional<double> value;
  std::string unit;
  /// Names of row sets, settings and figures above it, and usual notation.
  std::string formula;

  bool operator==(const explained_figure&) const = default;
};

struct explanation {
  explained subject{};
  date today;
  std::vector<explained_rows> rows;
  std::vector<explained_setting> settings;
  std::vector<explained_figure> figures;

  bool operator==(const explanation&) const = default;
};

} // namespace polar_flow
