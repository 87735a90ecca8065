#include "http/answers.hpp"
#include "http/detail_types.hpp"
#include "http/handlers.hpp"
#include "http/record_ids.hpp"

#include <charconv>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

/// A sentence about a record, around its name.
struct sentence {
  std::string_view before;
  std::string_view after;
};

error not_found(const sentence& text, std::string_view name) {
  std::string message{text.before};
  message += name;
  message += text.after;
  return {errc::not_found, std::move(message)};
}

/// For endpoints that show a record with or without series.
template <class Record>
bool is_enough(const Record&) {
  return true;
}

/// One endpoint of one record: what to ask, what to say when there is nothing, how to show it.
template <class Record>
struct endpoint {
  detail_kind kind{};
  sentence absent;
  std::string (*render)(const Record&) = nullptr;
  /// Whether the record has what the endpoint shows, and what to say when it has not.
  bool (*has_content)(const Record&) = is_enough<Record>;
  sentence empty{};
};

/// `name` is what the client calls the record.
template <class Record>
awaitable<response> answer_detail(services& available, const call& asked,
                                  const endpoint<Record>& shown, const detail_key& key,
                                  const std::string& name) {
  const auto found = co_await available.behind.get_detail(asked.user, shown.kind, key);

  if (!found)
    co_return answer_failure(asked, found.error());
  if (*found == nullptr)
    co_return answer_failure(asked, not_found(shown.absent, name));
  const auto& record = std::get<Record>(**found);
  if (!shown.has_content(record))
    co_return answer_failure(asked, not_found(shown.empty, name));
  co_return answer_with(shown.render(record));
}

template <class Record>
awaitable<response> answer_day(services& available, const call& asked,
                               const endpoint<Record>& shown) {
  const auto text = text_in_path(asked, date_of_record);
  const auto day = read_date(asked.message, date_of_record, text);
  if (!day)
    co_return day.error();
  const detail_key key{*day};
  co_return co_await answer_detail(available, asked, shown, key, text);
}

/// Whether a record is told from others of the same moment by its device.
enum class device_in_id : std::uint8_t { never, possible };

/// A record that is known by its moment. What cannot be an id of ours is no record's id.
template <class Record>
awaitable<response> answer_moment(services& available, const call& asked,
                                  const endpoint<Record>& shown, device_in_id device) {
  const auto id = text_in_path(asked, id_of_record);
  const auto moment = parse_record_id(id);
  if (!moment || (device == device_in_id::never && !moment->device_id.empty()))
    co_return answer_failure(asked, not_found(shown.absent, id));
  const detail_key key{*moment};
  co_return co_await answer_detail(available, asked, shown, key, id);
}

awaitable<response> answer_exercise(services& available, const call& asked,
                                    const endpoint<exercise_detail>& shown) {
  const auto id = text_in_path(asked, id_of_record);
  const detail_key key{id};
  co_return co_await answer_detail(available, asked, shown, key, id);
}

// -- by date -----------------------------------------------------------------------------------

constexpr endpoint<night_detail> shown_night{
    .kind = detail_kind::night, .absent = {"No sleep data for ", ""}, .render = to_json};

constexpr endpoint<activity_day> shown_activity{
    .kind = detail_kind::activity, .absent = {"No activity data for ", ""}, .render = to_json};

constexpr endpoint<activity_sample_day> shown_activity_samples{
    .kind = detail_kind::activity_samples,
    .absent = {"No activity samples for ", ""},
    .render = to_json,
    .has_content = [](const activity_sample_day& day) { return !day.steps.empty(); },
    .empty = {"Activity data for ", " has no samples"}};

constexpr endpoint<nightly_recharge> shown_recharge_samples{
    .kind = detail_kind::recharge,
    .absent = {"No recharge data for ", ""},
    .render = to_json_samples,
    .has_content =
        [](const nightly_recharge& recharge) {
          return !recharge.hrv_samples_ms.empty() || !recharge.breathing_samples_per_min.empty();
        },
    .empty = {"Recharge data for ", " has no samples"}};

constexpr endpoint<heart_rate_detail> shown_heart_rate{
    .kind = detail_kind::heart_rate,
    .absent = {"No heart rate data for ", ""},
    .render = to_json,
    .has_content = [](const heart_rate_detail& day) { return !day.record.samples.empty(); },
    .empty = {"Heart rate data for ", " has no samples"}};

// -- by id -------------------------------------------------------------------------------------

constexpr sentence no_exercise{"Exercise ", " not found"};

constexpr endpoint<exercise_detail> shown_exercise{
    .kind = detail_kind::exercise, .absent = no_exercise, .render = to_json};

constexpr endpoint<exercise_detail> shown_exercise_samples{
    .kind = detail_kind::exercise_samples,
    .absent = no_exercise,
    .render = to_json_samples,
    .has_content = [](const exercise_detail& detail) { return !detail.record.samples.empty(); },
    .empty = {"Exercise ", " has no sample data"}};

constexpr endpoint<exercise_detail> shown_exercise_route{
    .kind = detail_kind::exercise_route,
    .absent = no_exercise,
    .render = to_json_route,
    .has_content = [](const exercise_detail& detail) { return !detail.record.route.empty(); },
    .empty = {"Exercise ", " has no route data"}};

constexpr endpoint<alertness_period> shown_alertness_hours{
    .kind = detail_kind::alertness,
    .absent = {"Alertness period ", " not found"},
    .render = to_json_hours,
    .has_content = [](const alertness_period& period) { return !period.hours.empty(); },
    .empty = {"Alertness period ", " has no hourly data"}};

constexpr endpoint<ecg_detail> shown_ecg{
    .kind = detail_kind::ecg, .absent = {"ECG test ", " not found"}, .render = to_json};

constexpr endpoint<body_temperature_period> shown_body_temperature{
    .kind = detail_kind::body_temperature,
    .absent = {"Body temperature ", " not found"},
    .render = to_json_samples,
    .has_content = [](const body_temperature_period& period) { return !period.samples.empty(); },
    .empty = {"Body temperature ", " has no samples"}};

} // namespace

/// GET /api/v1/users/{user_id}/sleep/{date}
awaitable<response> get_night(services& available, const call& asked) {
  return answer_day(available, asked, shown_night);
}

/// GET /api/v1/users/{user_id}/activity/{date}
awaitable<response> get_activity_day(services& available, const call& asked) {
  return answer_day(available, asked, shown_activity);
}

/// GET /api/v1/users/{user_id}/activity-samples/{date}
awaitable<response> get_activity_samples(services& available, const call& asked) {
  return answer_day(available, asked, shown_activity_samples);
}

/// GET /api/v1/users/{user_id}/recharge/{date}/samples
awaitable<response> get_recharge_samples(services& available, const call& asked) {
  return answer_day(available, asked, shown_recharge_samples);
}

/// GET /api/v1/users/{user_id}/heart-rate/{date}/samples
awaitable<response> get_heart_rate_samples(services& available, const call& asked) {
  return answer_day(available, asked, shown_heart_rate);
}

/// GET /api/v1/users/{user_id}/exercises/{id}
awaitable<response> get_exercise(services& available, const call& asked) {
  return answer_exercise(available, asked, shown_exercise);
}

/// GET /api/v1/users/{user_id}/exercises/{id}/samples
awaitable<response> get_exercise_samples(services& available, const call& asked) {
  return answer_exercise(available, asked, shown_exercise_samples);
}

/// GET /api/v1/users/{user_id}/exercises/{id}/route
awaitable<response> get_exercise_route(services& available, const call& asked) {
  return answer_exercise(available, asked, shown_exercise_route);
}

/// GET /api/v1/users/{user_id}/sleepwise/alertness/{id}/hourly
awaitable<response> get_alertness_hours(services& available, const call& asked) {
  return answer_moment(available, asked, shown_alertness_hours, device_in_id::never);
}

/// GET /api/v1/users/{user_id}/ecg/{id}
awaitable<response> get_ecg(services& available, const call& asked) {
  const auto text = text_in_path(asked, number_of_record);
  std::int64_t id = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (problem != std::errc{})
    co_return answer_failure(asked, not_found(shown_ecg.absent, text));
  const detail_key key{id};
  co_return co_await answer_detail(available, asked, shown_ecg, key, text);
}

/// GET /api/v1/users/{user_id}/temperature/body/{id}/samples
awaitable<response> get_body_temperature_samples(services& available, const call& asked) {
  return answer_moment(available, asked, shown_body_temperature, device_in_id::possible);
}

} // namespace polar_flow::http
