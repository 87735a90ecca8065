#include "storage/record_columns.hpp"
#include "storage/statements.hpp"

namespace polar_flow::storage {

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<alertness_period>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&alertness_period::period_start_time);
  add(&alertness_period::period_end_time);
  add(&alertness_period::sleep_period_start_time);
  add(&alertness_period::sleep_period_end_time);
  add(&alertness_period::utc_offset_minutes);
  add(&alertness_period::grade);
  add(&alertness_period::grade_validity_s);
  add(&alertness_period::grade_type);
  add(&alertness_period::grade_classification);
  add(&alertness_period::validity);
  add(&alertness_period::sleep_inertia);
  add(&alertness_period::sleep_type);
  add(&alertness_period::result_type);
  values.add(nested_column(records, &alertness_period::hours, &alertness_hour::start_time));
  values.add(nested_column(records, &alertness_period::hours, &alertness_hour::end_time));
  values.add(nested_column(records, &alertness_period::hours, &alertness_hour::level));
  values.add(nested_column(records, &alertness_period::hours, &alertness_hour::validity));
  return statements::upsert_sleepwise_alertness;
}

const statement& add_columns(parameters& values, const user_id&,
                             const std::vector<bedtime_period>& records) {
  const auto add = [&](auto member) {
    values.add(column(records, member));
  };
  add(&bedtime_period::period_start_time);
  add(&bedtime_period::period_end_time);
  add(&bedtime_period::preferred_sleep_start_time);
  add(&bedtime_period::preferred_sleep_end_time);
  add(&bedtime_period::sleep_gate_start_time);
  add(&bedtime_period::sleep_gate_end_time);
  add(&bedtime_period::utc_offset_minutes);
  add(&bedtime_period::validity);
  add(&bedtime_period::quality);
  add(&bedtime_period::result_type);
  return statements::upsert_sleepwise_bedtime;
}

} // namespace polar_flow::storage
