#pragma once

#include "domain/clock.hpp"
#include "simulator/accounts.hpp"
#include "simulator/announcer.hpp"
#include "simulator/athlete.hpp"
#include "simulator/fault_mix.hpp"
#include "simulator/faults.hpp"
#include "simulator/options.hpp"
#include "simulator/outbox.hpp"
#include "simulator/rate_limits.hpp"
#include "simulator/replay.hpp"
#include "simulator/webhook_book.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>

namespace polar_flow::simulator {

/// Everything the simulator remembers between two requests. One thread only.
struct world {
  options settings;
  std::shared_ptr<const wall_clock> clock;
  accounts people;
  rate_limits limits;
  fault_table faults;
  std::optional<fault_mix> mixed_faults;
  /// How often each kind struck, of both.
  std::map<fault_kind, std::uint64_t> struck_counts;
  webhook_book hooks;
  outbox notifications;
  announcer news;
  std::optional<replay> recorded;
  /// Requests since the start, by athlete (absent without a known token), method and path.
  std::map<std::tuple<std::optional<std::int64_t>, std::string, std::string>, std::uint64_t>
      request_counts;

  /// Throws std::runtime_error when the replay folder or the state file cannot be used.
  world(options chosen, std::shared_ptr<const wall_clock> time);

  bool is_athlete(std::int64_t id) const {
    return id >= first_athlete_id && id < first_athlete_id + settings.athletes;
  }

  /// The id in a path or parameter, if it names an athlete.
  std::optional<std::int64_t> find_athlete_id(std::string_view text) const;

  /// Made when first asked for: a load test may have more athletes than it uses.
  const athlete& person(std::int64_t id);

private:
  std::unordered_map<std::int64_t, athlete> athletes_;
};

} // namespace polar_flow::simulator
