#include "http/answers.hpp"
#include "http/csv.hpp"
#include "http/handlers.hpp"
#include "http/list_types.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

/// Answers a list as a file that a browser saves.
template <class Row>
awaitable<response> answer_csv(services& available, const call& asked, list_kind kind,
                               std::string_view name) {
  const auto days = read_integer(asked.message, days_of_list);
  if (!days)
    co_return days.error();
  const auto days_shown = days->value_or(days_of_list.max);
  const auto render = [](const list_rows& rows, const data_version&) {
    return to_csv(std::get<std::vector<Row>>(rows));
  };
  auto answer = co_await answer_list(available, asked, kind, days_shown, render);
  if (answer.failure)
    co_return answer;
  std::string disposition = "attachment; filename=";
  disposition += name;
  disposition += '_' + std::to_string(days_shown) + "days.csv";
  answer.content_type = csv_content_type;
  answer.headers.emplace_back("Content-Disposition", std::move(disposition));
  co_return answer;
}

} // namespace

/// GET /api/v1/users/{user_id}/export/summary
awaitable<response> export_summary(services& available, const call& asked) {
  const auto days = read_integer(asked.message, days_of_list);
  if (!days)
    co_return days.error();
  const auto days_counted = days->value_or(days_of_list.max);
  const auto render = [&asked, days_counted](const list_rows& rows, const data_version& shown) {
    const auto& counts = std::get<std::vector<record_counts>>(rows).at(0);
    const auto first = shown.local_day - std::chrono::days{days_counted - 1};
    return to_json(counts, asked.user, {first, shown.local_day});
  };
  co_return co_await answer_list(available, asked, list_kind::counts, days_counted, render);
}

/// GET /api/v1/users/{user_id}/export/sleep.csv
awaitable<response> export_sleep(services& available, const call& asked) {
  return answer_csv<sleep_summary>(available, asked, list_kind::sleep, "sleep");
}

/// GET /api/v1/users/{user_id}/export/activity.csv
awaitable<response> export_activity(services& available, const call& asked) {
  return answer_csv<activity_day>(available, asked, list_kind::activity, "activity");
}

/// GET /api/v1/users/{user_id}/export/recharge.csv
awaitable<response> export_recharge(services& available, const call& asked) {
  return answer_csv<recharge_summary>(available, asked, list_kind::recharge, "recharge");
}

/// GET /api/v1/users/{user_id}/export/cardio-load.csv
awaitable<response> export_cardio_load(services& available, const call& asked) {
  return answer_csv<cardio_load_day>(available, asked, list_kind::cardio_load, "cardio_load");
}

} // namespace polar_flow::http
