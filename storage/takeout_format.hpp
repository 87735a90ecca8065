#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// What a takeout is: a zip with all that is stored about one user, so that the person owns it and
/// another server can take it over.
///
///   manifest.json          {"format", "server_version", "schema_version", "user_id", "taken_at"}
///   README.txt             what is in here, for the person
///   tables/<table>.jsonl   one row as JSON per line, by the names of its columns; a table without
///                          rows of the user has no file
///   replies/<id>.json      one archived body, byte by byte as it came; `.txt` when it is no JSON.
///                          Its other columns are the line of tables/raw_replies.jsonl that has
///                          this `reply_id`
///
/// The files come in this order, tables in that of `takeout_tables`. Only one thing depends on it:
/// the line of a reply comes before its body, so that a zip is imported in one pass and with one
/// file, or some lines of one, in memory. An importer that meets another order has to take tables/
/// before replies/.
///
/// Who reads a takeout gives every row to the user whom the manifest names, whatever the row says,
/// and refuses the takeout of another user: two people's nights must not become one history.
/// Columns it does not know are passed over, those that are missing or null get the default of the
/// column.
/// The format number grows when an older server would misunderstand a newer takeout.
namespace polar_flow::storage {

inline constexpr std::int32_t takeout_format = 1;

inline constexpr std::string_view manifest_file = "manifest.json";
inline constexpr std::string_view readme_file = "README.txt";
inline constexpr std::string_view tables_folder = "tables/";
inline constexpr std::string_view table_extension = ".jsonl";
inline constexpr std::string_view replies_folder = "replies/";

/// How the rows of a table come back.
enum class takeout_rows : std::uint8_t {
  /// As they were; running numbers are drawn again.
  plain,
  /// With their running numbers, which clients know.
  numbered,
  /// As plain ones, and those that no numbered row tells of get a number.
  ecg_tests,
  /// Into the row that is there.
  user,
  /// As announcements of bodies.
  replies
};

/// A table that a takeout holds. The texts become part of statements.
struct takeout_table {
  std::string_view name;
  /// The primary key but for the user; of `users` all of it.
  std::string_view key;
  /// The same key of the row before, in a relation called `page`.
  std::string_view key_before;
  /// A key before that of any row.
  std::string_view start;
  /// Which rows leave a server and enter one.
  std::string_view condition = "true";
  /// Columns that stay here, as JSON nulls.
  std::string_view left_out = "{}";
  takeout_rows kind = takeout_rows::plain;
};

/// What most tables have.
constexpr takeout_table table_by_day(std::string_view name) {
  return {name, "day", "page.day", R"({"day":"-infinity"})"};
}

inline constexpr std::string_view moment_key = "device_id, test_time";
inline constexpr std::string_view moment_before = "page.device_id, page.test_time";
inline constexpr std::string_view moment_start = R"({"device_id":"","test_time":"-infinity"})";
inline constexpr std::string_view period_start = R"({"period_start_time":"-infinity"})";

/// Data before what is known about fetching it, and the archive last: an answer that comes while a
/// takeout is under way is then at least in the archive.
inline constexpr auto takeout_tables = std::to_array<takeout_table>({
    {.name = "users",
     .key = "user_id",
     .key_before = "page.user_id",
     .start = R"({"user_id":""})",
     // The token is a secret; the rest is how this server stands with Polar.
     .left_out = R"({"sealed_token":null,"token_expires_at":null,"state":null,)"
                 R"("consecutive_failures":null,"not_before":null,"changes":null})",
     .kind = takeout_rows::user},
    table_by_day("sleep"),
    table_by_day("nightly_recharge"),
    table_by_day("activity"),
    table_by_day("activity_samples"),
    {"exercise", "polar_exercise_id", "page.polar_exercise_id", R"({"polar_exercise_id":""})"},
    table_by_day("cardio_load"),
    table_by_day("continuous_heart_rate"),
    {"sleepwise_alertness", "period_start_time", "page.period_start_time", period_start},
    {"sleepwise_bedtime", "period_start_time", "page.period_start_time", period_start},
    {"spo2", moment_key, moment_before, moment_start},
    // A number that no sequence will ever have drawn could leave none to be drawn.
    {.name = "ecg_ids",
     .key = moment_key,
     .key_before = moment_before,
     .start = moment_start,
     .condition = "ecg_id BETWEEN 1 AND 1000000000",
     .kind = takeout_rows::numbered},
    {.name = "ecg",
     .key = moment_key,
     .key_before = moment_before,
     .start = moment_start,
     .kind = takeout_rows::ecg_tests},
    {"body_temperature", "device_id, start_time", "page.device_id, page.start_time",
     R"({"device_id":"","start_time":"-infinity"})"},
    table_by_day("skin_temperature"),
    {"physical_info", "recorded_at", "page.recorded_at", R"({"recorded_at":"-infinity"})"},
    {"exercise_details", "polar_exercise_id", "page.polar_exercise_id",
     R"({"polar_exercise_id":""})"},
    {"stream_coverage", "stream", "page.stream", R"({"stream":""})"},
    // How often it was tried counts up, and a count at its end could not.
    {.name = "pending_news",
     .key = "number",
     .key_before = "page.number",
     .start = R"({"number":0})",
     .condition = "tries BETWEEN 0 AND 1000000"},
    // A sync that runs, runs here.
    {.name = "sync_logs",
     .key = "job_id",
     .key_before = "page.job_id",
     .start = R"({"job_id":"00000000-0000-0000-0000-000000000000"})",
     .condition = "status IS DISTINCT FROM 'started'"},
    {.name = "raw_replies",
     .key = "reply_id",
     .key_before = "page.reply_id",
     .start = R"({"reply_id":0})",
     // Lines of another takeout that wait for their bodies.
     .condition = "origin <> 'takeout'",
     .left_out = R"({"body_zstd":null})",
     .kind = takeout_rows::replies},
});

/// Tables with rows of a user that no takeout holds.
inline constexpr std::array<std::string_view, 7> tables_left_out{
    // What this server did.
    "imports", "import_files",
    // Computed again from the data.
    "user_baselines", "analytics_snapshot", "pattern_analyses",
    // Secrets of this server.
    "api_keys", "temporary_codes"};

/// What README.txt says.
extern const std::string_view takeout_readme;

} // namespace polar_flow::storage
