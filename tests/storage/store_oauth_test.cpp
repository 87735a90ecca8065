#define BOOST_TEST_DYN_LINK
#include "tests/storage/store_fixture.hpp"

namespace polar_flow::storage {

namespace {

struct oauth_fixture : store_fixture {
  oauth_state_record state{.state_hash = "aa11",
                           .callback_url = "https://app.example/cb?x=1",
                           .redirect_uri = "https://me.example/oauth/callback",
                           .client_id = "app",
                           .browser_hash = "bb33",
                           .expires_at = now + 10min};

  temporary_code_record code_for(std::optional<std::string> client) const {
    return {.code_hash = "cc22",
            .user = user,
            .client_id = std::move(client),
            .expires_at = now + 5min};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(oauth_states, oauth_fixture)

BOOST_AUTO_TEST_CASE(a_state_works_once) {
  require_value(db->put_oauth_state(state));
  BOOST_TEST(code_of(db->take_oauth_state("other", "bb33", now)) == errc::invalid_oauth_state);
  const auto taken = require_value(db->take_oauth_state(state.state_hash, "bb33", now));
  BOOST_TEST(taken.callback_url == state.callback_url);
  BOOST_TEST(taken.redirect_uri == state.redirect_uri);
  BOOST_TEST((taken.client_id == state.client_id));
  BOOST_TEST(taken.browser_hash == state.browser_hash);
  BOOST_TEST((taken.expires_at == state.expires_at));
  BOOST_TEST(code_of(db->take_oauth_state(state.state_hash, "bb33", now))
             == errc::invalid_oauth_state);
}

BOOST_AUTO_TEST_CASE(another_browser_neither_gets_the_state_nor_uses_it_up) {
  require_value(db->put_oauth_state(state));
  for (const std::string browser : {"cc44", "", "BB33", "bb33 "})
    BOOST_TEST(code_of(db->take_oauth_state(state.state_hash, browser, now))
               == errc::invalid_oauth_state);
  BOOST_TEST(code_of(db->take_oauth_state(state.state_hash, "bb33", now)) == errc::none);
}

BOOST_AUTO_TEST_CASE(an_expired_state_is_gone) {
  state.client_id.reset();
  require_value(db->put_oauth_state(state));
  BOOST_TEST(code_of(db->take_oauth_state(state.state_hash, "bb33", state.expires_at))
             == errc::invalid_oauth_state);
  BOOST_TEST(query("SELECT count(*) FROM oauth_states") == "0");
}

BOOST_AUTO_TEST_CASE(strangers_cannot_fill_the_table) {
  query("WITH made AS (INSERT INTO oauth_states SELECT 'old' || i, 'u', 'r', NULL, '2026-01-01', "
        "'b' FROM generate_series(1, 10050) AS i RETURNING 1) SELECT count(*) FROM made");
  require_value(db->put_oauth_state(state));
  BOOST_TEST(query("SELECT count(*) FROM oauth_states") == "10000");
  require_value(db->take_oauth_state(state.state_hash, "bb33", now));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(temporary_codes, oauth_fixture)

BOOST_AUTO_TEST_CASE(a_code_works_once) {
  require_value(db->put_temporary_code(code_for(std::nullopt)));
  const auto taken = require_value(db->take_temporary_code("cc22", std::nullopt, now));
  BOOST_TEST(taken.user.value == user.value);
  BOOST_TEST(!taken.client_id.has_value());
  BOOST_TEST(code_of(db->take_temporary_code("cc22", std::nullopt, now))
             == errc::invalid_temporary_code);
}

BOOST_AUTO_TEST_CASE(a_bound_code_is_for_its_client_only) {
  require_value(db->put_temporary_code(code_for("app")));
  BOOST_TEST(code_of(db->take_temporary_code("cc22", "thief", now))
             == errc::invalid_temporary_code);
  BOOST_TEST(code_of(db->take_temporary_code("cc22", std::nullopt, now))
             == errc::invalid_temporary_code);
  BOOST_TEST(code_of(db->take_temporary_code("cc22", "", now)) == errc::invalid_temporary_code);
  // None of these has used it up.
  BOOST_TEST((require_value(db->take_temporary_code("cc22", "app", now)).client_id == "app"));
}

BOOST_AUTO_TEST_CASE(an_expired_or_unknown_code_does_not_work) {
  require_value(db->put_temporary_code(code_for("app")));
  BOOST_TEST(code_of(db->take_temporary_code("cc22", "app", now + 5min))
             == errc::invalid_temporary_code);
  BOOST_TEST(code_of(db->take_temporary_code("unknown", "app", now))
             == errc::invalid_temporary_code);
  BOOST_TEST(code_of(db->take_temporary_code("cc22", "app", now + 5min - 1us)) == errc::none);
}

BOOST_AUTO_TEST_CASE(codes_of_yesterday_are_forgotten) {
  require_value(db->put_temporary_code(code_for("app")));
  auto later = code_for("app");
  later.code_hash = "dd33";
  later.expires_at += 25h;
  require_value(db->put_temporary_code(later));
  BOOST_TEST(query("SELECT string_agg(code_hash, ',') FROM temporary_codes") == "dd33");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace polar_flow::storage
