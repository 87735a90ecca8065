#define BOOST_TEST_DYN_LINK
#include "http/auth.hpp"
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

struct auth_fixture {
  std::shared_ptr<published_keys> keys = std::make_shared<published_keys>();
  std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
  authenticator subject{std::string{master_key}, keys, clock};

  auth_fixture() {
    keys->store(make_key_table(
        {make_key_record(user_key, "12345", 2), make_key_record(service_key, std::nullopt)}));
  }

  result<caller> identify(std::vector<header_view> headers) {
    request message;
    message.headers = headers;
    return subject.identify(message);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(auth, auth_fixture)

BOOST_AUTO_TEST_CASE(kinds_of_keys) {
  BOOST_TEST((identify({{"X-API-Key", master_key}})->kind == caller_kind::master));
  BOOST_TEST(!identify({{"X-API-Key", master_key}})->rate_limit.has_value());
  const auto user = identify({{"x-api-key", user_key}});
  BOOST_TEST((user->kind == caller_kind::user));
  BOOST_TEST(user->may_access("12345"));
  BOOST_TEST(!user->may_access("1234"));
  const auto service = identify({{"X-API-Key", service_key}});
  BOOST_TEST((service->kind == caller_kind::service));
  BOOST_TEST(service->may_access("anybody"));
}

BOOST_AUTO_TEST_CASE(a_caller_is_as_good_as_its_key) {
  const auto user = identify({{"X-API-Key", user_key}});
  const auto master = identify({{"X-API-Key", master_key}});
  BOOST_TEST(is_still_valid(*user, *keys));
  BOOST_TEST(is_still_valid(*master, *keys));
  keys->store(make_key_table({make_key_record(user_key, "12345")}));
  BOOST_TEST(is_still_valid(*user, *keys));
  keys->store(make_key_table({make_key_record(service_key, std::nullopt)}));
  BOOST_TEST(!is_still_valid(*user, *keys));
  BOOST_TEST(is_still_valid(*master, *keys));
}

BOOST_AUTO_TEST_CASE(forms_of_presenting_a_key) {
  const std::string bearer = "Bearer " + std::string{user_key};
  BOOST_TEST(identify({{"Authorization", bearer}}).has_value());
  BOOST_TEST(identify({{"X-API-Key", "  "}, {"Authorization", bearer}}).has_value());
  // X-API-Key decides, even when it is wrong and the bearer is right.
  const auto wrong = identify({{"X-API-Key", "nonsense"}, {"Authorization", bearer}});
  BOOST_TEST((wrong.error().code == errc::invalid_api_key));

  const auto code_of = [this](const std::string& value) {
    const auto who = identify({{"Authorization", value}});
    return who ? errc::none : who.error().code;
  };
  BOOST_TEST((code_of("bearer " + std::string{user_key}) == errc::missing_api_key));
  BOOST_TEST((code_of("Basic " + std::string{user_key}) == errc::missing_api_key));
  BOOST_TEST((code_of("Bearer") == errc::missing_api_key));
  BOOST_TEST((code_of("Bearer  " + std::string{user_key}) == errc::invalid_api_key));
  BOOST_TEST((identify({}).error().code == errc::missing_api_key));
}

BOOST_AUTO_TEST_CASE(strange_bytes_are_just_a_wrong_key) {
  for (const std::string& key :
       {std::string{"\xFF\xFE"}, std::string(3000, 'x'), std::string{"pfa_0123456789"},
        std::string{user_key} + "0", std::string{user_key.substr(1)}})
    BOOST_TEST((identify({{"X-API-Key", key}}).error().code == errc::invalid_api_key));
}

BOOST_AUTO_TEST_CASE(every_request_takes_a_slot) {
  const auto first = identify({{"X-API-Key", user_key}});
  BOOST_TEST(first->rate_limit->limit == 2);
  BOOST_TEST(first->rate_limit->remaining == 1);
  BOOST_TEST(identify({{"X-API-Key", user_key}})->rate_limit->remaining == 0);
  const auto third = identify({{"X-API-Key", user_key}});
  BOOST_TEST(!third->rate_limit->allowed);
  clock->time = third->rate_limit->reset_at;
  BOOST_TEST(identify({{"X-API-Key", user_key}})->rate_limit->remaining == 1);
}

// Goal: the memory of recent keys honours every new table at once.
BOOST_AUTO_TEST_CASE(a_revoked_key_is_refused_at_once) {
  BOOST_TEST(identify({{"X-API-Key", user_key}}).has_value());
  keys->store(make_key_table({make_key_record(service_key, std::nullopt)}));
  BOOST_TEST((identify({{"X-API-Key", user_key}}).error().code == errc::invalid_api_key));
  BOOST_TEST(identify({{"X-API-Key", service_key}}).has_value());
  auto inactive = make_key_record(user_key, "12345");
  inactive.is_active = false;
  keys->store(make_key_table({inactive}));
  BOOST_TEST((identify({{"X-API-Key", user_key}}).error().code == errc::invalid_api_key));
}

BOOST_AUTO_TEST_CASE(a_key_may_change_hands_between_tables) {
  BOOST_TEST(identify({{"X-API-Key", user_key}})->may_access("12345"));
  keys->store(make_key_table({make_key_record(user_key, "777")}));
  BOOST_TEST(!identify({{"X-API-Key", user_key}})->may_access("12345"));
}

BOOST_AUTO_TEST_CASE(without_a_master_key_nothing_is_one) {
  authenticator open{std::nullopt, keys, clock};
  request message;
  const std::vector<header_view> headers{{"X-API-Key", master_key}};
  message.headers = headers;
  BOOST_TEST((open.identify(message).error().code == errc::invalid_api_key));
}

BOOST_AUTO_TEST_SUITE_END()
