#pragma once

#include "actors/access.hpp"
#include "actors/supervisor.hpp"
#include "tests/actors/fakes.hpp"

namespace polar_flow::actors::testing {

/// Which syncs were asked for.
struct region_log {
  std::vector<trigger_sync> triggers;
  std::optional<error> refusal;
};

inline user_region_actor::behavior_type logging_region(user_region_actor::pointer,
                                                       std::shared_ptr<region_log> log) {
  return {
      [](const get_insights&) { return insights_answer{}; },
      [](const get_baselines&) { return baselines_answer{}; },
      [](const get_patterns&) { return patterns_answer{}; },
      [](const get_anomalies&) { return anomalies_answer{}; },
      [](const get_predictions&) { return predictions_answer{}; },
      [](const get_explanation&) { return explanation_answer{}; },
      [](const check_value&) { return metric_check{}; },
      [](const get_analytics_status&) { return analytics_status{}; },
      [](const get_list&) { return list_answer{}; },
      [](const get_detail&) { return detail_answer{}; },
      [](const get_takeout_page&) { return takeout_page_answer{}; },
      [](const get_import&) { return import_answer{}; },
      [](const forget_data&) { return done{}; },
      [=](const trigger_sync& command) -> caf::result<sync_started> {
        log->triggers.push_back(command);
        if (log->refusal)
          return to_caf(*log->refusal);
        return sync_started{command.user, job_id{"job"}};
      },
      [](const await_sync&) { return sync_finished{}; },
      [](const get_coverage&) { return coverage_answer{}; },
      [](const get_sync_state&) { return sync_state_answer{}; },
      [](const get_sync_logs&) { return sync_report_list{}; },
      [](const await_events&) { return events_answer{}; },
      [](const disconnect_user&) { return user_record{}; },
      [](const erase_user&) { return done{}; },
      [](const connect_user&) { return user_record{}; },
      [](const user_absent&) {},
  };
}

/// A supervisor whose region only notes what it is asked for.
struct supervisor_fixture : node_fixture {
  std::shared_ptr<region_log> log = std::make_shared<region_log>();

  supervisor_fixture() {
    use_all_but_users();
    use(&node_actors::access, access_actor{system.spawn(actors::access, environment_ptr{env})});
    use(&node_actors::region, user_region_actor{system.spawn(logging_region, log)});
    run();
  }

  supervisor_actor boss() const {
    return node->actors()->supervisor;
  }

  bool begin() {
    const auto begun = get<done>(boss(), begin_supervision{"node"}).has_value();
    advance(1s);
    return begun;
  }

  user_record& add(const std::string& id, std::chrono::seconds age) {
    auto& record = data->add_user(id);
    record.has_token = true;
    record.last_synced_at = clock->now() - age;
    record.last_new_data_at = record.last_synced_at;
    return record;
  }

  void end(const std::string& id) {
    auto& record = data->users[user_id{id}];
    record.last_synced_at = clock->now();
    tell(boss(), sync_ended{record});
  }

  std::string triggered() const {
    std::string ids;
    for (const auto& trigger : log->triggers)
      ids += trigger.user.value;
    return ids;
  }

  bool gets_permit(sync_priority priority) {
    return get<permit_granted>(boss(), request_permit{priority, 1000s}).has_value();
  }
};


} // namespace polar_flow::actors::testing
