#pragma once

#include "config/settings.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

/// The limits of the actors, each with its reason.
namespace polar_flow::actors::limits {

using namespace std::chrono_literals;

/// Answers within the node that need no I/O take microseconds; five seconds of silence mean that
/// the actor asked is overwhelmed or gone.
inline constexpr std::chrono::seconds local_answer{5};

/// Slack on top of a deadline that the actor asked enforces itself, so that its own, better
/// error arrives first.
inline constexpr std::chrono::seconds deadline_slack{5};

/// A queued statement may wait for one other statement and a reconnect before its own turn.
/// Twice the sum is what a healthy but busy database needs at worst.
inline std::chrono::seconds store_answer(const storage_settings& storage) {
  return 2 * (storage.connect_timeout + storage.statement_timeout) + deadline_slack;
}

/// A worker that is silent for longer than its own connection and statement limits is stuck in a
/// way libpq does not notice; the pool gives it up.
inline std::chrono::seconds worker_answer(const storage_settings& storage) {
  return storage.connect_timeout + 2 * storage.statement_timeout + deadline_slack;
}

/// How often the supervisor looks at the clock. Users and windows are measured in minutes, so a
/// second is exact enough, and one timer a second costs nothing.
inline constexpr std::chrono::seconds supervisor_tick{1};

/// A tick comes up to so much earlier: enough for the ticks of two nodes to change places within
/// minutes.
inline constexpr std::chrono::milliseconds supervisor_tick_spread{100};

/// How often the region looks for idle users; idle times are minutes.
inline constexpr std::chrono::seconds region_sweep{10};

/// Scheduled syncs that one tick may start: a hundred a second is far more than Polar's budget
/// allows, and keeps a tick short.
inline constexpr std::size_t starts_per_tick = 100;

/// Requests waiting for a permit: with 10 syncs of 4 requests a node needs 40; ten thousand say
/// that something is wrong, and the asker should know.
inline constexpr std::size_t permit_waiters_max = 10'000;

/// Permits of one priority that one request may ask for: more than a node can use while the request
/// is under way, and little enough to leave when the node dies.
inline constexpr std::int64_t permits_per_request_max = 1000;

/// Permits that nobody has asked for in this time go back: another node may need them.
inline constexpr std::chrono::seconds permit_idle_time{3};

/// A call that ended without an answer may reach Polar's count until it is this old; no request
/// takes longer.
inline constexpr std::chrono::seconds silent_call_doubt{60};

/// A user whose sync could not even start is left alone for one of Polar's short windows.
inline constexpr std::chrono::minutes failed_start_pause{15};

/// First step of the back-off after a failed sync: one of Polar's short windows.
inline constexpr std::chrono::minutes backoff_first{15};

/// Longest back-off; a day, so that one outage never loses data that Polar keeps for 28 days.
inline constexpr std::chrono::hours backoff_max{24};

/// Reads are noted at most this often per user: activity is judged in days.
inline constexpr std::chrono::hours read_note_interval{1};

/// A failing user actor is started again at once this often within the window; after that it
/// waits for its next message.
inline constexpr std::int32_t user_restarts_max = 3;
inline constexpr std::chrono::minutes user_restart_window{1};

/// Children of the supervisor that may die within the window: more is a fault that restarting
/// does not cure, and the process should end so that whoever started it sees it.
inline constexpr std::size_t child_restarts_max = 10;
inline constexpr std::chrono::minutes child_restart_window{1};

/// A running sync that says nothing for this long after its own timeout is written off.
inline constexpr std::chrono::minutes lost_sync_slack{5};

/// Messages buffered for one user while its actor changes; one client has one request open.
inline constexpr std::size_t buffered_messages_max = 1000;

/// A check of a foreign token is asked for by a waiting client; it does not wait longer for a
/// permit than a client would.
inline constexpr std::chrono::seconds token_check{20};

/// Where more requests wait for connections to Polar than there is room for, a sync tries again
/// after this time: by then some dozens have been answered.
inline constexpr std::chrono::seconds crowded_pause{4};

/// Clients that watch one user's syncs at the same time: an app, a page and a few forgotten tabs.
inline constexpr std::size_t event_waits_max = 32;

/// An import that is not here and as old as this has lost its file, and does not keep its user from
/// another one.
inline constexpr std::chrono::hours import_lost_after{24};

/// An import waits so long for a database that is away, or for a shard that changes hands.
inline constexpr std::chrono::seconds import_pause{5};

/// A webhook may arrive a moment before the data can be read; so often and so long apart the data
/// is looked for again before it is left to the next sync.
inline constexpr std::uint32_t news_repetitions_max = 3;
inline constexpr std::chrono::seconds news_pause{5};

/// Polar stops posting after a week of failures; a look every six hours notices early and costs
/// four requests a day. Without a webhook the next attempt comes sooner.
inline constexpr std::chrono::hours webhook_check_interval{6};
inline constexpr std::chrono::minutes webhook_retry_interval{5};

/// Codes that are exchanged for tokens at the same time: hundreds of people a minute, and not so
/// many that a flood of made-up codes makes Polar's token host turn us away.
inline constexpr std::size_t token_calls_max = 16;

/// Between attempts to learn the webhook's secret from the database.
inline constexpr std::chrono::seconds webhook_load_pause{1};

/// A PING is the only thing that is believed without a signature; Polar's has 60 bytes.
inline constexpr std::size_t ping_bytes_max = 1024;

/// By then the HTTP front-end answers Polar's PING.
inline constexpr std::chrono::seconds webhook_start_delay{2};

/// Syncs that run at once because webhooks asked for them, besides those of the schedule: each is
/// an actor and a few open requests, and Polar's budget lets no more than some dozen requests
/// through per second.
inline constexpr std::size_t syncs_with_news_max = 64;

/// First syncs, and those that a crash cut short, that run at once when the places of the schedule
/// are taken; for the same reasons.
inline constexpr std::size_t exempt_syncs_max = 64;

/// News that no sync has fetched is looked for this often: one query, which finds nothing as a
/// rule. What it finds was announced minutes ago.
inline constexpr std::chrono::seconds news_look_interval{60};

/// News of one user that wait for its running sync to end; more of it is fetched by that user's
/// next sync.
inline constexpr std::size_t news_per_user_max = 64;

/// Users for whom news wait in memory; whatever else was announced waits in the database.
inline constexpr std::size_t users_with_news_max = 100'000;

/// Counters of keys are stored this often; a crash forgets at most that much.
inline constexpr std::chrono::seconds key_flush_interval{1};

/// Keys made by other processes are seen after this time, or later where reading all keys is
/// slow: at most 5 % of the time goes into it.
inline constexpr std::chrono::seconds key_reload_interval{1};
inline constexpr int key_reload_share = 20;
inline constexpr std::chrono::seconds key_reload_interval_max{60};

/// Between leaving for Polar and coming back with a code, a person types a password.
inline constexpr std::chrono::minutes oauth_state_life{10};

/// An app trades its temporary code at once.
inline constexpr std::chrono::minutes temporary_code_life{5};

/// Polar's tokens live a year unless the grant says otherwise.
inline constexpr std::chrono::seconds token_life{31'536'000};

/// Attempts to register with a fresh member id; a second clash of random ids means a defect.
inline constexpr std::int32_t registration_attempts_max = 3;

/// Entropy of an OAuth state and of a temporary code, in bytes.
inline constexpr std::size_t oauth_state_bytes = 32;
inline constexpr std::size_t temporary_code_bytes = 32;

/// Requests per hour of a key that an app received.
inline constexpr std::int32_t issued_key_requests = 1000;

} // namespace polar_flow::actors::limits
