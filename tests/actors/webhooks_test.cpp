#define BOOST_TEST_DYN_LINK
#include "actors/webhooks.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

const std::string hooks_path = "/v3/webhooks";
const std::string activation_path = "/v3/webhooks/activate";
const std::string our_url = "https://polar.test.example/webhooks/polar";

const std::string created = R"({"data":{"id":"hook1","events":["SLEEP"],"url":")" + our_url
                            + R"(","signature_secret_key":"webhook-secret"}})";
const std::string event
    = R"({"event":"SLEEP","user_id":1001,"date":"2026-11-22","timestamp":"2026-11-22T07:00:00Z",)"
      R"("url":"https://www.polaraccesslink.com/v3/users/sleep/2026-11-22"})";
/// python3: hmac.new(b"webhook-secret", event, hashlib.sha256).hexdigest()
const std::string signature =
    "16cb19b50180708533a894799b1e9c9b05da2b64fa47c93000669b885e3e5b93";

const std::string all_events
    = R"(["EXERCISE","SLEEP","CONTINUOUS_HEART_RATE","SLEEP_WISE_CIRCADIAN_BEDTIME",)"
      R"("SLEEP_WISE_ALERTNESS","ACTIVITY_SUMMARY","PHYSICAL_INFORMATION"])";

std::string list_of(const std::string& id, const std::string& url, bool is_active) {
  return R"({"data":[{"id":")" + id + R"(","events":)" + all_events + R"(,"url":")" + url
         + R"(","active":)" + (is_active ? "true" : "false") + "}]}";
}

struct webhooks_fixture : testing::node_fixture {
  webhooks_actor hooks;

  webhooks_fixture() {
    use_all_but_users();
    env->config.server.base_url = "https://polar.test.example";
    env->config.sync.webhooks = true;
  }

  void start() {
    hooks = webhooks_actor{system.spawn(webhooks, environment_ptr{env})};
    use(&node_actors::webhooks, hooks);
    advance(5s);
  }

  std::size_t count(std::string_view method, std::string_view path) const {
    return static_cast<std::size_t>(
        std::count_if(transport->sent.begin(), transport->sent.end(), [&](const auto& request) {
          return request.method == method && testing::path_of(request) == path;
        }));
  }

  void know(const std::string& id) {
    data->webhook = storage::webhook_record{
        id, our_url, env->secrets->seal("webhook-secret", "webhook"), clock->now()};
  }

  errc deliver(std::string body, std::optional<std::string> signed_with) {
    const auto taken = get<done>(hooks, receive_webhook{std::move(body), std::move(signed_with)});
    return taken ? errc::none : taken.error().code;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(webhooks_rules, webhooks_fixture)

BOOST_AUTO_TEST_CASE(it_is_created_once_and_its_secret_is_sealed) {
  transport->answers[hooks_path] = {polar::http_response{200, {}, R"({"data":[]})"},
                                    polar::http_response{201, {}, created}};
  start();
  BOOST_TEST(count("POST", hooks_path) == 1u);
  BOOST_REQUIRE(data->webhook);
  BOOST_TEST(data->webhook->webhook_id == "hook1");
  BOOST_TEST(data->webhook->sealed_secret.find("webhook-secret") == std::string::npos);
  BOOST_TEST((deliver(event, signature) == errc::none));
}

BOOST_AUTO_TEST_CASE(one_that_is_known_and_alive_is_left_alone) {
  know("hook1");
  transport->answer(hooks_path, 200, list_of("hook1", our_url, true));
  start();
  BOOST_TEST(transport->sent.size() == 1u);
  advance(5h);
  BOOST_TEST(transport->sent.size() == 1u);
  advance(2h);
  BOOST_TEST(count("GET", hooks_path) == 2u);
  BOOST_TEST(transport->sent.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_moved_server_changes_the_address) {
  know("hook1");
  transport->answer(hooks_path, 200, list_of("hook1", "https://old.example/webhooks/polar", true));
  transport->answer(hooks_path + "/hook1", 200, R"({"data":{"id":"hook1"}})");
  start();
  BOOST_TEST(count("PATCH", hooks_path + "/hook1") == 1u);
  BOOST_TEST(data->webhook->url == our_url);
}

BOOST_AUTO_TEST_CASE(one_that_an_older_version_made_gets_the_newer_events) {
  know("hook1");
  transport->answer(hooks_path, 200,
                    R"({"data":[{"id":"hook1","events":["SLEEP"],"url":")" + our_url
                        + R"(","active":true}]})");
  transport->answer(hooks_path + "/hook1", 200, R"({"data":{"id":"hook1"}})");
  start();
  BOOST_TEST(count("PATCH", hooks_path + "/hook1") == 1u);
}

BOOST_AUTO_TEST_CASE(one_that_fell_asleep_is_activated) {
  know("hook1");
  transport->answer(hooks_path, 200, list_of("hook1", our_url, false));
  transport->answer(activation_path, 200);
  start();
  BOOST_TEST(count("POST", activation_path) == 1u);
}

BOOST_AUTO_TEST_CASE(a_lost_secret_means_a_new_webhook) {
  transport->answers[hooks_path] = {polar::http_response{200, {}, list_of("lost", our_url, true)},
                                    polar::http_response{201, {}, created}};
  transport->answer(hooks_path + "/lost", 204);
  start();
  BOOST_TEST(count("DELETE", hooks_path + "/lost") == 1u);
  BOOST_TEST(data->webhook->webhook_id == "hook1");
}

BOOST_AUTO_TEST_CASE(one_that_is_deleted_while_we_look_is_created_again) {
  know("hook1");
  transport->answers[hooks_path] = {
      polar::http_response{200, {}, list_of("hook1", "https://old.example/webhooks/polar", true)},
      polar::http_response{201, {}, created}};
  transport->answer(hooks_path + "/hook1", 404);
  start();
  BOOST_TEST(count("POST", hooks_path) == 1u);

  transport->answers[hooks_path] = {
      polar::http_response{200, {}, list_of("hook1", our_url, false)},
      polar::http_response{201, {}, created}};
  transport->answer(activation_path, 404);
  advance(7h);
  BOOST_TEST(count("POST", hooks_path) == 2u);
}

BOOST_AUTO_TEST_CASE(a_strangers_webhook_is_not_taken_away) {
  transport->answer(hooks_path, 200, list_of("theirs", "https://other.example/hook", true));
  start();
  BOOST_TEST(transport->sent.size() == 1u);
  BOOST_TEST(!data->webhook.has_value());
}

BOOST_AUTO_TEST_CASE(what_fails_is_tried_again) {
  transport->answers[hooks_path] = {polar::http_response{503, {}, {}},
                                    polar::http_response{200, {}, R"({"data":[]})"},
                                    polar::http_response{201, {}, created}};
  start();
  BOOST_TEST(!data->webhook.has_value());
  advance(301s);
  BOOST_TEST(data->webhook.has_value());
}

BOOST_AUTO_TEST_CASE(a_server_that_polar_cannot_reach_registers_nothing) {
  for (const auto& base : {std::optional<std::string>{}, std::optional{"http://127.0.0.1:8000"s}}) {
    env->config.server.base_url = base;
    BOOST_TEST(!webhook_url(env->config).has_value());
  }
  env->config.polar.webhook_url = "http://127.0.0.1:8000/webhooks/polar";
  BOOST_TEST(webhook_url(env->config).value() == "http://127.0.0.1:8000/webhooks/polar");
  env->config.sync.webhooks = false;
  BOOST_TEST(!webhook_url(env->config).has_value());
  start();
  BOOST_TEST(transport->sent.empty());
}

BOOST_AUTO_TEST_CASE(only_what_polar_signed_is_believed) {
  know("hook1");
  transport->answer(hooks_path, 200, list_of("hook1", our_url, true));
  start();
  BOOST_TEST((deliver(event, signature) == errc::none));
  BOOST_TEST((deliver(event, std::nullopt) == errc::invalid_webhook_signature));
  BOOST_TEST((deliver(event, std::string(64, '0')) == errc::invalid_webhook_signature));
  BOOST_TEST((deliver(event + " ", signature) == errc::invalid_webhook_signature));
  BOOST_TEST((deliver("no event", signature) == errc::invalid_webhook_signature));
  // As above, of "no event".
  const std::string signed_nonsense
      = "91ab9a7d4ba54b79118083cf88d7edde75f3865a214bb64524bf088bd82b06fa";
  BOOST_TEST((deliver("no event", signed_nonsense) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(news_is_safe_before_polar_hears_that_we_have_it) {
  know("hook1");
  transport->answer(hooks_path, 200, list_of("hook1", our_url, true));
  data->add_user("1001");
  start();
  data->failures["keep_news"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST((deliver(event, signature) == errc::storage_unavailable));
  BOOST_TEST(data->news.empty());
  BOOST_TEST((deliver(event, signature) == errc::none));
  BOOST_REQUIRE(data->news.size() == 1u);
  BOOST_TEST(data->news.front().user.value == "1001");
  BOOST_TEST((data->news.front().news.what.kind == stream::sleep));
}

// Polar takes 401 for an answer; it must not get one while we cannot tell.
BOOST_AUTO_TEST_CASE(before_the_secret_is_known_polar_is_asked_to_come_back) {
  know("hook1");
  transport->answer(hooks_path, 200, list_of("hook1", our_url, true));
  data->failures["find_webhook"] = {{errc::storage_unavailable, "gone"}};
  hooks = webhooks_actor{system.spawn(webhooks, environment_ptr{env})};
  use(&node_actors::webhooks, hooks);
  advance(0s);
  BOOST_TEST((deliver(event, signature) == errc::storage_unavailable));
  advance(1s);
  BOOST_TEST((deliver(event, signature) == errc::none));
}

BOOST_AUTO_TEST_CASE(a_ping_is_answered_before_the_secret_is_known) {
  env->config.sync.webhooks = false;
  start();
  BOOST_TEST((deliver(R"({"event":"PING","timestamp":"2026-11-22T07:00:00Z"})", std::nullopt)
              == errc::none));
  BOOST_TEST((deliver(event, signature) == errc::invalid_webhook_signature));
}

BOOST_AUTO_TEST_SUITE_END()
