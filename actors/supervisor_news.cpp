#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "actors/supervisor.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {

// What webhooks announced waits here for its user's running sync, and is fetched at high priority
// then. It is in the database until a sync has fetched it, so whatever is dropped here or goes
// wrong is found by a later look, or by the next start.
void supervisor_state::note_news(const user_id& user, const pending_news& announced) {
  if (is_stopping || (!news.contains(user) && news.size() >= limits::users_with_news_max))
    return;
  const auto [place, is_new] = news.try_emplace(user);
  auto& pieces = place->second;
  const auto known = std::ranges::find(pieces, announced.what, &pending_news::what);
  if (known != pieces.end())
    known->number = std::max(known->number, announced.number);
  else if (pieces.size() < limits::news_per_user_max)
    pieces.push_back(announced);
  if (is_new)
    news_line.push_back(user);
  start_news();
}

void supervisor_state::look_for_news(bool takes_all) {
  next_news_look = self->clock().now() + limits::news_look_interval;
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                take_pending_news{env->now(), takes_all})
      .then(
          [this](const pending_news_list& found) {
            for (const auto& piece : found.news)
              note_news(piece.user, piece.news);
          },
          [](caf::error& problem) {
            telemetry::log_warning(
                "announced news could not be looked for",
                {{"error", std::string{to_string(from_caf(problem).code)}}});
          });
}

void supervisor_state::look_for_news_again() {
  if (is_begun && !is_stopping && self->clock().now() >= next_news_look)
    look_for_news(false);
}

void supervisor_state::start_news() {
  if (!is_begun || is_stopping)
    return;
  auto taken = count_running(occasion::news);
  for (auto place = news_line.begin();
       place != news_line.end() && taken < limits::syncs_with_news_max;) {
    if (running.contains(*place)) {
      ++place;
      continue;
    }
    const auto user = *place;
    place = news_line.erase(place);
    ++taken;
    fetch_news(user, std::move(news.extract(user).mapped()));
  }
}

void supervisor_state::fetch_news(const user_id& user, std::vector<pending_news> announced) {
  running.insert_or_assign(
      user, running_sync{occasion::news, queue.remove(user), self->clock().now(), {}});
  // Activation, token, ledgers and log row are four questions to the store.
  const auto timeout = 4 * limits::store_answer(env->config.storage);
  self->request(env->node->actors()->region, timeout,
                trigger_sync{user, sync_trigger::webhook, sync_priority::high, {}, {}, false,
                             announced})
      .then(
          [](const sync_started&) {
            // The user's actor tells when the sync ends.
          },
          [=, this](caf::error& cause) {
            const auto problem = from_caf(cause);
            // A sync that somebody else asked for may have looked before the news was there.
            if (problem.code == errc::sync_in_progress)
              for (const auto& piece : announced)
                note_news(user, piece);
            start_failed(user, problem);
          });
}

} // namespace polar_flow::actors
