#pragma once

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"

#include <boost/json.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// The server and the AccessLink simulator as real processes on 127.0.0.1, each on a port that
/// the system chose. Everything here throws std::runtime_error with the log's end in its message
/// when a step fails, which ends the test case.
namespace polar_flow::testing {

inline constexpr const char* master_key = "master-key-of-the-tests";
inline constexpr const char* app_origin = "http://localhost:7777";
inline constexpr const char* app_callback_url = "http://localhost:7777/connected?from=test";
inline constexpr const char* app_client_id = "test-app";

/// Id of the simulator's athlete number `index`, counted from 0.
std::string athlete_id(int index);

/// Long enough for a first start with initdb on a slow machine under sanitizers.
inline constexpr std::chrono::seconds start_time_limit{120};

// -- simulator ----------------------------------------------------------------------------------

struct simulator_options {
  std::filesystem::path folder;
  int athletes = 1;
  std::vector<std::string> arguments = {};
  std::optional<std::filesystem::path> clock_file = {};
};

class simulator_process {
public:
  explicit simulator_process(const simulator_options& options);

  std::string url() const;

  std::uint16_t port() const;

  /// Makes the simulator misbehave as this JSON says (see simulator/README.md).
  void add_fault(const std::string& json);

  void clear_faults();

  /// Lets faults strike by chance as this JSON says.
  void mix_faults(const std::string& json);

  /// How often each kind of fault has struck.
  boost::json::value struck() const;

  /// What the simulator was asked since its start, as it tells it.
  boost::json::value requests() const;

  process_end stop();

private:
  void control(const std::string& method, const std::string& target, const std::string& body);

  std::filesystem::path log_file_;
  std::unique_ptr<child_process> process_;
  std::uint16_t port_ = 0;
};

// -- server -------------------------------------------------------------------------------------

struct server_options {
  std::filesystem::path folder;
  std::map<std::string, std::string> environment = {};
  std::vector<std::string> arguments = {};
};

/// Options of a server that works with this simulator and knows `master_key`; `folder` holds its
/// data directory, its log and its port file. Scheduled syncs come rarely, so that a test
/// decides when there is one.
server_options options_for(const simulator_process& simulator, const std::filesystem::path& folder);

/// What a start looks like from outside while it is going on.
class server_process {
public:
  enum class readiness { awaited, not_awaited };

  explicit server_process(const server_options& options, readiness wanted = readiness::awaited);

  std::uint16_t port() const;

  pid_t pid() const;

  bool is_running();

  /// Waits until /ready answers 200.
  void await_ready();

  http_answer ask(const http_request& request) const;

  /// GET with an API key.
  http_answer get(const std::string& target, const std::string& api_key = master_key) const;

  /// GET that must answer 200, as JSON.
  boost::json::value get_json(const std::string& target,
                              const std::string& api_key = master_key) const;

  /// POST …/sync/trigger; waits on while the answer is "running", until `sync_time_limit`.
  http_answer trigger_sync(const std::string& user, const std::string& api_key = master_key) const;

  /// SIGTERM, and how it ended.
  process_end stop();

  void send_signal(int signal_number);

  std::optional<process_end> wait_for_end(std::chrono::milliseconds time_limit);

  void kill();

  std::string log() const;

private:
  std::filesystem::path port_file_;
  std::filesystem::path log_file_;
  std::unique_ptr<child_process> process_;
  std::uint16_t port_ = 0;
};

// -- OAuth --------------------------------------------------------------------------------------

struct connected_athlete {
  std::string user;
  std::string api_key;
};

/// Goes the browser's way from /oauth/start over the simulator's consent page to our callback and
/// returns the address that the app would be called at.
std::string authorize(const server_process& server, const std::string& user);

/// `authorize` and the exchange for an API key, as an integrator's app does it.
connected_athlete connect(const server_process& server, const std::string& user);

/// Waits until the first sync of a user has brought data and its analytics are stored.
void await_first_sync(const server_process& server, const std::string& user);

// -- the embedded PostgreSQL --------------------------------------------------------------------

struct embedded_database {
  pid_t postmaster = -1;
  std::string connection_string;
};

/// Where the PostgreSQL listens that works in `folder / "data"`; nullopt while none does.
std::optional<embedded_database> find_embedded_database(const std::filesystem::path& folder);

/// A folder for one server's data that leaves no PostgreSQL behind, however the server ended.
class server_folder {
public:
  server_folder() = default;
  ~server_folder();

  server_folder(const server_folder&) = delete;
  server_folder& operator=(const server_folder&) = delete;

  const std::filesystem::path& path() const;

private:
  temporary_folder folder_;
};

} // namespace polar_flow::testing
