#pragma once

#include "tests/simulation/node.hpp"
#include "tests/simulation/plan_cost.hpp"
#include "tests/simulation/scenario.hpp"
#include "tests/simulation/statistics.hpp"

#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace polar_flow::simulation {

/// Users with watches, Polar, and the nodes between them, in virtual time from one seed.
class world final : public household {
public:
  world(const scenario& what, const plan_costs& costs);

  statistics live();

  std::int32_t begin_sync(std::uint32_t person, sync_priority priority, instant now) override;
  void end_sync(const sync_run& run, instant now) override;

private:
  enum class habit : std::uint8_t { daily, now_and_then, drawer };

  struct person {
    user_record record;
    habit watch = habit::daily;
    bool is_reader = false;
    bool is_revoked = false;
    /// Daily: the hour of sending. Now and then: every so many days.
    std::int32_t rhythm = 0;
    /// The newest day that a sync has seen.
    date newest_known;
    /// When the watch went into its drawer.
    date last_worn;
    instant waits_since;
    std::optional<instant> last_success;
  };

  struct outage {
    instant from;
    instant until;
    weather sky{};
  };

  node& home_of(std::uint32_t index);
  void add_person(instant now, bool is_new);
  void plan_outages();
  void tick();
  void change_weather();
  void let_others_call();
  void turn_over();
  void announce_news();
  void let_die();
  void watch_windows();
  void note_gap(const person& someone, instant until);
  void end_window(const model_window& window);
  void finish();
  date newest_sent(const person& someone) const;
  std::int32_t happens(double per_day);
  std::uint32_t anybody();

  scenario what_;
  plan_costs costs_;
  std::mt19937_64 random_;
  polar_budget ledger_;
  polar_model polar_;
  std::vector<std::unique_ptr<node>> nodes_;
  std::vector<node*> turns_;
  std::vector<person> people_;
  std::vector<outage> outages_;
  std::vector<std::uint32_t> revoked_;
  std::int64_t registered_ = 0;
  double outside_owed_ = 0;
  window_record quarter_hour_;
  window_record day_;
  statistics seen_;
  instant now_;
};

} // namespace polar_flow::simulation
