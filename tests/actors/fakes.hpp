#pragma once

#include "actors/environment.hpp"
#include "actors/errors.hpp"

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What actor tests share: virtual time, a store in memory, a transport that answers from a
/// table, and a way to ask without blocking.
namespace polar_flow::actors::testing {

using namespace std::chrono_literals;

inline constexpr instant test_start =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{8};

struct fake_clock final : wall_clock {
  instant value = test_start;

  instant now() const override {
    return value;
  }
};

/// Tables in memory, what was asked, and what shall go wrong.
struct fake_database {
  std::map<user_id, user_record> users;
  std::map<user_id, std::string> tokens;
  std::map<user_id, storage::analytics_input> inputs;
  std::map<job_id, sync_report> open_logs;
  std::vector<storage::sync_ending> endings;
  std::vector<fetched_reply> replies;
  std::vector<std::pair<user_id, analytics_snapshot>> snapshots;
  std::vector<load_list> lists;
  std::vector<load_detail> details;
  std::map<user_id, std::vector<stream_coverage>> coverage;
  std::map<stream, day_set> present;
  /// What `store_reply` names as exercises without details, once for every list that is stored.
  std::vector<std::string> exercises_without_details;
  std::optional<storage::webhook_record> webhook;
  /// Kept in the order of their numbers; `take_pending_news` gives all, whatever it is asked for.
  std::vector<news_of_user> news;
  std::vector<api_key_record> keys;
  std::vector<storage::key_usage> usage;
  std::map<std::string, storage::oauth_state_record> states;
  std::map<std::string, storage::temporary_code_record> codes;
  std::vector<user_id> interrupted;
  /// Of every shard; whoever writes with another is refused.
  std::int64_t epoch = 1;
  polar_budget budget;
  std::map<std::string, int> calls;

  /// Errors that the next calls of a function give, oldest first.
  std::map<std::string, std::deque<error>> failures;
  /// Functions that never answer.
  std::set<std::string> silent;
  /// Functions whose worker dies.
  std::set<std::string> deadly;

  user_record& add_user(const std::string& id);
};

/// A store that works on `data`. Spawned like any other actor, so tests need no thread.
store_actor::behavior_type fake_store(store_actor::pointer self,
                                      std::shared_ptr<fake_database> data);

/// Answers from a table: path (without host and query) to answers, used up one by one; the last
/// one stays. Other paths get `otherwise`. A path in `hanging` gets no answer.
struct fake_transport final : polar::transport {
  std::map<std::string, std::deque<result<polar::http_response>>> answers;
  int otherwise = 204;
  std::set<std::string> hanging;
  std::vector<polar::http_request> sent;
  std::vector<completion> open;

  void send(polar::http_request request, completion done) override;
  void answer(const std::string& path, int status, std::string body = {});
  std::size_t count(std::string_view path) const;
};

std::string path_of(const polar::http_request& request);

settings test_settings();

struct system_config : caf::actor_system_config {
  system_config();
};

/// A node whose actors are what the test spawns. Nothing moves but by `run` and `advance`.
struct node_fixture {
  node_fixture();
  ~node_fixture();

  system_config caf_config;
  caf::actor_system system{caf_config};
  caf::scheduler::test_coordinator& scheduler;
  std::shared_ptr<fake_clock> clock = std::make_shared<fake_clock>();
  std::shared_ptr<fake_database> data = std::make_shared<fake_database>();
  std::shared_ptr<fake_transport> transport = std::make_shared<fake_transport>();
  std::shared_ptr<published_keys> keys = std::make_shared<published_keys>();
  std::shared_ptr<directory> node = std::make_shared<directory>(system);
  std::shared_ptr<environment> env;
  std::vector<caf::strong_actor_ptr> spawned;

  void run();
  /// Lets time pass in steps of a second, so that what ticks, ticks.
  void advance(std::chrono::seconds time);

  /// Puts a handle into the directory.
  template <class Handle>
  void use(Handle node_actors::*member, Handle handle) {
    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(handle));
    auto actors = *node->actors();
    actors.*member = std::move(handle);
    node->publish(std::move(actors));
  }

  void use_fake_store();
  /// Store, lease with shards, polar caller and a supervisor without children.
  void use_all_but_users();

  /// The answer, once it is there.
  template <class Answer>
  using slot = std::shared_ptr<std::optional<result<Answer>>>;

  template <class Answer, class Handle, class Request>
  slot<Answer> ask(const Handle& actor, Request request) {
    auto place = std::make_shared<std::optional<result<Answer>>>();
    auto asker = system.spawn([=](caf::event_based_actor* self) {
      self->request(actor, caf::infinite, request)
          .then([=](const Answer& answer) { *place = answer; },
                [=](caf::error& problem) { *place = std::unexpected{from_caf(problem)}; });
    });
    spawned.push_back(caf::actor_cast<caf::strong_actor_ptr>(asker));
    run();
    return place;
  }

  /// For answers that come at once.
  template <class Answer, class Handle, class Request>
  result<Answer> get(const Handle& actor, Request request) {
    const auto place = ask<Answer>(actor, std::move(request));
    return *place ? **place : fail(errc::internal, "no answer yet");
  }

  template <class Handle, class Message>
  void tell(const Handle& actor, Message message) {
    caf::anon_send(actor, std::move(message));
    run();
  }
};

} // namespace polar_flow::actors::testing
