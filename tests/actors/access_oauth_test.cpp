#define BOOST_TEST_DYN_LINK
#include "actors/access.hpp"
#include "crypto/hash.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

const std::string token_path = "/v2/oauth2/token";
const std::string users_path = "/v3/users";
const std::string grant = R"({"access_token":"granted-token","token_type":"bearer",)"
                          R"("expires_in":1000,"x_user_id":2002})";

/// The secrets of two browsers.
const std::string browser = "secret-of-the-browser";
const std::string other_browser = "secret-of-another-browser";

/// The value of a query parameter of `url`; empty when it is not there.
std::string query_value(const std::string& url, const std::string& name) {
  for (const char separator : {'?', '&'}) {
    const auto start = url.find(separator + name + "=");
    if (start == std::string::npos)
      continue;
    const auto value = start + name.size() + 2;
    return url.substr(value, url.find('&', value) - value);
  }
  return {};
}

struct oauth_fixture : testing::user_fixture {
  oauth_fixture() {
    use(&node_actors::access, access_actor{system.spawn(actors::access, environment_ptr{env})});
    run();
  }

  access_actor gate() const {
    return node->actors()->access;
  }

  /// Begins an authorization and answers its state.
  std::string begin(const std::string& callback = "https://app.example/cb",
                    std::optional<std::string> client = "app") {
    const auto sent = get<redirect>(
        gate(), start_oauth{callback, std::move(client), "https://server.example/oauth/callback",
                            browser});
    return sent ? query_value(sent->location, "state") : "";
  }

  std::string finish(const std::string& state, std::optional<std::string> by = browser) {
    const auto sent = get<redirect>(gate(), finish_oauth{"polar-code", state, {}, std::move(by)});
    return sent ? sent->location : "error " + std::string{to_string(sent.error().code)};
  }

  void polar_grants() {
    transport->answer(token_path, 200, grant);
    transport->answer(users_path, 200, R"({"polar-user-id":2002})");
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(access_oauth, oauth_fixture)

BOOST_AUTO_TEST_CASE(start_sends_the_browser_to_polar) {
  const auto sent = get<redirect>(gate(), start_oauth{"https://app.example/cb", "app",
                                                      "https://server.example/oauth/callback",
                                                      browser});
  BOOST_REQUIRE(sent);
  BOOST_TEST(sent->location.starts_with("http://polar.test/oauth2/authorization?"));
  BOOST_TEST(query_value(sent->location, "client_id") == "client");
  // 32 bytes in base64url without padding are 43 characters.
  const auto state = query_value(sent->location, "state");
  BOOST_TEST(state.size() == 43u);
  BOOST_REQUIRE(data->states.contains(crypto::sha256_hex(state)));
  const auto& record = data->states[crypto::sha256_hex(state)];
  BOOST_TEST(record.callback_url == "https://app.example/cb");
  BOOST_TEST(record.browser_hash == crypto::sha256_hex(browser));
  BOOST_TEST((record.expires_at == clock->now() + 10min));
}

BOOST_AUTO_TEST_CASE(start_needs_polar_credentials) {
  env->config.polar.client_secret.reset();
  const auto sent = get<redirect>(gate(), start_oauth{"https://app.example/cb", {}, "x", browser});
  BOOST_TEST((sent.error().code == errc::polar_client_not_configured));
}

BOOST_AUTO_TEST_CASE(the_whole_way_to_a_key) {
  polar_grants();
  const auto location = finish(begin());
  BOOST_TEST(location.starts_with("https://app.example/cb?code=temp_"));
  BOOST_TEST(query_value(location, "polar_user_id") == "2002");
  BOOST_TEST(query_value(location, "status") == "connected");
  const auto code = query_value(location, "code");
  BOOST_TEST(code.size() == 5u + 64u);
  // The user is there, its token is sealed under its own name.
  const user_id user{"2002"};
  BOOST_TEST(env->secrets->open(data->tokens[user], "token/2002").value() == "granted-token");
  BOOST_TEST((data->users[user].token_expires_at == clock->now() + 1000s));
  BOOST_REQUIRE(data->codes.size() == 1u);
  BOOST_TEST((data->codes.begin()->second.expires_at == clock->now() + 5min));

  const auto issued = get<key_issued>(gate(), exchange_code{code, "app"});
  BOOST_REQUIRE(issued);
  BOOST_TEST((issued->user == user));
  BOOST_TEST(issued->api_key.starts_with("pfk_"));
  const auto table = keys->load();
  const auto hash = crypto::sha256_hex(issued->api_key);
  BOOST_REQUIRE(table->contains(hash));
  const auto& record = table->at(hash)->record();
  BOOST_TEST(record.prefix == issued->api_key.substr(0, 12));
  BOOST_TEST(record.name == "OAuth key for 2002");
  BOOST_TEST((record.user == user));
  BOOST_TEST(record.client_id.value() == "app");
  // Codes work once.
  BOOST_TEST((get<key_issued>(gate(), exchange_code{code, "app"}).error().code
              == errc::invalid_temporary_code));
}

BOOST_AUTO_TEST_CASE(another_apps_key_stays_and_the_own_one_is_replaced) {
  polar_grants();
  const auto key_of = [&](const std::string& client) {
    const auto code = query_value(finish(begin("https://app.example/cb", client)), "code");
    return get<key_issued>(gate(), exchange_code{code, client})->api_key;
  };
  const auto first = crypto::sha256_hex(key_of("app"));
  const auto other = crypto::sha256_hex(key_of("other"));
  const auto second = crypto::sha256_hex(key_of("app"));
  BOOST_TEST(!keys->load()->contains(first));
  BOOST_TEST(keys->load()->contains(other));
  BOOST_TEST(keys->load()->contains(second));
}

BOOST_AUTO_TEST_CASE(a_denial_returns_to_the_app) {
  const auto state = begin("https://app.example/cb?session=7");
  const auto sent = get<redirect>(gate(), finish_oauth{{}, state, "access_denied", browser});
  BOOST_REQUIRE(sent);
  BOOST_TEST(sent->location
             == "https://app.example/cb?session=7&error=access_denied&status=failed");
  // The state is used up.
  BOOST_TEST(finish(state) == "error invalid_oauth_state");
}

BOOST_AUTO_TEST_CASE(no_code_returns_to_the_app) {
  const auto sent = get<redirect>(gate(), finish_oauth{{}, begin(), {}, browser});
  BOOST_REQUIRE(sent);
  BOOST_TEST(sent->location == "https://app.example/cb?error=no_code&status=failed");
}

BOOST_AUTO_TEST_CASE(without_a_known_state_there_is_nowhere_to_return_to) {
  const auto denied = get<redirect>(gate(), finish_oauth{{}, "unknown", "access_denied", browser});
  BOOST_TEST((denied.error().code == errc::authorization_denied));
  BOOST_TEST(denied.error().message == "access_denied");
  const auto empty = get<redirect>(gate(), finish_oauth{{}, {}, {}, browser});
  BOOST_TEST(empty.error().message == "No code received");
  const auto forged = get<redirect>(gate(), finish_oauth{"code", "unknown", {}, browser});
  BOOST_TEST((forged.error().code == errc::invalid_oauth_state));
  const auto missing = get<redirect>(gate(), finish_oauth{"code", {}, {}, browser});
  BOOST_TEST((missing.error().code == errc::invalid_oauth_state));
}

// Somebody begins with an account of his own and has another person's browser end it.
BOOST_AUTO_TEST_CASE(only_the_browser_that_began_may_end) {
  polar_grants();
  const auto state = begin();
  BOOST_TEST(finish(state, other_browser) == "error invalid_oauth_state");
  BOOST_TEST(finish(state, std::nullopt) == "error invalid_oauth_state");
  const auto denied = get<redirect>(gate(), finish_oauth{{}, state, "access_denied", {}});
  BOOST_TEST((denied.error().code == errc::authorization_denied));
  BOOST_TEST(transport->sent.empty());
  // None of them has used the state up.
  BOOST_TEST(query_value(finish(state), "status") == "connected");
}

BOOST_AUTO_TEST_CASE(a_browser_may_begin_several_times) {
  polar_grants();
  const auto first = begin();
  const auto second = begin();
  BOOST_TEST(query_value(finish(first), "status") == "connected");
  BOOST_TEST(query_value(finish(second), "status") == "connected");
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_has_a_name_but_no_detail) {
  env->config.polar.client_id.reset();
  const auto failed = [](const std::string& reason) {
    return "https://app.example/cb?error=" + reason + "&status=failed";
  };
  env->config.polar.client_id = "client";
  const auto state = begin();
  env->config.polar.client_id.reset();
  BOOST_TEST(finish(state) == failed("server_not_configured"));
  env->config.polar.client_id = "client";

  transport->answer(token_path, 200, R"({"access_token":"granted-token"})");
  BOOST_TEST(finish(begin()) == failed("missing_user_id"));
  transport->answers[token_path] = {polar::http_response{400, {}, R"({"error":"invalid_grant"})"}};
  BOOST_TEST(finish(begin()) == failed("server_error"));
  transport->answers[token_path] = {fail(errc::polar_unavailable, "no route")};
  BOOST_TEST(finish(begin()) == failed("server_error"));
  transport->answers[token_path] = {polar::http_response{200, {}, grant}};
  transport->answer(users_path, 403);
  BOOST_TEST(finish(begin()) == failed("server_error"));
  transport->answers[users_path] = {polar::http_response{200, {}, "{}"}};
  data->failures["upsert_user"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST(finish(begin()) == failed("server_error"));
  data->failures["put_temporary_code"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST(finish(begin()) == failed("server_error"));
}

BOOST_AUTO_TEST_CASE(a_registered_user_is_a_success) {
  polar_grants();
  transport->answers[users_path] = {polar::http_response{409, {}, {}}};
  transport->answer("/v3/users/2002", 200, "{}");
  BOOST_TEST(query_value(finish(begin()), "status") == "connected");
  BOOST_TEST(transport->count(users_path) == 1u);
}

BOOST_AUTO_TEST_CASE(a_taken_member_id_is_replaced_by_another) {
  polar_grants();
  transport->answers[users_path] = {polar::http_response{409, {}, {}},
                                    polar::http_response{200, {}, "{}"}};
  transport->answer("/v3/users/2002", 204);
  BOOST_TEST(query_value(finish(begin()), "status") == "connected");
  std::vector<std::string> bodies;
  for (const auto& request : transport->sent)
    if (testing::path_of(request) == users_path)
      bodies.push_back(request.body);
  BOOST_REQUIRE(bodies.size() == 2u);
  BOOST_TEST(bodies[0] != bodies[1]);
}

BOOST_AUTO_TEST_CASE(registration_is_not_tried_for_ever) {
  polar_grants();
  transport->answers[users_path] = {polar::http_response{409, {}, {}}};
  transport->answer("/v3/users/2002", 204);
  BOOST_TEST(finish(begin()) == "https://app.example/cb?error=server_error&status=failed");
  BOOST_TEST(transport->count(users_path) == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
