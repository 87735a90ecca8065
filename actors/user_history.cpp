#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "actors/user.hpp"
#include "polar/oauth.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::actors {
namespace {

constexpr int status_unauthorized = 401;
constexpr int status_not_found = 404;
constexpr int status_ok_first = 200;
constexpr int status_ok_last = 299;

/// Whether there is no grant at Polar after this answer: it was ended now, or had ended before.
bool is_grant_gone(int status) {
  return (status >= status_ok_first && status <= status_ok_last) || status == status_unauthorized
         || status == status_not_found;
}

std::shared_ptr<const coverage_report>
make_report(const std::vector<storage::present_days>& streams, date_range days, date today) {
  auto report = std::make_shared<coverage_report>();
  report->today = today;
  for (const auto& [present, ledger] : streams) {
    // What knows only "now" has no days to judge.
    if (reach_of(ledger.kind).kept == std::chrono::days{0})
      continue;
    report->streams.emplace_back(ledger.kind, judge_days(ledger, present, days, today));
  }
  return report;
}

} // namespace

// -- coverage --------------------------------------------------------------------------------

caf::result<coverage_answer> user_state::read_coverage(const get_coverage& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  note_reading();
  auto promise = self->make_response_promise<coverage_answer>();
  ++open_requests;
  const auto today = local_today();
  const date_range days{today - std::chrono::days{question.days - 1}, today};
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                load_present_days{id, days})
      .then(
          [=, this](const loaded_present_days& found) mutable {
            --open_requests;
            promise.deliver(coverage_answer{make_report(*found.streams, days, today)});
          },
          [this, promise](caf::error& problem) mutable {
            --open_requests;
            promise.deliver(std::move(problem));
          });
  return promise;
}

// -- state and logs --------------------------------------------------------------------------

caf::result<sync_report_list> user_state::read_logs(const get_sync_logs& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  auto promise = self->make_response_promise<sync_report_list>();
  ++open_requests;
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                list_sync_reports{id, question.limit})
      .then(
          [this, promise](const sync_report_list& found) mutable {
            --open_requests;
            promise.deliver(found);
          },
          [this, promise](caf::error& problem) mutable {
            --open_requests;
            promise.deliver(std::move(problem));
          });
  return promise;
}

caf::result<sync_state_answer> user_state::read_sync_state() {
  if (phase == user_phase::absent)
    return to_caf(absence);
  if (job)
    return sync_state_answer{record, std::make_shared<const sync_report>(job->report)};
  if (last_report)
    return sync_state_answer{record, last_report};
  // Nothing happened since the user was activated; the log knows what was before.
  auto promise = self->make_response_promise<sync_state_answer>();
  ++open_requests;
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                list_sync_reports{id, 1})
      .then(
          [this, promise](const sync_report_list& found) mutable {
            --open_requests;
            sync_state_answer answer{record, nullptr};
            if (!found.reports->empty())
              answer.last = std::make_shared<const sync_report>(found.reports->front());
            promise.deliver(std::move(answer));
          },
          [this, promise](caf::error& problem) mutable {
            --open_requests;
            promise.deliver(std::move(problem));
          });
  return promise;
}

// -- events ----------------------------------------------------------------------------------

void user_state::add_event(sync_event event) {
  event.at = env->now();
  events.add(std::move(event));
  // Whoever waits gets everything at once; the next question brings what comes after it.
  for (auto& [number, wait] : std::exchange(event_waits, {}))
    answer_wait(wait);
}

caf::result<events_answer> user_state::wait_for_events(const await_events& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  if (event_waits.size() >= limits::event_waits_max)
    return to_caf(errc::overloaded, "too many clients watch the syncs of this user");
  event_wait wait{question.after, self->make_response_promise<events_answer>()};
  ++open_requests;
  auto promise = wait.promise;
  if (!events_for(wait).empty()) {
    answer_wait(wait);
    return promise;
  }
  const auto number = ++last_event_wait;
  event_waits.emplace(number, std::move(wait));
  self->delayed_send(self, question.patience, event_wait_over{number});
  return promise;
}

std::vector<sync_event> user_state::events_for(const event_wait& wait) const {
  return wait.after ? events.after(*wait.after) : events.of_newest_sync();
}

void user_state::answer_wait(event_wait& wait) {
  --open_requests;
  wait.promise.deliver(events_answer{events_for(wait), events.last_number()});
}

void user_state::end_wait(std::uint64_t number) {
  const auto place = event_waits.find(number);
  if (place == event_waits.end())
    return;
  auto wait = std::move(place->second);
  event_waits.erase(place);
  answer_wait(wait);
}

// -- disconnecting ---------------------------------------------------------------------------

std::optional<error> user_state::reason_not_to_leave() const {
  if (phase == user_phase::absent)
    return absence;
  if (job)
    return error{errc::sync_in_progress, job->report.job.value};
  return std::nullopt;
}

caf::result<user_record> user_state::disconnect() {
  if (const auto reason = reason_not_to_leave())
    return to_caf(*reason);
  const bool is_first = !is_disconnecting();
  auto promise = disconnecting.emplace_back(self->make_response_promise<user_record>());
  if (is_first)
    begin_disconnecting();
  return promise;
}

caf::result<done> user_state::erase() {
  if (const auto reason = reason_not_to_leave())
    return to_caf(*reason);
  const bool is_first = !is_disconnecting();
  auto promise = erasing.emplace_back(self->make_response_promise<done>());
  if (is_first)
    begin_disconnecting();
  return promise;
}

/// The grant at Polar ends first: a token that is forgotten here could not end it any more.
void user_state::begin_disconnecting() {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                find_sealed_token{id})
      .then([this](const sealed_token& token) { end_grant(token.text); },
            [this](caf::error& problem) {
              // Without a token there is no grant that we could end.
              if (from_caf(problem).code == errc::no_polar_token)
                forget_stored_token();
              else
                end_disconnecting(std::unexpected{from_caf(problem)});
            });
}

void user_state::end_grant(const std::string& sealed) {
  const auto opened = env->secrets->open(sealed, "token/" + id.value);
  if (!opened) {
    // A token that nobody can read is of no use to anybody either.
    forget_stored_token();
    return;
  }
  auto request = std::make_shared<const polar::http_request>(
      polar::deregistration_request(env->config.polar, id, *opened));
  const auto timeout
      = limits::token_check + env->config.polar.request_timeout + 2 * limits::deadline_slack;
  self->request(env->node->actors()->polar, timeout,
                call_polar{std::move(request), sync_priority::critical, limits::token_check})
      .then(
          [this](const polar_answered& answer) {
            if (is_grant_gone(answer.response->status))
              forget_stored_token();
            else
              end_disconnecting(
                  fail(errc::polar_unavailable, "Polar could not end the connection"));
          },
          [this](caf::error& problem) { end_disconnecting(std::unexpected{from_caf(problem)}); });
}

void user_state::forget_stored_token() {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                forget_token{claim, id, env->now()})
      .then([this](const user_record& stored) { end_disconnecting(stored); },
            [this](caf::error& problem) {
              note_refusal(from_caf(problem));
              end_disconnecting(std::unexpected{from_caf(problem)});
            });
}

void user_state::end_disconnecting(const result<user_record>& outcome) {
  if (outcome)
    record = *outcome;
  // Also when nothing changed: a sync may have been refused meanwhile.
  self->send(env->node->actors()->supervisor, user_changed{record});
  for (auto& promise : std::exchange(disconnecting, {})) {
    if (outcome)
      promise.deliver(*outcome);
    else
      promise.deliver(to_caf(outcome.error()));
  }
  if (erasing.empty())
    store_held_tokens();
  else if (outcome)
    erase_stored();
  else
    end_erasing(std::unexpected{outcome.error()});
}

void user_state::erase_stored() {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                erase_rows{claim, id})
      .then(
          [this](const done&) {
            input.reset();
            snapshot.reset();
            last_report.reset();
            become_absent({errc::unknown_user, "the user was erased"});
            telemetry::log_info("a user was erased", {{"user", id.value}});
            forget_keys();
          },
          [this](caf::error& problem) {
            note_refusal(from_caf(problem));
            end_erasing(std::unexpected{from_caf(problem)});
          });
}

/// The keys of the user are gone with the rest; whoever is told so finds them refused.
void user_state::forget_keys() {
  self->request(env->node->actors()->access, limits::store_answer(env->config.storage),
                load_keys{})
      .then([this](const done&) { end_erasing({}); },
            [this](caf::error&) {
              // They are read again every second in any case.
              end_erasing({});
            });
}

void user_state::end_erasing(const result<void>& outcome) {
  for (auto& promise : std::exchange(erasing, {})) {
    if (outcome)
      promise.deliver(done{});
    else
      promise.deliver(to_caf(outcome.error()));
  }
  store_held_tokens();
}

} // namespace polar_flow::actors
