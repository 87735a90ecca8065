#include "storage/takeout_format.hpp"

namespace polar_flow::storage {

const std::string_view takeout_readme = R"(Your data from polar-flow-server
================================

This archive holds all that the server keeps about you: what Polar's watch, strap or app measured,
and every answer of Polar as it came. It is yours. Keep it, read it, or let another
polar-flow-server take it over (POST /api/v1/users/{your id}/import/takeout).

manifest.json   when this was taken, of whom, and by which version
tables/         one file per kind of record; each line is one record as JSON:
                sleep, nightly_recharge, skin_temperature          per night
                activity, activity_samples, cardio_load,
                continuous_heart_rate                              per day
                exercise                                           per training session
                sleepwise_alertness, sleepwise_bedtime             what Polar foresees
                spo2, ecg, body_temperature, physical_info         tests and measurements
                users, sync_logs, stream_coverage,
                exercise_details, ecg_ids, pending_news            what the server noted meanwhile
                raw_replies                                        what is known of each reply
replies/        Polar's answers, byte by byte as they came, named by the reply_id of the
                line in tables/raw_replies.jsonl

Units are in the names: _s is seconds, _ms milliseconds, _bpm beats per minute, _m metres, _kcal
kilocalories, _celsius degrees. A time ends in its offset from UTC; null means unknown.

Not in here are secrets (your API keys and the authorization at Polar) and what is computed again
from the data (baselines, patterns and insights).

This archive is about your health and is not encrypted: keep it where only you can read it.
)";

} // namespace polar_flow::storage
