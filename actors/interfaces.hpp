#pragma once

#include "actors/errors.hpp"
#include "actors/messages.hpp"

#include <caf/actor_system.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <atomic>
#include <memory>

/// Which actor understands what. Every request may also be answered with an error of ours.
namespace polar_flow::actors {

/// The STORE interface: a worker with one connection, or a pool of workers.
using store_actor = caf::typed_actor<
    // Takes every shard for one node.
    caf::replies_to<take_all_shards>::with<shard_epochs>,
    // Answers when the database does; refused with stale_epoch when another node took a shard.
    caf::replies_to<check_shards>::with<done>,
    // Finds one user.
    caf::replies_to<find_user>::with<user_record>,
    // Lists everyone.
    caf::replies_to<list_users>::with<user_list>,
    // Creates a user or stores a new token.
    caf::replies_to<upsert_user>::with<user_record>,
    // Finds an encrypted token.
    caf::replies_to<find_sealed_token>::with<sealed_token>,
    // Notes that a user's data was read.
    caf::replies_to<note_read>::with<done>,
    // Opens the log row of a sync.
    caf::replies_to<open_sync_log>::with<done>,
    // Stores one answer of Polar.
    caf::replies_to<store_reply>::with<storage::store_outcome>,
    // Closes the log row of a sync and updates the user.
    caf::replies_to<close_sync>::with<user_record>,
    // Closes what a crash left open.
    caf::replies_to<close_interrupted_syncs>::with<interrupted_users>,
    // Loads the input of analytics.
    caf::replies_to<load_analytics_input>::with<loaded_analytics_input>,
    // Replaces the stored snapshot.
    caf::replies_to<store_snapshot>::with<snapshot_stored>,
    // Loads what earlier syncs have fetched.
    caf::replies_to<load_coverage>::with<loaded_coverage>,
    // Loads the days that have rows.
    caf::replies_to<load_present_days>::with<loaded_present_days>,
    // Lists the newest syncs.
    caf::replies_to<list_sync_reports>::with<sync_report_list>,
    // Forgets a token.
    caf::replies_to<forget_token>::with<user_record>,
    // Erases everything of a user.
    caf::replies_to<erase_rows>::with<done>,
    // Finds our webhook.
    caf::replies_to<find_webhook>::with<found_webhook>,
    // Replaces our webhook.
    caf::replies_to<put_webhook>::with<done>,
    // Keeps news until it is fetched.
    caf::replies_to<keep_news>::with<kept_news>,
    // Takes news that nobody has fetched.
    caf::replies_to<take_pending_news>::with<pending_news_list>,
    // Loads one list.
    caf::replies_to<load_list>::with<loaded_list>,
    // Loads one record.
    caf::replies_to<load_detail>::with<loaded_detail>,
    // Loads a part of a takeout.
    caf::replies_to<load_takeout_page>::with<loaded_takeout_page>,
    // Finds an import.
    caf::replies_to<find_import>::with<found_import>,
    // Lists all API keys.
    caf::replies_to<list_keys>::with<key_list>,
    // Stores a new API key.
    caf::replies_to<create_key>::with<api_key_record>,
    // Puts a new key in the place of an active one.
    caf::replies_to<regenerate_key>::with<api_key_record>,
    // Makes a key useless.
    caf::replies_to<revoke_key>::with<done>,
    // Stores the counters of keys.
    caf::replies_to<flush_key_usage>::with<done>,
    // Remembers an OAuth state.
    caf::replies_to<put_oauth_state>::with<done>,
    // Takes an OAuth state.
    caf::replies_to<take_oauth_state>::with<storage::oauth_state_record>,
    // Remembers a temporary code.
    caf::replies_to<put_temporary_code>::with<done>,
    // Takes a temporary code.
    caf::replies_to<take_temporary_code>::with<storage::temporary_code_record>,
    // Takes permits out of Polar's budget.
    caf::replies_to<change_budget>::with<budget_changed>>;

/// The LEASE interface: which shards this node owns.
using lease_actor = caf::typed_actor<
    // Takes the shards; answers when this node owns them.
    caf::replies_to<take_all_shards>::with<done>,
    // Answers while what it took is still this node's.
    caf::replies_to<check_lease>::with<done>,
    // Proves that this node owns the user's shard.
    caf::replies_to<claim_shard>::with<shard_claim>>;

/// The POLAR interface: the only way to Polar, one permit per request.
using polar_actor = caf::typed_actor<
    // Waits for a permit, sends, and answers with whatever status came back.
    caf::replies_to<call_polar>::with<polar_answered>>;

/// The SUPERVISOR interface: who is synced when, and how much Polar may be asked.
using supervisor_actor = caf::typed_actor<
    // Starts the node's work; answers when the queue is filled.
    caf::replies_to<begin_supervision>::with<done>,
    // Answers when one request may be sent to Polar.
    caf::replies_to<request_permit>::with<permit_granted>,
    // Counts a used permit and learns from Polar's headers.
    caf::reacts_to<permit_spent>,
    // Takes an unused permit back.
    caf::reacts_to<permit_returned>,
    // Queues a user for the first sync.
    caf::reacts_to<user_connected>,
    // Updates a user's place in the queue.
    caf::reacts_to<user_changed>,
    // Counts a sync as running.
    caf::reacts_to<sync_started>,
    // Queues the user for the next sync.
    caf::reacts_to<sync_ended>,
    // Queues the user of a failed actor again.
    caf::reacts_to<user_failed>,
    // Fetches what a webhook announced.
    caf::reacts_to<news_arrived>,
    // Answers when no sync is running any more.
    caf::replies_to<stop_syncs>::with<done>>;

/// What a SYNC WORKER tells its user.
using sync_listener = caf::typed_actor<
    // Notes how far a stream is.
    caf::reacts_to<sync_progressed>,
    // Lets nobody wait for a sync that waits for a permit.
    caf::reacts_to<sync_held_up>,
    // Ends the fetching part of a sync.
    caf::reacts_to<sync_fetched>>;

/// What may be asked of any user; the region understands it for all users.
using users_actor = caf::typed_actor<
    // Answers today's insights.
    caf::replies_to<get_insights>::with<insights_answer>,
    // Answers the baselines.
    caf::replies_to<get_baselines>::with<baselines_answer>,
    // Answers how metrics move and hang together.
    caf::replies_to<get_patterns>::with<patterns_answer>,
    // Answers what is unusual today.
    caf::replies_to<get_anomalies>::with<anomalies_answer>,
    // Answers what the next night will say.
    caf::replies_to<get_predictions>::with<predictions_answer>,
    // Answers why a figure is what it is.
    caf::replies_to<get_explanation>::with<explanation_answer>,
    // Answers how a value would stand today.
    caf::replies_to<check_value>::with<metric_check>,
    // Answers what the data are enough for.
    caf::replies_to<get_analytics_status>::with<analytics_status>,
    // Answers the rows of a list.
    caf::replies_to<get_list>::with<list_answer>,
    // Answers one record.
    caf::replies_to<get_detail>::with<detail_answer>,
    // Answers a part of all that is stored about the user.
    caf::replies_to<get_takeout_page>::with<takeout_page_answer>,
    // Answers how an import stands.
    caf::replies_to<get_import>::with<import_answer>,
    // Lets go of what is in memory of the user's data.
    caf::replies_to<forget_data>::with<done>,
    // Starts a sync and answers with its job.
    caf::replies_to<trigger_sync>::with<sync_started>,
    // Answers when the sync has ended.
    caf::replies_to<await_sync>::with<sync_finished>,
    // Answers what is known about each day.
    caf::replies_to<get_coverage>::with<coverage_answer>,
    // Answers how the syncs stand.
    caf::replies_to<get_sync_state>::with<sync_state_answer>,
    // Answers the newest syncs.
    caf::replies_to<get_sync_logs>::with<sync_report_list>,
    // Answers when something happened in a sync.
    caf::replies_to<await_events>::with<events_answer>,
    // Ends the connection with Polar.
    caf::replies_to<disconnect_user>::with<user_record>,
    // Erases the user.
    caf::replies_to<erase_user>::with<done>,
    // Stores a new token.
    caf::replies_to<connect_user>::with<user_record>>;

/// The USER interface.
using user_actor = users_actor::extend<
    // Ends if there is nothing to do.
    caf::replies_to<passivate>::with<passivation>,
    // Notes how far a stream is.
    caf::reacts_to<sync_progressed>,
    // Lets nobody wait for a sync that waits for a permit.
    caf::reacts_to<sync_held_up>,
    // Ends the fetching part of a sync.
    caf::reacts_to<sync_fetched>,
    // INTERNAL: A wait for events is over.
    caf::reacts_to<event_wait_over>>;

/// The USER REGION interface.
using user_region_actor = users_actor::extend<
    // Passivates an actor that has no user to serve.
    caf::reacts_to<user_absent>>;

/// The SYNC WORKER interface: nobody asks it anything, it tells its listener.
using sync_worker_actor = caf::typed_actor<
    // INTERNAL: The pause before a repetition is over.
    caf::reacts_to<pause_over>,
    // INTERNAL: The sync has taken too long.
    caf::reacts_to<caf::timeout_atom>>;

/// The IMPORTER interface: zips with a user's past.
using importer_actor = caf::typed_actor<
    // Queues a zip; answers when a crash cannot lose it any more.
    caf::replies_to<begin_import>::with<import_begun>,
    // INTERNAL: Imports one more file.
    caf::reacts_to<import_step>>;

/// The WEBHOOKS interface: what Polar posts.
using webhooks_actor = caf::typed_actor<
    // Takes one delivery.
    caf::replies_to<receive_webhook>::with<done>>;

/// The ACCESS interface: API keys and OAuth.
using access_actor = caf::typed_actor<
    // Reads and publishes the API keys.
    caf::replies_to<load_keys>::with<done>,
    // Stores the counters of the keys now.
    caf::replies_to<flush_keys>::with<done>,
    // Begins an authorization.
    caf::replies_to<start_oauth>::with<redirect>,
    // Ends an authorization.
    caf::replies_to<finish_oauth>::with<redirect>,
    // Trades a temporary code for a key.
    caf::replies_to<exchange_code>::with<key_issued>,
    // Answers a key of a user.
    caf::replies_to<find_user_key>::with<found_user_key>,
    // Puts a new key in the place of a user's one.
    caf::replies_to<regenerate_user_key>::with<key_issued>,
    // Makes a user's key useless.
    caf::replies_to<revoke_user_key>::with<done>>;

/// The actors of this node.
struct node_actors {
  store_actor reads;
  store_actor writes;
  lease_actor lease;
  polar_actor polar;
  supervisor_actor supervisor;
  user_region_actor region;
  access_actor access;
  webhooks_actor webhooks;
  importer_actor importer;
};

/// Where the actors of this node find each other: a restarted one has a new handle, so nobody
/// keeps a handle of one of these for longer than one question. Readable from any thread.
class directory {
public:
  explicit directory(caf::actor_system& system) : system_{system} {
    // nop
  }

  caf::actor_system& system() const {
    return system_;
  }

  std::shared_ptr<const node_actors> actors() const {
    return actors_.load();
  }

  /// Only one thread at a time may publish.
  void publish(node_actors actors) {
    actors_.store(std::make_shared<const node_actors>(std::move(actors)));
  }

private:
  caf::actor_system& system_;
  std::atomic<std::shared_ptr<const node_actors>> actors_{std::make_shared<const node_actors>()};
};

} // namespace polar_flow::actors
