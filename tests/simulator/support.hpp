#pragma once

#include "domain/clock.hpp"
#include "simulator/accesslink.hpp"
#include "simulator/athlete.hpp"

#include <boost/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace polar_flow::testing {

/// A clock that a test sets. The default is a Wednesday noon in UTC.
class set_clock final : public wall_clock {
public:
  instant now() const override {
    return time;
  }

  instant time = std::chrono::sys_days{std::chrono::year{2026} / 6 / 17} + std::chrono::hours{12};
};

/// The simulator without sockets, with shorthand for what a client does.
class talk {
public:
  explicit talk(simulator::options settings = {});

  simulator::response send(const std::string& method, const std::string& target,
                           simulator::headers headers = {}, std::string body = {});

  /// Goes through consent and token exchange; the token.
  std::string authorize(std::int64_t athlete_id);

  /// `authorize`, then POST /v3/users; the token.
  std::string connect(std::int64_t athlete_id = simulator::first_athlete_id);

  /// GET with a token.
  simulator::response get(const std::string& target, const std::string& token);

  /// GET as the connected first athlete; the parsed body of a 200.
  boost::json::value read(const std::string& target);

  /// POST to a control endpoint.
  simulator::response control(const std::string& target, const boost::json::value& body);

  /// A request with the client's own credentials.
  simulator::response as_client(const std::string& method, const std::string& target,
                                const boost::json::value& body = nullptr);

  /// Creates a webhook for all events; its secret.
  std::string create_webhook();

  /// Makes all calls of the webhook that are due; how many there were.
  int deliver();

  /// What the webhook answers, and the calls that it got.
  int webhook_status = 200;
  std::vector<simulator::outgoing_post> calls;

  std::shared_ptr<set_clock> clock = std::make_shared<set_clock>();
  simulator::accesslink polar;

private:
  std::string first_token_;
};

/// A folder that goes away with the test.
class scratch_folder {
public:
  scratch_folder();
  ~scratch_folder();
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;

  /// Writes a file; its path.
  std::filesystem::path write(const std::string& name, const std::string& text) const;

  std::filesystem::path path;
};

inline constexpr const char* demo_authorization =
    "Basic cG9sYXItZmxvdy1kZW1vOnBvbGFyLWZsb3ctZGVtby1zZWNyZXQ=";

/// Names of the members of an object, in their order, joined by spaces.
std::string keys_of(const boost::json::value& object);

/// Value of one `&`-separated parameter in a redirect address; empty when absent.
std::string parameter_of(const std::string& address, const std::string& name);

} // namespace polar_flow::testing
