#pragma once

#include "simulator/data_request.hpp"

/// One function per data endpoint; `routes.cpp` says which path leads where.
namespace polar_flow::simulator {

// -- sleep ---
response list_sleep(const data_request& ask);
response list_available_sleep(const data_request& ask);
response show_sleep(const data_request& ask);

// -- nightly recharge ---
response list_recharge(const data_request& ask);
response show_recharge(const data_request& ask);

// -- daily activity ---
response list_activities(const data_request& ask);
response show_activity(const data_request& ask);
response list_activity_samples(const data_request& ask);
response show_activity_samples(const data_request& ask);

// -- cardio load ---
response list_cardio_load(const data_request& ask);
response show_cardio_load(const data_request& ask);
response list_cardio_load_range(const data_request& ask);
response list_cardio_load_days(const data_request& ask);
response list_cardio_load_months(const data_request& ask);

// -- exercises ---
response list_exercises(const data_request& ask);
response show_exercise(const data_request& ask);

// -- continuous heart rate ---
response list_continuous_heart_rate(const data_request& ask);
response show_continuous_heart_rate(const data_request& ask);

// -- SleepWise ---
response list_alertness(const data_request& ask);
response list_alertness_range(const data_request& ask);
response list_circadian_bedtime(const data_request& ask);
response list_circadian_bedtime_range(const data_request& ask);

// -- biosensing ---
response list_body_temperature(const data_request& ask);
response list_skin_temperature(const data_request& ask);
response list_skin_contacts(const data_request& ask);
response list_ecg(const data_request& ask);
response list_spo2(const data_request& ask);

// -- the person ---
response show_physical_info(const data_request& ask);

} // namespace polar_flow::simulator
