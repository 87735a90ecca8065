#include "simulator/world.hpp"

#include <charconv>

namespace polar_flow::simulator {

world::world(options chosen, std::shared_ptr<const wall_clock> time)
    : settings(std::move(chosen)), clock(std::move(time)), limits(settings.limits) {
  if (settings.state_file) {
    const auto earlier = read_journal(*settings.state_file);
    const auto lines = std::make_shared<journal>(*settings.state_file);
    people = accounts{lines, earlier};
    hooks = webhook_book{lines, earlier};
  }
  if (settings.replay_folder)
    recorded.emplace(*settings.replay_folder, settings.replay_map);
}

std::optional<std::int64_t> world::find_athlete_id(std::string_view text) const {
  std::int64_t id = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (code != std::errc{} || end != text.data() + text.size() || !is_athlete(id))
    return std::nullopt;
  return id;
}

const athlete& world::person(std::int64_t id) {
  const auto found = athletes_.find(id);
  if (found != athletes_.end())
    return found->second;
  return athletes_.emplace(id, make_athlete(settings.seed, id)).first->second;
}

} // namespace polar_flow::simulator
