#include "tests/simulator/support.hpp"

#include "simulator/accounts.hpp"
#include "simulator/webhook_events.hpp"

#include <fstream>
#include <stdexcept>

namespace polar_flow::testing {

talk::talk(simulator::options settings) : polar(std::move(settings), clock) {
  // nop
}

simulator::response talk::send(const std::string& method, const std::string& target,
                               simulator::headers headers, std::string body) {
  auto answer = polar.respond({method, target, std::move(headers), std::move(body)});
  if (const auto deferred = answer.deferred) {
    calls.push_back(deferred->call);
    answer = deferred->conclude(webhook_status);
  }
  return answer;
}

std::string talk::authorize(std::int64_t athlete_id) {
  const std::string uri = "http%3A%2F%2Flocalhost%2Fcb";
  const auto consent = send("GET", "/oauth2/authorization?response_type=code&client_id="
                                   "polar-flow-demo&redirect_uri="
                                       + uri + "&auto_approve=" + std::to_string(athlete_id));
  const std::string location{simulator::find_header(consent.headers, "Location")};
  const auto grant = send("POST", "/v2/oauth2/token",
                          {{"Authorization", demo_authorization},
                           {"Content-Type", "application/x-www-form-urlencoded"}},
                          "grant_type=authorization_code&redirect_uri=" + uri
                              + "&code=" + parameter_of(location, "code"));
  if (grant.status != 200)
    throw std::runtime_error("no token: " + grant.body);
  return std::string{boost::json::parse(grant.body).at("access_token").as_string()};
}

std::string talk::connect(std::int64_t athlete_id) {
  auto token = authorize(athlete_id);
  const auto answer = send("POST", "/v3/users", {{"Authorization", "Bearer " + token}},
                           R"({"member-id":"m)" + std::to_string(athlete_id) + "\"}");
  if (answer.status != 200)
    throw std::runtime_error("not registered: " + answer.body);
  if (athlete_id == simulator::first_athlete_id)
    first_token_ = token;
  return token;
}

simulator::response talk::get(const std::string& target, const std::string& token) {
  return send("GET", target, {{"Authorization", "Bearer " + token}});
}

boost::json::value talk::read(const std::string& target) {
  if (first_token_.empty())
    first_token_ = connect();
  const auto answer = get(target, first_token_);
  if (answer.status != 200)
    throw std::runtime_error(target + ": " + std::to_string(answer.status));
  return boost::json::parse(answer.body);
}

simulator::response talk::control(const std::string& target, const boost::json::value& body) {
  return send("POST", target, {}, boost::json::serialize(body));
}

simulator::response talk::as_client(const std::string& method, const std::string& target,
                                    const boost::json::value& body) {
  return send(method, target, {{"Authorization", demo_authorization}},
              body.is_null() ? std::string{} : boost::json::serialize(body));
}

std::string talk::create_webhook() {
  const auto& names = simulator::webhook_event_names;
  const auto answer = as_client("POST", "/v3/webhooks",
                                {{"events", boost::json::array(names.begin(), names.end())},
                                 {"url", "http://localhost:9/hook"}});
  if (answer.status != 201)
    throw std::runtime_error("no webhook: " + answer.body);
  const auto body = boost::json::parse(answer.body);
  return std::string{body.at("data").at("signature_secret_key").as_string()};
}

int talk::deliver() {
  int count = 0;
  while (const auto call = polar.next_call()) {
    calls.push_back(*call);
    polar.note_call(webhook_status);
    ++count;
  }
  return count;
}

scratch_folder::scratch_folder()
    : path(std::filesystem::temp_directory_path() / ("simulator-" + simulator::random_hex(8))) {
  std::filesystem::create_directories(path);
}

scratch_folder::~scratch_folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::filesystem::path scratch_folder::write(const std::string& name,
                                            const std::string& text) const {
  const auto file = path / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << text;
  return file;
}

std::string keys_of(const boost::json::value& object) {
  std::string names;
  for (const auto& member : object.as_object())
    names += (names.empty() ? "" : " ") + std::string{member.key()};
  return names;
}

std::string parameter_of(const std::string& address, const std::string& name) {
  for (const char separator : {'?', '&'}) {
    const auto start = address.find(separator + name + "=");
    if (start == std::string::npos)
      continue;
    const auto value = start + name.size() + 2;
    return address.substr(value, address.find('&', value) - value);
  }
  return {};
}

} // namespace polar_flow::testing
