#include "tests/simulation/plan_cost.hpp"

#include "domain/coverage.hpp"
#include "polar/requests.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace polar_flow::simulation {
namespace {

using std::chrono::days;

constexpr date first_day = std::chrono::year{2026} / 1 / 1;

/// The exercises of the 30 days that a first sync finds: three or four a week.
constexpr std::int32_t exercises_of_a_month = 15;

/// The ledgers of one user, written by real plans that all succeed.
struct ledger_book {
  std::vector<stream_coverage> ledgers;

  /// Plans, "fetches" and notes one sync; the watch has sent everything up to `watched`.
  std::int32_t sync(date today, date watched) {
    const polar::reach span{today, ledgers, {}};
    auto requests = polar::plan_requests(span);
    for (auto& planned : polar::plan_heart_rate(span, watched))
      requests.push_back(std::move(planned));
    std::vector<fetched_days> attempts;
    for (const auto& planned : requests)
      if (planned.days) {
        // Every day up to the last one that was sent has data.
        const date_range sent{planned.days->first, std::min(planned.days->last, watched)};
        attempts.push_back({planned.kind, *planned.days, day_set{{sent}}, {}});
      }
    note_attempts(ledgers, attempts, today, today + std::chrono::hours{12});
    return static_cast<std::int32_t>(requests.size());
  }
};

std::int32_t count_news(stream kind, std::optional<std::string> polar_exercise_id) {
  const polar_news announced{kind, date_range{first_day, first_day}, std::move(polar_exercise_id)};
  return static_cast<std::int32_t>(polar::plan_news(announced, first_day).size());
}

} // namespace

plan_costs measure_plan() {
  plan_costs costs;
  ledger_book book;
  costs.first = book.sync(first_day, first_day) + exercises_of_a_month;
  // A month of daily syncs settles what can be settled.
  const auto last_sent = first_day + days{40};
  for (auto day = first_day; day <= last_sent; day += days{1})
    book.sync(day, day);
  for (std::size_t lag = 0; lag < lags; ++lag) {
    const auto today = last_sent + days{static_cast<int>(lag)};
    book.sync(today, last_sent);
    costs.later[lag] = book.sync(today, last_sent);
    const auto loss = next_loss(book.ledgers, today).value_or(today + days{lags});
    costs.hours_to_loss[lag] = static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::hours>(loss - instant{today}).count());
  }
  costs.news = {count_news(stream::sleep, {}), count_news(stream::activity, {}),
                count_news(stream::exercises, "exercise")};
  return costs;
}

} // namespace polar_flow::simulation
