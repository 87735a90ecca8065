#include "tests/support/server_fixture.hpp"

#include "tests/support/json.hpp"
#include "tests/support/wait.hpp"

#include <algorithm>
#include <charconv>
#include <signal.h>
#include <sstream>
#include <stdexcept>

namespace polar_flow::testing {

namespace {

namespace fs = std::filesystem;

constexpr const char* polar_client_id = "test-client";
constexpr const char* polar_client_secret = "test-secret";
constexpr int first_athlete = 10'000'001;

/// Draining, stopping PostgreSQL and the sanitizers' last look at the memory.
constexpr std::chrono::seconds stop_time_limit{60};
constexpr std::chrono::seconds sync_time_limit{120};

/// A log's last lines are what a person wants to see beside a failure.
constexpr std::size_t log_tail_bytes = 4000;

std::string tail(const std::string& text) {
  return text.size() <= log_tail_bytes ? text : "…" + text.substr(text.size() - log_tail_bytes);
}

[[noreturn]] void give_up(const std::string& what, const std::string& log) {
  throw std::runtime_error{what + "\n--- the end of the log\n" + tail(log)};
}

std::optional<std::uint16_t> read_port(const fs::path& file) {
  const auto text = read_text(file);
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
  if (parsed.ec != std::errc{} || port == 0)
    return std::nullopt;
  return port;
}

bool answers_200(std::uint16_t port, const std::string& target) {
  const auto answer = ask(port, {.target = target});
  return answer && answer->status == 200;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

} // namespace

std::string athlete_id(int index) {
  return std::to_string(first_athlete + index);
}

// -- simulator ----------------------------------------------------------------------------------

simulator_process::simulator_process(const simulator_options& options)
    : log_file_{options.folder / "simulator.log"} {
  const auto port_file = options.folder / "simulator.port";
  fs::remove(port_file);
  process_options process{.program = build_dir() / "polar-accesslink-simulator",
                          .arguments = {"--host", "127.0.0.1", "--port", "0", "--port-file",
                                        port_file.string(), "--athletes",
                                        std::to_string(options.athletes), "--client-id",
                                        polar_client_id, "--client-secret", polar_client_secret},
                          .working_dir = options.folder,
                          .output_file = log_file_,
                          .error_file = log_file_};
  if (options.clock_file)
    process.arguments.insert(process.arguments.end(),
                             {"--clock-file", options.clock_file->string()});
  process.arguments.insert(process.arguments.end(), options.arguments.begin(),
                           options.arguments.end());
  process_ = std::make_unique<child_process>(process);
  const bool is_up = wait_until(
      [&] {
        if (const auto port = read_port(port_file)) {
          port_ = *port;
          return answers_200(port_, "/simulator/requests");
        }
        return !process_->is_running();
      },
      start_time_limit);
  if (!is_up || !process_->is_running())
    give_up("the simulator did not start", read_text(log_file_));
}

std::string simulator_process::url() const {
  return "http://127.0.0.1:" + std::to_string(port_);
}

std::uint16_t simulator_process::port() const {
  return port_;
}

void simulator_process::control(const std::string& method, const std::string& target,
                                const std::string& body) {
  const auto answer = testing::ask(port_, {.method = method,
                                           .target = target,
                                           .headers = {{"Content-Type", "application/json"}},
                                           .body = body});
  if (!answer || answer->status / 100 != 2)
    give_up("the simulator refused " + method + " " + target + " " + body + ": "
                + (answer ? answer->body : "no answer"),
            read_text(log_file_));
}

void simulator_process::add_fault(const std::string& json) {
  control("POST", "/simulator/faults", json);
}

void simulator_process::clear_faults() {
  control("DELETE", "/simulator/faults", "");
}

void simulator_process::mix_faults(const std::string& json) {
  control("POST", "/simulator/faults/mix", json);
}

boost::json::value simulator_process::struck() const {
  const auto answer = testing::ask(port_, {.target = "/simulator/faults/mix"});
  if (!answer || answer->status != 200)
    give_up("the simulator does not tell its faults", read_text(log_file_));
  return parse_json(answer->body).at("struck");
}

boost::json::value simulator_process::requests() const {
  const auto answer = testing::ask(port_, {.target = "/simulator/requests"});
  if (!answer || answer->status != 200)
    give_up("the simulator does not tell its requests", read_text(log_file_));
  return parse_json(answer->body);
}

process_end simulator_process::stop() {
  process_->send_signal(SIGTERM);
  const auto end = process_->wait_for_end(stop_time_limit);
  if (!end)
    give_up("the simulator does not stop", read_text(log_file_));
  return *end;
}

// -- server -------------------------------------------------------------------------------------

server_options options_for(const simulator_process& simulator, const fs::path& folder) {
  const auto polar = simulator.url();
  return {.folder = folder,
          .environment = {{"DATA_DIR", (folder / "data").string()},
                          {"KEY_DIR", (folder / "keys").string()},
                          {"API_HOST", "127.0.0.1"},
                          {"API_KEY", master_key},
                          {"POLAR_API_BASE_URL", polar},
                          {"POLAR_AUTHORIZATION_URL", polar + "/oauth2/authorization"},
                          {"POLAR_TOKEN_URL", polar + "/v2/oauth2/token"},
                          {"POLAR_CLIENT_ID", polar_client_id},
                          {"POLAR_CLIENT_SECRET", polar_client_secret},
                          {"OAUTH_ALLOWED_CALLBACK_ORIGINS", app_origin},
                          // Where the clock stands still nobody is ever forgiven.
                          {"SECURITY_WRONG_KEYS_PER_MINUTE", "0"},
                          {"SYNC_INTERVAL_MINUTES", "1440"}}};
}

server_process::server_process(const server_options& options, readiness wanted)
    : port_file_{options.folder / "server.port"}, log_file_{options.folder / "server.log"} {
  fs::remove(port_file_);
  process_options process{.program = build_dir() / "polar-flow-server",
                          .arguments = {"serve", "--port", "0", "--port-file", port_file_.string()},
                          .environment = options.environment,
                          .working_dir = options.folder,
                          .output_file = log_file_,
                          .error_file = log_file_};
  process.arguments.insert(process.arguments.end(), options.arguments.begin(),
                           options.arguments.end());
  process_ = std::make_unique<child_process>(process);
  if (wanted == readiness::awaited)
    await_ready();
}

void server_process::await_ready() {
  wait_until(
      [&] {
        if (const auto port = read_port(port_file_)) {
          port_ = *port;
          return answers_200(port_, "/ready");
        }
        return !process_->is_running();
      },
      start_time_limit);
  if (port_ == 0 || !process_->is_running())
    give_up("the server did not start", log());
}

std::uint16_t server_process::port() const {
  return port_;
}

pid_t server_process::pid() const {
  return process_->pid();
}

bool server_process::is_running() {
  return process_->is_running();
}

http_answer server_process::ask(const http_request& request) const {
  const auto answer = testing::ask(port_, request);
  if (!answer)
    give_up("no answer to " + request.method + " " + request.target, log());
  return *answer;
}

http_answer server_process::get(const std::string& target, const std::string& api_key) const {
  return ask({.target = target, .headers = {{"X-API-Key", api_key}}});
}

boost::json::value server_process::get_json(const std::string& target,
                                            const std::string& api_key) const {
  const auto answer = get(target, api_key);
  if (answer.status != 200)
    give_up("GET " + target + " answered " + std::to_string(answer.status) + " " + answer.body,
            log());
  return parse_json(answer.body);
}

http_answer server_process::trigger_sync(const std::string& user,
                                         const std::string& api_key) const {
  http_answer last;
  const bool is_done = wait_until(
      [&] {
        last = ask({.method = "POST",
                    .target = "/api/v1/users/" + user + "/sync/trigger",
                    .headers = {{"X-API-Key", api_key}}});
        return last.status != 202 && last.status != 409;
      },
      sync_time_limit);
  if (!is_done)
    give_up("the sync of " + user + " did not end", log());
  return last;
}

process_end server_process::stop() {
  send_signal(SIGTERM);
  const auto end = wait_for_end(stop_time_limit);
  if (!end)
    give_up("the server does not stop", log());
  return *end;
}

void server_process::send_signal(int signal_number) {
  process_->send_signal(signal_number);
}

std::optional<process_end> server_process::wait_for_end(std::chrono::milliseconds time_limit) {
  return process_->wait_for_end(time_limit);
}

void server_process::kill() {
  process_->kill();
}

std::string server_process::log() const {
  return read_text(log_file_);
}

// -- OAuth --------------------------------------------------------------------------------------

namespace {

/// Name to value. Browsers tell hosts apart and not ports, and here everybody is 127.0.0.1.
using cookie_jar = std::map<std::string, std::string>;

/// Where one step of the browser's way leads; remembers cookies as a browser does.
std::string follow(std::uint16_t port, const std::string& target, cookie_jar& cookies) {
  std::string held;
  for (const auto& [name, value] : cookies)
    held += (held.empty() ? "" : "; ") + name + '=' + value;
  http_headers headers;
  if (!held.empty())
    headers.emplace_back("Cookie", held);
  const auto answer = ask(port, {.target = target, .headers = headers});
  const auto location = answer ? answer->header("location") : std::nullopt;
  if (!location)
    throw std::runtime_error{
        "no redirect from " + target + ": "
        + (answer ? std::to_string(answer->status) + " " + answer->body : "no answer")};
  if (const auto cookie = answer->header("set-cookie")) {
    const auto equals_sign = cookie->find('=');
    cookies[cookie->substr(0, equals_sign)] =
        cookie->substr(equals_sign + 1, cookie->find(';') - equals_sign - 1);
  }
  return *location;
}

url_parts local_address(const std::string& url) {
  const auto parts = split_url(url);
  if (!parts)
    throw std::runtime_error{"not an address on this machine: " + url};
  return *parts;
}

} // namespace

std::string authorize(const server_process& server, const std::string& user) {
  cookie_jar cookies;
  const auto consent = local_address(
      follow(server.port(),
             std::string{"/oauth/start?callback_url=http%3A%2F%2Flocalhost%3A7777%2Fconnected"
                         "%3Ffrom%3Dtest&client_id="}
                 + app_client_id,
             cookies));
  // A person would choose the account on Polar's page.
  const auto callback =
      local_address(follow(consent.port, consent.target + "&auto_approve=" + user, cookies));
  return follow(callback.port, callback.target, cookies);
}

connected_athlete connect(const server_process& server, const std::string& user) {
  const auto app_address = authorize(server, user);
  const auto code = query_parameter(app_address, "code");
  if (!code)
    give_up("connecting " + user + " ended at " + app_address, server.log());
  const auto answer = server.ask({.method = "POST",
                                  .target = "/oauth/exchange",
                                  .headers = {{"Content-Type", "application/json"}},
                                  .body = boost::json::serialize(boost::json::object{
                                      {"code", *code}, {"client_id", app_client_id}})});
  if (answer.status != 201)
    give_up("the code was not exchanged: " + answer.body, server.log());
  const auto issued = parse_json(answer.body);
  return {user, issued.at("api_key").as_string().c_str()};
}

void await_first_sync(const server_process& server, const std::string& user) {
  const bool has_data = wait_until(
      [&] {
        const auto insights = server.get_json("/api/v1/users/" + user + "/insights");
        return insights.at("data_age_days").as_int64() > 0;
      },
      sync_time_limit);
  if (!has_data)
    give_up("the first sync of " + user + " brought no data", server.log());
  // Data show as soon as they are stored; the rest of the sync may still be under way.
  const bool has_ended = wait_until(
      [&] {
        const auto state = server.get_json("/api/v1/users/" + user + "/sync/status");
        return !state.at("is_syncing").as_bool() && state.at("last_sync").is_object();
      },
      sync_time_limit);
  if (!has_ended)
    give_up("the first sync of " + user + " did not end", server.log());
}

// -- the embedded PostgreSQL --------------------------------------------------------------------

std::optional<embedded_database> find_embedded_database(const fs::path& folder) {
  // Lines: process, data directory, start time, port, socket directory, …
  const auto lines = lines_of(read_text(folder / "data" / "postgresql" / "postmaster.pid"));
  if (lines.size() < 5)
    return std::nullopt;
  embedded_database database;
  std::from_chars(lines[0].data(), lines[0].data() + lines[0].size(), database.postmaster);
  const auto command = read_text("/proc/" + lines[0] + "/cmdline");
  // The file of a PostgreSQL that crashed may name a process that is somebody else's by now.
  if (command.find(folder.string()) == std::string::npos || !is_alive(database.postmaster))
    return std::nullopt;
  database.connection_string =
      "host=" + lines[4] + " port=" + lines[3] + " user=polar_flow dbname=polar_flow";
  return database;
}

server_folder::~server_folder() {
  // A server that was killed leaves its PostgreSQL for the next one; here there is no next one.
  const auto database = find_embedded_database(folder_.path());
  if (!database)
    return;
  ::kill(database->postmaster, SIGQUIT);
  wait_for_end_of(database->postmaster, stop_time_limit);
}

const fs::path& server_folder::path() const {
  return folder_.path();
}

} // namespace polar_flow::testing
