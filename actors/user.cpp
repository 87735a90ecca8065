#include "actors/user.hpp"

#include "actors/errors.hpp"
#include "actors/limits.hpp"
#include "actors/analyse_again.hpp"
#include "analytics/analyse.hpp"
#include "analytics/explain.hpp"
#include "analytics/checks.hpp"
#include "analytics/status.hpp"
#include "telemetry/log.hpp"

#include <caf/all.hpp>

#include <utility>

namespace polar_flow::actors {

// -- activation ------------------------------------------------------------------------------

// While a response is awaited, all other messages wait in the mailbox: that is the buffer of a
// user that is being activated.
void user_state::load() {
  self->request(env->node->actors()->lease, limits::local_answer, claim_shard{id})
      .await(
          [this](const shard_claim& granted) {
            claim = granted;
            load_record();
          },
          [this](caf::error& problem) { become_absent(from_caf(problem)); });
}

void user_state::load_record() {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                find_user{id})
      .await(
          [this](const user_record& found) {
            record = found;
            load_input_first();
          },
          [this](caf::error& problem) { become_absent(from_caf(problem)); });
}

void user_state::load_input_first() {
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                load_analytics_input{id})
      .await(
          [this](const loaded_analytics_input& loaded) {
            use_input(loaded.input);
            rest();
          },
          [this](caf::error& problem) { become_absent(from_caf(problem)); });
}

void user_state::become_absent(error reason) {
  phase = user_phase::absent;
  absence = std::move(reason);
  self->send(region, user_absent{id});
}

void user_state::rest() {
  if (record.state == connection_state::needs_reauthorization)
    phase = user_phase::needs_reauthorization;
  else if (record.not_before && env->now() < *record.not_before)
    phase = user_phase::backing_off;
  else
    phase = user_phase::idle;
}

caf::result<passivation> user_state::leave() {
  if (job || open_requests > 0 || is_disconnecting())
    return passivation{false};
  self->quit();
  return passivation{true};
}

caf::result<user_record> user_state::connect(const connect_user& command) {
  if (phase == user_phase::absent && absence.code != errc::unknown_user)
    return to_caf(absence);
  auto promise = self->make_response_promise<user_record>();
  ++open_requests;
  // The end of a sync that used the old token must not overwrite what the new one brings.
  // Nor must the end of a connection take the new token with the old one.
  if ((job && job->is_closing) || is_disconnecting())
    held_connects.emplace_back(command, promise);
  else
    store_token(command, promise);
  return promise;
}

void user_state::store_token(const connect_user& command, record_promise promise) {
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                upsert_user{claim, id, command.sealed_token, command.token_expires_at, env->now()})
      .then(
          [this, promise](const user_record& stored) mutable {
            --open_requests;
            record = stored;
            absence = {};
            // A sync that runs with the old token says nothing about the new one.
            if (job)
              job->is_own_token = false;
            else
              rest();
            self->send(env->node->actors()->supervisor, user_connected{record});
            promise.deliver(stored);
          },
          [this, promise](caf::error& problem) mutable {
            --open_requests;
            note_refusal(from_caf(problem));
            promise.deliver(std::move(problem));
          });
}

void user_state::store_held_tokens() {
  for (auto& [command, promise] : std::exchange(held_connects, {}))
    store_token(command, promise);
}

/// A claim that is not in force any more will not be again, but this node may have taken its shards
/// anew since it was given. Syncs ask in any case.
void user_state::note_refusal(const error& problem) {
  if (problem.code != errc::stale_epoch)
    return;
  self->request(env->node->actors()->lease, limits::local_answer, claim_shard{id})
      .then([this](const shard_claim& granted) { claim = granted; },
            [](caf::error&) {
              // The next write is refused as this one was, and asks again.
            });
}

// -- reading ---------------------------------------------------------------------------------

date user_state::local_today() const {
  auto offset = record.utc_offset_minutes;
  if (input && input->utc_offset_minutes)
    offset = input->utc_offset_minutes;
  return local_date(env->now(), std::chrono::minutes{offset.value_or(0)});
}

data_version user_state::version() const {
  return {record.changes, local_today()};
}

void user_state::use_input(std::shared_ptr<const storage::analytics_input> loaded) {
  input = std::move(loaded);
  recompute(local_today());
}

void user_state::recompute(date today) {
  snapshot = std::make_shared<const analytics_snapshot>(
      analytics::analyse(input->window, today, env->now(), hrv_range_of(env->config.analytics)));
  snapshot_day = today;
}

void user_state::note_reading() {
  const auto now = env->now();
  if (record.last_read_at && now < *record.last_read_at + limits::read_note_interval)
    return;
  record.last_read_at = now;
  self->send(env->node->actors()->supervisor, user_changed{record});
  self->request(env->node->actors()->writes, limits::store_answer(env->config.storage),
                note_read{claim, id, now})
      .then([](const done&) {},
            [this](caf::error& cause) {
              const auto problem = from_caf(cause);
              note_refusal(problem);
              // The note only steers the schedule; the next one comes in an hour.
              telemetry::log_warning("a read could not be noted",
                                     {{"error", std::string{to_string(problem.code)}}});
            });
}

namespace {

/// Answers `make(state)` from a snapshot of today, which is computed, and loaded before, if it
/// has to be. Everyone else waits in the mailbox meanwhile, so it is loaded once.
template <class Answer, class Make>
caf::result<Answer> answer_from_snapshot(user_state& state, Make make) {
  if (state.phase == user_phase::absent)
    return to_caf(state.absence);
  state.note_reading();
  if (state.input) {
    if (const auto today = state.local_today(); today != state.snapshot_day)
      state.recompute(today);
    return make(state);
  }
  auto promise = state.self->make_response_promise<Answer>();
  state.self
      ->request(state.env->node->actors()->reads, limits::store_answer(state.env->config.storage),
                load_analytics_input{state.id})
      .await(
          [&state, promise, make](const loaded_analytics_input& loaded) mutable {
            state.use_input(loaded.input);
            promise.deliver(make(state));
          },
          [promise](caf::error& problem) mutable { promise.deliver(std::move(problem)); });
  return promise;
}

} // namespace

namespace {

/// Answers a part of the snapshot, unless the asker has this version of it.
template <class Answer, class Question, class Part>
caf::result<Answer> answer_part(user_state& state, const Question& question, Part part) {
  return answer_from_snapshot<Answer>(state, [known = question.known, part](user_state& self) {
    const auto version = self.version();
    if (known == version)
      return Answer{version, nullptr};
    return Answer{version, {self.snapshot, &((*self.snapshot).*part)}};
  });
}

} // namespace

caf::result<insights_answer> user_state::read_insights(const get_insights& question) {
  return answer_part<insights_answer>(*this, question, &analytics_snapshot::today);
}

caf::result<baselines_answer> user_state::read_baselines(const get_baselines& question) {
  return answer_part<baselines_answer>(*this, question, &analytics_snapshot::baselines);
}

caf::result<patterns_answer> user_state::read_patterns(const get_patterns& question) {
  return answer_part<patterns_answer>(*this, question, &analytics_snapshot::patterns);
}

caf::result<anomalies_answer> user_state::read_anomalies(const get_anomalies& question) {
  return answer_part<anomalies_answer>(*this, question, &analytics_snapshot::anomalies);
}

caf::result<predictions_answer> user_state::read_predictions(const get_predictions& question) {
  return answer_part<predictions_answer>(*this, question, &analytics_snapshot::predictions);
}

caf::result<explanation_answer> user_state::explain(const get_explanation& question) {
  return answer_from_snapshot<explanation_answer>(
      *this, [subject = question.subject](user_state& self) {
        return explanation_answer{self.version(),
                                  std::make_shared<const explanation>(analytics::explain(
                                      subject, self.input->window, self.local_today(),
                                      hrv_range_of(self.env->config.analytics)))};
      });
}

caf::result<metric_check> user_state::check(const check_value& question) {
  return answer_from_snapshot<metric_check>(
      *this, [name = question.name, value = question.value](user_state& self) {
        return analytics::check_value(self.input->window, name, value, self.local_today());
      });
}

namespace {

/// Asks the store one question and answers `make(state, loaded)`.
template <class Answer, class Loaded, class Question, class Make>
caf::result<Answer> answer_from_store(user_state& state, Question question, Make make) {
  auto promise = state.self->make_response_promise<Answer>();
  // The actor is not put to rest while somebody waits for it.
  ++state.open_requests;
  state.self
      ->request(state.env->node->actors()->reads, limits::store_answer(state.env->config.storage),
                std::move(question))
      .then(
          [&state, promise, make](const Loaded& loaded) mutable {
            --state.open_requests;
            promise.deliver(make(loaded));
          },
          [&state, promise](caf::error& problem) mutable {
            --state.open_requests;
            promise.deliver(std::move(problem));
          });
  return promise;
}

} // namespace

caf::result<analytics_status> user_state::read_analytics_status() {
  if (phase == user_phase::absent)
    return to_caf(absence);
  note_reading();
  const auto today = local_today();
  // The status is about the last 90 days, today included.
  const date_range days{today - std::chrono::days{89}, today};
  return answer_from_store<analytics_status, loaded_list>(
      *this, load_list{id, list_kind::counts, days}, [](const loaded_list& loaded) {
        return analytics::assess_status(std::get<std::vector<record_counts>>(*loaded.rows).at(0));
      });
}

caf::result<list_answer> user_state::read_list(const get_list& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  note_reading();
  const auto shown = version();
  if (question.known == shown)
    return list_answer{shown, nullptr};
  const date_range days{shown.local_day - std::chrono::days{question.days - 1}, shown.local_day};
  return answer_from_store<list_answer, loaded_list>(
      *this, load_list{id, question.kind, days}, [shown](const loaded_list& loaded) {
        return list_answer{shown, loaded.rows};
      });
}

caf::result<detail_answer> user_state::read_detail(const get_detail& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  note_reading();
  return answer_from_store<detail_answer, loaded_detail>(
      *this, load_detail{id, question.kind, question.key},
      [](const loaded_detail& loaded) { return detail_answer{loaded.detail}; });
}

caf::result<takeout_page_answer> user_state::read_takeout_page(const get_takeout_page& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  return answer_from_store<takeout_page_answer, loaded_takeout_page>(
      *this, load_takeout_page{id, question.from},
      [](const loaded_takeout_page& loaded) { return takeout_page_answer{loaded.page}; });
}

caf::result<import_answer> user_state::read_import(const get_import& question) {
  if (phase == user_phase::absent)
    return to_caf(absence);
  return answer_from_store<import_answer, found_import>(
      *this, find_import{id, question.job},
      [](const found_import& found) { return import_answer{found.report}; });
}

/// The row of the user has changed as well: who has an older version must not take it for this one.
caf::result<done> user_state::forget() {
  auto promise = self->make_response_promise<done>();
  ++open_requests;
  self->request(env->node->actors()->reads, limits::store_answer(env->config.storage),
                find_user{id})
      .await(
          [this, promise](const user_record& found) mutable {
            --open_requests;
            record.changes = found.changes;
            record.utc_offset_minutes = found.utc_offset_minutes;
            input = nullptr;
            promise.deliver(done{});
          },
          [this, promise](caf::error& problem) mutable {
            --open_requests;
            promise.deliver(std::move(problem));
          });
  return promise;
}

// -- behaviour -------------------------------------------------------------------------------

user_actor::behavior_type user(user_actor::stateful_pointer<user_state> self, environment_ptr env,
                               user_id id, user_region_actor region) {
  auto* state = &self->state;
  state->env = std::move(env);
  state->id = std::move(id);
  state->region = std::move(region);
  // A user must not outlive its region, or the next region would spawn it a second time.
  self->monitor(state->region);
  self->set_down_handler([state](caf::down_msg& down) { state->handle_down(down); });
  state->load();
  return {
      [state](const get_insights& question) { return state->read_insights(question); },
      [state](const get_baselines& question) { return state->read_baselines(question); },
      [state](const get_patterns& question) { return state->read_patterns(question); },
      [state](const get_anomalies& question) { return state->read_anomalies(question); },
      [state](const get_predictions& question) { return state->read_predictions(question); },
      [state](const get_explanation& question) { return state->explain(question); },
      [state](const check_value& question) { return state->check(question); },
      [state](const get_analytics_status&) { return state->read_analytics_status(); },
      [state](const get_list& question) { return state->read_list(question); },
      [state](const get_detail& question) { return state->read_detail(question); },
      [state](const get_takeout_page& question) { return state->read_takeout_page(question); },
      [state](const get_import& question) { return state->read_import(question); },
      [state](const forget_data&) { return state->forget(); },
      [state](const trigger_sync& command) { return state->trigger(command); },
      [state](const await_sync& question) { return state->wait_for(question); },
      [state](const get_coverage& question) { return state->read_coverage(question); },
      [state](const get_sync_state&) { return state->read_sync_state(); },
      [state](const get_sync_logs& question) { return state->read_logs(question); },
      [state](const await_events& question) { return state->wait_for_events(question); },
      [state](const disconnect_user&) { return state->disconnect(); },
      [state](const erase_user&) { return state->erase(); },
      [state](const connect_user& command) { return state->connect(command); },
      [state](const passivate&) { return state->leave(); },
      [state](const sync_progressed& fact) { state->note_progress(fact); },
      [state](const sync_held_up& fact) { state->note_held_up(fact); },
      [state](const sync_fetched& fact) { state->finish_fetching(fact); },
      [state](const event_wait_over& fact) { state->end_wait(fact.wait); },
  };
}

} // namespace polar_flow::actors
