#pragma once

#include "domain/ids.hpp"
#include "domain/records.hpp"
#include "storage/encode.hpp"
#include "storage/statement.hpp"

#include <string>
#include <utility>
#include <vector>

/// How the records of each stream become the columns of its table.
namespace polar_flow::storage {

// Each adds one array per column, in the order of the stream's upsert, and returns that statement.
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<night>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<nightly_recharge>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<skin_temperature_night>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<activity_day>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<activity_sample_day>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<cardio_load_day>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<heart_rate_day>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<exercise>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<alertness_period>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<bedtime_period>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<spo2_test>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<ecg_test>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<body_temperature_period>& records);
const statement& add_columns(parameters& values, const user_id& user,
                             const std::vector<physical_info>& records);

/// Digest of all that a list can tell about an exercise, as `bytea`.
std::string summary_sha256(const exercise& record);

/// A column of arrays: each record's list as the text of an array, by `project` of its elements.
template <class Records, class List, class Projection>
std::string nested_column(const Records& records, List list, Projection project) {
  return column(records,
                [&](const auto& record) { return column(std::invoke(list, record), project); });
}

} // namespace polar_flow::storage
