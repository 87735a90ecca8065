#pragma once

#include "actors/user_region.hpp"
#include "tests/actors/fakes.hpp"

namespace polar_flow::actors::testing {

inline const std::string sleep_path = "/v3/users/sleep";
inline const std::string one_night =
    R"({"nights":[{"date":"2026-11-21","sleep_start_time":"2026-11-20T23:00:00+02:00",)"
    R"("sleep_end_time":"2026-11-21T07:00:00+02:00","sleep_score":80}]})";

/// A node with real users behind a real region, and the connected user 1001.
struct user_fixture : node_fixture {
  user_id id{"1001"};

  user_fixture() {
    use_all_but_users();
    use(&node_actors::region,
        user_region_actor{system.spawn(user_region, environment_ptr{env}, real_users(env))});
    auto& record = data->add_user("1001");
    record.has_token = true;
    record.changes = 5;
    data->tokens[id] = env->secrets->seal("stored-token", "token/1001");
    run();
  }

  user_region_actor region() const {
    return node->actors()->region;
  }

  result<insights_answer> insights_of(const user_id& user, std::optional<data_version> known = {}) {
    return get<insights_answer>(region(), get_insights{user, known});
  }

  trigger_sync manual() const {
    return {id, sync_trigger::manual, sync_priority::critical, {}, {}, false, {}};
  }

  /// Starts a sync that stays at its first request, and answers its job.
  job_id start_hanging_sync() {
    transport->hanging.insert(sleep_path);
    const auto started = get<sync_started>(region(), manual());
    return started ? started->job : job_id{};
  }

  void let_it_finish(int status = 204, const std::string& body = {}) {
    transport->hanging.clear();
    for (auto& done : std::exchange(transport->open, {}))
      done(polar::http_response{status, {}, body});
    run();
  }

  user_record& row() {
    return data->users[id];
  }
};

} // namespace polar_flow::actors::testing
