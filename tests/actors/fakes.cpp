#include "tests/actors/fakes.hpp"

#include "actors/lease.hpp"
#include "actors/polar_caller.hpp"
#include "actors/supervisor.hpp"

#include <algorithm>

namespace polar_flow::actors::testing {
namespace {

/// Wraps the handler of one function: counts the call and lets it fail if the test says so.
template <class Answer, class Call>
caf::result<Answer> handle(store_actor::pointer self, fake_database& data, const std::string& name,
                           Call call) {
  ++data.calls[name];
  if (data.deadly.contains(name)) {
    self->quit(caf::exit_reason::unhandled_exception);
    return caf::make_error(caf::sec::runtime_error);
  }
  if (data.silent.contains(name))
    return self->make_response_promise<Answer>();
  if (auto& failures = data.failures[name]; !failures.empty()) {
    auto problem = failures.front();
    failures.pop_front();
    return to_caf(problem);
  }
  return to_answer(result<Answer>{call()});
}

/// As `handle`, for what is written under a claim.
template <class Answer, class Command, class Call>
caf::result<Answer> handle_write(store_actor::pointer self, fake_database& data,
                                 const std::string& name, const Command& command, Call call) {
  return handle<Answer>(self, data, name, [&]() -> result<Answer> {
    if (command.claim.epoch != data.epoch)
      return fail(errc::stale_epoch, "another node took the shard");
    return call();
  });
}

result<user_record> find(fake_database& data, const user_id& user) {
  const auto place = data.users.find(user);
  if (place == data.users.end())
    return fail(errc::unknown_user);
  return place->second;
}

result<user_record> upsert(fake_database& data, const upsert_user& m) {
  auto& record = data.users[m.user];
  record.id = m.user;
  record.state = connection_state::connected;
  record.consecutive_failures = 0;
  record.not_before.reset();
  if (m.sealed_token) {
    data.tokens[m.user] = *m.sealed_token;
    record.has_token = true;
    record.token_expires_at = m.token_expires_at;
  }
  return record;
}

result<done> open_log(fake_database& data, const open_sync_log& m) {
  for (const auto& [job, report] : data.open_logs)
    if (report.user == m.report->user)
      return fail(errc::sync_in_progress, job.value);
  data.open_logs[m.report->job] = *m.report;
  return done{};
}

result<storage::store_outcome> store(fake_database& data, const store_reply& m) {
  const auto is_known = std::any_of(data.replies.begin(), data.replies.end(), [&](const auto& old) {
    return old.raw.request == m.reply->raw.request && old.raw.body == m.reply->raw.body;
  });
  storage::store_outcome outcome;
  if (m.reply->raw.request == "/v3/exercises")
    outcome.exercises_without_details = data.exercises_without_details;
  outcome.was_known = is_known;
  if (is_known)
    return outcome;
  data.replies.push_back(*m.reply);
  outcome.rows_changed = static_cast<std::int32_t>(record_count(m.reply->records));
  if (outcome.rows_changed > 0)
    ++data.users[m.user].changes;
  return outcome;
}

result<user_record> close(fake_database& data, const close_sync& m) {
  const auto& ending = *m.ending;
  data.endings.push_back(ending);
  data.open_logs.erase(ending.report.job);
  auto& record = data.users[ending.report.user];
  record.state = ending.state;
  record.consecutive_failures = ending.consecutive_failures;
  record.not_before = ending.not_before;
  if (ending.is_whole)
    record.last_synced_at = ending.report.completed_at;
  if (ending.brought_new_data)
    record.last_new_data_at = ending.report.completed_at;
  record.next_loss_at = ending.next_loss_at;
  data.coverage[record.id] = ending.coverage;
  return record;
}

sync_report_list list_reports(const fake_database& data, const list_sync_reports& m) {
  std::vector<sync_report> reports;
  for (auto ending = data.endings.rbegin(); ending != data.endings.rend(); ++ending)
    if (ending->report.user == m.user && std::ssize(reports) < m.limit)
      reports.push_back(ending->report);
  return {std::make_shared<const std::vector<sync_report>>(std::move(reports))};
}

template <class Record>
result<Record> take(std::map<std::string, Record>& table, const std::string& key, errc missing) {
  const auto place = table.find(key);
  if (place == table.end())
    return fail(missing);
  auto record = place->second;
  table.erase(place);
  return record;
}

} // namespace

user_record& fake_database::add_user(const std::string& id) {
  auto& record = users[user_id{id}];
  record.id = user_id{id};
  inputs[user_id{id}] = {};
  return record;
}

store_actor::behavior_type fake_store(store_actor::pointer self,
                                      std::shared_ptr<fake_database> data) {
  auto* d = data.get();
  const auto keep = data;
  return {
      [=](const take_all_shards&) {
        return handle<shard_epochs>(self, *keep, "take_all_shards", [&] {
          return shard_epochs{std::vector<std::int64_t>(shard_count, keep->epoch)};
        });
      },
      [=](const check_shards&) {
        return handle<done>(self, *d, "check_shards", [] { return done{}; });
      },
      [=](const find_user& m) {
        return handle<user_record>(self, *d, "find_user", [&] { return find(*d, m.user); });
      },
      [=](const list_users&) {
        return handle<user_list>(self, *d, "list_users", [&] {
          std::vector<user_record> all;
          for (const auto& [id, record] : d->users)
            all.push_back(record);
          return user_list{std::make_shared<const std::vector<user_record>>(std::move(all))};
        });
      },
      [=](const upsert_user& m) {
        return handle_write<user_record>(self, *d, "upsert_user", m, [&] { return upsert(*d, m); });
      },
      [=](const find_sealed_token& m) {
        return handle<sealed_token>(self, *d, "find_sealed_token", [&]() -> result<sealed_token> {
          if (!d->tokens.contains(m.user))
            return fail(errc::no_polar_token);
          return sealed_token{d->tokens[m.user]};
        });
      },
      [=](const note_read& m) {
        return handle_write<done>(self, *d, "note_read", m, [&] {
          d->users[m.user].last_read_at = m.now;
          return done{};
        });
      },
      [=](const open_sync_log& m) {
        return handle_write<done>(self, *d, "open_sync_log", m, [&] { return open_log(*d, m); });
      },
      [=](const store_reply& m) {
        return handle_write<storage::store_outcome>(self, *d, "store_reply", m,
                                                    [&] { return store(*d, m); });
      },
      [=](const close_sync& m) {
        return handle_write<user_record>(self, *d, "close_sync", m, [&] { return close(*d, m); });
      },
      [=](const close_interrupted_syncs&) {
        return handle<interrupted_users>(self, *d, "close_interrupted_syncs",
                                         [&] { return interrupted_users{d->interrupted}; });
      },
      [=](const load_analytics_input& m) {
        return handle<loaded_analytics_input>(self, *d, "load_analytics_input", [&] {
          return loaded_analytics_input{
              std::make_shared<const storage::analytics_input>(d->inputs[m.user])};
        });
      },
      [=](const store_snapshot& m) {
        return handle_write<snapshot_stored>(self, *d, "store_snapshot", m, [&] {
          d->snapshots.emplace_back(m.user, *m.snapshot);
          return snapshot_stored{++d->users[m.user].changes};
        });
      },
      [=](const load_coverage& m) {
        return handle<loaded_coverage>(self, *d, "load_coverage", [&] {
          return loaded_coverage{
              std::make_shared<const std::vector<stream_coverage>>(d->coverage[m.user])};
        });
      },
      [=](const load_present_days& m) {
        return handle<loaded_present_days>(self, *d, "load_present_days", [&] {
          std::vector<storage::present_days> streams;
          for (const auto kind : all_streams) {
            streams.push_back({d->present[kind], {}});
            streams.back().ledger.kind = kind;
          }
          for (const auto& ledger : d->coverage[m.user])
            streams.at(static_cast<std::size_t>(ledger.kind)).ledger = ledger;
          return loaded_present_days{
              std::make_shared<const std::vector<storage::present_days>>(std::move(streams))};
        });
      },
      [=](const list_sync_reports& m) {
        return handle<sync_report_list>(self, *d, "list_sync_reports",
                                        [&] { return list_reports(*d, m); });
      },
      [=](const erase_rows& m) {
        return handle_write<done>(self, *d, "erase_rows", m, [&]() -> result<done> {
          if (d->users.erase(m.user) == 0)
            return fail(errc::unknown_user);
          d->tokens.erase(m.user);
          return done{};
        });
      },
      [=](const forget_token& m) {
        return handle_write<user_record>(self, *d, "forget_token", m, [&] {
          auto& record = d->users[m.user];
          record.state = connection_state::disconnected;
          record.has_token = false;
          d->tokens.erase(m.user);
          return record;
        });
      },
      [=](const find_webhook&) {
        return handle<found_webhook>(self, *d, "find_webhook",
                                     [&] { return found_webhook{d->webhook}; });
      },
      [=](const put_webhook& m) {
        return handle<done>(self, *d, "put_webhook", [&] {
          d->webhook = m.record;
          return done{};
        });
      },
      [=](const keep_news& m) {
        return handle<kept_news>(self, *d, "keep_news", [&] {
          if (!d->users.contains(m.user))
            return kept_news{};
          const auto number = std::ssize(d->news) + 1;
          d->news.push_back({m.user, {number, m.announced}});
          return kept_news{number};
        });
      },
      [=](const take_pending_news&) {
        return handle<pending_news_list>(self, *d, "take_pending_news",
                                         [&] { return pending_news_list{d->news}; });
      },
      [=](const load_list& m) {
        return handle<loaded_list>(self, *d, "load_list", [&] {
          d->lists.push_back(m);
          return loaded_list{std::make_shared<const list_rows>(std::vector<sleep_summary>(1))};
        });
      },
      [=](const load_detail& m) {
        return handle<loaded_detail>(self, *d, "load_detail", [&] {
          d->details.push_back(m);
          return loaded_detail{std::make_shared<const record_detail>(activity_day{})};
        });
      },
      [=](const load_takeout_page& m) {
        return handle<loaded_takeout_page>(self, *d, "load_takeout_page", [&] {
          return loaded_takeout_page{
              std::make_shared<const takeout_page>(takeout_page{{{"a", m.user.value}}, m.from})};
        });
      },
      [=](const find_import& m) {
        return handle<found_import>(self, *d, "find_import", [&] {
          import_report found;
          found.user = m.user;
          found.job = m.job.value_or(job_id{"newest"});
          return found_import{std::make_shared<const import_report>(found)};
        });
      },
      [=](const list_keys&) {
        return handle<key_list>(self, *d, "list_keys", [&] { return key_list{d->keys}; });
      },
      [=](const create_key& m) {
        return handle<api_key_record>(self, *d, "create_key", [&] {
          auto record = m.record;
          record.id = api_key_id{static_cast<std::int64_t>(d->keys.size()) + 1};
          if (m.policy == storage::store::same_client::replace)
            for (auto& other : d->keys)
              if (other.user == record.user && other.client_id == record.client_id
                  && (record.client_id || other.name == record.name))
                other.is_active = false;
          d->keys.push_back(record);
          return record;
        });
      },
      [=](const regenerate_key& m) {
        return handle<api_key_record>(self, *d, "regenerate_key", [&]() -> result<api_key_record> {
          const auto place = std::ranges::find_if(d->keys, [&](const api_key_record& key) {
            return key.id == m.id && key.is_active;
          });
          if (place == d->keys.end())
            return fail(errc::not_found);
          place->hash = m.hash;
          place->prefix = m.prefix;
          place->created_at = m.now;
          place->last_used_at.reset();
          place->rate_limit_remaining = place->rate_limit_requests;
          place->rate_limit_reset_at.reset();
          return *place;
        });
      },
      [=](const revoke_key& m) {
        return handle<done>(self, *d, "revoke_key", [&] {
          for (auto& key : d->keys)
            key.is_active = key.is_active && key.id != m.id;
          return done{};
        });
      },
      [=](const flush_key_usage& m) {
        return handle<done>(self, *d, "flush_key_usage", [&] {
          d->usage.insert(d->usage.end(), m.usage.begin(), m.usage.end());
          return done{};
        });
      },
      [=](const put_oauth_state& m) {
        return handle<done>(self, *d, "put_oauth_state", [&] {
          d->states[m.record.state_hash] = m.record;
          return done{};
        });
      },
      [=](const take_oauth_state& m) {
        return handle<storage::oauth_state_record>(self, *d, "take_oauth_state", [&] {
          const auto known = d->states.find(m.state_hash);
          const bool is_right_browser =
              known != d->states.end() && known->second.browser_hash == m.browser_hash;
          return take(d->states, is_right_browser ? m.state_hash : "", errc::invalid_oauth_state);
        });
      },
      [=](const put_temporary_code& m) {
        return handle<done>(self, *d, "put_temporary_code", [&] {
          d->codes[m.record.code_hash] = m.record;
          return done{};
        });
      },
      [=](const take_temporary_code& m) {
        return handle<storage::temporary_code_record>(self, *d, "take_temporary_code", [&] {
          return take(d->codes, m.code_hash, errc::invalid_temporary_code);
        });
      },
      [=](const change_budget& m) {
        return handle<budget_changed>(self, *d, "change_budget", [&] {
          const auto grant = d->budget.exchange(m.request);
          return budget_changed{grant, d->budget};
        });
      },
  };
}

// -- transport -------------------------------------------------------------------------------

std::string path_of(const polar::http_request& request) {
  const auto scheme = request.url.find("://");
  const auto start = request.url.find('/', scheme + 3);
  return request.url.substr(start, request.url.find('?') - start);
}

void fake_transport::send(polar::http_request request, completion done) {
  const auto path = path_of(request);
  sent.push_back(std::move(request));
  if (hanging.contains(path)) {
    open.push_back(std::move(done));
    return;
  }
  const auto place = answers.find(path);
  if (place == answers.end()) {
    done(polar::http_response{otherwise, {}, {}});
    return;
  }
  auto answer = place->second.front();
  if (place->second.size() > 1)
    place->second.pop_front();
  done(std::move(answer));
}

void fake_transport::answer(const std::string& path, int status, std::string body) {
  answers[path].push_back(polar::http_response{status, {}, std::move(body)});
}

std::size_t fake_transport::count(std::string_view path) const {
  return static_cast<std::size_t>(std::count_if(
      sent.begin(), sent.end(), [&](const auto& request) { return path_of(request) == path; }));
}

// -- node ------------------------------------------------------------------------------------

settings test_settings() {
  settings config;
  config.storage.connect_timeout = 5s;
  config.storage.statement_timeout = 10s;
  config.storage.queue_max = 100;
  config.polar.api_base_url = "http://polar.test";
  config.polar.authorization_url = "http://polar.test/oauth2/authorization";
  config.polar.token_url = "http://polar.test/v2/oauth2/token";
  config.polar.client_id = "client";
  config.polar.client_secret = "secret";
  config.polar.request_timeout = 30s;
  config.sync.enabled = true;
  config.sync.interval = std::chrono::minutes{60};
  config.sync.on_startup = true;
  config.sync.days_lookback = 30;
  config.sync.max_users_per_run = 10;
  config.sync.parallel_requests = 2;
  config.sync.parallel_syncs = 4;
  config.sync.retries_max = 2;
  config.sync.retry_delay = 2s;
  config.sync.sync_timeout = std::chrono::minutes{15};
  config.actors.idle_time = std::chrono::minutes{30};
  config.actors.active_users_max = 100;
  return config;
}

system_config::system_config() {
  add_message_types<caf::id_block::polar_flow_actors>();
  set("scheduler.policy", caf::atom("testing"));
}

node_fixture::node_fixture()
    : scheduler{dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler())} {
  env = std::make_shared<environment>();
  env->config = test_settings();
  env->clock = clock;
  env->random = crypto::make_seeded_random(1);
  env->transport = transport;
  auto box = crypto::secret_box::from_fernet_key("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                                                 env->random);
  env->secrets = std::make_shared<const crypto::secret_box>(std::move(*box));
  env->keys = keys;
  env->node = node;
}

node_fixture::~node_fixture() {
  // An actor that awaits an answer ends only when its request has timed out.
  node->publish({});
  for (int i = 0; i < 5; ++i) {
    for (const auto& actor : spawned)
      caf::anon_send_exit(caf::actor_cast<caf::actor>(actor), caf::exit_reason::kill);
    run();
    clock->value += std::chrono::hours{1};
    scheduler.advance_time(std::chrono::hours{1});
    run();
  }
  spawned.clear();
}

void node_fixture::run() {
  scheduler.run();
}

void node_fixture::advance(std::chrono::seconds time) {
  for (auto passed = 0s; passed < time; passed += 1s) {
    clock->value += 1s;
    scheduler.advance_time(1s);
    run();
  }
}

void node_fixture::use_fake_store() {
  const store_actor store = system.spawn(fake_store, data);
  use(&node_actors::reads, store);
  use(&node_actors::writes, store);
}

void node_fixture::use_all_but_users() {
  use_fake_store();
  auto book = std::make_shared<shard_epochs>();
  book->epochs.assign(shard_count, 1);
  use(&node_actors::lease, system.spawn(lease, env, book));
  use(&node_actors::polar, polar_actor{system.spawn(polar_caller, env)});
  use(&node_actors::supervisor,
      supervisor_actor{system.spawn(supervisor, env, std::vector<child>{})});
  run();
}

} // namespace polar_flow::actors::testing
