#include "polar/readers.hpp"

#include <utility>

namespace polar_flow::polar {

namespace {

template <class Records>
result<stream_records> as_stream_records(result<Records> records) {
  if (!records)
    return std::unexpected{std::move(records.error())};
  return stream_records{std::move(*records)};
}

} // namespace

result<stream_records> read_answer(stream kind, std::string_view body) {
  switch (kind) {
  case stream::sleep:
    return as_stream_records(read_sleep(body));
  case stream::recharge:
    return as_stream_records(read_recharge(body));
  case stream::activity:
    return as_stream_records(read_activity(body));
  case stream::activity_samples:
    return as_stream_records(read_activity_samples(body));
  case stream::exercises:
    return as_stream_records(read_exercises(body));
  case stream::cardio_load:
    return as_stream_records(read_cardio_load(body));
  case stream::sleepwise_alertness:
    return as_stream_records(read_sleepwise_alertness(body));
  case stream::sleepwise_bedtime:
    return as_stream_records(read_sleepwise_bedtime(body));
  case stream::continuous_hr:
    return as_stream_records(read_continuous_heart_rate(body));
  case stream::spo2:
    return as_stream_records(read_spo2(body));
  case stream::ecg:
    return as_stream_records(read_ecg(body));
  case stream::body_temperature:
    return as_stream_records(read_body_temperature(body));
  case stream::skin_temperature:
    return as_stream_records(read_skin_temperature(body));
  case stream::physical_info:
    return as_stream_records(read_physical_info(body));
  }
  return stream_records{};
}

} // namespace polar_flow::polar
