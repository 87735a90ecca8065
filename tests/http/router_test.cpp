#define BOOST_TEST_DYN_LINK
#include "http/router.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace polar_flow::http;

namespace {

constexpr std::array typed{
    parameter{.name = "id", .source = parameter_source::path},
    parameter{
        .name = "value", .source = parameter_source::path, .type = parameter_type::number}};

constexpr std::array<route, 7> table{{
    {.method = http_method::get, .pattern = "/health"},
    {.method = http_method::get, .pattern = "/users/{user}/things/{thing}"},
    {.method = http_method::post, .pattern = "/users/{user}/things/calculate"},
    {.method = http_method::get, .pattern = "/users/{user}/things"},
    {.method = http_method::post, .pattern = "/users/{user}/things"},
    {.method = http_method::get, .pattern = "/start", .has = effect::changes},
    {.method = http_method::get, .pattern = "/typed/{id}/{value}", .parameters = typed},
}};

const router routes{table};

} // namespace

BOOST_AUTO_TEST_SUITE(router_suite)

BOOST_AUTO_TEST_CASE(values_of_placeholders) {
  const auto match = routes.find(http_method::get, "/users/a%20b/things/7");
  BOOST_TEST((match.kind == match_kind::found));
  BOOST_TEST((match.matched == &table[1]));
  BOOST_TEST(match.values[0] == "a b");
  BOOST_TEST(match.values[1] == "7");
}

BOOST_AUTO_TEST_CASE(values_by_name) {
  constexpr std::string_view pattern = "/users/{user}/things/{thing}/parts";
  BOOST_TEST(path_value(pattern, "/users/a%20b/things/7/parts", "thing") == "7");
  BOOST_TEST(path_value(pattern, "/users/a%20b/things/7%25/parts/", "thing") == "7%");
  BOOST_TEST(path_value(pattern, "/users/a%20b/things/7/parts", "user") == "a b");
  BOOST_TEST(path_value(pattern, "/users/a/things/7/parts", "part").empty());
}

BOOST_AUTO_TEST_CASE(one_trailing_slash_is_accepted) {
  BOOST_TEST((routes.find(http_method::get, "/health/").matched == &table[0]));
  BOOST_TEST((routes.find(http_method::get, "/users/u/things/").matched == &table[3]));
  BOOST_TEST((routes.find(http_method::get, "/health//").kind == match_kind::not_found));
}

BOOST_AUTO_TEST_CASE(not_found) {
  for (const auto* path : {"", "/", "health", "/Health", "/health/x", "//health", "/users//things",
                           "/users/u", "/users/u%2Fv/things", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o"})
    BOOST_TEST((routes.find(http_method::get, path).kind == match_kind::not_found), path);
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_has_no_route) {
  for (const auto* path : {"/typed/7/1", "/typed/-7/-1.5", "/typed/99999999999999999999/1e999",
                           "/typed/0/nan", "/typed/%37/%2B2/"})
    BOOST_TEST((routes.find(http_method::get, path).matched == &table[6]), path);
  for (const auto* path : {"/typed/x/1", "/typed/7/x", "/typed/7.0/1", "/typed/+7/1", "/typed/-/1",
                           "/typed/7/1,5", "/typed/7/%20"})
    BOOST_TEST((routes.find(http_method::get, path).kind == match_kind::not_found), path);
}

BOOST_AUTO_TEST_CASE(broken_percent_encoding) {
  for (const auto* path : {"/%", "/users/%zz/things", "/health%1"})
    BOOST_TEST((routes.find(http_method::get, path).kind == match_kind::malformed), path);
}

BOOST_AUTO_TEST_CASE(wrong_method_lists_the_right_ones) {
  const auto match = routes.find(http_method::delete_, "/users/u/things");
  BOOST_TEST((match.kind == match_kind::method_not_allowed));
  BOOST_TEST(match.allow == "GET, HEAD, POST, OPTIONS");
  BOOST_TEST((routes.find(http_method::other, "/health").kind == match_kind::method_not_allowed));
}

// As upstream: GET …/calculate is 405, never a thing called "calculate".
BOOST_AUTO_TEST_CASE(a_literal_segment_beats_a_placeholder) {
  const auto match = routes.find(http_method::get, "/users/u/things/calculate");
  BOOST_TEST((match.kind == match_kind::method_not_allowed));
  BOOST_TEST(match.allow == "POST, OPTIONS");
  BOOST_TEST((routes.find(http_method::post, "/users/u/things/calculate").matched == &table[2]));
}

BOOST_AUTO_TEST_CASE(head_goes_where_get_only_reads) {
  BOOST_TEST((routes.find(http_method::head, "/health").matched == &table[0]));
  const auto match = routes.find(http_method::head, "/start");
  BOOST_TEST((match.kind == match_kind::method_not_allowed));
  BOOST_TEST(match.allow == "GET, OPTIONS");
}

BOOST_AUTO_TEST_CASE(options_tells_the_methods) {
  const auto match = routes.find(http_method::options, "/users/u/things");
  BOOST_TEST((match.kind == match_kind::options));
  BOOST_TEST(match.allow == "GET, HEAD, POST, OPTIONS");
  BOOST_TEST((routes.find(http_method::options, "/nowhere").kind == match_kind::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
